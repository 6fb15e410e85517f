package telling

import (
	"strconv"

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
		if o := s.Attempt(id); o != nil && Answered(o) && SameSequence(at, o) && o.Offset == at.Offset {
			return true
		}
	}
	return false
}

// Code is an error code of an answer with the name that Kafka gives it.
func Code(code int16) string {
	name := map[int16]string{
		-1: "UNKNOWN_SERVER_ERROR", 2: "CORRUPT_MESSAGE", 3: "UNKNOWN_TOPIC_OR_PARTITION", 5: "LEADER_NOT_AVAILABLE",
		6: "NOT_LEADER_OR_FOLLOWER", 7: "REQUEST_TIMED_OUT", 9: "REPLICA_NOT_AVAILABLE", 10: "MESSAGE_TOO_LARGE", 13: "NETWORK_EXCEPTION",
		17: "INVALID_TOPIC_EXCEPTION", 18: "RECORD_LIST_TOO_LARGE", 19: "NOT_ENOUGH_REPLICAS", 20: "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
		29: "TOPIC_AUTHORIZATION_FAILED", 45: "OUT_OF_ORDER_SEQUENCE_NUMBER", duplicateSequence: "DUPLICATE_SEQUENCE_NUMBER",
		47: "INVALID_PRODUCER_EPOCH", 56: "KAFKA_STORAGE_ERROR", 59: "UNKNOWN_PRODUCER_ID", 87: "INVALID_RECORD",
	}[code]
	s := "code\u00a0" + strconv.Itoa(int(code))
	if name != "" {
		s += " " + name
	}
	return s
}
