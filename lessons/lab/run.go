package lab

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/riddle"
	"atelier/lessons/standstill"
)

// State is how far a line has come.
type State uint8

// The states of a line.
const (
	Waiting State = iota
	Started
	Done
	Failed  // an expectation that did not hold, or a command that could not be carried out
	Skipped // the run ended before it, or the cluster lacks what it needs
)

// Progress tells that a line started or ended.
type Progress struct {
	Index       int // in Script.Lines
	Line        Line
	State       State
	Batch       uint32              // of a send that has begun: its number in the run
	At          time.Duration       // since the ledger's run began
	Result      words.Text          // what came of it, for a learner; may be empty
	Err         error               // why it failed
	Expectation string              // of expect and wait until: the expression
	Values      map[string]any      // that the expression read
	Proxies     []chaos.State       // what toxics and proxies list
	Standing    *cluster.Standing   // what brokers lists
	Reports     *ledger.BatchTotals // of a send: what its reports say so far
	// Late marks the command of an `after` line, which runs long after the line
	// itself is done.
	Late bool
	// Ended is the run that a reset ended, as it stood; nil elsewhere.
	Ended *ledger.Snapshot
	// Lacks says what the cluster lacks for a line that was skipped: for a reset
	// that says what it needs, after it was done, and for each line behind it.
	Lacks error
}

// Status is how a run ended.
type Status string

// The ends of a run.
const (
	Passed      Status = "passed"
	FailedRun   Status = "failed"      // an expectation did not hold
	Invalid     Status = "invalid"     // the script is wrong; nothing was sent
	Errored     Status = "error"       // the experiment could not be carried out
	Interrupted Status = "interrupted" // stopped from outside
)

// Result is the end of a run.
type Result struct {
	Status  Status
	Err     error  // the reason, where it did not pass
	Pos     Pos    // of the line that ended it, where one did
	NotDone []Line // what was not carried out, or not to its end, in script order
	// Parts says how far sends of NotDone came that had begun, by position.
	Parts   map[Pos]Part
	Skipped Skips // what the cluster lacks something for: neither done nor missing
	// StoodStill is for how long this process did not run meanwhile though it
	// should; 0 below standstill.Least. What hangs on time may have come out otherwise.
	StoodStill time.Duration
}

// Skips counts what was skipped.
type Skips struct {
	Blocks int `json:"blocks"` // from a reset to the next
	Checks int `json:"checks"`
}

// Bench is what a script needs of a bench.
type Bench interface {
	Ledger() *ledger.Ledger
	Now() time.Duration
	Prepare(context.Context, bench.Needs) error
	Lacks(bench.Ability) error
	Warm(context.Context, []bench.Batch) error
	Begin(context.Context, bench.Batch) (*bench.Sending, error)
	CreateTopic(ctx context.Context, topic cluster.Topic) error
	AddToxic(context.Context, chaos.Toxic) error
	ClearToxics(ctx context.Context, which chaos.Which) error
	HideFault(ctx context.Context, seed uint64) (uint64, error)
	ToxiproxyTells() bool
	ToxiproxyGone(context.Context) error
	NameFault(answer chaos.Toxic) (riddle.Judgement, chaos.Toxic, error)
	Proxies(context.Context) ([]chaos.State, error)
	SwitchProxy(ctx context.Context, on chaos.On, up bool) error
	CanSwitch(broker int32, action bench.Action) error
	CanLead(broker int32) error
	SwitchBroker(ctx context.Context, broker int32, action bench.Action) error
	Standing(ctx context.Context, topic string) (cluster.Standing, error)
	MoveLeader(ctx context.Context, topic string, partition, to int32) error
	Audit(context.Context) error
	Reset(context.Context) error
}

// Runner carries scripts out on a bench.
type Runner struct {
	Bench Bench
	// Watch hears of each line as it starts and ends: in order, one call at a
	// time, from the runner's goroutines. It must not block.
	Watch func(Progress)
	// Waiting hears what an audit waits for, where that takes a while; nil: nobody.
	// It is called as Watch is.
	Waiting func(words.Text)
	// Pause waits for a presenter; nil passes at once.
	Pause func(context.Context) error
}

// Run carries a script out. It returns when every background and timed line
// has ended and every message that it sent has its report, or soon after ctx is
// done. What others send on the bench meanwhile holds it up in nothing but an
// audit. The first line that fails ends the run.
func (r *Runner) Run(ctx context.Context, s *Script) Result {
	x := &execution{Runner: r, script: s, ended: make([]bool, len(s.Lines)), lacks: lacking(r.Bench, s)}
	x.ctx, x.cancel = context.WithCancelCause(ctx)
	defer x.cancel(nil)
	x.machine = standstill.Begin()
	defer x.machine.Close()
	if x.refused() {
		return x.result(ctx)
	}
	if err := r.Bench.Prepare(x.ctx, needsOf(s, x.lacks)); err != nil {
		if ctx.Err() != nil {
			return Result{Status: Interrupted, NotDone: s.Lines}
		}
		return Result{Status: Errored, Err: err, NotDone: s.Lines, StoodStill: x.machine.Worst()}
	}
	x.lines()
	x.background.Wait()
	if x.ctx.Err() == nil {
		x.reports()
	}
	if x.ctx.Err() == nil {
		x.forsaken()
	}
	return x.result(ctx)
}

// execution is one run of a script.
type execution struct {
	*Runner
	script  *Script
	ctx     context.Context
	cancel  context.CancelCauseFunc // with the *failure that ended the run
	lacks   []error                 // by line: what the cluster lacks for it
	warm    int                     // the sends before this line are warm
	machine *standstill.Watch

	background sync.WaitGroup // timed lines too

	mu    sync.Mutex
	ended []bool        // by line
	begun map[int]begun // the sends of this run, by line
}

// failure is the line that ended a run, and why.
type failure struct {
	status Status
	pos    Pos
	cause  error
}

func (f *failure) Error() string { return f.cause.Error() }

// lines carries out the foreground, line by line.
func (x *execution) lines() {
	for i := range x.script.Lines {
		if x.ctx.Err() != nil {
			return
		}
		if _, reset := x.script.Lines[i].Command.(*Reset); reset || x.lacks[i] == nil {
			x.line(i)
		}
		if x.lacks[i] != nil && x.ctx.Err() == nil {
			x.skip(i)
		}
	}
}

func (x *execution) line(i int) {
	line := x.script.Lines[i]
	switch c := line.Command.(type) {
	case *After:
		x.tell(Progress{Index: i, Line: line, State: Started})
		x.after(i, c)
	case *Reset:
		x.tell(Progress{Index: i, Line: line, State: Started})
		x.background.Wait() // what was started belongs to the run that ends here
		x.finish(i, false, x.carryOut(c))
		x.mu.Lock()
		x.begun = nil // what is numbered in a new run
		x.mu.Unlock()
	default:
		x.warmUp(i)
		work := x.begin(i, c, false)
		if !line.Background {
			x.finish(i, false, work())
			return
		}
		x.background.Add(1)
		go func() {
			defer x.background.Done()
			x.finish(i, false, work())
		}()
	}
}

// begin does what must be done before the next line starts, tells that the
// line has started, and returns the rest. A send in the background is
// announced: an audit in the next line waits for it.
func (x *execution) begin(i int, c Command, late bool) func() outcome {
	started := Progress{Index: i, Line: x.script.Lines[i], State: Started, Late: late}
	send, ok := c.(*Send)
	if !ok {
		x.tell(started)
		return func() outcome { return x.carryOut(c) }
	}
	sending, err := x.Bench.Begin(x.ctx, bench.Batch(*send))
	if err == nil {
		started.Batch = sending.Batch
		x.note(i, begun{sending.Batch, send})
	}
	x.tell(started)
	if err != nil {
		return func() outcome { return outcome{err: err} }
	}
	return func() outcome { return x.send(sending, send) }
}

// after arms a timed command: it runs in the background when its time comes.
func (x *execution) after(i int, c *After) {
	timer := time.NewTimer(c.Delay)
	x.background.Add(1)
	go func() {
		defer x.background.Done()
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-x.ctx.Done():
			return
		}
		x.finish(i, true, x.begin(i, c.Command, true)())
	}()
	x.tell(Progress{Index: i, Line: x.script.Lines[i], State: Done})
}

// outcome is what came of a command.
type outcome struct {
	Progress
	status Status // of the run, where it ends here; empty: Errored
	err    error
}

// finish tells how a line ended, and ends the run where it failed, or where
// somebody else reset or closed the bench under it.
func (x *execution) finish(i int, late bool, o outcome) {
	p := o.Progress
	p.Index, p.Line, p.State, p.Late, p.Err = i, x.script.Lines[i], Done, late, o.err
	cancelled := o.err != nil && (errors.Is(o.err, context.Canceled) || errors.Is(o.err, bench.ErrClosed))
	switch {
	case cancelled:
		p.State, p.Err = Skipped, nil
	case o.err != nil:
		p.State = Failed
		if o.status == "" {
			o.status = Errored
		}
		if o.status == FailedRun {
			o.err = explain(o.err, x.machine)
			p.Err = o.err
		}
	}
	if !cancelled {
		x.mu.Lock()
		x.ended[i] = true
		x.mu.Unlock()
	}
	x.tell(p)
	switch {
	case p.State == Failed:
		x.cancel(&failure{o.status, x.script.Lines[i].Pos, o.err})
	case cancelled && x.ctx.Err() == nil:
		x.cancel(&failure{Interrupted, x.script.Lines[i].Pos, errTakenAway})
	}
}

var errInterrupted = words.Errorf("interrupted", "interrompu")

// errTakenAway is a bench that was reset or closed under a script.
var errTakenAway = words.Errorf(
	"the bench was reset or closed while this line ran: run the script again",
	"le banc a été remis à zéro ou fermé pendant cette ligne : relancez le script")

func (x *execution) tell(p Progress) {
	if x.Watch == nil {
		return
	}
	p.At = x.Bench.Now()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.Watch(p)
}

// reports waits for the reports of everything that this run handed over.
func (x *execution) reports() {
	for {
		version := x.Bench.Ledger().Version()
		if x.reported() || x.Bench.Ledger().Quiet() {
			return
		}
		select {
		case <-x.Bench.Ledger().Changed(version):
		case <-x.ctx.Done():
			return
		}
	}
}

// result says how the run ended. ctx is the caller's.
func (x *execution) result(ctx context.Context) Result {
	r := Result{Status: Passed, Skipped: x.skips(), Parts: x.parts(), StoodStill: x.machine.Worst()}
	for i, ended := range x.ended {
		if !ended {
			r.NotDone = append(r.NotDone, x.script.Lines[i])
		}
	}
	var f *failure
	switch {
	case errors.As(context.Cause(x.ctx), &f):
		r.Status, r.Err, r.Pos = f.status, f.cause, f.pos
		if f.status == Interrupted {
			break // the line was not done
		}
		at := slices.IndexFunc(r.NotDone, func(l Line) bool { return l.Pos == f.pos })
		if at >= 0 {
			r.NotDone = slices.Delete(r.NotDone, at, at+1)
		}
	case ctx.Err() != nil:
		r.Status, r.Err = Interrupted, errInterrupted
	}
	return r
}
