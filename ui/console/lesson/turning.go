package lesson

import (
	"slices"

	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// goTo turns to a step; what does not exist is the nearest that does.
func (l *Pane) goTo(module, step int) {
	if len(l.modules) == 0 {
		l.module, l.step = 0, 0
		return
	}
	module = min(max(module, 0), len(l.modules)-1)
	step = min(max(step, 0), max(len(l.modules[module].Steps)-1, 0))
	if step != l.step || module != l.module {
		l.open(module, step)
	}
	l.change()
}

// turn goes on to the next step or back, across modules.
func (l *Pane) turn(by int) {
	m, _ := l.current()
	if m == nil {
		return
	}
	switch step := l.step + by; {
	case step >= 0 && step < len(m.Steps):
		l.open(l.module, step)
	case step < 0 && l.module > 0:
		l.open(l.module-1, max(len(l.modules[l.module-1].Steps)-1, 0))
	case step >= len(m.Steps) && l.module < len(l.modules)-1:
		l.open(l.module+1, 0)
	}
	l.change()
}

// open turns to a step, at the place where it was left.
func (l *Pane) open(module, step int) {
	l.keep()
	if l.found != nil {
		l.left[[2]int{l.module, l.step}] = *l.found
	}
	at, known := l.left[[2]int{module, step}]
	if !known {
		at = top
	}
	l.standing = nil
	l.module, l.step, l.scroll, l.block, l.found = module, step, 0, at.lab, &at
	l.excused = Place{-1, -1}
	l.laidOut = false
}

// focusBlock moves the focus between the step's labs and shows the new one.
func (l *Pane) focusBlock(to int) {
	l.layOut()
	if len(l.labs) == 0 {
		return
	}
	l.block = min(max(to, 0), len(l.labs)-1)
	l.change()
	l.layOut()
	l.reveal()
}

// recall turns to the step of a lab and gives it the focus.
func (l *Pane) recall(at Place) {
	m := l.moduleNumbered(at.Module)
	l.goTo(slices.Index(l.modules, m), stepOf(m, at.Lab))
	l.layOut()
	for i := range l.labs {
		if l.labs[i].lab.Index == at.Lab {
			l.focusBlock(i)
		}
	}
}

// follow scrolls to a lab that starts or ends, with its checks.
func (l *Pane) follow(at Place) {
	m, _ := l.current()
	if m == nil || m.Number != at.Module {
		return
	}
	l.layOut()
	for i := range l.labs {
		if l.labs[i].lab.Index == at.Lab {
			l.block = i
			l.reveal()
		}
	}
}

// reveal scrolls as little as it takes to show the focused lab.
func (l *Pane) reveal() {
	if l.block >= len(l.labs) {
		return
	}
	b := l.labs[l.block]
	if end := b.to + 1; end > l.scroll+l.H { // one more for the row that says that the text goes on
		l.scroll = end - l.H
	}
	if b.from < l.scroll {
		l.scroll = b.from
	}
	l.scrollBy(0)
}

// revealChecks shows the checks of the focused lab, also where the lab is
// longer than the screen.
func (l *Pane) revealChecks() {
	if l.block < len(l.labs) {
		l.scroll = max(l.scroll, l.labs[l.block].to+1-l.H)
		l.scrollBy(0)
	}
}

// Score counts the checks of a lab that hold, of those that its step shows.
func (l *Pane) Score(at Place) (held, all int) {
	m := l.moduleNumbered(at.Module)
	if m == nil {
		return 0, 0
	}
	e := l.experiment(at)
	for _, c := range m.Steps[stepOf(m, at.Lab)].Blocks {
		c, is := c.(course.Check)
		if !is || c.Lab != at.Lab || c.Expr == "" {
			continue
		}
		all++
		if e.checks[c.Line].held {
			held++
		}
	}
	return held, all
}

// Doubts says that what an experiment did not show proves nothing, as the machine
// stood still meanwhile: it is to be made again.
func (l *Pane) Doubts(at Place) bool {
	e := l.experiment(at)
	held, all := l.Score(at)
	return e.stoodStill && (e.status == lab.FailedRun || e.status == lab.Passed && held < all)
}

// stepOf is the step that a lab stands in.
func stepOf(m *course.Module, lab int) int {
	return slices.IndexFunc(m.Steps, func(s course.Step) bool {
		return slices.ContainsFunc(s.Blocks, func(b course.Block) bool { l, is := b.(course.Lab); return is && l.Index == lab })
	})
}

// Waiting says that the step has an experiment in focus that has not run.
func (l *Pane) Waiting() bool {
	m, index, ok := l.FocusedLab()
	if !ok {
		return false
	}
	if l.LackOf(m.Labs()[index]) != nil {
		return false
	}
	e := l.experiments[Place{m.Number, index}]
	return e == nil || !e.ended && !e.running
}

// Last says that no step follows.
func (l *Pane) Last() bool {
	m, _ := l.current()
	return m == nil || l.module == len(l.modules)-1 && l.step >= len(m.Steps)-1
}

// scrollBy moves the text; the focus follows to a lab that is in sight.
func (l *Pane) scrollBy(rows int) {
	l.layOut()
	l.scroll = min(max(l.scroll+rows, 0), max(0, len(l.rows)-l.H))
	if rows != 0 && len(l.labs) > 0 && !l.inSight(l.block) {
		for i := range l.labs {
			if l.inSight(i) {
				l.block = i
				l.laidOut = false
				break
			}
		}
	}
	l.Redraw()
}

func (l *Pane) inSight(i int) bool {
	return i < len(l.labs) && l.labs[i].from < l.scroll+l.H && l.labs[i].to > l.scroll
}

// advance moves the focus on when the learner is done with a lab of this step.
func (l *Pane) advance(at Place) {
	m, _ := l.current()
	if m == nil || m.Number != at.Module {
		return
	}
	l.layOut()
	if l.block < len(l.labs)-1 && l.labs[l.block].lab.Index == at.Lab {
		l.block++
		l.change()
	}
}

// FocusedLab is the lab that Enter runs.
func (l *Pane) FocusedLab() (m *course.Module, index int, ok bool) {
	l.layOut()
	m, _ = l.current()
	if m == nil || l.block >= len(l.labs) {
		return nil, 0, false
	}
	return m, l.labs[l.block].lab.Index, true
}

// HasModule says that there is a module so many modules further on.
func (l *Pane) HasModule(by int) bool {
	to := l.module + by
	return to >= 0 && to < len(l.modules)
}

// Taught says that there is a course.
func (l *Pane) Taught() bool { return len(l.modules) > 0 }

// At is the module on screen and its step, from 0; nil without a course.
func (l *Pane) At() (*course.Module, int) {
	m, _ := l.current()
	return m, l.step
}

// Modules are those of the course, in the language of the pane.
func (l *Pane) Modules() []*course.Module { return l.modules }
