package progress

import (
	"time"

	"atelier/lessons/course"
)

// Sum is how far a learner has come in a module.
type Sum struct {
	Steps, Seen            int
	Labs, Ran              int
	Checks, Held           int // those with an expression
	Predictions, Predicted int
	Foretold               int // predictions that an experiment has shown to be right, the first time
	Quizzes, Solved        int // those with a right answer, at whichever try
	Spent                  time.Duration
}

// Sum counts what is done of a module as it stands today; what was done in
// steps that are gone does not count.
func (s *State) Sum(m *course.Module) Sum {
	x := Of(m)
	sum := Sum{Steps: len(m.Steps), Spent: s.Spent[m.Number]}
	for i := range m.Steps {
		if _, seen := s.Seen[x.Step(i)]; seen {
			sum.Seen++
		}
		for j, b := range m.Steps[i].Blocks {
			s.count(&sum, x, b, i, j)
		}
	}
	return sum
}

func (s *State) count(sum *Sum, x *Index, b course.Block, step, block int) {
	switch b := b.(type) {
	case course.Lab:
		sum.Labs++
		if l := s.Labs[x.Block(step, block)]; l.Ran() {
			sum.Ran++
		}
	case course.Check:
		if b.Expr == "" {
			return
		}
		sum.Checks++
		if _, held := s.Held(x.Lab(b.Lab), b.Expr); held {
			sum.Held++
		}
	case course.Predict:
		sum.Predictions++
		if p := s.Predictions[x.Block(step, block)]; p.Count > 0 {
			sum.Predicted++
			if p.First.Right && s.Ended(x.Lab(b.Lab)) {
				sum.Foretold++
			}
		}
	case course.Quiz:
		sum.Quizzes++
		if s.Quizzes[x.Block(step, block)].Last.Right {
			sum.Solved++
		}
	}
}
