// Package ledger is the fold of all events of one bench. Events go in, in the
// order in which they happened; immutable snapshots come out. Everything that
// a screen, a check or the API says is read from a snapshot. It imports nothing
// of this project, starts no goroutine and asks no clock.
package ledger

import (
	"slices"
	"sync"
)

// Ledger folds events. It is safe for concurrent use.
type Ledger struct {
	mu      sync.Mutex
	fold    *fold
	version uint64
	snap    *Snapshot
	changed chan struct{}
	hear    []func(Event, Names)
}

// New returns an empty ledger; its first event should be RunBegan.
func New() *Ledger { return &Ledger{fold: newFold()} }

// Apply folds events, in order and as one step: no snapshot shows a part of
// them. Events that speak of batches or requests of another run are ignored.
func (l *Ledger) Apply(events ...Event) {
	if len(events) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		l.fold.apply(e)
		for _, hear := range l.hear {
			hear(e, Names{l.fold})
		}
	}
	l.version++
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// Listen lets somebody hear every event from now on, in the order of the fold,
// after what stands already (see Snapshot.Standing). It is told under the
// ledger's lock: it must not block, nor ask the ledger. What an event points to
// is never written to again, and may be kept.
func (l *Ledger) Listen(hear func(Event)) {
	l.ListenNaming(func(e Event, _ Names) { hear(e) })
}

// ListenNaming is Listen for somebody who wants to know what the messages are
// called that an event speaks of.
func (l *Ledger) ListenNaming(hear func(Event, Names)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.fold.snapshot().Standing() {
		hear(e, Names{l.fold})
	}
	l.hear = append(l.hear, hear)
}

// Version counts the calls of Apply.
func (l *Ledger) Version() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version
}

// Changed returns a channel that is closed once the ledger has moved past a
// version.
func (l *Ledger) Changed(version uint64) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.version > version {
		past := make(chan struct{})
		close(past)
		return past
	}
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.changed
}

// Snapshot returns the ledger as it stands. While nothing changes it is the
// same snapshot, at no cost.
func (l *Ledger) Snapshot() *Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.snap == nil || l.snap.Version != l.version {
		l.snap = l.fold.snapshot()
		l.snap.Version = l.version
	}
	return l.snap
}

// Quiet says whether everything that was handed over has its report, and
// nothing is being handed over. Streams don't count: others may go on asking.
func (l *Ledger) Quiet() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	all, streams := l.fold.all, l.fold.streams
	return all.open == 0 && all.sent-streams.sent == all.reported-streams.reported
}

// Settled says the same of everything, with what came through streams. Whoever
// waits for it sees to it that nothing more comes.
func (l *Ledger) Settled() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.fold.all
	return all.open == 0 && all.sent == all.reported
}

// Brokers are the brokers and their proxies, by id: those of a snapshot, without
// the rest of it.
func (l *Ledger) Brokers() []Broker {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.fold.faults.brokers)
}

// BatchTotals are the reports of one send line so far.
type BatchTotals struct{ Acked, Failed, Unknown, Fired int64 }

func (t *BatchTotals) count(k Kind) {
	switch k {
	case AckedReport:
		t.Acked++
	case FailedReport:
		t.Failed++
	case UnknownReport:
		t.Unknown++
	case FiredReport:
		t.Fired++
	}
}

// Batch returns the reports of one send line of the current run.
func (l *Ledger) Batch(number uint32) BatchTotals {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.fold.batches[number]; b != nil {
		return b.reported
	}
	return BatchTotals{}
}
