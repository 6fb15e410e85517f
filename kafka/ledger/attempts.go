package ledger

import "time"

// request is what is kept of a Produce request until its outcome is known.
type request struct {
	parts []Part
	acks  int16
}

func (f *fold) departed(e Departed) {
	for i, p := range e.Parts {
		a := f.attempts.add(Attempt{
			ID: AttemptID{e.Request, int32(i)}, Broker: e.Broker, ClientID: e.ClientID, CorrID: e.CorrID,
			Version: e.Version, Acks: e.Acks, Size: e.Size, Topic: p.Topic, Partition: p.Partition,
			ProducerID: p.ProducerID, Epoch: p.Epoch, BaseSequence: p.BaseSequence, Records: p.Records,
			Departed: e.At.At, Arrived: -1, Answered: -1, Heard: -1, Ended: -1, Offset: -1, Foreign: e.Foreign,
		})
		if e.Foreign {
			a.Departed, a.Arrived = -1, e.At.At
		}
		if e.Acks == 0 {
			a.Outcome, a.Ended = Unasked, e.At.At
		}
		f.carried(a.ID, p)
	}
	if e.Acks != 0 {
		f.requests[e.Request] = &request{parts: e.Parts, acks: e.Acks}
	}
}

// carried counts one attempt for each message of a part.
func (f *fold) carried(id AttemptID, p Part) {
	var b *batch
	for _, ref := range p.Refs {
		if b == nil || b.Batch != ref.Batch {
			b = f.batches[ref.Batch]
		}
		if b == nil || int(ref.N) >= b.sends.count {
			continue
		}
		s := b.sends.edit(ref.N)
		b.group.attempts++
		f.all.attempts++
		b.way.Attempts++
		if s.flags&hasDeparted != 0 {
			b.group.retries++
			f.all.retries++
			b.way.Retries++
		}
		s.flags |= hasDeparted
		if s.risk < 255 {
			s.risk++
		}
	}
	for _, ref := range p.Refs[max(0, len(p.Refs)-maxMessages):] {
		if m := f.messages.find(ref); m != nil {
			m.Partition = p.Partition
			if len(m.Attempts) < MaxAttempts {
				m.Attempts = append(m.Attempts, id)
			} else {
				m.More++
			}
		}
	}
}

func (f *fold) arrived(e Arrived) {
	f.attempts.each(e.Request, func(a *Attempt) { a.Arrived = e.At.At })
}

func (f *fold) answered(e Answered) {
	f.attempts.each(e.Request, func(a *Attempt) {
		a.Answered = e.At.At
		a.read(e.Answers)
	})
}

func (f *fold) heard(e Heard) {
	f.attempts.each(e.Request, func(a *Attempt) {
		a.Heard = e.At.At
		a.read(e.Answers)
		if a.Outcome != Pending {
			return // the producer had stopped waiting
		}
		a.Ended = e.At.At
		if acknowledges(a.Code) {
			a.Outcome = Acked
		} else {
			a.Outcome = Refused
		}
	})
	r := f.requests[e.Request]
	if r == nil {
		return
	}
	delete(f.requests, e.Request)
	for _, p := range r.parts {
		if code, ok := codeOf(p, e.Answers); ok && !mayBeWritten(code) {
			f.excluded(p)
		}
	}
}

// excluded takes back the risk that an attempt was written.
func (f *fold) excluded(p Part) {
	for _, ref := range p.Refs {
		b := f.batchOf(ref)
		if b == nil {
			continue
		}
		if risk := b.sends.at(ref.N).risk; risk > 0 && risk < 255 {
			b.sends.edit(ref.N).risk--
		}
	}
}

func (f *fold) ended(e Ended) {
	f.attempts.each(e.Request, func(a *Attempt) {
		if a.Outcome == Pending {
			a.Outcome, a.Ended = e.Outcome, e.At.At
		}
	})
	delete(f.requests, e.Request)
}

func codeOf(p Part, answers []Answer) (int16, bool) {
	for _, a := range answers {
		if a.Partition == p.Partition && a.Topic == p.Topic {
			return a.Code, true
		}
	}
	return 0, false
}

func (a *Attempt) read(answers []Answer) {
	for _, x := range answers {
		if x.Partition == a.Partition && x.Topic == a.Topic {
			a.Code, a.Offset = x.Code, x.Offset
		}
	}
}

// Moment returns the time of the latest moment that was seen.
func (a *Attempt) Moment() time.Duration {
	return max(a.Departed, a.Arrived, a.Answered, a.Heard, a.Ended)
}
