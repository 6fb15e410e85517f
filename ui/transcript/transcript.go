package transcript

import (
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// Transcript is what a learner has done of a course, in the course's order.
// The texts are the lessons' own Markdown, in one language.
type Transcript struct {
	Language     words.Lang `json:"language"`
	Made         time.Time  `json:"made"` // its zone is the one that times are written in
	FirstContact time.Time  `json:"first_contact,omitzero"`
	Modules      []Module   `json:"modules"`
}

// Standing is how much of a module is done.
type Standing string

// The standings. A module is complete when all of its steps but the optional
// ones are; see Module.
const (
	NotBegun Standing = "not begun"
	Begun    Standing = "begun"
	Complete Standing = "complete"
)

// Module is what was done of a module.
//
// It is complete when each step that is not optional is done: gone through, its
// experiments run, its checks held, its predictions made and its quizzes
// solved. What the cluster at hand could not show (Lab.Skipped) is left out of
// that, and told.
type Module struct {
	Number   int           `json:"number"`
	Title    string        `json:"title"`
	Standing Standing      `json:"standing"`
	Spent    time.Duration `json:"spent_ns"`
	Counts   Counts        `json:"counts"`
	Steps    []Step        `json:"steps"`
}

// Counts is progress.Sum, as JSON names it, and in how many steps all was done:
// who walks past a step has seen it, no more.
type Counts struct {
	Steps       int `json:"steps"`
	Seen        int `json:"steps_gone_through"`
	Done        int `json:"steps_done"`
	Labs        int `json:"experiments"`
	Ran         int `json:"experiments_run"`
	Checks      int `json:"checks"`
	Held        int `json:"checks_held"`
	Predictions int `json:"predictions"`
	Predicted   int `json:"predictions_made"`
	Foretold    int `json:"predictions_right_at_first"`
	Quizzes     int `json:"quizzes"`
	Solved      int `json:"quizzes_solved"`
	Unverified  int `json:"not_verified_here"` // lines of checklists that nothing here can prove
}

// Step is what was done of a step.
type Step struct {
	Number      int        `json:"number"` // from 1
	Title       string     `json:"title"`
	Optional    bool       `json:"optional,omitempty"`
	Seen        time.Time  `json:"gone_through,omitzero"` // first
	Done        bool       `json:"done"`                  // its experiments, checks and questions too, see Module
	Labs        []Lab      `json:"experiments,omitempty"`
	Checks      []Check    `json:"checks,omitempty"`
	Predictions []Question `json:"predictions,omitempty"`
	Quizzes     []Question `json:"quizzes,omitempty"`
}

// Lab is an experiment of a step.
type Lab struct {
	Runs    int    `json:"runs"`
	Run     string `json:"last_run,omitempty"`
	Status  string `json:"last_status,omitempty"` // as in lab.Status
	Cluster string `json:"last_cluster,omitempty"`
	At      Time   `json:"last_at,omitzero"`
	Needs   string `json:"needs,omitempty"`   // what a cluster must have for it
	Skipped bool   `json:"skipped,omitempty"` // it was asked for, and the cluster lacked that
}

// Time is a time that may be missing.
type Time = time.Time

// Proof says what is known of a line of a checklist.
type Proof string

// What may be known of a line.
const (
	Held       Proof = "held"       // in the run that the evidence names
	Open       Proof = "open"       // no run has shown it
	Unverified Proof = "unverified" // nothing here can prove it: "not verified here"
)

// Check is a line of a checklist.
type Check struct {
	Text  string `json:"text,omitempty"`
	Expr  string `json:"expr,omitempty"`
	Proof Proof  `json:"proof"`
	// Evidence is there where Proof is Held.
	Evidence *progress.Evidence `json:"evidence,omitempty"`
	// Refuted is the latest run, where the check did not hold in it though it
	// had before.
	Refuted *progress.Evidence `json:"refuted,omitempty"`
	// Veiled says that an experiment has yet to answer a prediction, whose answer
	// the line may tell: Text and Expr are empty till then, for whoever writes.
	Veiled bool `json:"veiled,omitempty"`

	needs bool
}

// Question is a prediction or a quiz. Without an answer its Count is 0.
type Question struct {
	Text   string `json:"question,omitempty"`
	Count  int    `json:"answers"`
	First  Answer `json:"first,omitzero"`
	Last   Answer `json:"last,omitzero"`
	Veiled bool   `json:"veiled,omitempty"` // as a Check; of a prediction, whether it is right

	needs bool
}

// Answer is what a learner answered.
type Answer struct {
	Text  string    `json:"text"`            // of the choice, or what was typed
	Right *bool     `json:"right,omitempty"` // nil: nothing has shown it yet
	At    time.Time `json:"at"`
}

func (a *Answer) right() bool { return a.Right != nil && *a.Right }

// Of makes a transcript of what is known of a learner. now is when; its zone is
// the one that times are told in.
func Of(s *progress.State, modules []*course.Module, lang words.Lang, now time.Time) *Transcript {
	t := &Transcript{Language: lang, Made: now}
	if !s.FirstContact.IsZero() {
		t.FirstContact = s.FirstContact.In(now.Location())
	}
	for _, m := range modules {
		r := reader{s, m, progress.Of(m), now.Location()}
		t.Modules = append(t.Modules, r.module())
	}
	return t
}

// Started says whether there is anything to tell.
func (t *Transcript) Started() bool {
	for i := range t.Modules {
		if t.Modules[i].Standing != NotBegun {
			return true
		}
	}
	return false
}
