package rehearsal_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/rehearsal"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const lesson = `---
title: T
minutes: 3
---
## A

` + "```predict\nHow many? {value: A.copies}\n[ ] 1\n  No.\n[x] 2\n[ ] *\n  x\n```\n\n```lab\nsend 2 plain sync as A\n# a remark\nafter 1ms toxics clear\naudit\n```" + `

- [ ] two {check: A.copies == 2}
- [ ] never {check: A.copies == 3}
- [ ] by hand

` + "```lab continue\nsend 1 plain sync as A\naudit\n```\n\n- [ ] three {check: A.copies == 3}\n\n" +
	"```lab\nsend 1 plain sync topic=nowhere as B\nexpect B.acked == 1\nsay \"never\"\n```\n\n- [ ] acked {check: B.acked == 1}\n\n" +
	"```predict\nHow many? {value: C.sent}\n[ ] 1\n  No.\n[x] 2\n[ ] *\n  x\n```\n\n```lab\nsend 1 plain async as C\nwait until C.done\n```\n\n" +
	"```lab needs=brokers\naudit\n```\n\n```lab continue\naudit\n```\n"

func open(t *testing.T) *bench.Bench {
	t.Helper()
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(words.Tell(words.English, err))
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestARehearsalKeepsWhatCameOfEverything(t *testing.T) {
	m, err := course.Parse("03-x.md", []byte(lesson))
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	all, err := rehearsal.Run(t.Context(), open(t), m, func(rehearsal.Lab) { told++ })
	if err != nil || len(all) != 6 || told != 6 {
		t.Fatalf("%d labs, %d told, %v", len(all), told, err)
	}
	first := all[0]
	if first.Status != lab.Passed || first.Passed() || first.Run == "" || len(first.Lines) != 4 ||
		!strings.Contains(first.Lines[0].Result.En, "2") || first.Lines[1].Done || !first.Lines[2].Done || !first.Lines[3].Done {
		t.Errorf("the first: %+v", first)
	}
	if c := first.Checks; len(c) != 2 || !c[0].Held || c[1].Held || c[0].Values["A.copies"] != int64(2) || c[1].Err != nil {
		t.Errorf("its checks: %+v", c)
	}
	if p := first.Predictions; len(p) != 1 || !p[0].Agrees || p[0].Measured != 2 || p[0].Line != 8 {
		t.Errorf("its prediction: %+v", p)
	}
	if goesOn := all[1]; !goesOn.Passed() || goesOn.Run != first.Run || len(goesOn.Checks) != 1 {
		t.Errorf("what goes on with it: %+v", goesOn)
	}
	if failed := all[2]; failed.Status != lab.FailedRun || failed.Passed() || failed.Checks[0].Err == nil || failed.Lines[2].Done ||
		!failed.Lines[1].Failed || failed.Err == nil || failed.Pos.Line != 36 {
		t.Errorf("what fails: %+v", failed)
	}
	if wrong := all[3]; wrong.Passed() || wrong.Predictions[0].Agrees || wrong.Predictions[0].Measured != 1 || wrong.Predictions[0].Right != "2" || wrong.Lines[0].Result.En != "1 acked" {
		t.Errorf("what the lesson foretells wrongly: %+v", wrong)
	}
	for _, skipped := range all[4:] {
		if skipped.Lacks == nil || skipped.Passed() || skipped.Lines[0].Done {
			t.Errorf("what the cluster lacks something for: %+v", skipped)
		}
	}
}

func TestARehearsalEndsWithItsContext(t *testing.T) {
	m, err := course.Parse("03-x.md", []byte("---\ntitle: T\nminutes: 3\n---\n## A\n```lab\nwait 1h\n```\n```lab\nwait 1h\n```\n"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	b := open(t)
	waited := make(chan struct{})
	go func() {
		defer close(waited)
		ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.Run != "" })
		cancel()
	}()
	all, err := rehearsal.Run(ctx, b, m, nil)
	<-waited
	if !errors.Is(err, context.Canceled) || len(all) != 1 || all[0].Status != lab.Interrupted {
		t.Errorf("%+v, %v", all, err)
	}
}
