package bench_test

import (
	"testing"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/lessons/bench"
)

// To make ready is not to send: no attempt departs, no proxy is dialled, though
// every one of them would refuse; and the send that follows has nothing to wait
// for but its own attempt.
func TestWarmDialsNoProxy(t *testing.T) {
	b := open(t)
	must(t, b.SwitchProxy(t.Context(), chaos.On{}, false))
	batches := []bench.Batch{
		unhurried(batch(1, kafka.Plain, kafka.Sync, "A")), unhurried(batch(1, kafka.Idempotent, kafka.Sync, "B")),
		unhurried(batch(1, kafka.Plain, kafka.Sync, "A")),
		unhurried(bench.Batch{Settings: kafka.Plain.Settings(), Topic: "no-such-topic"}),
	}
	must(t, b.Warm(t.Context(), batches))
	if s := b.Ledger().Snapshot(); len(s.Dials) != 0 || s.All.Attempts != 0 || len(s.Messages) != 0 {
		t.Errorf("%d dials, %d attempts, %d messages", len(s.Dials), s.All.Attempts, len(s.Messages))
	}
	must(t, b.SwitchProxy(t.Context(), chaos.On{}, true))
	for _, one := range batches[:2] {
		must(t, b.Send(t.Context(), one))
		if got := totals(t, b, one.Label); got.Acked != 1 || got.Attempts != 1 {
			t.Errorf("%s: got %+v", one.Label, got)
		}
	}
}

// The embedded cluster keeps one copy of everything, and says where to go.
func TestWhatAClusterLacks(t *testing.T) {
	b := open(t)
	for _, a := range bench.Abilities() {
		if lack := b.Lacks(a); (lack == nil) != (onApache() || a == bench.Leaders) {
			t.Errorf("%s: %v", a, lack)
		}
	}
	if err := b.Lacks(""); err != nil {
		t.Error(err)
	}
}
