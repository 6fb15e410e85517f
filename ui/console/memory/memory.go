// Package memory is what the console keeps of a learner from one start to the
// next, as the console needs it: steps and blocks by their indices. Who keeps
// it is somebody else's business; New forgets with the process.
package memory

import (
	"time"

	"atelier/assets/words"
)

// Spot is a block of the course: the module's number, and the indices of the
// step and of the block in it. It holds in every language.
type Spot struct{ Module, Step, Block int }

// Lab is a lab block: the module's number and its course.Lab.Index.
type Lab struct{ Module, Index int }

// Answer is what a learner chose.
type Answer struct {
	Choice int    // from 0
	Said   string // what was typed, where the choice is "any other number"
	Right  bool
}

// Run is how a run of a lab ended.
type Run struct {
	ID     string // the ledger's
	Status string
	Checks []Check // those that could look
	// Skipped says that the cluster lacks what the lab needs: nothing ran.
	Skipped bool
}

// Check is what a check found.
type Check struct {
	Expr   string
	Held   bool
	Values map[string]any // that it read
}

// Memory remembers a learner. The console calls it on its event loop, so none
// of its methods may wait.
type Memory interface {
	Prediction(Spot) (Answer, bool)
	Predicted(Spot, Answer)
	Quiz(Spot) (Answer, bool)
	Answered(Spot, Answer)

	// Held says whether a check of a lab held in any run so far.
	Held(lab Lab, expr string) bool
	// Ended says whether any run of a lab came to its end.
	Ended(lab Lab) bool
	Ran(Lab, Run)

	// Seen says whether the learner has gone through a step: moved on from it,
	// which is Finished, or run its lab to the end. Position is the step that was
	// Reached last.
	Seen(module, step int) bool
	Finished(module, step int)
	Position() (module, step int, known bool)
	Reached(module, step int)

	// Worked adds time spent on a module.
	Worked(module int, d time.Duration)

	// Met says whether the learner has been through the first contact; Skipped,
	// that it was offered and left before its end.
	Met() bool
	Meet()
	Skipped() bool
	Skip()

	// Lines are the lab lines that ran, oldest first, as many as are kept.
	Lines() []string
	Typed(line string)

	// The learner's choices.
	Spoke(words.Lang)
	Painted(theme string)
}

// New returns a memory that ends with the process. It knows the learner: the
// first contact counts as done.
func New() Memory {
	return &fleeting{
		predictions: map[Spot]Answer{}, quizzes: map[Spot]Answer{}, held: map[heldCheck]bool{}, ended: map[Lab]bool{}, seen: map[[2]int]bool{},
	}
}

type heldCheck struct {
	lab  Lab
	expr string
}

type fleeting struct {
	predictions, quizzes map[Spot]Answer
	held                 map[heldCheck]bool
	ended                map[Lab]bool
	seen                 map[[2]int]bool
	at                   [2]int
	lines                []string
	reached              bool
}

func (f *fleeting) Prediction(s Spot) (Answer, bool) { a, ok := f.predictions[s]; return a, ok }
func (f *fleeting) Predicted(s Spot, a Answer)       { f.predictions[s] = a }
func (f *fleeting) Quiz(s Spot) (Answer, bool)       { a, ok := f.quizzes[s]; return a, ok }
func (f *fleeting) Answered(s Spot, a Answer)        { f.quizzes[s] = a }
func (f *fleeting) Held(lab Lab, expr string) bool   { return f.held[heldCheck{lab, expr}] }

func (f *fleeting) Ended(lab Lab) bool { return f.ended[lab] }

func (f *fleeting) Ran(lab Lab, r Run) {
	f.ended[lab] = f.ended[lab] || !r.Skipped && (r.Status == "passed" || r.Status == "failed")
	for _, c := range r.Checks {
		if c.Held {
			f.held[heldCheck{lab, c.Expr}] = true
		}
	}
}

func (f *fleeting) Seen(module, step int) bool { return f.seen[[2]int{module, step}] }

func (f *fleeting) Position() (module, step int, known bool) {
	return f.at[0], f.at[1], f.reached
}

func (f *fleeting) Finished(module, step int) { f.seen[[2]int{module, step}] = true }
func (f *fleeting) Reached(module, step int)  { f.at, f.reached = [2]int{module, step}, true }

func (f *fleeting) Lines() []string { return f.lines }
func (f *fleeting) Typed(line string) {
	f.lines = append(f.lines[max(0, len(f.lines)-maxLines):], line)
}

// maxLines is how many lines a memory that ends with the process keeps.
const maxLines = 200

func (f *fleeting) Met() bool                 { return true }
func (f *fleeting) Meet()                     {}
func (f *fleeting) Skipped() bool             { return false }
func (f *fleeting) Skip()                     {}
func (f *fleeting) Spoke(words.Lang)          {}
func (f *fleeting) Painted(string)            {}
func (f *fleeting) Worked(int, time.Duration) {}
