package tape

import (
	"time"

	"atelier/kafka/ledger"
)

// Tape is one run: its events, in the order of the ledger's fold, behind those
// that say what stood when it began. It never changes.
type Tape struct {
	Run   string
	Clock time.Time // the wall clock at the run's zero
	Sent  int64     // messages handed over

	events []ledger.Event
}

// Events returns the events. They are shared: they must not be written to.
func (t *Tape) Events() []ledger.Event { return t.events[:len(t.events):len(t.events)] }

// cutter cuts a bench's events into runs.
type cutter struct {
	standing *ledger.Ledger // folds what outlives a run, and nothing else
	run      *run           // nil before the first
}

// run is a run that goes on.
type run struct {
	began  ledger.RunBegan
	sent   int64
	events []ledger.Event
	weight int
	lost   bool // too large: its events are gone
}

func newCutter() *cutter { return &cutter{standing: ledger.New()} }

// hear takes an event in, and returns the run that it ended, if it did. What
// comes before the first run and does not outlive it belongs to none.
func (c *cutter) hear(e ledger.Event) (ended *run) {
	switch e := e.(type) {
	case ledger.RunBegan:
		ended = c.run
		c.run = &run{began: e}
		for _, stands := range c.standing.Snapshot().Standing() {
			c.run.add(stands)
		}
	case ledger.ToxicAdded, ledger.ToxicRemoved, ledger.ProxyChanged, ledger.BrokerChanged, ledger.LeaderChanged:
		c.standing.Apply(e)
	case ledger.Sent:
		if c.run != nil {
			c.run.sent += int64(e.Count)
		}
	}
	if c.run != nil {
		c.run.add(e)
	}
	return ended
}

func (r *run) add(e ledger.Event) {
	if r.lost {
		return
	}
	r.events = append(r.events, e)
	r.weight += weight(e)
}

// lose forgets the events of a run that is too large to keep.
func (r *run) lose() { r.events, r.weight, r.lost = nil, 0, true }

// tape is the run as far as it has come.
func (r *run) tape() *Tape {
	return &Tape{Run: r.began.Run, Clock: r.began.Clock, Sent: r.sent, events: r.events[:len(r.events):len(r.events)]}
}
