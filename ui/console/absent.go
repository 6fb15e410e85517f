package console

import (
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	room "atelier/lessons/bench"
	"atelier/lessons/lab"
)

// absent stands where there is no bench: a recording is all that is shown, and
// nobody may ask for more than these few.
type absent struct {
	lab.Bench
	book *ledger.Ledger
}

func (a absent) Ledger() *ledger.Ledger    { return a.book }
func (a absent) Now() time.Duration        { return 0 }
func (a absent) Lacks(room.Ability) error  { return nil }
func (a absent) Tape() (*tape.Tape, error) { return nil, tape.ErrNothing }
