package console

import (
	"strconv"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"

	tea "charm.land/bubbletea/v2"
)

// lesson shows one step of the course and how far its experiments have come.
type lesson struct {
	part
	modules     []*course.Module
	module      int // index into modules
	step        int
	block       int // the focused lab block, among those of the step
	scroll      int
	hints       bool
	beat        int
	experiments map[place]*experiment
	rows        []line      // of the step, cached
	labs        []labOnPage // where its labs stand
	prose       map[proseKey][]line
	left        map[[2]int][2]int // by module and step: its scroll and its block
	laidOut     bool
	lacks       func(bench.Ability) error
}

// labOnPage is a lab block of the step and the rows that it takes, its checks
// included.
type labOnPage struct {
	lab      course.Lab
	from, to int
}

// proseKey is all that the look of a piece of Markdown hangs on.
type proseKey struct {
	lang                       words.Lang
	module, step, block, width int
}

// The messages of the lesson.
type (
	// taught gives the course in a language.
	taught struct{ modules []*course.Module }
	// lessonAsked turns to a module by its number, and a step from 0.
	lessonAsked struct{ number, step int }
	// turned moves by steps.
	turned struct{ by int }
	// moduleTurned moves by modules.
	moduleTurned struct{ by int }
	// blockTurned moves the focus to the next lab block.
	blockTurned struct{ by int }
	// labStarted says that a lab block started.
	labStarted struct{ at place }
	// labMoved brings what the runner told of a lab block.
	labMoved struct {
		at       place
		progress []lab.Progress
	}
	// labEnded says that a lab block ended.
	labEnded struct {
		at     place
		result lab.Result
	}
	// hinted opens or closes the hints.
	hinted struct{}
)

func newLesson(lacks func(bench.Ability) error) *lesson {
	return &lesson{lacks: lacks, experiments: map[place]*experiment{}, prose: map[proseKey][]line{}, left: map[[2]int][2]int{}}
}

func (l *lesson) size(w, h int) {
	other := w != l.w
	l.part.size(w, h)
	if other { // the rows move: stay at the experiment
		l.laidOut = false
		l.layOut()
		if l.scroll > 0 {
			l.reveal()
		}
	}
}

func (l *lesson) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case seen:
		// The lesson shows nothing of the ledger; only its spinner turns.
		l.seen = msg
		if l.running() && spinner(msg.beat) != spinner(l.beat) {
			l.change()
		}
		l.beat = msg.beat
		return nil
	case taught:
		l.modules = msg.modules
		l.goTo(l.module, l.step)
	case lessonAsked:
		for i, m := range l.modules {
			if m.Number == msg.number {
				l.goTo(i, msg.step)
			}
		}
	case turned:
		l.turn(msg.by)
	case moduleTurned:
		if m := l.module + msg.by; m >= 0 && m < len(l.modules) {
			l.goTo(m, 0)
		}
	case blockTurned:
		l.focusBlock(l.block + msg.by)
	case scrolled:
		l.scrollBy(msg.rows)
	case hinted:
		l.hints = !l.hints
		l.change()
	case labStarted:
		e := l.experiment(msg.at)
		e.begin()
		l.change()
		l.follow(msg.at)
	case labMoved:
		if m := l.moduleNumbered(msg.at.module); m != nil {
			l.experiment(msg.at).progress(msg.progress, func(p lab.Progress) int { return p.Line.Pos.Line })
			l.change()
		}
	case labEnded:
		if m := l.moduleNumbered(msg.at.module); m != nil {
			l.experiment(msg.at).end(msg.result, m.Checks(msg.at.lab), l.seen.snap)
			l.change()
			l.follow(msg.at)
			l.revealChecks()
			l.advance(msg)
			l.change()
		}
	case spoken:
		l.change()
	}
	return l.part.update(msg)
}

// lackOf says what the cluster lacks for a lab; nil where it has everything.
func (l *lesson) lackOf(b course.Lab) error {
	if b.Needs == "" {
		return nil
	}
	return l.lacks(bench.Ability(b.Needs))
}

// change makes the step be laid out anew.
func (l *lesson) change() { l.laidOut, l.drawn = false, false }

func (l *lesson) running() bool {
	for _, e := range l.experiments {
		if e.running {
			return true
		}
	}
	return false
}

func (l *lesson) experiment(at place) *experiment {
	e := l.experiments[at]
	if e == nil {
		e = &experiment{}
		l.experiments[at] = e
	}
	return e
}

func (l *lesson) moduleNumbered(n int) *course.Module {
	for _, m := range l.modules {
		if m.Number == n {
			return m
		}
	}
	return nil
}

// current is the module and the step on screen; nil without a course.
func (l *lesson) current() (*course.Module, *course.Step) {
	if l.module >= len(l.modules) || len(l.modules[l.module].Steps) == 0 {
		return nil, nil
	}
	m := l.modules[l.module]
	return m, &m.Steps[min(l.step, len(m.Steps)-1)]
}

func (l *lesson) help() []hint {
	return []hint{
		{words.Text{En: "Enter", Fr: "Entrée"}, words.Text{En: "run the experiment", Fr: "lancer l’expérience"}},
		{words.Text{En: "↑ ↓", Fr: "↑ ↓"}, words.Text{En: "scroll", Fr: "défiler"}},
	}
}

func (l *lesson) view(a area) {
	l.layOut()
	l.begin(a)
	l.scroll = min(max(l.scroll, 0), max(0, len(l.rows)-l.h))
	// Where the text goes on, the last row says so and holds no text.
	shown := min(a.h, len(l.rows)-l.scroll)
	if below := len(l.rows) - l.scroll - a.h; below > 0 {
		shown--
		a.putRight(a.w, a.h-1, "↓ "+strconv.Itoa(below+1)+l.pick(" more lines", " lignes de plus"), accent)
	}
	for y := range shown {
		l.rows[l.scroll+y].put(a, 0, y)
	}
}
