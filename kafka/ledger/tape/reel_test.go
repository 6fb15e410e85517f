package tape

import (
	"errors"
	"testing"

	"atelier/kafka/ledger"
)

func (r *Reel) hearAll(events []ledger.Event) {
	for _, e := range events {
		r.Hear(e)
	}
}

// The last run is the one that goes on, once it has sent something, and the one
// before until then.
func TestReel(t *testing.T) {
	r := NewReel(DefaultMemory)
	if _, err := r.Last(); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
	r.hearAll(standing())
	first, second := heart("first1"), heart("second")
	r.hearAll(first[:3])
	if _, err := r.Last(); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
	r.hearAll(first[3:6])
	part, err := r.Last()
	must(t, err)
	same(t, fold(part.Events()), fold(append(standing(), first[:6]...)))
	r.hearAll(first[6:])
	same(t, fold(part.Events()), fold(append(standing(), first[:6]...))) // it stays as it was
	r.hearAll([]ledger.Event{ledger.RunBegan{Run: "silent"}, ledger.RunBegan{Run: "silent too"}})
	whole, err := r.Last()
	must(t, err)
	if whole.Run != "first1" || whole.Sent != 1 {
		t.Errorf("the last run is %s", whole.Run)
	}
	same(t, fold(whole.Events()), fold(append(standing(), first...)))
	r.hearAll(second)
	if whole, err = r.Last(); err != nil || whole.Run != "second" {
		t.Errorf("the last run is %s, %v", whole.Run, err)
	}
}

// A run that is too large is not replayed in part; the next one is again.
func TestReelTooLarge(t *testing.T) {
	events := load(1000)
	all := tapeOf(events)
	weighs := 0
	for _, e := range all.events {
		weighs += weight(e)
	}
	r := NewReel(weighs)
	r.hearAll(events)
	if _, err := r.Last(); err != nil {
		t.Fatal(err)
	}
	r.Hear(ledger.Arrived{})
	if _, err := r.Last(); !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
	r.Hear(ledger.RunBegan{Run: "silent"})
	if _, err := r.Last(); !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
	r.hearAll(heart("small1"))
	last, err := r.Last()
	must(t, err)
	if last.Run != "small1" {
		t.Error(last.Run)
	}
	// What the next run begins with displaces the one before.
	r = NewReel(weighs)
	r.hearAll(events)
	r.Hear(ledger.RunBegan{Run: "silent"})
	if _, err := r.Last(); !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
}
