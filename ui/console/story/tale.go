package story

import (
	"cmp"
	"slices"
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/telling"
)

// kind is what happened at a moment. Of what happened at the same time, the
// first kind came first.
type kind uint8

const (
	handed   kind = iota // the producer got the message
	faulted              // a fault sits on the road
	cleared              // a fault is gone
	departed             // a request came as far as the proxy
	crossed              // a request came to the broker
	arrived              // a request went on from the proxy, later
	answered             // an answer came as far as the proxy
	returned             // an answer came to the producer
	heard                // an answer went on from the proxy, later
	gaveUp               // the producer stopped waiting
	severed              // the connection was cut
	dialled              // a connection was refused
	rested               // a pause between two attempts
	more                 // attempts whose details are gone
	pending              // still under way
	reported
	judged
	veiled // what the log says is not told now
)

// moment is one step of a tale.
type moment struct {
	kind      kind
	at, until time.Duration // until: the end of an arrow or of a pause
	n         int           // of the attempt, from 1; of dials, how many
	try       *ledger.Attempt
	band      *ledger.Band
	broker    int32 // of a dial
	road      int   // faults on the road meanwhile
}

// tale is what the ledger says of a message, in the order of time.
type tale struct {
	s       *ledger.Snapshot
	m       *ledger.Message
	name    string
	now     time.Duration
	moments []moment
	brokers []int32 // that it was sent to, or would have been
	copies  []int64 // their offsets, once the log was read
	// inside says that somebody looks at the broker's end of the wire; on an
	// external cluster nobody does.
	inside bool
}

// find is a message of a snapshot; nil where its details are gone.
func find(s *ledger.Snapshot, ref ledger.Ref) *ledger.Message {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		if s.Messages[i].Ref == ref {
			return &s.Messages[i]
		}
	}
	return nil
}

// tell puts a message's tale together.
func tell(s *ledger.Snapshot, m *ledger.Message, now time.Duration) *tale {
	t := &tale{s: s, m: m, now: now, inside: s.Simulated}
	var cast telling.Cast
	cast.Of(s)
	t.name = cast.Name(m.Ref, m.Label)
	t.add(moment{kind: handed, at: m.Sent})
	t.attempts()
	if len(t.brokers) == 0 {
		if b := s.Leader(m.Topic, m.Partition); b != ledger.Nobody {
			t.brokers = []int32{b}
		}
	}
	t.dials()
	t.faults()
	slices.SortStableFunc(t.moments, func(a, b moment) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind)) })
	t.join()
	t.end()
	t.roads()
	return t
}

func (t *tale) add(m moment) { t.moments = append(t.moments, m) }

// attempts adds the moments of each attempt that were seen.
func (t *tale) attempts() {
	for i, id := range t.m.Attempts {
		at := t.s.Attempt(id)
		if at == nil {
			continue
		}
		if !slices.Contains(t.brokers, at.Broker) {
			t.brokers = append(t.brokers, at.Broker)
		}
		t.inside = t.inside || at.Arrived >= 0
		for _, one := range []struct {
			kind kind
			at   time.Duration
		}{{departed, at.Departed}, {arrived, at.Arrived}, {answered, at.Answered}, {heard, at.Heard}} {
			if one.at >= 0 {
				t.add(moment{kind: one.kind, at: one.at, until: one.at, n: i + 1, try: at})
			}
		}
		switch {
		case at.Ended < 0:
		case at.Outcome == ledger.TimedOut:
			t.add(moment{kind: gaveUp, at: at.Ended, n: i + 1, try: at})
		case at.Outcome == ledger.Cut:
			t.add(moment{kind: severed, at: at.Ended, n: i + 1, try: at})
		}
	}
}

// over is the last time that the tale is about, before the log is read.
func (t *tale) over() time.Duration {
	end := t.now
	if t.m.Report != ledger.NoReport {
		end = t.m.Reported
	}
	for i := range t.moments {
		end = max(end, t.moments[i].at)
	}
	return end
}

// dials adds the connections to its brokers that were refused meanwhile.
func (t *tale) dials() {
	end := t.over()
	for i := range t.s.Dials {
		if d := &t.s.Dials[i]; d.At >= t.m.Sent && d.At <= end && t.concerns(d.Broker) {
			t.add(moment{kind: dialled, at: d.At, n: 1, broker: d.Broker})
		}
	}
}

// faults adds those that were on its road, and when they went.
func (t *tale) faults() {
	end := t.over()
	for i := range t.s.Bands {
		b := &t.s.Bands[i]
		if !t.concerns(b.Broker) || b.From > end || b.To >= 0 && b.To < t.m.Sent {
			continue
		}
		t.add(moment{kind: faulted, at: max(b.From, t.m.Sent), band: b})
		if b.To >= 0 && b.To <= end {
			t.add(moment{kind: cleared, at: b.To, band: b})
		}
	}
}

func (t *tale) concerns(broker int32) bool {
	return len(t.brokers) == 0 || slices.Contains(t.brokers, broker)
}

// join makes one arrow of two halves with nothing in between, one row of dials
// that follow each other, and adds the pauses before each new attempt.
func (t *tale) join() {
	joined := make([]moment, 0, len(t.moments)+len(t.m.Attempts))
	rest := -1 // behind which moment no attempt is under way
	for _, m := range t.moments {
		last := &moment{}
		if len(joined) > 0 {
			last = &joined[len(joined)-1]
		}
		switch {
		case m.kind == arrived && last.kind == departed && last.try == m.try:
			last.kind, last.until = crossed, m.at
			continue
		case m.kind == heard && last.kind == answered && last.try == m.try:
			last.kind, last.until = returned, m.at
			rest = len(joined)
			continue
		case m.kind == dialled && last.kind == dialled && last.broker == m.broker:
			last.n++
			continue
		case m.kind == departed && rest >= 0:
			end := &joined[rest-1]
			joined = slices.Insert(joined, rest, moment{kind: rested, at: max(end.at, end.until), until: m.at, n: m.n})
			rest = -1
		case (m.kind == gaveUp || m.kind == severed || m.kind == heard) && t.latest(m.n, m.at):
			rest = len(joined) + 1
		}
		joined = append(joined, m)
	}
	t.moments = joined
}

// latest says that no attempt after the nth had departed by then.
func (t *tale) latest(n int, by time.Duration) bool {
	for _, id := range t.m.Attempts[n:] {
		if at := t.s.Attempt(id); at != nil && at.Departed >= 0 && at.Departed <= by {
			return false
		}
	}
	return true
}

// end adds what closes the tale: the report and the verdict, or that it goes on.
func (t *tale) end() {
	if t.m.More > 0 {
		t.add(moment{kind: more, at: -1, n: t.m.More})
	}
	if t.m.Report == ledger.NoReport {
		t.add(moment{kind: pending, at: t.now})
		return
	}
	// Something may still happen to it after its report.
	at := len(t.moments)
	for at > 0 && t.moments[at-1].at > t.m.Reported {
		at--
	}
	t.moments = slices.Insert(t.moments, at, moment{kind: reported, at: t.m.Reported})
	if t.m.Verdict == ledger.Unjudged {
		return
	}
	for i := range t.s.Tails {
		for _, r := range t.s.Tails[i].Records {
			if r.Ref == t.m.Ref || r.ID == t.m.ID && t.m.ID != "" {
				t.copies = append(t.copies, r.Offset)
			}
		}
	}
	t.add(moment{kind: judged, at: t.s.Audit.Ended})
}

// veil closes a tale whose end may not be told yet.
func (t *tale) veil(on bool) {
	if on && t.m.Report != ledger.NoReport {
		t.add(moment{kind: veiled, at: -1})
	}
}

// roads counts, at each moment, the faults that are in force.
func (t *tale) roads() {
	n := 0
	for i := range t.moments {
		switch t.moments[i].kind {
		case faulted:
			n++
		case cleared:
			n--
		}
		t.moments[i].road = n
	}
}

// under names the faults in a direction at a time, on a broker's road; those
// without a direction are in both.
func (t *tale) under(broker int32, stream string, at time.Duration) []*ledger.Band {
	var bands []*ledger.Band
	for i := range t.s.Bands {
		b := &t.s.Bands[i]
		if b.Broker == broker && (b.Stream == stream || b.Stream == "") && b.From <= at && (b.To < 0 || b.To >= at) {
			bands = append(bands, b)
		}
	}
	return bands
}

// before is an earlier attempt with the same sequence; 0 where there is none.
func (t *tale) before(n int, at *ledger.Attempt) int {
	for i, id := range t.m.Attempts[:n-1] {
		if o := t.s.Attempt(id); o != nil && at.SameSequence(o) {
			return i + 1
		}
	}
	return 0
}

// moved says that an attempt went to another broker than the one before it.
func (t *tale) moved(n int, at *ledger.Attempt) bool {
	for i := n - 2; i >= 0; i-- {
		if o := t.s.Attempt(t.m.Attempts[i]); o != nil {
			return o.Broker != at.Broker
		}
	}
	return false
}

// silent are the offsets of copies that no answer told of.
func (t *tale) silent() []int64 {
	var offsets []int64
	for _, o := range t.copies {
		if !slices.ContainsFunc(t.m.Attempts, func(id ledger.AttemptID) bool {
			at := t.s.Attempt(id)
			return at != nil && telling.Answered(at) && at.Offset >= 0 && o >= at.Offset && o < at.Offset+int64(max(at.Records, 1))
		}) {
			offsets = append(offsets, o)
		}
	}
	return offsets
}
