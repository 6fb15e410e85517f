package api

import (
	"iter"
	"sync"

	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
)

// told is an event, with what its messages are called, written out once for all
// who read it.
type told struct {
	event ledger.Event
	began ledger.RunBegan // of its run
	// given are the names of messages that have no generated id; an empty one is
	// of a send that this run does not know.
	given  map[ledger.Ref]string
	weight int

	once sync.Once
	text []byte
}

// idWeight is about what an eventId takes, in bytes.
const idWeight = 40

// newTold notes what only the ledger can tell while the event is told: a
// generated id is written out when somebody reads it.
func newTold(e ledger.Event, began ledger.RunBegan, names ledger.Names) *told {
	t := &told{event: e, began: began, weight: tape.Weight(e)}
	for r := range sendsIn(e) {
		t.weight += idWeight
		name, known := names.Given(r)
		if known && name == "" {
			continue
		}
		if t.given == nil {
			t.given = map[ledger.Ref]string{}
		}
		t.given[r] = name
		t.weight += 2 * len(name)
	}
	return t
}

// sendsIn are the sends that an event speaks of.
func sendsIn(e ledger.Event) iter.Seq[ledger.Ref] {
	return func(yield func(ledger.Ref) bool) {
		switch e := e.(type) {
		case ledger.Sent:
			for n := range e.Count {
				if !yield(ledger.Ref{Batch: e.Batch, N: e.From + n}) {
					return
				}
			}
		case ledger.Departed:
			for i := range e.Parts {
				for _, r := range e.Parts[i].Refs {
					if !yield(r) {
						return
					}
				}
			}
		case ledger.Reported:
			for i := range e.Reports {
				if !yield(e.Reports[i].Ref) {
					return
				}
			}
		case ledger.CopiesRead:
			for i := range e.Copies {
				if !yield(e.Copies[i].Ref) {
					return
				}
			}
		}
	}
}

// line is the event as a recording has it, with the eventId of each message.
func (t *told) line() []byte {
	t.once.Do(func() {
		var err error
		if t.text, err = tape.Line(t.event, t.named()); err != nil { // with its ids it is too long for a line
			t.text, _ = tape.Line(t.event, t.event) // every event has a name: a test sees to it
		}
	})
	return t.text
}

// What a recording says of a message by batch and number, with its eventId.
type (
	namedRef struct {
		ledger.Ref
		EventID string `json:"eventId,omitempty"`
	}
	namedSent struct {
		ledger.Sent
		EventID  string   `json:"eventId,omitempty"`  // of the one message
		EventIDs []string `json:"eventIds,omitempty"` // of several, in their order
	}
	namedPart struct {
		ledger.Part
		Refs []namedRef `json:"refs,omitempty"`
	}
	namedDeparted struct {
		ledger.Departed
		Parts []namedPart `json:"parts"`
	}
	namedReport struct {
		Ref namedRef `json:"ref"`
		ledger.Report
	}
	namedReported struct {
		ledger.Reported
		Reports []namedReport `json:"reports"`
	}
	namedCopy struct {
		Ref namedRef `json:"ref"`
		ledger.Copy
	}
	namedCopiesRead struct {
		ledger.CopiesRead
		Copies []namedCopy `json:"copies"`
	}
)

// named is the event with the eventId of each message.
func (t *told) named() any {
	identity := ledger.NewIdentity(t.began.Run)
	name := func(r ledger.Ref) namedRef {
		if given, is := t.given[r]; is {
			return namedRef{r, given}
		}
		return namedRef{r, string(identity.AppendID(nil, r))}
	}
	switch e := t.event.(type) {
	case ledger.Sent:
		return nameSent(e, name)
	case ledger.Departed:
		parts := make([]namedPart, len(e.Parts))
		for i, p := range e.Parts {
			parts[i].Part = p
			for _, r := range p.Refs {
				parts[i].Refs = append(parts[i].Refs, name(r))
			}
		}
		return namedDeparted{e, parts}
	case ledger.Reported:
		reports := make([]namedReport, len(e.Reports))
		for i, r := range e.Reports {
			reports[i] = namedReport{name(r.Ref), r}
		}
		return namedReported{e, reports}
	case ledger.CopiesRead:
		copies := make([]namedCopy, len(e.Copies))
		for i, c := range e.Copies {
			copies[i] = namedCopy{name(c.Ref), c}
		}
		return namedCopiesRead{e, copies}
	}
	return t.event
}

// nameSent names a message once where all are sends of it.
func nameSent(e ledger.Sent, name func(ledger.Ref) namedRef) namedSent {
	s := namedSent{Sent: e}
	one := true
	for n := range e.Count {
		s.EventIDs = append(s.EventIDs, name(ledger.Ref{Batch: e.Batch, N: e.From + n}).EventID)
		one = one && s.EventIDs[n] == s.EventIDs[0]
	}
	if one && len(s.EventIDs) > 0 {
		s.EventID, s.EventIDs = s.EventIDs[0], nil
	}
	return s
}
