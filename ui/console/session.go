package console

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/lesson"

	tea "charm.land/bubbletea/v2"
)

// session owns what runs in the background. Everything in it ends when the
// session is closed, and close waits for that.
type session struct {
	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup
	play   player
	last   int
	runs   []*run // under way, oldest first; the event loop's alone
}

// player carries a script out. Watch must not block, and neither may pause
// hold on when its context ends.
type player func(ctx context.Context, s *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result

// run is one script under way.
type run struct {
	id    int
	line  string        // of the prompt or a key; empty for a lab block
	block *lesson.Place // of a lab block
	// continues says that the block goes on with the run that is there.
	continues bool
	sends     []string // labels
	scene     bool     // of the first contact
	tidies    bool     // cleans up after it
	cancel    context.CancelFunc
	resume    chan struct{}
	// The event loop's alone.
	announced bool      // its pause was told
	send      *lab.Send // an async send: what it told holds only while it runs
	batch     uint32    // its number

	mu       sync.Mutex
	progress []lab.Progress
	paused   bool
}

// runEnded says that a run is over.
type runEnded struct {
	run    *run
	result lab.Result
	crash  error // our own code panicked
}

// maxRuns bounds how many lines run at once: a key that is held down must not
// pile them up for ever.
const maxRuns = 64

func newSession(play player) *session {
	s := &session{play: play}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// close ends everything and waits for it.
func (s *session) close() {
	s.cancel()
	s.wait.Wait()
}

var errTooMany = words.Errorf(
	"%d lines are running already: wait for one to end, or stop them with Ctrl+C",
	"%d lignes tournent déjà : attendez qu’une finisse, ou arrêtez-les avec Ctrl+C", maxRuns)

// start runs a script in the background. The command tells when it is over.
func (s *session) start(script *lab.Script, line string, block *lesson.Place) (*run, tea.Cmd, error) {
	if len(s.runs) >= maxRuns {
		return nil, nil, errTooMany
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.last++
	r := &run{id: s.last, line: line, block: block, cancel: cancel, sends: sends(script), resume: make(chan struct{}, 1)}
	s.runs = append(s.runs, r)
	over := make(chan runEnded, 1)
	s.wait.Add(1)
	go func() {
		defer s.wait.Done()
		defer cancel()
		over <- s.carryOut(ctx, r, script)
	}()
	return r, func() tea.Msg { return <-over }, nil
}

// carryOut plays a script; a panic in it ends the console, not the process.
func (s *session) carryOut(ctx context.Context, r *run, script *lab.Script) (end runEnded) {
	end.run = r
	defer func() {
		if p := recover(); p != nil {
			end.crash = crashed(p)
		}
	}()
	end.result = s.play(ctx, script, r.watch, r.pause)
	return end
}

func crashed(p any) error { return fmt.Errorf("panic: %v\n\n%s", p, debug.Stack()) }

// ended forgets a run.
func (s *session) ended(r *run) {
	for i := range s.runs {
		if s.runs[i] == r {
			s.runs = append(s.runs[:i], s.runs[i+1:]...)
			return
		}
	}
}

// experimenting says whether a lab block runs.
func (s *session) experimenting() bool { return s.experiment() != nil }

// experiment is the run of a lab block; nil when none runs.
func (s *session) experiment() *run {
	for _, r := range s.runs {
		if r.block != nil {
			return r
		}
	}
	return nil
}

// stop cancels what runs and says whether anything did.
func (s *session) stop() bool {
	for _, r := range s.runs {
		r.cancel()
	}
	return len(s.runs) > 0
}

// resume lets the oldest run that pauses go on.
func (s *session) resume() bool {
	for _, r := range s.runs {
		if r.waits() {
			select {
			case r.resume <- struct{}{}:
			default:
			}
			return true
		}
	}
	return false
}

// waits says that a run stands at a pause.
func (s *session) waits() bool { return slices.ContainsFunc(s.runs, (*run).waits) }

func (r *run) watch(p lab.Progress) {
	r.mu.Lock()
	r.progress = append(r.progress, p)
	r.mu.Unlock()
}

// waits says that the run stands at a pause.
func (r *run) waits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paused
}

// take hands over what the runner told since the last time.
func (r *run) take() []lab.Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.progress
	r.progress = nil
	return p
}

var errStopped = errors.New("stopped")

func (r *run) pause(ctx context.Context) error {
	set := func(on bool) {
		r.mu.Lock()
		r.paused = on
		r.mu.Unlock()
	}
	set(true)
	defer set(false)
	select {
	case <-r.resume:
		return nil
	case <-ctx.Done():
		return errStopped
	}
}
