// Package rehearsal runs the labs of a module, one after the other as a learner
// would, and keeps what came of each line, each check and each prediction. It
// goes on after a lab that fails: an author wants to know of all of them. It may
// import course, check, lab, bench and assets.
package rehearsal

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// Lab is what came of a lab. It holds in every language of the module: labs by
// Lab.Index, lines by their place in the lab, checks in the lab's order.
type Lab struct {
	Index       int
	Run         string // the ledger's
	Took        time.Duration
	Status      lab.Status
	Err         error   // why it did not pass
	Pos         lab.Pos // of the line that ended it, in the lesson
	Lacks       error   // what the cluster lacks for it: nothing ran
	Lines       []Line  // of Lab.Source
	Checks      []Check
	Predictions []Prediction
}

// Line is what came of a line of a lab.
type Line struct {
	Done   bool
	Failed bool
	At     time.Duration // since the run began, when it ended
	Result words.Text
	Err    error
}

// Check is what a check found. Err says why it could not look.
type Check struct {
	Expr   string
	Held   bool
	Values map[string]any
	Err    error
}

// Prediction is a number that a lesson has foretold, and what was measured.
type Prediction struct {
	Line     int // of the value, in the lesson
	Column   int
	Value    string // A.copies
	Right    string // the choice that the lesson calls right
	Measured float64
	Agrees   bool
	Err      error // why nothing was measured
}

// Passed says that a lab ran to its end, that all its checks held and that its
// predictions are what was measured. What was skipped has neither passed nor
// failed.
func (l *Lab) Passed() bool {
	return l.Status == lab.Passed && l.Lacks == nil &&
		!slices.ContainsFunc(l.Checks, func(c Check) bool { return !c.Held }) &&
		!slices.ContainsFunc(l.Predictions, func(p Prediction) bool { return !p.Agrees })
}

// Run runs the labs of a module on a bench, which it has for itself. told hears
// of each lab as it ends; nil: nobody does. The error is ctx's, or a lab that
// could not be read.
func Run(ctx context.Context, b lab.Bench, m *course.Module, told func(Lab)) ([]Lab, error) {
	r := rehearsal{bench: b, m: m}
	var all []Lab
	for _, l := range m.Labs() {
		done, err := r.lab(ctx, l)
		if err != nil {
			return all, err
		}
		all = append(all, done)
		if told != nil {
			told(done)
		}
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

type rehearsal struct {
	bench  lab.Bench
	m      *course.Module
	labels []string // that the labs of this run have sent
}

func (r *rehearsal) lab(ctx context.Context, l course.Lab) (Lab, error) {
	done := Lab{Index: l.Index, Lines: make([]Line, 1+newlines(l.Source))}
	if done.Lacks = recordings.Instead(r.bench.Lacks(bench.Ability(l.Needs)), l.Recording); done.Lacks != nil {
		done.Status = lab.Passed
		return done, nil
	}
	if !l.Continue {
		r.labels = nil
	}
	src, checks := r.m.LabScript(l.Index)
	script, err := lab.Parse(r.m.Name, src, lab.Known(r.labels...))
	if err != nil {
		return done, err
	}
	r.remember(script)
	began, async := time.Now(), map[int]lab.Progress{}
	runner := lab.Runner{Bench: r.bench, Watch: func(p lab.Progress) {
		done.watch(l.Line, p)
		if send, is := p.Line.Command.(*lab.Send); is && send.Sending == kafka.Async && p.State == lab.Started {
			async[p.Line.Pos.Line-l.Line] = p
		}
	}}
	result := runner.Run(ctx, script)
	snap := r.bench.Ledger().Snapshot()
	done.Took, done.Run, done.Status = time.Since(began), snap.Run, result.Status
	done.Err, done.Pos = result.Err, result.Pos
	for at, p := range async { // its line ended before its reports came
		if line := &done.Lines[at]; line.Done && line.Err == nil {
			line.Result = lab.ReportsSoFar(r.bench.Ledger().Batch(p.Batch), p.Line.Command.(*lab.Send))
		}
	}
	done.look(snap, checks)
	done.compare(snap, r.m)
	return done, nil
}

func newlines(s string) (n int) {
	for _, c := range s {
		if c == '\n' {
			n++
		}
	}
	return n
}

// remember keeps the labels that a script sends: the lab that goes on with this
// one knows them.
func (r *rehearsal) remember(s *lab.Script) {
	for _, l := range s.Lines {
		command := l.Command
		if after, is := command.(*lab.After); is {
			command = after.Command
		}
		if send, is := command.(*lab.Send); is && send.Label != "" && !slices.Contains(r.labels, send.Label) {
			r.labels = append(r.labels, send.Label)
		}
	}
}

// watch takes in how a line ended; first is the lab's first line in the lesson.
func (d *Lab) watch(first int, p lab.Progress) {
	at := p.Line.Pos.Line - first
	if at < 0 || at >= len(d.Lines) || p.State != lab.Done && p.State != lab.Failed {
		return
	}
	d.Lines[at] = Line{Done: true, Failed: p.State == lab.Failed, At: p.At, Result: p.Result, Err: p.Err}
}

// errNotRead is a check of a run that ended before its log was read.
var errNotRead = words.Errorf("the experiment did not come to its end", "l’expérience n’est pas allée à son terme")

// look lets the checks look at the ledger.
func (d *Lab) look(snap *ledger.Snapshot, checks []course.Check) {
	for _, c := range checks {
		found := Check{Expr: c.Expr, Err: errNotRead}
		if d.Status == lab.Passed {
			x, err := check.Compile(c.Expr)
			if err == nil {
				found.Held, found.Values, err = x.Eval(check.Of(snap))
			}
			found.Err = err
		}
		d.Checks = append(d.Checks, found)
	}
}

// compare sets what the lesson foretells against what was measured.
func (d *Lab) compare(snap *ledger.Snapshot, m *course.Module) {
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			p, is := b.(course.Predict)
			if !is || p.Lab != d.Index || p.Value == "" {
				continue
			}
			found := Prediction{Line: p.ValueLine, Column: p.Column, Value: p.Value, Err: errNotRead}
			for _, c := range p.Choices {
				if c.Right {
					found.Right = c.Text
				}
			}
			if d.Status == lab.Passed {
				found.Measured, found.Err = measured(snap, p.Value)
				right, err := strconv.ParseFloat(found.Right, 64)
				found.Agrees = found.Err == nil && err == nil && right == found.Measured
			}
			d.Predictions = append(d.Predictions, found)
		}
	}
}

var errNoNumber = errors.New("no number")

// measured reads one value from the ledger.
func measured(snap *ledger.Snapshot, value string) (float64, error) {
	x, err := check.Compile(value + " == 0")
	if err != nil {
		return 0, err
	}
	_, values, err := x.Eval(check.Of(snap))
	if err != nil {
		return 0, err
	}
	switch v := values[x.Names()[0].String()].(type) {
	case int64:
		return float64(v), nil
	case float64:
		return v, nil
	}
	return 0, errNoNumber
}
