package check_test

import (
	"testing"

	"atelier/kafka/ledger"
	"atelier/lessons/check"
)

type totals map[string]ledger.Totals

func (t totals) Totals(label string) (ledger.Totals, bool) {
	found, ok := t[label]
	return found, ok
}

func TestWhatAPredictionForetellsIsMeasured(t *testing.T) {
	values := totals{"A": {Acked: 2, Copies: 3}, "B": {Acked: 5, Copies: 5, Audited: true}, "": {Acked: 9}}
	for expr, want := range map[string]any{
		"A.acked":           int64(2),
		"acked":             int64(9),
		"A.acked + B.acked": int64(7),
		"B.copies":          int64(5),
		"A.copies":          nil, // nobody has looked
		"A.copies+B.copies": nil,
		"C.acked":           nil,
		"A.acked + C.acked": nil,
		"A.nothing":         nil,
	} {
		if got := check.Measure(expr, values); got != want {
			t.Errorf("%s is %v, want %v", expr, got, want)
		}
	}
}
