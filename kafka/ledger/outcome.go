package ledger

import "fmt"

// outcomes are the names of the outcomes, as recordings spell them.
var outcomes = [...]string{
	Pending: "pending", Acked: "acked", Refused: "refused", TimedOut: "timed-out", Cut: "cut", Unasked: "unasked",
}

// MarshalText names an outcome.
func (o Outcome) MarshalText() ([]byte, error) {
	if int(o) >= len(outcomes) {
		return nil, fmt.Errorf("no outcome %d", uint8(o))
	}
	return []byte(outcomes[o]), nil
}

// UnmarshalText reads an outcome's name.
func (o *Outcome) UnmarshalText(text []byte) error {
	for i, name := range outcomes {
		if string(text) == name {
			*o = Outcome(i)
			return nil
		}
	}
	return fmt.Errorf("no outcome %q", text)
}
