package lesson

import (
	"strconv"

	"atelier/kafka/ledger"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/ui/console/memory"
)

// question is how far a learner is with a prediction or a quiz.
type question struct {
	pointed  int    // the choice under the arrow, from 0; -1: none
	typed    string // a number under way
	answer   memory.Answer
	answered bool
	// Of a prediction, once its experiment has run to an end, in this session or
	// an earlier one.
	revealed bool
	measured any // int64 or float64; nil where nothing measures it
}

// asked is a question with its place on the page.
type asked struct {
	spot     memory.Spot
	predict  *course.Predict // or
	quiz     *course.Quiz
	from, to int   // its rows
	choices  []int // the row at which each choice begins
}

func (a *asked) options() []course.Choice {
	if a.predict != nil {
		return a.predict.Choices
	}
	return a.quiz.Choices
}

// first is the row of the first choice.
func (a *asked) first() int {
	if len(a.choices) == 0 {
		return a.from
	}
	return a.choices[0]
}

// rowsOf are the rows of a choice; of the last one with what stands below it.
func (a *asked) rowsOf(choice int) (from, to int) {
	if choice+1 < len(a.choices) {
		return a.choices[choice], a.choices[choice+1]
	}
	return a.choices[choice], a.to
}

// numbers says whether it is answered by a number.
func (a *asked) numbers() bool { return a.predict != nil && a.predict.Value != "" }

// question finds the state of a question; what is remembered of an earlier
// start comes back with it.
func (l *Pane) question(spot memory.Spot, predict bool) *question {
	q := l.questions[spot]
	if q == nil {
		q = &question{pointed: -1}
		if predict {
			q.answer, q.answered = l.memory.Prediction(spot)
			q.revealed = l.memory.Ended(l.answering(spot))
		} else {
			q.answer, q.answered = l.memory.Quiz(spot)
		}
		l.questions[spot] = q
	}
	return q
}

// answering is the lab that answers a prediction.
func (l *Pane) answering(spot memory.Spot) memory.Lab {
	if m := l.moduleNumbered(spot.Module); m != nil && spot.Step < len(m.Steps) && spot.Block < len(m.Steps[spot.Step].Blocks) {
		if p, is := m.Steps[spot.Step].Blocks[spot.Block].(course.Predict); is {
			return memory.Lab{Module: spot.Module, Index: p.Lab}
		}
	}
	return memory.Lab{Module: -1}
}

func (l *Pane) stateOf(a *asked) *question { return l.question(a.spot, a.predict != nil) }

// open says whether a question still asks: a prediction until it is answered
// or its experiment has run, a quiz until its answer is right.
func (q *question) open(predict bool) bool {
	if predict {
		return !q.answered && !q.revealed
	}
	return !q.answered || !q.answer.Right
}

// asking is the open question that the keys go to: the first in sight that was
// never answered, else the first in sight that asks again. Nil where there is none.
func (l *Pane) asking() *asked {
	l.layOut()
	var again *asked
	for i := range l.asked {
		a := &l.asked[i]
		q := l.stateOf(a)
		if !q.open(a.predict != nil) || !l.rowsInSight(a.first(), a.to) {
			continue
		}
		if !q.answered {
			return a
		}
		if again == nil {
			again = a
		}
	}
	return again
}

// outOfSight is the first open question of the page, where none in sight takes
// the keys. A prediction that the learner went without, or whose experiment runs
// already, does not wait for an answer.
func (l *Pane) outOfSight() *asked {
	if l.asking() != nil {
		return nil
	}
	for i := range l.asked {
		a := &l.asked[i]
		if !l.stateOf(a).open(a.predict != nil) {
			continue
		}
		if a.predict == nil {
			return a
		}
		if at := (Place{a.spot.Module, a.predict.Lab}); !l.passed[at] && !l.experiment(at).running {
			return a
		}
	}
	return nil
}

// waiting is the open question that digits answer: one in sight before others.
func (l *Pane) waiting() *asked {
	if a := l.asking(); a != nil {
		return a
	}
	return l.outOfSight()
}

// Chooses says which digits answer a question of the page, in sight or not: "1–3";
// nothing where none do.
func (l *Pane) Chooses() string {
	switch a := l.waiting(); {
	case a == nil:
		return ""
	case a.numbers():
		return "0–9"
	default:
		return "1–" + strconv.Itoa(len(a.choices))
	}
}

// Ask shows the question that waits for an answer, and says whether one does.
func (l *Pane) Ask() bool {
	a := l.waiting()
	if a != nil {
		l.showRows(a.from, a.to)
	}
	return a != nil
}

// rowsInSight says whether the first of some rows is on screen, above the row
// that says that the text goes on.
func (l *Pane) rowsInSight(from, to int) bool {
	last := l.scroll + l.H - 1
	if len(l.rows) <= l.scroll+l.H {
		last++
	}
	return from < last && to > l.scroll
}

// choose answers a question. It returns false where a number stands for no
// choice.
func (l *Pane) choose(a *asked) bool {
	q := l.stateOf(a)
	given := memory.Answer{Choice: q.pointed}
	if a.numbers() && q.typed != "" {
		at, ok := a.choiceOf(q.typed)
		if !ok {
			return false
		}
		given.Choice, given.Said = at, q.typed
	}
	c := a.options()[given.Choice]
	if a.numbers() && c.Text == course.AnyNumber && given.Said == "" {
		return false
	}
	given.Right = c.Right
	q.answer, q.answered, q.typed, q.pointed = given, true, "", -1
	if a.predict != nil {
		l.memory.Predicted(a.spot, given)
	} else {
		l.memory.Answered(a.spot, given)
	}
	l.change()
	return true
}

// choiceOf is the choice that a typed number stands for.
func (a *asked) choiceOf(typed string) (int, bool) {
	n, err := strconv.ParseFloat(typed, 64)
	if err != nil {
		return 0, false
	}
	return choiceFor(a.predict, n)
}

func choiceFor(p *course.Predict, n float64) (int, bool) {
	c, ok := p.Number(n)
	if !ok {
		return 0, false
	}
	for i := range p.Choices {
		if p.Choices[i].Line == c.Line && p.Choices[i].Text == c.Text {
			return i, true
		}
	}
	return 0, false
}

// right says whether a prediction came true: against what was measured, where
// something was, else as the course has it.
func (q *question) right(p *course.Predict) bool {
	n, ok := number(q.measured)
	if !ok {
		return p.Choices[q.answer.Choice].Right
	}
	said := q.answer.Said
	if said == "" {
		said = p.Choices[q.answer.Choice].Text
	}
	v, err := strconv.ParseFloat(said, 64)
	return err == nil && v == n
}

// rightChoice is the choice that is right: what was measured decides.
func (q *question) rightChoice(p *course.Predict) int {
	if n, ok := number(q.measured); ok {
		if i, ok := choiceFor(p, n); ok {
			return i
		}
	}
	for i := range p.Choices {
		if p.Choices[i].Right {
			return i
		}
	}
	return 0
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// revealPredictions sets the predictions of a lab against what it measured.
func (l *Pane) revealPredictions(at Place, snap *ledger.Snapshot) {
	l.predictions(at, func(p *course.Predict, q *question) {
		q.revealed, q.typed, q.pointed = true, "", -1
		q.measured = check.Measure(p.Value, check.Of(snap))
	})
}

// Foretold counts the predictions of a lab that has run: those that were made,
// and those of them that came true.
func (l *Pane) Foretold(at Place) (made, right int) {
	l.predictions(at, func(p *course.Predict, q *question) {
		if !q.answered || !q.revealed {
			return
		}
		made++
		if q.right(p) {
			right++
		}
	})
	return made, right
}

// AskFirst says whether a lab of the step has a prediction that nobody has
// answered. It asks once: then the lab may run without one.
func (l *Pane) AskFirst(at Place) bool {
	l.layOut()
	if l.excused == at {
		return false
	}
	for i := range l.asked {
		a := &l.asked[i]
		if a.predict != nil && a.spot.Module == at.Module && a.predict.Lab == at.Lab && l.stateOf(a).open(true) {
			l.excused = at
			l.showRows(a.from, a.to)
			return true
		}
	}
	return false
}

// Asks says whether a prediction of a lab is open: what the lab shows must not
// be told.
func (l *Pane) Asks(at Place) bool {
	open := false
	l.predictions(at, func(_ *course.Predict, q *question) { open = open || q.open(true) })
	return open
}

// predictions goes through those that a lab answers.
func (l *Pane) predictions(at Place, each func(*course.Predict, *question)) {
	m := l.moduleNumbered(at.Module)
	if m == nil {
		return
	}
	for s := range m.Steps {
		for b := range m.Steps[s].Blocks {
			if p, is := m.Steps[s].Blocks[b].(course.Predict); is && p.Lab == at.Lab {
				each(&p, l.question(memory.Spot{Module: m.Number, Step: s, Block: b}, true))
			}
		}
	}
}
