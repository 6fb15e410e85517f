package linear

import (
	"maps"
	"slices"
	"time"

	"atelier/kafka/ledger"
)

// carried is an attempt, and the first message of those that it carries.
type carried struct {
	attempt *ledger.Attempt
	first   *ledger.Message
	nth     int
	known   bool // the broker had it already
	added   bool // it was this one that added it
}

// attempts finds the moments of the attempts, label by label.
func (c *comparison) attempts() {
	byLabel := map[string][]carried{}
	seen := map[ledger.AttemptID]bool{}
	for i := range c.after.Messages {
		m := &c.after.Messages[i]
		for n, id := range m.Attempts {
			if a := c.after.Attempt(id); a != nil && !seen[id] {
				seen[id] = true
				byLabel[m.Label] = append(byLabel[m.Label], carried{a, m, n + 1, c.after.Recognised(m, n), c.after.Added(m, n)})
			}
		}
	}
	for _, label := range slices.Sorted(maps.Keys(byLabel)) {
		c.moments(label, byLabel[label])
	}
}

// moments tells the moments of a label's attempts; of many at once, only how
// many there were and how many came to nothing.
func (c *comparison) moments(label string, list []carried) {
	var found []happening
	departures, ends, lastEnd := 0, 0, time.Duration(0)
	carrying := int64(0) // messages, by the departures that are still known
	for _, k := range list {
		for _, h := range c.momentsOf(k) {
			found = append(found, h)
			switch h.what {
			case departed:
				departures++
				carrying += h.number
			case gaveUp, cut:
				ends, lastEnd = ends+1, max(lastEnd, h.at)
			}
		}
	}
	more := totalsOf(c.after, label).Attempts - totalsOf(c.before, label).Attempts
	if departures <= few && ends <= few && carrying >= more {
		c.found = append(c.found, found...)
		return
	}
	if more > 0 {
		c.add(happening{at: c.after.Last, what: moreAttempts, who: who{label: label}, number: more})
	}
	if ends > 0 {
		c.add(happening{at: lastEnd, what: moreGaveUp, who: who{label: label}, number: int64(ends)})
	}
}

// momentsOf tells which moments of an attempt are new.
func (c *comparison) momentsOf(k carried) []happening {
	was, is := c.before.Attempt(k.attempt.ID), k.attempt
	if was == nil {
		was = &ledger.Attempt{Departed: -1, Arrived: -1, Answered: -1, Heard: -1, Ended: -1}
	}
	var found []happening
	add := func(at time.Duration, w what) {
		found = append(found, happening{at: at, what: w, who: c.sharedName(k), attempt: *is, nth: k.nth, number: int64(is.Records), known: k.known, added: k.added})
	}
	for _, moment := range []struct {
		what   what
		was    time.Duration
		is     time.Duration
		silent bool
	}{
		{departed, was.Departed, is.Departed, false},
		{arrived, was.Arrived, is.Arrived, false},
		{answered, was.Answered, is.Answered, false},
		{heard, was.Heard, is.Heard, is.Answered >= 0},
		{gaveUp, was.Ended, is.Ended, is.Outcome != ledger.TimedOut},
		{cut, was.Ended, is.Ended, is.Outcome != ledger.Cut},
	} {
		if moment.was < 0 && moment.is >= 0 && !moment.silent {
			add(moment.is, moment.what)
		}
	}
	return found
}

// sharedName names an attempt by its message or, where it carries several, by
// what they have in common.
func (c *comparison) sharedName(k carried) who {
	w := c.name(k.first)
	if k.attempt.Records > 1 {
		w.n = 0
	}
	return w
}
