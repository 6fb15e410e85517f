package bench_test

import (
	"context"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"
)

// The heart of the course: the answer is lost, not the message. Each run sends
// one message in plain and one in idempotent mode, to the same partition, under
// the same fault; what they do on the wire and leave in the log is checked in
// full, of times only lower bounds. `make soak` holds it 20 times out of 20.
func TestHeart(t *testing.T) {
	latency := chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 5000}}
	timeout := chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 2000}}
	for _, c := range []struct {
		name              string
		toxic             chaos.Toxic
		removed           time.Duration // after the hand-over; 0: kept
		plain, idempotent pair
	}{
		{
			"latency kept", latency, 0,
			pair{ledger.UnknownReport, 3, 3, 2990 * time.Millisecond},
			pair{ledger.UnknownReport, 4, 1, 4990 * time.Millisecond},
		},
		{
			"latency removed after 2.5 s", latency, 2500 * time.Millisecond,
			pair{ledger.AckedReport, 3, 3, 2490 * time.Millisecond},
			pair{ledger.AckedReport, 3, 1, 2990 * time.Millisecond},
		},
		{
			"timeout removed after 2.1 s", timeout, 2100 * time.Millisecond,
			pair{ledger.AckedReport, 3, 3, 2100 * time.Millisecond},
			pair{ledger.AckedReport, 3, 1, 2100 * time.Millisecond},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			standstilltest.Try(t, func(t testing.TB) {
				b := open(t)
				must(t, b.AddToxic(t.Context(), c.toxic))
				sendBoth(t, b)
				if c.removed > 0 {
					after(t, b, c.removed)
					must(t, b.ClearToxics(t.Context(), chaos.Which{}))
				}
				must(t, b.Audit(t.Context()))
				c.plain.check(t, b, "A")
				c.idempotent.check(t, b, "B")
			})
		})
	}
}

// pair is what one of the two messages must come to.
type pair struct {
	report   ledger.Kind
	attempts int
	copies   int64
	earliest time.Duration // of its report, after the hand-over
}

// sendBoth hands over A, plain, and B, idempotent, to partition 1.
func sendBoth(t testing.TB, b *bench.Bench) {
	t.Helper()
	both := []bench.Batch{batch(1, kafka.Plain, kafka.Async, "A"), batch(1, kafka.Idempotent, kafka.Async, "B")}
	must(t, b.Warm(t.Context(), both)) // brokers that have just started would eat into the budget
	for _, one := range both {
		one.Partition = 1
		must(t, b.Send(t.Context(), one))
	}
}

// after waits until both messages have been in flight for some time.
func after(t testing.TB, b *bench.Bench, d time.Duration) {
	t.Helper()
	var last time.Duration
	for _, m := range b.Ledger().Snapshot().Messages {
		last = max(last, m.Sent)
	}
	ctx, cancel := context.WithTimeout(t.Context(), last+d-b.Now())
	defer cancel()
	<-ctx.Done()
}

func (p pair) check(t testing.TB, b *bench.Bench, label string) {
	t.Helper()
	snap := b.Ledger().Snapshot()
	for _, m := range snap.Messages {
		if m.Label != label {
			continue
		}
		if m.Report != p.report || len(m.Attempts) != p.attempts || m.Copies != p.copies {
			t.Errorf("%s: report %d, %d attempts, %d copies; want %+v", label, m.Report, len(m.Attempts), m.Copies, p)
		}
		if took := m.Reported - m.Sent; took < p.earliest {
			t.Errorf("%s: reported after %v, want at least %v", label, took, p.earliest)
		}
		var first *ledger.Attempt
		for _, id := range m.Attempts {
			a := snap.Attempt(id)
			if first == nil {
				first = a
			}
			came := a.Arrived >= a.Departed && a.Answered >= a.Arrived && a.Code == 0
			if onApache() { // no tap at the brokers, and no answer that came in time
				came = a.Arrived == -1 && a.Answered == -1
			}
			if !came || a.Broker != snap.Leader("test-topic", 1) {
				t.Errorf("%s: an attempt did not come as far as it must have: %+v", label, a)
			}
			if idempotent := label == "B"; idempotent {
				if a.ProducerID < 0 || a.ProducerID != first.ProducerID || a.Epoch != first.Epoch || a.BaseSequence != first.BaseSequence || (!onApache() && a.Offset != first.Offset) {
					t.Errorf("B: another sequence, or another place in the log: %+v, first %+v", a, first)
				}
			} else if a.ProducerID != -1 {
				t.Errorf("A: a plain producer has an id: %+v", a)
			}
		}
		return
	}
	t.Errorf("no message of %s", label)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
