package lab_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// scripted is a bench that writes down what a script asks of it, and does
// nothing.
type scripted struct {
	lab.Bench

	ledger *ledger.Ledger
	calls  []string
	lacks  map[bench.Ability]error
	frozen error // why no broker can be frozen, and none made to lead
	gone   error // why the Toxiproxy does not answer
}

func (s *scripted) Ledger() *ledger.Ledger      { return s.ledger }
func (s *scripted) Now() time.Duration          { return 0 }
func (s *scripted) Lacks(a bench.Ability) error { return s.lacks[a] }
func (s *scripted) Reset(context.Context) error { s.calls = append(s.calls, "reset"); return nil }
func (s *scripted) AddToxic(context.Context, chaos.Toxic) error {
	s.calls = append(s.calls, "toxic")
	return nil
}

func (s *scripted) CanSwitch(_ int32, a bench.Action) error {
	if a == bench.Freeze {
		return s.frozen
	}
	return nil
}

func (s *scripted) CanLead(int32) error { return s.frozen }

func (s *scripted) ToxiproxyGone(context.Context) error { return s.gone }

func (s *scripted) Prepare(_ context.Context, n bench.Needs) error {
	s.calls = append(s.calls, n.Send...)
	return nil
}

func (s *scripted) SwitchBroker(context.Context, int32, bench.Action) error {
	s.calls = append(s.calls, "broker")
	return nil
}

func (s *scripted) Warm(_ context.Context, batches []bench.Batch) error {
	call := "warm"
	for _, b := range batches {
		call += " " + b.Label
	}
	s.calls = append(s.calls, call)
	return nil
}

var errNoSend = errors.New("this bench sends nothing")

func (s *scripted) Begin(context.Context, bench.Batch) (*bench.Sending, error) {
	return nil, errNoSend
}

func play(t *testing.T, s *scripted, source string) (lab.Result, []lab.Progress) {
	t.Helper()
	s.ledger = ledger.New()
	script, err := lab.Parse("x.lab", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var told []lab.Progress
	r := lab.Runner{Bench: s, Watch: func(p lab.Progress) { told = append(told, p) }}
	return r.Run(t.Context(), script), told
}

// What the cluster lacks something for is neither done nor missing, and asks
// the cluster for nothing. The lines behind the next reset are done again.
func TestWhatTheClusterLacksIsSkipped(t *testing.T) {
	lack := errors.New("no brokers to kill")
	s := &scripted{lacks: map[bench.Ability]error{bench.Control: lack}}
	result, told := play(t, s, `reset needs=replication
broker stop 1
reset needs=brokers
send 1 plain topic=never as A
after 1ms toxics clear
audit
expect A.lost == 1 and lost == 1
reset
toxic latency latency=1s`)
	if result.Status != lab.Passed || len(result.NotDone) != 0 || result.Skipped != (lab.Skips{Blocks: 1, Checks: 1}) {
		t.Errorf("got %+v", result)
	}
	if want := []string{"reset", "broker", "reset", "reset", "toxic"}; !slices.Equal(s.calls, want) {
		t.Errorf("asked for %q, want %q", s.calls, want)
	}
	if got := states(told, 2); !slices.Equal(got, []lab.State{lab.Started, lab.Done, lab.Skipped}) {
		t.Errorf("the reset that says what it needs: %v", got)
	}
	for _, p := range told {
		if inside := p.Index > 2 && p.Index < 7; inside && (p.State != lab.Skipped || p.Lacks != lack) || !inside && p.Index != 2 && p.Lacks != nil {
			t.Errorf("line %d: %+v", p.Index, p)
		}
	}
}

// The first send of a run makes ready those behind it, up to where another line
// makes a topic or moves a leader: no budget, and no `after`, runs meanwhile.
func TestSendsAreWarmBeforeTheirTimeCounts(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   []string
	}{
		"a run":       {"toxic latency latency=1s\nsend 1 plain as A\nsend 1 idempotent as B\nafter 1m send 1 plain as C", []string{"toxic", "warm A B C"}},
		"a new topic": {"send 1 plain as A\ntopic t\nsend 1 plain topic=t as B", []string{"t", "warm A"}},
		"a new run":   {"send 1 plain as A\nreset\nsend 1 plain as B", []string{"warm A"}},
	} {
		s := &scripted{}
		result, _ := play(t, s, c.source)
		calls := slices.DeleteFunc(s.calls, func(call string) bool { return call == "test-topic" })
		if !errors.Is(result.Err, errNoSend) || !slices.Equal(calls, c.want) {
			t.Errorf("%s: %v, asked for %q, want %q", name, result.Err, calls, c.want)
		}
	}
}

// What a lesson may need is what a bench may lack.
func TestLessonsNeedWhatBenchesKnow(t *testing.T) {
	var known []string
	for _, a := range bench.Abilities() {
		known = append(known, string(a))
	}
	if !slices.Equal(known, course.Needs()) {
		t.Errorf("a lesson may need %q, a bench knows %q", course.Needs(), known)
	}
}

// A send tells the number of its batch from its start to its end, so that
// nobody has to guess which messages are its own.
func TestASendTellsItsBatch(t *testing.T) {
	b := openBench(t)
	result, told := carryOut(t, t.Context(), b, "send 1 plain sync as A\nsend 2 plain async as A &\nwait until done\nafter 1ms send 1 plain sync as B", nil)
	if result.Status != lab.Passed {
		t.Fatalf("got %+v", result)
	}
	batches := map[string]uint32{}
	for _, m := range b.Ledger().Snapshot().Messages {
		batches[m.Sending+m.Label] = m.Ref.Batch
	}
	for _, p := range told {
		want := map[int]uint32{0: batches["syncA"], 1: batches["asyncA"]}[p.Index]
		if p.Late {
			want = batches["syncB"]
		}
		if p.Batch != want {
			t.Errorf("%q %v: batch %d, want %d", p.Line.Text, p.State, p.Batch, want)
		}
	}
}

// What no broker can be made to do is said before anything is sent, with its
// line, and the rest was not done.
func TestWhatNoBrokerDoesIsRefusedFirst(t *testing.T) {
	for _, line := range []string{"broker freeze 2", "after 1ms broker freeze 2", "leader move test-topic/0 to=2", "after 1ms leader move test-topic/0 to=2"} {
		source := "send 1 plain\n" + line + "\naudit\n"
		s := &scripted{frozen: errors.New("no freezing here")}
		result, told := play(t, s, source)
		if result.Status != lab.Errored || !errors.Is(result.Err, s.frozen) || result.Pos.Line != 2 || len(result.NotDone) != 2 {
			t.Errorf("%q: got %+v", source, result)
		}
		if len(s.calls) > 0 || len(told) != 1 || told[0].State != lab.Failed {
			t.Errorf("%q: asked for %v, told %+v", source, s.calls, told)
		}
	}
}
