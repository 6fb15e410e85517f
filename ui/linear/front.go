package linear

import (
	"context"
	"io"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/plain"
)

// How long news is collected before it is told: after a burst longer, so that
// a listener is not talked over.
const (
	pace      = 100 * time.Millisecond
	burstPace = time.Second
)

// front is a linear front end at work. One goroutine owns it.
type front struct {
	Options
	session *session

	module, step int // indices
	unread       int // the block of the step from which on nothing is told yet
	indexes      map[*course.Module]*progress.Index
	hints        int // opened in this step
	blind        bool
	lifted       map[labPlace]bool // labs that nobody waits for, though they have not run
	sending      []string          // labels that were sent in this run

	told  *ledger.Snapshot // what the ledger was when it was told last
	veil  veil
	burst bool      // the last news was one
	armed bool      // the last thing heard was Ctrl+C
	last  time.Time // of the latest input
	quit  bool
	err   error // the output can't be written to
}

// Run reads and answers until the learner leaves or the input ends and what it
// started is done. The bench stays the caller's. The error is nil then,
// ErrInterrupted after Ctrl+C, the context's, or that of the output.
func Run(ctx context.Context, o Options) error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = progress.Open("", nil)
		defer func() { _ = o.Progress.Close() }()
	}
	f := &front{
		Options: o, session: newSession(o.Bench),
		indexes: map[*course.Module]*progress.Index{}, lifted: map[labPlace]bool{},
	}
	f.told, f.last = o.Bench.Ledger().Snapshot(), o.Now()
	defer f.session.close()
	in := readLines(ctx, o.In)
	defer in.stop()
	f.welcome()
	err := f.loop(ctx, in)
	f.session.stop()
	f.session.wait()
	f.tellNews()
	if f.err != nil {
		return f.err
	}
	return err
}

// loop hears and tells.
func (f *front) loop(ctx context.Context, in *input) error {
	lines, ended := in.lines, false
	timer := time.NewTimer(0)
	<-timer.C
	defer timer.Stop()
	waiting := false // the timer runs
	for !f.quit && f.err == nil {
		if ended && !f.session.busy() {
			return nil
		}
		listen := lines
		if !f.Interactive && f.session.occupied() {
			listen = nil
		}
		changed := f.Bench.Ledger().Changed(f.told.Version)
		if waiting {
			changed = nil
		}
		select {
		case line, ok := <-listen:
			if !ok {
				lines, ended = nil, true
				f.session.leftAlone()
				break
			}
			f.hear(line)
		case <-changed:
			wait := pace
			if f.burst {
				wait = burstPace
			}
			timer.Reset(wait)
			waiting = true
		case <-timer.C:
			waiting = false
			f.tellNews()
		case <-f.session.news:
			f.tellNews()
		case <-f.Interrupts:
			if f.interrupt() {
				return ErrInterrupted
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// interrupt stops what runs. It says true where there is nothing left to stop
// for who asks again.
func (f *front) interrupt() (leave bool) {
	if f.armed {
		return true
	}
	f.armed = true
	if f.session.stop() {
		f.say("Stopping what runs. Ctrl+C again leaves.", "Arrêt de ce qui tourne. Encore Ctrl+C pour quitter.")
	} else {
		f.say("Nothing runs. Ctrl+C again leaves.", "Rien ne tourne. Encore Ctrl+C pour quitter.")
	}
	return false
}

// hear takes one line of the input.
func (f *front) hear(line typed) {
	f.armed = false
	f.tellNews() // of what came before the line
	now := f.Now()
	// Who was away did not work: of a silence, five minutes count at most.
	spent, module := min(now.Sub(f.last), 5*time.Minute), f.current().Number
	f.last = now
	f.Progress.Update(func(s *progress.State) { s.Worked(module, spent) })
	if line.tooLong {
		f.say("That line is too long.", "Cette ligne est trop longue.")
		return
	}
	if !f.Interactive {
		f.write("> " + line.text)
	}
	if strings.TrimSpace(line.text) != "" {
		f.obey(strings.TrimSpace(line.text))
	}
}

func (f *front) current() *course.Module { return f.Modules[f.Lang][f.module] }

func (f *front) currentStep() *course.Step { return &f.current().Steps[f.step] }

func (f *front) index() *progress.Index {
	m := f.current()
	if f.indexes[m] == nil {
		f.indexes[m] = progress.Of(m)
	}
	return f.indexes[m]
}

// say writes one sentence.
func (f *front) say(en, fr string, args ...any) { f.tell(words.Textf(en, fr, args...)) }

// tell writes a text, line by line.
func (f *front) tell(t words.Text) {
	for line := range strings.Lines(t.In(f.Lang)) {
		f.write(strings.TrimRight(line, "\n"))
	}
}

// longest bounds one line of output, in bytes: a paragraph of a lesson.
const longest = 64 << 10

// write writes one line, whatever is in it, at once.
func (f *front) write(line string) {
	if f.err == nil {
		_, f.err = io.WriteString(f.Out, plain.Cut(line, longest)+"\n")
	}
}
