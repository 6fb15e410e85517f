package telling

import (
	"atelier/kafka/ledger"
)

// duplicateSequence is the code of a broker that has a message already.
const duplicateSequence = 46

// Answered says that somebody saw an attempt's answer.
func Answered(at *ledger.Attempt) bool { return at.Answered >= 0 || at.Heard >= 0 }

// Refusal says that an attempt was answered with an error.
func Refusal(at *ledger.Attempt) bool {
	return Answered(at) && at.Code != 0 && at.Code != duplicateSequence
}

// SameSequence says that two attempts are one to a broker: it knows them by
// producer id, epoch and sequence.
func SameSequence(a, b *ledger.Attempt) bool {
	return a.ProducerID >= 0 && a.ProducerID == b.ProducerID && a.Epoch == b.Epoch &&
		a.BaseSequence == b.BaseSequence && a.Partition == b.Partition
}

// Recognised says that the broker recognised the nth attempt (from 0) of a
// message: the same sequence was answered with the same place.
func Recognised(m *ledger.Message, n int, s *ledger.Snapshot) bool {
	at := s.Attempt(m.Attempts[n])
	if at == nil || !Answered(at) {
		return false
	}
	if at.Code == duplicateSequence {
		return true
	}
	for _, id := range m.Attempts[:n] {
		if o := s.Attempt(id); o != nil && Answered(o) && SameSequence(at, o) && at.Offset >= 0 && o.Offset == at.Offset {
			return true
		}
	}
	return false
}
