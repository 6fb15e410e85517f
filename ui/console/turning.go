package console

import (
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// goTo turns to a step; what does not exist is the nearest that does.
func (l *lesson) goTo(module, step int) {
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
func (l *lesson) turn(by int) {
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
func (l *lesson) open(module, step int) {
	l.left[[2]int{l.module, l.step}] = [2]int{l.scroll, l.block}
	at := l.left[[2]int{module, step}]
	l.module, l.step, l.scroll, l.block = module, step, at[0], at[1]
}

// focusBlock moves the focus between the step's labs and shows the new one.
func (l *lesson) focusBlock(to int) {
	l.layOut()
	if len(l.labs) == 0 {
		return
	}
	l.block = min(max(to, 0), len(l.labs)-1)
	l.change()
	l.layOut()
	l.reveal()
}

// follow scrolls to a lab that starts or ends, with its checks.
func (l *lesson) follow(at place) {
	m, _ := l.current()
	if m == nil || m.Number != at.module {
		return
	}
	l.layOut()
	for i := range l.labs {
		if l.labs[i].lab.Index == at.lab {
			l.block = i
			l.reveal()
		}
	}
}

// reveal scrolls as little as it takes to show the focused lab.
func (l *lesson) reveal() {
	if l.block >= len(l.labs) {
		return
	}
	b := l.labs[l.block]
	if end := b.to + 1; end > l.scroll+l.h { // one more for the row that says that the text goes on
		l.scroll = end - l.h
	}
	if b.from < l.scroll {
		l.scroll = b.from
	}
	l.scrollBy(0)
}

// revealChecks shows the checks of the focused lab, also where the lab is
// longer than the screen.
func (l *lesson) revealChecks() {
	if l.block < len(l.labs) {
		l.scroll = max(l.scroll, l.labs[l.block].to+1-l.h)
		l.scrollBy(0)
	}
}

// score counts the checks of a lab that hold.
func (l *lesson) score(at place) (held, all int) {
	m := l.moduleNumbered(at.module)
	if m == nil {
		return 0, 0
	}
	e := l.experiment(at)
	for _, c := range m.Checks(at.lab) {
		all++
		if e.checks[c.Line].held {
			held++
		}
	}
	return held, all
}

// waiting says that the step has an experiment in focus that has not run.
func (l *lesson) waiting() bool {
	m, index, ok := l.focusedLab()
	if !ok {
		return false
	}
	if l.lackOf(m.Labs()[index]) != nil {
		return false
	}
	e := l.experiments[place{m.Number, index}]
	return e == nil || !e.ended && !e.running
}

// last says that no step follows.
func (l *lesson) last() bool {
	m, _ := l.current()
	return m == nil || l.module == len(l.modules)-1 && l.step >= len(m.Steps)-1
}

// scrollBy moves the text; the focus follows to a lab that is in sight.
func (l *lesson) scrollBy(rows int) {
	l.layOut()
	l.scroll = min(max(l.scroll+rows, 0), max(0, len(l.rows)-l.h))
	if rows != 0 && len(l.labs) > 0 && !l.inSight(l.block) {
		for i := range l.labs {
			if l.inSight(i) {
				l.block = i
				l.laidOut = false
				break
			}
		}
	}
	l.drawn = false
}

func (l *lesson) inSight(i int) bool {
	return i < len(l.labs) && l.labs[i].from < l.scroll+l.h && l.labs[i].to > l.scroll
}

// advance moves the focus on when a lab of this step has passed.
func (l *lesson) advance(msg labEnded) {
	m, _ := l.current()
	if m == nil || m.Number != msg.at.module || msg.result.Status != lab.Passed {
		return
	}
	l.layOut()
	if l.block < len(l.labs)-1 && l.labs[l.block].lab.Index == msg.at.lab {
		l.block++
	}
}

// focusedLab is the lab that Enter runs.
func (l *lesson) focusedLab() (m *course.Module, index int, ok bool) {
	l.layOut()
	m, _ = l.current()
	if m == nil || l.block >= len(l.labs) {
		return nil, 0, false
	}
	return m, l.labs[l.block].lab.Index, true
}
