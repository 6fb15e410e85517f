package linear

import (
	"cmp"
	"slices"
	"time"

	"atelier/kafka/ledger"
)

// happening is one thing worth a sentence. Which fields mean something depends
// on what it is.
type happening struct {
	at   time.Duration
	what what

	who     who
	message ledger.Message
	attempt ledger.Attempt
	nth     int   // of the attempt, from 1
	number  int64 // how many messages, attempts, brokers, dials
	band    ledger.Band
	brokers []int32
	every   bool // the brokers are all there are
	totals  ledger.Totals
	audit   ledger.Audit
	known   bool // the broker had it already
	added   bool // this attempt added it
}

type what int

const (
	runBegan what = iota
	faultBegan
	faultEnded
	dialRefused
	sent
	departed
	arrived
	answered
	heard // where the answer itself was not seen
	gaveUp
	cut
	reported
	logRead
	judgedOne
	judgedMany
	// Of a burst, only how many more.
	moreSent
	moreAttempts
	moreGaveUp
	moreAcked
	moreFailed
	moreUnknown
	moreFired
)

// few is how many events of a kind and a label are told one by one. More at
// once are a burst, and are counted.
const few = 3

// comparison finds what happened between two snapshots of one ledger.
type comparison struct {
	before, after *ledger.Snapshot
	earlier       map[ledger.Ref]*ledger.Message
	found         []happening
}

// happenings says what happened from one snapshot to a later one, in order; nil
// is the ledger before its run. Counts are exact, also where the ledger no
// longer has the details.
func happenings(before, after *ledger.Snapshot) []happening {
	c := &comparison{before: before, after: after, earlier: map[ledger.Ref]*ledger.Message{}}
	if before != nil && before.Run != after.Run {
		c.found = append(c.found, happening{what: runBegan})
	}
	if before == nil || before.Run != after.Run {
		c.before = &ledger.Snapshot{Run: after.Run, Audit: ledger.Audit{Ended: -1}}
	}
	for i := range c.before.Messages {
		m := &c.before.Messages[i]
		c.earlier[m.Ref] = m
	}
	c.faults()
	c.dials()
	c.messages()
	c.attempts()
	c.audit()
	slices.SortStableFunc(c.found, func(a, b happening) int { return cmp.Compare(a.at, b.at) })
	return c.found
}

func (c *comparison) add(h happening) { c.found = append(c.found, h) }

// messages finds what was sent and what was reported, label by label.
func (c *comparison) messages() {
	for _, label := range c.labels() {
		was, is := totalsOf(c.before, label), totalsOf(c.after, label)
		c.told(sent, moreSent, label, is.Sent-was.Sent, func(m, b *ledger.Message) (time.Duration, bool) {
			return m.Sent, b == nil
		})
		for _, k := range []struct {
			kind  ledger.Kind
			more  what
			count int64
		}{
			{ledger.AckedReport, moreAcked, is.Acked - was.Acked},
			{ledger.FailedReport, moreFailed, is.Failed - was.Failed},
			{ledger.UnknownReport, moreUnknown, is.Unknown - was.Unknown},
			{ledger.FiredReport, moreFired, is.Fired - was.Fired},
		} {
			c.told(reported, k.more, label, k.count, func(m, b *ledger.Message) (time.Duration, bool) {
				return m.Reported, m.Report == k.kind && (b == nil || b.Report != k.kind)
			})
		}
	}
}

// told adds what is new of a label's messages: one by one, or how many more.
func (c *comparison) told(one, more what, label string, number int64, isNew func(m, before *ledger.Message) (time.Duration, bool)) {
	if number <= 0 {
		return
	}
	var list []happening
	last := time.Duration(0)
	for i := range c.after.Messages {
		m := &c.after.Messages[i]
		if m.Label != label {
			continue
		}
		if at, ok := isNew(m, c.earlier[m.Ref]); ok {
			list = append(list, happening{at: at, what: one, who: c.name(m), message: *m})
			last = max(last, at)
		}
	}
	if number > few || int64(len(list)) != number {
		if len(list) == 0 {
			last = c.after.Last
		}
		list = []happening{{at: last, what: more, who: who{label: label}, number: number}}
	}
	c.found = append(c.found, list...)
}

// labels are those of the run; the last, empty, is for messages without.
func (c *comparison) labels() []string {
	var labels []string
	for i := range c.after.Labels {
		labels = append(labels, c.after.Labels[i].Label)
	}
	return append(labels, "")
}

// totalsOf are the counts of a label, or of all messages without one.
func totalsOf(s *ledger.Snapshot, label string) ledger.Totals {
	if label != "" {
		t, _ := s.Label(label)
		return t
	}
	t := s.All
	for i := range s.Labels {
		l := &s.Labels[i]
		t.Sent, t.Acked, t.Failed, t.Unknown, t.Fired = t.Sent-l.Sent, t.Acked-l.Acked, t.Failed-l.Failed, t.Unknown-l.Unknown, t.Fired-l.Fired
		t.Attempts, t.Retries, t.Copies, t.Once = t.Attempts-l.Attempts, t.Retries-l.Retries, t.Copies-l.Copies, t.Once-l.Once
		t.Duplicates, t.Lost, t.Absent, t.Ghosts, t.Reordered = t.Duplicates-l.Duplicates, t.Lost-l.Lost, t.Absent-l.Absent, t.Ghosts-l.Ghosts, t.Reordered-l.Reordered
	}
	return t
}

func (c *comparison) dials() {
	seen := time.Duration(-1)
	if n := len(c.before.Dials); n > 0 {
		seen = c.before.Dials[n-1].At
	}
	refused := map[int32]int{} // by broker: where in found
	for _, d := range c.after.Dials {
		if d.At <= seen {
			continue
		}
		if i, is := refused[d.Broker]; is {
			c.found[i].number++
			continue
		}
		refused[d.Broker] = len(c.found)
		c.add(happening{at: d.At, what: dialRefused, brokers: []int32{d.Broker}, number: 1})
	}
}

// audit finds what the log said when it was read.
func (c *comparison) audit() {
	a := c.after.Audit
	if a.Running || a.Ended < 0 || a.Ended == c.before.Audit.Ended {
		return
	}
	c.add(happening{at: a.Ended, what: logRead, audit: a})
	if !a.Settled {
		return
	}
	for _, label := range c.labels() {
		t := totalsOf(c.after, label)
		if t.Sent == 0 {
			continue
		}
		var list []happening
		sends, said := int64(0), map[string]bool{}
		for i := range c.after.Messages {
			m := &c.after.Messages[i]
			if m.Label != label || m.Verdict == ledger.Unjudged {
				continue
			}
			if sends++; !said[m.ID] { // one that was sent again is one message
				said[m.ID] = true
				list = append(list, happening{at: a.Ended, what: judgedOne, who: c.name(m), message: *m})
			}
		}
		if t.Sent > few || sends != t.Sent {
			list = []happening{{at: a.Ended, what: judgedMany, who: who{label: label}, totals: t}}
		}
		c.found = append(c.found, list...)
	}
}

// who names a message: its label, the number of its send line where the label
// does not say it, and its own number where its line sent several.
type who struct {
	label string
	batch uint32 // 0: the label says it or, without one, all of these together
	n     uint32 // from 1; 0: the only one
}

func (c *comparison) name(m *ledger.Message) who {
	w := who{label: m.Label}
	several := m.Ref.N > 0
	if m.Label == "" {
		w.batch = m.Ref.Batch
	}
	for i := range c.after.Messages {
		o := &c.after.Messages[i]
		switch {
		case o.Ref.Batch == m.Ref.Batch:
			several = several || o.Ref.N > 0
		case o.Label == m.Label:
			w.batch = m.Ref.Batch
		}
	}
	if several {
		w.n = m.Ref.N + 1
	}
	return w
}
