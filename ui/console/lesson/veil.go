package lesson

import (
	"atelier/lessons/course"
	"atelier/ui/console/screen"
)

// keptBack says whether a block of the step on screen would tell what a lab
// shows that has yet to show it: see course.Module.Awaits.
func (l *Pane) keptBack(m *course.Module, block int) bool {
	for _, lab := range m.Awaits(l.step, block) {
		if !l.told(m, lab) {
			return true
		}
	}
	return false
}

// told says whether nobody waits for a lab any more: it has run to its end, the
// learner passed it over, or it can't run here and its predictions are made.
func (l *Pane) told(m *course.Module, lab int) bool {
	at := Place{m.Number, lab}
	if l.passed[at] {
		return true
	}
	made, revealed := true, true
	l.predictions(at, func(_ *course.Predict, q *question) {
		made, revealed = made && q.answered, revealed && q.revealed
	})
	return revealed || made && l.LackOf(m.Labs()[lab]) != nil
}

// rest stands for what is kept back: one line, whatever it is.
func (l *Pane) rest() []screen.Line {
	s := l.Pick("(the rest follows the experiment)", "(la suite après l’expérience)")
	return screen.Wrap(screen.Text(s, screen.Faint), l.W)
}

// Pass shows what waits for a lab though it has not run, and for those above it:
// the learner goes on without them, to the next lab of the step.
func (l *Pane) Pass(at Place) {
	l.pass(at)
	l.advance(at)
}

func (l *Pane) pass(at Place) {
	m := l.moduleNumbered(at.Module)
	if m == nil {
		return
	}
	l.passed[at] = true
	for s := range m.Steps {
		for b := range m.Steps[s].Blocks {
			if lab, is := m.Steps[s].Blocks[b].(course.Lab); is && lab.Index == at.Lab {
				for _, above := range m.Awaits(s, b) {
					l.passed[Place{at.Module, above}] = true
				}
			}
		}
	}
	l.change()
}

// passAbove does so for what a lab that starts all the same stands below.
func (l *Pane) passAbove(at Place) {
	if m := l.moduleNumbered(at.Module); m != nil && !l.passed[at] {
		l.pass(at)
		delete(l.passed, at)
	}
}
