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
	i, found := f.toxic(e.Toxic.Broker, e.Toxic.Name)
	if found {
		f.toxics[i] = e.Toxic
		f.close(e.At, e.Toxic.Broker, e.Toxic.Name)
	} else {
		f.toxics = slices.Insert(slices.Clone(f.toxics), i, e.Toxic)
	}
	f.open(Band{
		Broker: e.Toxic.Broker, Name: e.Toxic.Name, Kind: e.Toxic.Kind, Stream: e.Toxic.Stream,
		Detail: e.Toxic.Attributes, From: e.At.At, To: -1,
	})
}

func (f *faults) toxicRemoved(e ToxicRemoved) {
	if i, found := f.toxic(e.Broker, e.Name); found {
		f.toxics = slices.Delete(slices.Clone(f.toxics), i, i+1)
		f.close(e.At, e.Broker, e.Name)
	}
}

func (f *faults) toxic(broker int32, name string) (int, bool) {
	return slices.BinarySearchFunc(f.toxics, Toxic{Broker: broker, Name: name}, func(a, b Toxic) int {
		return cmp.Or(cmp.Compare(a.Broker, b.Broker), cmp.Compare(a.Name, b.Name))
	})
}

func (f *faults) proxyChanged(e ProxyChanged) {
	b := f.broker(e.Broker)
	f.toggle(e.At, e.Broker, "down", b.ProxyUp, e.Up)
	b.ProxyUp = e.Up
}

func (f *faults) brokerChanged(e BrokerChanged) {
	b := f.broker(e.Broker)
	f.toggle(e.At, e.Broker, "stopped", b.Up, e.Up)
	f.toggle(e.At, e.Broker, "frozen", !b.Frozen, !e.Frozen)
	b.Frozen = e.Frozen
	b.Up = e.Up
}

func (f *faults) toggle(at At, broker int32, kind string, was, is bool) {
	switch {
	case was && !is:
		f.open(Band{Broker: broker, Name: kind, Kind: kind, From: at.At, To: -1})
	case !was && is:
		f.close(at, broker, kind)
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

func (f *faults) open(b Band) {
	f.bands = append(f.bands, b)
	if len(f.bands) > maxBands {
		f.bands = append(f.bands[:0:0], f.bands[1:]...)
	}
}

func (f *faults) close(at At, broker int32, name string) {
	for i := range f.bands {
		if b := &f.bands[i]; b.To < 0 && b.Broker == broker && b.Name == name {
			b.To = at.At
		}
	}
}
