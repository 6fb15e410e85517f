package lesson

import (
	"strconv"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/memory"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/ports"

	tea "charm.land/bubbletea/v2"
)

// Pane shows one step of the course and how far its experiments have come.
type Pane struct {
	pane.Part
	modules     []*course.Module
	module      int // index into modules
	step        int
	block       int // the focused lab block, among those of the step
	scroll      int
	opened      map[[2]int]int // by module and step: how many hints
	nextHint    int            // of those on the page, while they are laid out
	hintAt      int            // the row that offers the next one; -1: none does
	beat        int
	experiments map[Place]*experiment
	rows        []screen.Line // of the step, cached
	labs        []labOnPage   // where its labs stand
	asked       []asked       // and its questions
	blocks      []int         // and the row at which each block begins
	questions   map[memory.Spot]*question
	excused     Place          // the lab that may run without a prediction
	passed      map[Place]bool // labs that nobody waits for, though they have not run
	memory      memory.Memory
	prose       map[proseKey][]screen.Line
	left        map[[2]int]mark // by module and step: where it was left
	found       *mark           // to go back to, once the rows are there
	standing    *standing       // where that led to; nil before the first time
	laidOut     bool
	lacks       func(bench.Ability) error
	ports       ports.Ports

	replayed Replayed
	came     int // of the lines of its labs: changes when one comes or goes
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
	part                       int // of the block, where it has several texts
}

// The messages of the lesson.
type (
	// Taught gives the course in a language.
	Taught struct{ Modules []*course.Module }
	// Asked turns to a module by its number, and a step from 0.
	Asked struct{ Number, Step int }
	// Turned moves by steps.
	Turned struct{ By int }
	// ModuleTurned moves by modules.
	ModuleTurned struct{ By int }
	// LabStarted says that a lab block started.
	LabStarted struct{ At Place }
	// LabMoved brings what the runner told of a lab block.
	LabMoved struct {
		At       Place
		Progress []lab.Progress
	}
	// LabEnded says that a lab block ended.
	LabEnded struct {
		At     Place
		Result lab.Result
	}
	// Recalled turns to a lab block and gives it the focus.
	Recalled struct{ At Place }
	// Hinted opens the next hint of the step.
	Hinted struct{}
)

// New makes the pane. here is where this console listens.
func New(lacks func(bench.Ability) error, remembers memory.Memory, here ports.Ports) *Pane {
	return &Pane{
		ports: here, lacks: lacks, memory: remembers, experiments: map[Place]*experiment{}, questions: map[memory.Spot]*question{}, excused: Place{-1, -1}, passed: map[Place]bool{},
		prose: map[proseKey][]screen.Line{}, left: map[[2]int]mark{}, opened: map[[2]int]int{},
	}
}

// Size takes the room that there is.
func (l *Pane) Size(w, h int) {
	if w == l.W && h == l.H {
		l.Redraw()
		return
	}
	l.keep()
	l.Part.Size(w, h)
	l.laidOut = false
	l.layOut()
}

// Update takes a message in.
func (l *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		// The lesson shows nothing of the ledger; only its spinner turns.
		l.Seen = msg
		if l.running() && pane.Spinner(msg.Beat) != pane.Spinner(l.beat) {
			l.change()
		}
		l.beat = msg.Beat
		return nil
	case Taught:
		l.keep()
		l.modules = msg.Modules
		clear(l.prose)
		l.goTo(l.module, l.step)
	case Asked:
		for i, m := range l.modules {
			if m.Number == msg.Number {
				l.goTo(i, msg.Step)
			}
		}
	case Turned:
		l.turn(msg.By)
	case ModuleTurned:
		if m := l.module + msg.By; m >= 0 && m < len(l.modules) {
			l.goTo(m, 0)
		}
	case pane.Scrolled:
		l.scrollBy(msg.Rows)
	case Replayed:
		l.replay(msg)
		return nil
	case Recalled:
		l.recall(msg.At)
	case Hinted:
		return l.hint()
	case LabStarted:
		e := l.experiment(msg.At)
		e.Begin()
		l.passAbove(msg.At)
		l.change()
		l.follow(msg.At)
	case LabMoved:
		if m := l.moduleNumbered(msg.At.Module); m != nil {
			l.experiment(msg.At).progress(msg.Progress, func(p lab.Progress) int { return p.Line.Pos.Line })
			l.change()
		}
	case LabEnded:
		if m := l.moduleNumbered(msg.At.Module); m != nil {
			e := l.experiment(msg.At)
			e.end(msg.Result, m.Checks(msg.At.Lab), l.Seen.Snap)
			if e.status == lab.Passed || e.status == lab.FailedRun {
				l.revealPredictions(msg.At, l.Seen.Snap)
			}
			l.remember(msg.At, e)
			l.change()
			l.follow(msg.At)
			l.revealChecks()
			if msg.Result.Status == lab.Passed && !l.Doubts(msg.At) {
				l.advance(msg.At)
			}
			l.change()
			l.layOut()
		}
	case pane.Spoken:
		l.keep()
		l.change()
	}
	return l.Part.Update(msg)
}

// LackOf says what the cluster lacks for a lab; nil where it has everything.
func (l *Pane) LackOf(b course.Lab) error {
	if b.Needs == "" {
		return nil
	}
	return l.lacks(bench.Ability(b.Needs))
}

// change makes the step be laid out anew.
func (l *Pane) change() {
	l.standing = nil
	l.laidOut = false
	l.Redraw()
}

func (l *Pane) running() bool {
	for _, e := range l.experiments {
		if e.running {
			return true
		}
	}
	return false
}

func (l *Pane) experiment(at Place) *experiment {
	e := l.experiments[at]
	if e == nil {
		e = &experiment{}
		l.experiments[at] = e
	}
	return e
}

func (l *Pane) moduleNumbered(n int) *course.Module {
	for _, m := range l.modules {
		if m.Number == n {
			return m
		}
	}
	return nil
}

// current is the module and the step on screen; nil without a course.
func (l *Pane) current() (*course.Module, *course.Step) {
	if l.module >= len(l.modules) || len(l.modules[l.module].Steps) == 0 {
		return nil, nil
	}
	m := l.modules[l.module]
	return m, &m.Steps[min(l.step, len(m.Steps)-1)]
}

// View draws the pane.
func (l *Pane) View(a screen.Area) {
	l.layOut()
	l.Begin(a)
	l.scroll = min(max(l.scroll, 0), max(0, len(l.rows)-l.H))
	// Where the text goes on, the last row says so and holds no text.
	shown := min(a.H, len(l.rows)-l.scroll)
	if below := len(l.rows) - l.scroll - a.H; below > 0 {
		shown--
		a.PutRight(a.W, a.H-1, "↓ "+strconv.Itoa(below+1)+l.Pick(" more lines", " lignes de plus"), screen.Accent)
	}
	for y := range shown {
		l.rows[l.scroll+y].Put(a, 0, y)
	}
}
