package linear

import (
	"errors"
	"io"
	"time"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
	"atelier/ui/doctor"
	"atelier/ui/ports"
)

// Options say what is worked on, and with whom.
type Options struct {
	Bench lab.Bench
	// Cluster is what the bench runs on; it stands beside the evidence.
	Cluster bench.Kind
	// Modules is the course, by language; every language has the same steps.
	Modules map[words.Lang][]*course.Module
	// Lesson and Step are where to begin: a module's number, and a step from 1.
	// With a Step of 0 it is where the learner was.
	Lesson, Step int
	Lang         words.Lang
	// Progress keeps what is done; nil keeps it until the end. It stays the
	// caller's.
	Progress *progress.Store

	// Doctor says what doctor examines; nil: nothing can be looked at from here.
	Doctor *doctor.Options

	// Ports are where this console listens: what is read out names them.
	Ports ports.Ports

	In  io.Reader
	Out io.Writer
	// Interactive is a learner who types. Otherwise each line waits for the
	// line before it, as in a script, and is repeated in the output.
	Interactive bool
	// Interrupts hears of each Ctrl+C: the first stops what runs, a second one
	// in a row leaves. nil hears of none.
	Interrupts <-chan struct{}
	// Now is the wall clock; nil is time.Now.
	Now func() time.Time
}

// ErrInterrupted is a learner who left by Ctrl+C.
var ErrInterrupted = errors.New("interrupted")
