package ledger

import (
	"cmp"
	"maps"
	"slices"
)

// snapshot copies what changes and shares what does not.
func (f *fold) snapshot() *Snapshot {
	f.messages.name(func(r Ref) string { return f.batches[r.Batch].id(f.run.Run, r.N) })
	s := &Snapshot{
		Run: f.run.Run, Clock: f.run.Clock, Last: f.last, Simulated: f.run.Simulated,
		All:      f.all.snapshot(),
		Labels:   make([]Totals, len(f.labels)),
		Messages: f.messages.snapshot(),
		Toxics:   f.faults.toxics, // replaced on change, never written to
		Bands:    slices.Clone(f.faults.bands),
		Brokers:  slices.Clone(f.faults.brokers),
		Dials:    slices.Clone(f.dials),
		Audit:    f.audit.Audit,
		InFlight: f.all.sent - f.all.reported,
		Requests: f.attempts.latest(),
		Reports:  f.deliveries.snapshot(),
		Acks:     f.acks.snapshot(),
		Ways:     make([]Way, len(f.ways)),
		leaders:  maps.Clone(f.leaders),
	}
	for i, g := range f.labels {
		s.Labels[i] = g.snapshot()
	}
	for i, w := range f.ways {
		s.Ways[i] = *w
	}
	s.attempts = f.attempts.pick(s.Messages)
	if !f.audit.Running {
		s.Tails = f.audit.snapshot()
	}
	return s
}

func (a *audit) snapshot() []Tail {
	tails := make([]Tail, 0, len(a.tails))
	for p, records := range a.tails {
		tails = append(tails, Tail{p, slices.Clone(records[max(0, len(records)-maxTail):])})
	}
	slices.SortFunc(tails, func(x, y Tail) int {
		return cmp.Or(cmp.Compare(x.Partition.Topic, y.Partition.Topic), cmp.Compare(x.Partition.ID, y.Partition.ID))
	})
	return tails
}
