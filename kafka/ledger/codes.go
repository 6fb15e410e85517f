package ledger

// Error codes of Produce answers that the ledger decides by. The numbers are
// those of https://kafka.apache.org/protocol#protocol_error_codes.
const (
	codeNone                 int16 = 0
	codeDuplicateSequence    int16 = 46 // the broker has it already: an ack
	codeUnknownServerError   int16 = -1
	codeRequestTimedOut      int16 = 7
	codeNetworkException     int16 = 13
	codeNotEnoughAfterAppend int16 = 20
	codeKafkaStorageError    int16 = 56
)

// acknowledges says whether an answer's code means that the message stands in
// the log.
func acknowledges(code int16) bool { return code == codeNone || code == codeDuplicateSequence }

// mayBeWritten says whether a refusal leaves it open that the broker wrote the
// message all the same. Every other error code is given before the append.
func mayBeWritten(code int16) bool {
	switch code {
	case codeUnknownServerError, codeRequestTimedOut, codeNetworkException, codeNotEnoughAfterAppend, codeKafkaStorageError:
		return true
	}
	return acknowledges(code)
}
