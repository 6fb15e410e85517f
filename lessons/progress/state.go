package progress

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"atelier/assets/words"
)

// State is what is known of one learner. A Store's State is shared and must
// not be written to: change it in Store.Update, through the methods.
type State struct {
	Seen         map[Place]time.Time   `json:"seen"` // steps gone through, see Finished: when first
	Labs         map[Spot]Lab          `json:"labs"`
	Predictions  map[Spot]Answers      `json:"predictions"`
	Quizzes      map[Spot]Answers      `json:"quizzes"`
	Spent        map[int]time.Duration `json:"spent_ns"` // by module
	Resume       Position              `json:"resume,omitzero"`
	FirstContact time.Time             `json:"first_contact"` // when it was done; zero: not yet
	Language     words.Lang            `json:"language"`      // as chosen; empty: never
	Theme        string                `json:"theme"`         // as chosen; empty: never
	Settings     map[string]string     `json:"settings"`      // the front end's own
	Lines        []string              `json:"lines"`         // the lab lines that ran, oldest first
}

// Lab is what is known of one lab.
type Lab struct {
	Runs int                 `json:"runs"`
	Last Run                 `json:"last"`
	Held map[string]Evidence `json:"held"` // by expression, the latest; one that held once stays
}

// Run is one run of a lab.
type Run struct {
	ID     string    `json:"id"` // the ledger's
	At     time.Time `json:"at"`
	Status string    `json:"status"` // as in lab.Status
	Checks []Check   `json:"checks"`
	// Cluster is what it ran on, as in bench.Kind; empty where nobody kept it.
	Cluster string `json:"cluster,omitempty"`
	// Skipped says that nothing ran: the cluster lacks what the lab needs.
	Skipped bool `json:"skipped,omitempty"`
}

// Check is what a check found after a run. One that could not look is left out.
type Check struct {
	Expr   string         `json:"expr"`
	Held   bool           `json:"held"`
	Values map[string]any `json:"values"` // that it read: numbers and truths, as check.Eval gives them
}

// Evidence is what proves that a check held.
type Evidence struct {
	Run    string         `json:"run"`
	At     time.Time      `json:"at"`
	Values map[string]any `json:"values"`
	// Cluster is the run's, see Run.
	Cluster string `json:"cluster,omitempty"`
}

// Answer is what a learner chose, of a prediction or a quiz.
type Answer struct {
	Choice int       `json:"choice"` // from 0
	Said   string    `json:"said"`   // what was typed, where that says more than the choice
	Right  bool      `json:"right"`
	At     time.Time `json:"at"`
}

// Answers are the first answer to a question, which is the one that counts of
// a prediction, and the latest.
type Answers struct {
	First Answer `json:"first"`
	Last  Answer `json:"last"`
	Count int    `json:"count"`
}

// The bounds of what is kept; what is beyond is cut or left out.
const (
	maxSpots    = 5000
	maxChecks   = 100
	maxValues   = 50
	maxText     = 500 // bytes
	maxSettings = 256
)

// NewState returns the state of somebody who has done nothing yet.
func NewState() *State {
	s := &State{}
	s.complete()
	return s
}

// complete makes what a file may have left out.
func (s *State) complete() {
	made(&s.Seen)
	made(&s.Labs)
	made(&s.Predictions)
	made(&s.Quizzes)
	made(&s.Spent)
	made(&s.Settings)
	s.Lines = latestLines(slices.DeleteFunc(s.Lines, func(l string) bool { return !isLine(l) }))
	if s.Resume.Place.Step == "" { // nowhere, whatever index it has: written so, it could not be read again
		s.Resume = Position{}
	}
}

func made[K comparable, V any](m *map[K]V) {
	if *m == nil {
		*m = map[K]V{}
	}
}

// clone shares only what is never written to.
func (s *State) clone() *State {
	c := *s
	c.Seen, c.Labs, c.Predictions = maps.Clone(s.Seen), maps.Clone(s.Labs), maps.Clone(s.Predictions)
	c.Quizzes, c.Spent, c.Settings = maps.Clone(s.Quizzes), maps.Clone(s.Spent), maps.Clone(s.Settings)
	return &c
}

// Reached notes that a learner came to a step: the next start goes on there.
// Nothing is done yet; a step that was merely on screen proves nothing.
func (s *State) Reached(p Position) { s.Resume = p }

// Finished notes that a learner has gone through a step: moved on from it. To
// run its lab to the end counts as well, see Ran.
func (s *State) Finished(step Place, at time.Time) {
	if _, seen := s.Seen[step]; !seen && len(s.Seen) < maxSpots {
		s.Seen[step] = stamp(at)
	}
}

// Ended says whether a run of a lab came to its end, whatever its checks found.
func (s *State) Ended(lab Spot) bool {
	l := s.Labs[lab]
	return l.Last.ended() || len(l.Held) > 0
}

// ended says that a run was not stopped on its way, nor skipped. The words are
// lab.Status's.
func (r *Run) ended() bool { return !r.Skipped && (r.Status == "passed" || r.Status == "failed") }

// Ran notes a run of a lab, with what its checks found.
func (s *State) Ran(lab Spot, r Run) {
	l, known := s.Labs[lab]
	if !known && len(s.Labs) >= maxSpots {
		return
	}
	r.ID, r.Status, r.Cluster, r.At = clip(r.ID), clip(r.Status), clip(r.Cluster), stamp(r.At)
	checks := make([]Check, 0, min(len(r.Checks), maxChecks))
	l.Held = maps.Clone(l.Held)
	made(&l.Held)
	for _, c := range r.Checks[:cap(checks)] {
		c.Expr, c.Values = clip(c.Expr), plainValues(c.Values)
		checks = append(checks, c)
		if _, there := l.Held[c.Expr]; c.Held && (there || len(l.Held) < maxChecks) {
			l.Held[c.Expr] = Evidence{Run: r.ID, At: r.At, Values: c.Values, Cluster: r.Cluster}
		}
	}
	r.Checks = checks
	l.Runs++
	l.Last = r
	if r.ended() {
		s.Finished(lab.Place, r.At)
	}
	s.Labs[lab] = l
}

// Ran says that a lab did run, at least once: to be skipped is no run.
func (l *Lab) Ran() bool { return l.Runs > 0 && (!l.Last.Skipped || len(l.Held) > 0) }

// Held is the latest evidence that a check of a lab held.
func (s *State) Held(lab Spot, expr string) (Evidence, bool) {
	e, ok := s.Labs[lab].Held[clip(expr)]
	return e, ok
}

// Predicted notes a prediction.
func (s *State) Predicted(spot Spot, a Answer) { note(s.Predictions, spot, a) }

// Answered notes an answer to a quiz.
func (s *State) Answered(spot Spot, a Answer) { note(s.Quizzes, spot, a) }

func note(to map[Spot]Answers, spot Spot, a Answer) {
	all, known := to[spot]
	if !known && len(to) >= maxSpots {
		return
	}
	a.Said, a.At = clip(a.Said), stamp(a.At)
	if !known {
		all.First = a
	}
	all.Last = a
	all.Count++
	to[spot] = all
}

// Worked adds time spent on a module.
func (s *State) Worked(module int, d time.Duration) {
	if _, known := s.Spent[module]; d > 0 && (known || len(s.Spent) < maxSpots) {
		s.Spent[module] += d
	}
}

// Met notes that the first contact is done.
func (s *State) Met(at time.Time) {
	if s.FirstContact.IsZero() {
		s.FirstContact = stamp(at)
	}
}

// Remember keeps a setting of the front end; an empty value forgets it.
func (s *State) Remember(name, value string) {
	name = clip(name)
	_, known := s.Settings[name]
	switch {
	case value == "":
		delete(s.Settings, name)
	case known || len(s.Settings) < maxSettings:
		s.Settings[name] = clip(value)
	}
}

// clip makes a text one that is read back as it was written.
func clip(s string) string {
	if len(s) > maxText {
		s = s[:maxText]
	}
	return strings.ToValidUTF8(s, "")
}

// stamp makes a time one that is read back as it was written.
func stamp(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Millisecond) // drops the monotonic clock, too
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}
	}
	return t
}

// plainValues keeps what JSON can hold, as it will be read back.
func plainValues(values map[string]any) map[string]any {
	kept := make(map[string]any, len(values))
	for name, v := range values {
		if len(kept) == maxValues {
			break
		}
		switch v := v.(type) {
		case bool:
			kept[clip(name)] = v
		case int64:
			kept[clip(name)] = float64(v)
		case int:
			kept[clip(name)] = float64(v)
		case float64:
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				kept[clip(name)] = v
			}
		}
	}
	return kept
}
