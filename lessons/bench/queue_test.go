package bench_test

import (
	"sync/atomic"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

// An audit judges all that was asked for before it, also what still waited for
// its hand-over.
func TestAnAuditWaitsForWhatWasAskedFor(t *testing.T) {
	embeddedOnly(t, "as many as a bench takes")
	const many = 15_000
	b := open(t)
	if err := b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Upstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	for range many {
		a := ask(kafka.Idempotent, "test-topic")
		a.Sending = kafka.Async
		if _, err := b.Submit(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.ClearToxics(t.Context(), chaos.Which{}); err != nil {
		t.Fatal(err)
	}
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := b.Ledger().Snapshot()
	a := s.All
	if a.Sent != many || a.Once+a.Absent+a.Duplicates+a.Lost != many || !a.Audited || s.Audit.Pending != 0 {
		t.Errorf("%+v %+v", a, s.Audit)
	}
}

// What is asked for while an audit looks is not waited for: it is counted, and
// has no verdict.
func TestAnAuditCountsWhatIsPending(t *testing.T) {
	embeddedOnly(t, "a bench of its own")
	var b *bench.Bench
	var late atomic.Bool
	var submitted, ended time.Duration
	told := make(chan bench.Told, 1)
	b = openWith(t, bench.Options{Listen: func(e ledger.Event) {
		if _, is := e.(ledger.AuditEnded); is && ended == 0 {
			ended = e.When()
		}
		if _, began := e.(ledger.AuditBegan); !began || late.Swap(true) {
			return
		}
		a := ask(kafka.Plain, "test-topic")
		a.Told = func(t bench.Told) { told <- t }
		if _, err := b.Submit(t.Context(), a); err != nil {
			t.Error(err)
		}
		submitted = b.Now()
	}})
	asking(t, b, ask(kafka.Plain, "test-topic"))
	for _, want := range []struct{ pending, once int64 }{{1, 1}, {0, 2}} {
		if err := b.Audit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s := b.Ledger().Snapshot(); s.Audit.Pending != want.pending || s.All.Once != want.once {
			t.Errorf("%d pending: %+v", s.Audit.Pending, s.All)
		}
	}
	// How long it has waited is told beside the latency, which begins with the
	// hand-over.
	if a := <-told; a.Queued < ended-submitted || a.Report.Latency <= 0 {
		t.Errorf("it waited %s at least: %+v", ended-submitted, a)
	}
}
