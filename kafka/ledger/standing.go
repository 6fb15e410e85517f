package ledger

import (
	"cmp"
	"maps"
	"slices"
)

// Standing returns the events that let an empty ledger stand as this one does
// in all that outlives a run: brokers, proxies, toxics and leaders. All of
// them are at 0.
func (s *Snapshot) Standing() []Event {
	var events []Event
	for _, b := range s.Brokers {
		events = append(events,
			BrokerChanged{Broker: b.ID, Up: b.Up, Frozen: b.Frozen},
			ProxyChanged{Broker: b.ID, Up: b.ProxyUp})
	}
	for _, t := range s.Toxics {
		events = append(events, ToxicAdded{Toxic: t})
	}
	partitions := slices.SortedFunc(maps.Keys(s.leaders), func(a, b Partition) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range partitions {
		events = append(events, LeaderChanged{Topic: p.Topic, Partition: p.ID, Broker: s.leaders[p]})
	}
	return events
}
