package console

import (
	"context"
	"time"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
	"atelier/ui/console/memory"
	"atelier/ui/doctor"

	"github.com/charmbracelet/colorprofile"
)

// Bench is what the console needs of a bench: what a lab needs, the ledger to
// look at, and the run's clock.
type Bench interface {
	lab.Bench
	Ledger() *ledger.Ledger
	// Now is the time since the run began, as in the ledger's events.
	Now() time.Duration
	// Tape is the last run in which something was sent, to be replayed; the
	// error says to the learner why there is none.
	Tape() (*tape.Tape, error)
}

// Options say what a console works on and how it looks.
type Options struct {
	// Bench is what everything happens on; nil where Tapes are all that is shown.
	Bench Bench
	// Tapes are the runs of a recording to play; the console begins with the
	// last.
	Tapes []*tape.Tape
	// Recording is what they are, where it is one that is shipped.
	Recording *recordings.Recording
	// Modules is the course, by language. Every language has the same steps
	// and labs, so a learner keeps the place when the language changes.
	Modules map[words.Lang][]*course.Module
	// Lesson and Step are where to begin: a module's number, and a step from
	// 1. What does not exist is the nearest that does.
	Lesson, Step int
	Lang         words.Lang
	Cluster      words.Text // what the bench runs on, in a word or two
	API          string     // where the HTTP API is; empty: nowhere
	Toxiproxy    string     // where Toxiproxy's API is; empty: nowhere
	// Notices are shown as they come; nil: there are none.
	Notices <-chan words.Text

	Theme   Theme
	NoColor bool // no colour at all, as NO_COLOR asks
	ASCII   bool // nothing but ASCII
	// Profile is how many colours the terminal knows; unknown is as many as there
	// are.
	Profile colorprofile.Profile
	Still   bool // nothing moves that does not have to: --motion off

	// Memory keeps what the learner did and where; nil forgets with the
	// process. Without a Lesson and a Step, a console begins where it says.
	Memory memory.Memory
	// Kept is what is kept of the learner now, for the page of their progress;
	// nil where nothing is. It must not wait.
	Kept func() *progress.State
	// Doctor is what the page of what the atelier needs looks at; nil: nothing.
	// Size, colours and language of the terminal are the console's to fill in.
	Doctor *doctor.Options
	// FirstContact begins with the three minutes for whoever has never been here.
	FirstContact bool

	// Dir is the folder that copies and scripts are written to; without one there
	// are none.
	Dir string
	// Now is the wall clock; nil is time.Now.
	Now func() time.Time
	// Environ is the environment of the learner's terminal (TERM, COLORTERM),
	// as in os.Environ. The console never reads that of its own process.
	Environ []string
}

// Theme is a light or a dark look.
type Theme string

// The themes. Auto asks the terminal for its background, and is dark where the
// terminal does not answer.
const (
	Auto  Theme = ""
	Dark  Theme = "dark"
	Light Theme = "light"
)

// book is what the console reads of a ledger.
type book interface {
	Snapshot() *ledger.Snapshot
	Changed(version uint64) <-chan struct{}
}

// parser reads lab lines; known are the labels that were sent before.
type parser func(name string, src []byte, known []string) (*lab.Script, error)

func parseLab(name string, src []byte, known []string) (*lab.Script, error) {
	return lab.Parse(name, src, lab.Known(known...))
}

// playOn carries scripts out on a bench.
func playOn(b lab.Bench) player {
	return func(ctx context.Context, s *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		r := lab.Runner{Bench: b, Watch: watch, Pause: pause}
		return r.Run(ctx, s)
	}
}
