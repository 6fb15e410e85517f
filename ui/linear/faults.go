package linear

import (
	"maps"
	"slices"
	"time"

	"atelier/kafka/ledger"
)

// together is how far apart the same fault may come to several brokers and
// still be told as one.
const together = 250 * time.Millisecond

// faults finds the faults that began and those that ended.
func (c *comparison) faults() {
	for i := range c.after.Bands {
		b := &c.after.Bands[i]
		was := c.band(b)
		if was == nil {
			c.fault(faultBegan, b.From, b)
		}
		if b.To >= 0 && (was == nil || was.To < 0) {
			c.fault(faultEnded, b.To, b)
		}
	}
}

// band finds a fault of the later snapshot in the earlier one.
func (c *comparison) band(b *ledger.Band) *ledger.Band {
	for i := range c.before.Bands {
		o := &c.before.Bands[i]
		if o.Broker == b.Broker && o.Name == b.Name && o.From == b.From {
			return o
		}
	}
	return nil
}

// fault adds a fault, or a broker to one that was found already.
func (c *comparison) fault(w what, at time.Duration, b *ledger.Band) {
	for i := range c.found {
		h := &c.found[i]
		if h.what == w && h.band.Kind == b.Kind && h.band.Stream == b.Stream && maps.Equal(h.band.Detail, b.Detail) &&
			(at-h.at).Abs() <= together && !slices.Contains(h.brokers, b.Broker) {
			h.brokers = append(h.brokers, b.Broker)
			slices.Sort(h.brokers)
			h.every = len(h.brokers) > 1 && len(h.brokers) == len(c.after.Brokers)
			return
		}
	}
	c.add(happening{at: at, what: w, band: *b, brokers: []int32{b.Broker}})
}
