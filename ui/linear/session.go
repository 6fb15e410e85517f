package linear

import (
	"context"
	"sync"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/lab"
	"atelier/ui/doctor"
)

// labPlace names a lab: its module's number and its Lab.Index.
type labPlace struct{ module, lab int }

// session owns what runs. Everything in it ends when it is closed.
type session struct {
	bench  lab.Bench
	ctx    context.Context
	cancel context.CancelFunc
	ended  sync.WaitGroup
	news   chan struct{} // there is something to take

	mu     sync.Mutex
	runs   []*run
	waits  []message
	resume chan struct{} // ends the pauses; nil: nobody pauses
	alone  bool          // nobody is there to end a pause
}

// run is one script under way, or a look at what there is.
type run struct {
	script     *lab.Script // nil: it only looks
	lab        *labPlace   // nil for a line that was typed
	background bool        // a line with a trailing &
	cancel     context.CancelFunc
	failed     bool // a line of it was told to have failed; the event loop's alone
	passed     bool // the next line need not wait any more; the session's lock
}

// announcing is the bench of one run: it says when a batch has been announced.
// From then on an audit in the next line waits for it.
type announcing struct {
	lab.Bench
	announced func()
}

// Begin announces a batch.
func (a announcing) Begin(ctx context.Context, batch bench.Batch) (*bench.Sending, error) {
	defer a.announced()
	return a.Bench.Begin(ctx, batch)
}

// message is what a run has to tell: of a line, or its end.
type message struct {
	run      *run
	progress *lab.Progress
	result   *lab.Result
	after    *ledger.Snapshot // at its end

	// At the end of one that only looks: what it found, and whether it was
	// stopped on its way.
	found   []doctor.Finding
	stopped bool
}

// last says that its run is over.
func (m *message) last() bool { return m.progress == nil }

// maxRuns bounds how many lines run at once.
const maxRuns = 64

var errTooMany = words.Errorf(
	"%d lines are running already: wait for one to end, or say stop",
	"%d lignes tournent déjà : attendez qu’une finisse, ou dites stop", maxRuns)

func newSession(b lab.Bench) *session {
	s := &session{bench: b, news: make(chan struct{}, 1)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

func (s *session) close() {
	s.cancel()
	s.wait()
}

func (s *session) wait() { s.ended.Wait() }

// start carries a script out in the background.
func (s *session) start(r *run) error { return s.begin(r, s.carryOut) }

// begin does something in the background, as a run: what it returns ends that.
func (s *session) begin(r *run, do func(context.Context, *run) message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.runs) >= maxRuns {
		return errTooMany
	}
	var ctx context.Context
	ctx, r.cancel = context.WithCancel(s.ctx)
	s.runs = append(s.runs, r)
	s.ended.Add(1)
	go func() {
		defer s.ended.Done()
		defer r.cancel()
		s.put(do(ctx, r))
	}()
	return nil
}

// carryOut runs a script to its end.
func (s *session) carryOut(ctx context.Context, r *run) message {
	runner := lab.Runner{
		Bench: announcing{s.bench, func() { s.pass(r, r.background) }}, Pause: s.pause,
		Watch: func(p lab.Progress) {
			s.put(message{run: r, progress: &p}) // first: it is told before the next line
			s.pass(r, passes(r, p))
		},
	}
	result := runner.Run(ctx, r.script)
	return message{run: r, result: &result, after: s.bench.Ledger().Snapshot()}
}

// passes says whether a line has come so far that the next one may begin, as
// in a script: it is done, or it goes on in the background. A lab is done at
// its end alone.
func passes(r *run, p lab.Progress) bool {
	if _, sends := p.Line.Command.(*lab.Send); p.State == lab.Started {
		return r.background && !sends
	}
	return r.lab == nil && !p.Late
}

func (s *session) pass(r *run, passed bool) {
	s.mu.Lock()
	r.passed = r.passed || passed
	s.mu.Unlock()
	s.nudge()
}

func (s *session) put(m message) {
	s.mu.Lock()
	s.waits = append(s.waits, m)
	s.mu.Unlock()
	s.nudge()
}

func (s *session) nudge() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// take hands over what the runs told. A run whose end was taken is forgotten.
func (s *session) take() []message {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.waits
	s.waits = nil
	for _, m := range taken {
		if !m.last() {
			continue
		}
		for i := range s.runs {
			if s.runs[i] == m.run {
				s.runs = append(s.runs[:i], s.runs[i+1:]...)
				break
			}
		}
	}
	return taken
}

// busy says whether anything runs, or has news.
func (s *session) busy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.runs) > 0 || len(s.waits) > 0
}

// occupied says whether something runs that the next line waits for. One that
// stands at a pause waits for the next line itself.
func (s *session) occupied() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.resume != nil {
		return false
	}
	for _, r := range s.runs {
		if !r.passed {
			return true
		}
	}
	return false
}

// experimenting says whether a lab of the lesson runs.
func (s *session) experimenting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.runs {
		if r.lab != nil {
			return true
		}
	}
	return false
}

// stop cancels what runs and says whether anything did.
func (s *session) stop() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.runs {
		r.cancel()
	}
	return len(s.runs) > 0
}

// pause waits for the learner.
func (s *session) pause(ctx context.Context) error {
	s.mu.Lock()
	if s.alone {
		s.mu.Unlock()
		return nil
	}
	if s.resume == nil {
		s.resume = make(chan struct{})
	}
	resume := s.resume
	s.mu.Unlock()
	select {
	case <-resume:
		return nil
	case <-ctx.Done():
		s.goOn()
		return ctx.Err()
	}
}

// goOn ends the pauses and says whether there was one.
func (s *session) goOn() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.resume == nil {
		return false
	}
	close(s.resume)
	s.resume = nil
	return true
}

// leftAlone says that the input is over: pauses pass.
func (s *session) leftAlone() {
	s.mu.Lock()
	s.alone = true
	s.mu.Unlock()
	s.goOn()
}

// running counts what runs.
func (s *session) running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.runs)
}
