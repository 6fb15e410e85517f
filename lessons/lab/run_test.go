package lab_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/lab"
)

func openBench(t *testing.T) *bench.Bench {
	t.Helper()
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// carryOut runs a script and returns its end and what was told on the way.
func carryOut(t *testing.T, ctx context.Context, b *bench.Bench, source string, watch func(lab.Progress)) (lab.Result, []lab.Progress) {
	t.Helper()
	script, err := lab.Parse("x.lab", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var told []lab.Progress
	r := lab.Runner{Bench: b, Watch: func(p lab.Progress) {
		told = append(told, p)
		if watch != nil {
			watch(p)
		}
	}}
	return r.Run(ctx, script), told
}

func states(told []lab.Progress, index int) (list []lab.State) {
	for _, p := range told {
		if p.Index == index {
			list = append(list, p.State)
		}
	}
	return list
}

func TestRunTellsEachLineAsItStartsAndEnds(t *testing.T) {
	result, told := carryOut(t, t.Context(), openBench(t), `send 2 plain sync as A
after 1ms toxics clear
audit
expect A.once == 2`, nil)
	if result.Status != lab.Passed || len(result.NotDone) != 0 {
		t.Fatalf("got %+v", result)
	}
	if got := states(told, 0); !slices.Equal(got, []lab.State{lab.Started, lab.Done}) {
		t.Errorf("send: %v", got)
	}
	// The after line is done at once; its command starts and ends later.
	if got := states(told, 1); !slices.Equal(got, []lab.State{lab.Started, lab.Done, lab.Started, lab.Done}) {
		t.Errorf("after: %v", got)
	}
}

func TestRunEndsAtTheFirstFailure(t *testing.T) {
	result, told := carryOut(t, t.Context(), openBench(t), `send 1 plain sync as A
after 1m toxics clear
audit
expect A.once == 2
say "never"`, nil)
	if result.Status != lab.FailedRun || result.Pos.Line != 4 {
		t.Errorf("got %+v", result)
	}
	var left []int
	for _, l := range result.NotDone {
		left = append(left, l.Pos.Line)
	}
	if !slices.Equal(left, []int{2, 5}) {
		t.Errorf("not done: %v", left)
	}
	if got := states(told, 4); len(got) != 0 {
		t.Errorf("the line behind the failure: %v", got)
	}
}

// A reset waits for what was started before it: a run never passes with a line
// that was not done.
func TestResetWaitsForTheBackground(t *testing.T) {
	result, told := carryOut(t, t.Context(), openBench(t), `toxic latency latency=1ms
after 50ms toxics clear
send 10 plain async rate=100/s as A &
reset
toxics
send 1 plain sync as A
audit
expect A.once == 1`, nil)
	if result.Status != lab.Passed || len(result.NotDone) != 0 {
		t.Fatalf("got %+v", result)
	}
	for _, p := range told {
		if p.Ended != nil && (p.Ended.All.Sent != 10 || len(p.Ended.Toxics) != 0) {
			t.Errorf("the run that the reset ended: %+v", p.Ended.All)
		}
	}
}

// A half-run experiment never passes as done: not when it is interrupted, and
// not when somebody else resets the bench under it.
func TestTakenAway(t *testing.T) {
	const source = `toxic timeout timeout=0 stream=upstream
send 1 plain async total=60s request=20s retries=1 as A
wait until A.acked == 1 timeout=60s
audit
expect A.once == 1`
	waiting := func(p lab.Progress) bool { return p.Line.Name() == "wait" && p.State == lab.Started }
	t.Run("interrupted", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		result, _ := carryOut(t, ctx, openBench(t), source, func(p lab.Progress) {
			if waiting(p) {
				cancel()
			}
		})
		if result.Status != lab.Interrupted || len(result.NotDone) != 3 {
			t.Errorf("got %+v", result)
		}
	})
	t.Run("reset", func(t *testing.T) {
		b := openBench(t)
		result, _ := carryOut(t, t.Context(), b, strings.Replace(source, "wait until A.acked == 1 timeout=60s\n", "", 1), func(p lab.Progress) {
			if p.Line.Name() == "audit" && p.State == lab.Started {
				go func() { _ = b.Reset(context.Background()) }()
			}
		})
		if result.Status != lab.Interrupted || len(result.NotDone) == 0 {
			t.Errorf("got %+v", result)
		}
	})
}

// What was sent in the background is part of the next audit, though its line
// has not ended.
func TestAuditWaitsForBackgroundSends(t *testing.T) {
	result, _ := carryOut(t, t.Context(), openBench(t), `send 20 plain async rate=100/s as A &
send 5 idempotent sync as B &
audit
expect A.once == 20 and B.once == 5`, nil)
	if result.Status != lab.Passed {
		t.Errorf("got %+v", result)
	}
}

// A line ends when it is done, whatever others send on the bench: else it would
// seem to fail when those are stopped.
func TestALineDoesNotWaitForTheSendsOfOthers(t *testing.T) {
	b := openBench(t)
	ctx, stop := context.WithCancel(t.Context())
	begun, ended := make(chan struct{}), make(chan lab.Result, 1)
	go func() {
		result, _ := carryOut(t, ctx, b, "send 60000 plain async rate=100/s", func(p lab.Progress) {
			if p.State == lab.Started {
				close(begun)
			}
		})
		ended <- result
	}()
	<-begun
	result, _ := carryOut(t, t.Context(), b, "toxic latency latency=1ms\nsend 1 plain sync as A", nil)
	if result.Status != lab.Passed || len(ended) > 0 {
		t.Errorf("got %+v", result)
	}
	stop()
	if result := <-ended; result.Status != lab.Interrupted {
		t.Errorf("the send of others: %+v", result)
	}
}

func TestPauseAndSay(t *testing.T) {
	script, err := lab.Parse("x.lab", []byte("say \"bonjour\"\npause\nsay \"encore\""))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	paused := 0
	r := lab.Runner{Bench: openBench(t), Watch: func(p lab.Progress) {
		if p.State == lab.Done && p.Result.En != "" {
			said = append(said, p.Result.Fr)
		}
	}, Pause: func(context.Context) error { paused++; return nil }}
	if result := r.Run(t.Context(), script); result.Status != lab.Passed || paused != 1 || !slices.Equal(said, []string{"bonjour", "encore"}) {
		t.Errorf("got %+v, %d pauses, said %q", result, paused, said)
	}
}

// A ghost has a verdict like any other message: it is told beside the verdicts,
// which add up to the messages without it.
func TestAnAuditTellsGhostsBesideTheVerdicts(t *testing.T) {
	_, told := carryOut(t, t.Context(), openBench(t), `send 1 plain sync as A
toxic timeout timeout=0 stream=downstream
send 1 plain sync retries=0 request=1s total=2s as B
toxics clear
audit`, nil)
	got := told[len(told)-1].Result
	if got.En != "2 copies in the log; messages: 2 once; of these, 1 ghost (not acked and written anyway)" ||
		got.Fr != "2 copies dans le journal\u202f; messages\u00a0: 2 en une seule copie\u202f; dont 1 fantôme (écrit malgré tout)" {
		t.Errorf("%q", got)
	}
}

// An audit says beside its verdicts what it could not judge: what somebody asked
// for while it looked.
func TestAnAuditSaysWhatIsPending(t *testing.T) {
	b := openBench(t)
	var asked bool
	b.Ledger().Listen(func(e ledger.Event) {
		if _, began := e.(ledger.AuditBegan); !began || asked {
			return
		}
		asked = true
		if _, err := b.Submit(t.Context(), bench.Ask{Origin: "api", Mode: kafka.Plain, Sending: kafka.Sync, Topic: lab.DefaultTopic, Partition: -1}); err != nil {
			t.Error(err)
		}
	})
	heard := make(chan struct{})
	if _, err := b.Submit(t.Context(), bench.Ask{
		Origin: "api", Mode: kafka.Plain, Sending: kafka.Sync, Topic: lab.DefaultTopic, Partition: -1,
		Told: func(bench.Told) { close(heard) },
	}); err != nil { // its stream is open from now on
		t.Fatal(err)
	}
	<-heard
	_, told := carryOut(t, t.Context(), b, "audit\naudit", nil)
	var said []string
	for _, p := range told {
		if p.State == lab.Done {
			said = append(said, p.Result.En, p.Result.Fr)
		}
	}
	const en, fr = "1 copy in the log; messages: 1 once", "1 copie dans le journal\u202f; messages\u00a0: 1 en une seule copie"
	want := []string{
		en + "; 1 message was pending: asked for, not handed over by then, not judged",
		fr + "\u202f; 1 message était en attente\u00a0: demandé, pas encore remis, pas jugé",
		"2 copies in the log; messages: 2 once", "2 copies dans le journal\u202f; messages\u00a0: 2 en une seule copie",
	}
	if !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
}
