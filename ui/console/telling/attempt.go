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
