package ledger

// What the answers of a broker prove of an idempotent producer's attempts: which
// of them added the message, and which the broker had already.

// SameSequence says that two attempts are one to a broker: it knows them by
// producer id, epoch and sequence.
func (a *Attempt) SameSequence(b *Attempt) bool {
	return a.ProducerID >= 0 && a.ProducerID == b.ProducerID && a.Epoch == b.Epoch &&
		a.BaseSequence == b.BaseSequence && a.Partition == b.Partition
}

func (a *Attempt) seen() bool { return a.Answered >= 0 || a.Heard >= 0 }

// Recognised says that the broker recognised the nth attempt (from 0) of a
// message: the same sequence was answered with the same place.
func (s *Snapshot) Recognised(m *Message, n int) bool {
	at := s.Attempt(m.Attempts[n])
	if at == nil || !at.seen() {
		return false
	}
	if at.Code == codeDuplicateSequence {
		return true
	}
	for _, id := range m.Attempts[:n] {
		if o := s.Attempt(id); o != nil && o.seen() && at.SameSequence(o) && at.Offset >= 0 && o.Offset == at.Offset {
			return true
		}
	}
	return false
}

// Added says that it was the nth attempt (from 0) that added the message. Where
// one before it with its sequence may have come through unanswered, its answer
// tells where the message stands, and not which of them put it there.
func (s *Snapshot) Added(m *Message, n int) bool {
	at := s.Attempt(m.Attempts[n])
	if at == nil || !at.seen() || !acknowledges(at.Code) || at.Offset < 0 || s.Recognised(m, n) {
		return false
	}
	for _, id := range m.Attempts[:n] {
		if o := s.Attempt(id); o != nil && !o.seen() && at.SameSequence(o) && o.mayHaveArrived(at) {
			return false
		}
	}
	return true
}

// mayHaveArrived says whether an attempt may have been at the broker before a
// later one: where arrivals are not seen, any may.
func (a *Attempt) mayHaveArrived(later *Attempt) bool {
	if later.Arrived < 0 {
		return true
	}
	return a.Arrived >= 0 && a.Arrived <= later.Arrived
}
