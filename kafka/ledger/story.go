package ledger

import "time"

// Story is all that is known of one message: of each of its sends.
type Story struct {
	ID    string
	Run   string
	Clock time.Time // the wall clock at the run's zero
	Sends int64     // also those that are not told one by one
	Told  []Send    // the latest, oldest first

	Judged  bool // an audit has looked since its last send
	Copies  int64
	Verdict Verdict
	Ghost   bool
	Records []Place // of those copies, as far as they are kept
}

// Send is one send of a message, and its attempts.
type Send struct {
	Message
	Known    bool // its details are kept; else there is no more than its report
	Attempts []Attempt
}

// Place is where a record stands.
type Place struct {
	Partition Partition
	Offset    int64
}

// Told returns the detail of a send of this run. Where it is not kept any more,
// there is no more than what its batch and its report say, and kept is false.
func (l *Ledger) Told(ref Ref) (m Message, kept, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fold.detail(ref)
}

func (f *fold) detail(ref Ref) (m Message, kept, ok bool) {
	b := f.batchOf(ref)
	if b == nil {
		return Message{}, false, false
	}
	if kept := f.messages.find(ref); kept != nil {
		m = *kept
		m.Attempts = append([]AttemptID(nil), kept.Attempts...)
		if m.ID == "" {
			m.ID = b.id(f.run.Run, ref.N)
		}
		return m, true, true
	}
	m = f.describe(b, ref.N, Sent{})
	m.ID, m.Report = b.id(f.run.Run, ref.N), b.sends.at(ref.N).kind
	return m, false, true
}

// Story tells what is known of the message with an id, in the current run.
func (l *Ledger) Story(id string) (Story, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fold.story(id)
}

func (f *fold) story(id string) (Story, bool) {
	story := Story{ID: id, Run: f.run.Run, Clock: f.run.Clock}
	var refs []Ref
	if n := f.named[id]; n != nil && n.sends > 0 {
		refs, story.Sends = n.latest, n.sends
	} else if b, ref := f.generated(id); b != nil {
		refs, story.Sends = []Ref{ref}, 1
	} else {
		return story, false
	}
	for _, ref := range refs {
		if m, kept, ok := f.detail(ref); ok {
			story.Told = append(story.Told, Send{Message: m, Known: kept, Attempts: f.attempts.of(&m)})
		}
	}
	if len(story.Told) == 0 || f.audit.Running || !f.audit.Settled {
		return story, len(story.Told) > 0
	}
	last := story.Told[len(story.Told)-1].Message
	f.judgeOne(&last)
	story.Judged = last.Verdict != Unjudged
	story.Copies, story.Verdict, story.Ghost = last.Copies, last.Verdict, last.Ghost
	for p, records := range f.audit.tails {
		for _, r := range records {
			if r.ID == id {
				story.Records = append(story.Records, Place{p, r.Offset})
			}
		}
	}
	return story, true
}

// of copies the retained attempts of a message.
func (r *attemptRing) of(m *Message) []Attempt {
	var list []Attempt
	for _, id := range m.Attempts {
		if at, ok := r.index[id]; ok {
			list = append(list, r.slots[at])
		}
	}
	return list
}
