package lesson

import (
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/memory"
	"atelier/ui/console/telling"
)

// Place names a lab block: its module and its index there. It holds in every
// language, as all have the same blocks.
type Place struct {
	Module, Lab int
}

// experiment is how far a lab block has come, and what its checks say.
type experiment struct {
	running    bool
	ended      bool
	replayed   bool // as it stood at some time of its run
	status     lab.Status
	err        error
	skipped    bool              // the cluster lacks what it needs
	stoodStill bool              // the machine did, meanwhile
	lines      map[int]lineState // by line of the lesson file
	checks     map[int]tick      // by line of the lesson file
}

// lineState is how far one line of a lab block has come.
type lineState struct {
	state  lab.State
	bg     bool
	result words.Text
	err    error
	took   time.Duration
	from   time.Duration
	send   *lab.Send // an async one: its result holds only while it runs
	batch  uint32    // its number
	ofLog  bool      // what came of it tells what the log holds
}

// tick is what a check found.
type tick struct {
	known, held bool
	values      map[string]any // that it read
}

func (e *experiment) Begin() {
	*e = experiment{running: true, lines: map[int]lineState{}, checks: map[int]tick{}}
}

// progress takes in what the runner told.
func (e *experiment) progress(ps []lab.Progress, line func(lab.Progress) int) {
	for _, p := range ps {
		at := line(p)
		s := e.lines[at]
		s.state, s.bg, s.ofLog = p.State, p.Line.Background, telling.OfTheLog(p.Line.Command)
		if send, is := p.Line.Command.(*lab.Send); is && send.Sending == kafka.Async {
			s.send, s.batch = send, p.Batch
		}
		if p.State == lab.Started {
			s.from = p.At
		} else {
			s.took = p.At - s.from
		}
		if p.Result != (words.Text{}) {
			s.result = p.Result
		}
		if p.Err != nil {
			s.err = p.Err
		}
		e.lines[at] = s
	}
}

// end closes the experiment and lets its checks look at the ledger. A check
// that could not look stays open: it must not tick because nobody looked.
func (e *experiment) end(r lab.Result, checks []course.Check, snap *ledger.Snapshot) {
	e.running, e.ended, e.status, e.err, e.skipped = false, true, r.Status, r.Err, r.Skipped.Blocks > 0
	e.stoodStill = r.StoodStill > 0
	for at, s := range e.lines {
		if s.send != nil {
			s.result = telling.CameOf(snap, s.send, s.batch).Text
			e.lines[at] = s
		}
	}
	read := snap.Audit.Ended >= 0 && snap.Audit.Settled && !snap.Audit.Running
	if e.skipped || r.Status != lab.Passed && (r.Status != lab.FailedRun || !read) {
		return
	}
	for _, c := range checks {
		x, err := check.Compile(c.Expr)
		if err != nil {
			continue
		}
		held, values, err := x.Eval(check.Of(snap))
		e.checks[c.Line] = tick{err == nil, held, values}
	}
}

// remember keeps what a run proved.
func (l *Pane) remember(at Place, e *experiment) {
	r := memory.Run{Status: string(e.status), Skipped: e.skipped}
	if l.Seen.Snap != nil {
		r.ID = l.Seen.Snap.Run
	}
	for _, c := range l.moduleNumbered(at.Module).Checks(at.Lab) {
		if t := e.checks[c.Line]; t.known {
			r.Checks = append(r.Checks, memory.Check{Expr: c.Expr, Held: t.held, Values: t.values})
		}
	}
	l.memory.Ran(memory.Lab{Module: at.Module, Index: at.Lab}, r)
}

// sourceLines cuts a lab block into its lines, with their line in the file.
func sourceLines(l course.Lab) []string {
	return strings.Split(strings.TrimRight(l.Source, "\n"), "\n")
}
