package ledger

import (
	"cmp"
	"slices"
)

// faults is what is in force, and when what was.
type faults struct {
	toxics  []Toxic // by broker and name
	brokers []Broker
	bands   []Band
}

func newFaults() faults { return faults{} }

// restart keeps what is in force and lets its bands begin with the new run.
func (f *faults) restart() {
	f.bands = slices.DeleteFunc(slices.Clone(f.bands), func(b Band) bool { return b.To >= 0 })
	for i := range f.bands {
		f.bands[i].From = 0
	}
}

func (f *faults) toxicAdded(e ToxicAdded) {
	i, found := f.toxic(e.Toxic)
	if found {
		f.toxics = slices.Clone(f.toxics)
		f.toxics[i] = e.Toxic
		f.close(e.At, bandOf(e.Toxic), e.Approximate)
	} else {
		f.toxics = slices.Insert(slices.Clone(f.toxics), i, e.Toxic)
	}
	began := e.At
	if e.Since > 0 {
		began = At{e.Since}
	}
	f.open(began, bandOf(e.Toxic), e.Approximate)
}

// bandOf is the band of a toxic, wherever it begins.
func bandOf(t Toxic) Band {
	return Band{Broker: t.Broker, Name: t.Name, Kind: t.Kind, Stream: t.Stream, Detail: t.Attributes, Foreign: t.Foreign}
}

func (f *faults) toxicRemoved(e ToxicRemoved) {
	gone := Toxic{Broker: e.Broker, Name: e.Name, Foreign: e.Foreign}
	if i, found := f.toxic(gone); found {
		f.toxics = slices.Delete(slices.Clone(f.toxics), i, i+1)
		f.close(e.At, bandOf(gone), e.Approximate)
	}
}

func (f *faults) toxic(t Toxic) (int, bool) {
	return slices.BinarySearchFunc(f.toxics, t, func(a, b Toxic) int {
		return cmp.Or(cmp.Compare(a.Broker, b.Broker), cmp.Compare(a.Name, b.Name), compareBool(a.Foreign, b.Foreign))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (f *faults) proxyChanged(e ProxyChanged) {
	b := f.broker(e.Broker)
	f.toggle(e.At, Band{Broker: e.Broker, Name: "down", Kind: "down"}, b.ProxyUp, e.Up, e.Approximate)
	b.ProxyUp = e.Up
}

func (f *faults) brokerChanged(e BrokerChanged) {
	b := f.broker(e.Broker)
	f.toggle(e.At, Band{Broker: e.Broker, Name: "stopped", Kind: "stopped"}, b.Up, e.Up, false)
	f.toggle(e.At, Band{Broker: e.Broker, Name: "frozen", Kind: "frozen"}, !b.Frozen, !e.Frozen, false)
	b.Frozen = e.Frozen
	b.Up = e.Up
}

func (f *faults) toggle(at At, b Band, was, is, approximate bool) {
	switch {
	case was && !is:
		f.open(at, b, approximate)
	case !was && is:
		f.close(at, b, approximate)
	}
}

// broker finds a broker, or makes it: up until somebody says otherwise.
func (f *faults) broker(id int32) *Broker {
	i, found := slices.BinarySearchFunc(f.brokers, id, func(b Broker, id int32) int { return cmp.Compare(b.ID, id) })
	if !found {
		f.brokers = slices.Insert(f.brokers, i, Broker{ID: id, Up: true, ProxyUp: true})
	}
	return &f.brokers[i]
}

func (f *faults) open(at At, b Band, approximate bool) {
	b.From, b.To, b.Approximate = at.At, -1, approximate
	f.bands = append(f.bands, b)
	if len(f.bands) > maxBands {
		f.bands = append(f.bands[:0:0], f.bands[1:]...)
	}
}

func (f *faults) close(at At, what Band, approximate bool) {
	for i := range f.bands {
		if b := &f.bands[i]; b.To < 0 && b.Broker == what.Broker && b.Name == what.Name && b.Foreign == what.Foreign {
			b.To = at.At
			b.Approximate = b.Approximate || approximate
		}
	}
}
