package transcript

import (
	"slices"
	"time"

	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/plain"
)

// reader reads one module against what is known of a learner.
type reader struct {
	state *progress.State
	m     *course.Module
	names *progress.Index
	zone  *time.Location
}

func (r reader) module() Module {
	sum := r.state.Sum(r.m)
	m := Module{Number: r.m.Number, Title: r.m.Title, Spent: sum.Spent, Counts: Counts{
		Steps: sum.Steps, Seen: sum.Seen, Labs: sum.Labs, Ran: sum.Ran, Checks: sum.Checks, Held: sum.Held,
		Predictions: sum.Predictions, Predicted: sum.Predicted, Foretold: sum.Foretold, Quizzes: sum.Quizzes, Solved: sum.Solved,
	}}
	for i := range r.m.Steps {
		s := r.step(i)
		for _, c := range s.Checks {
			if c.Proof == Unverified {
				m.Counts.Unverified++
			}
		}
		if s.Done {
			m.Counts.Done++
		}
		m.Steps = append(m.Steps, s)
	}
	m.Standing = standing(&m)
	return m
}

func standing(m *Module) Standing {
	complete := true
	for i := range m.Steps {
		complete = complete && (m.Steps[i].Optional || m.Steps[i].Done)
	}
	c := m.Counts
	switch {
	case complete:
		return Complete
	case c.Seen+c.Ran+c.Held+c.Predicted+c.Solved > 0:
		return Begun
	}
	return NotBegun
}

// complete says whether all of a step was done.
func (s *Step) complete() bool {
	done := !s.Seen.IsZero()
	for _, l := range s.Labs {
		done = done && (l.Runs > 0 || l.Skipped)
	}
	for _, c := range s.Checks {
		done = done && (c.Proof != Open || c.needs)
	}
	for _, q := range s.Predictions {
		done = done && (q.Count > 0 || q.needs)
	}
	for _, q := range s.Quizzes {
		done = done && q.Last.right()
	}
	return done
}

func (r reader) step(i int) Step {
	from := &r.m.Steps[i]
	s := Step{Number: i + 1, Title: from.Title, Optional: from.Optional}
	if at, seen := r.state.Seen[r.names.Step(i)]; seen {
		s.Seen = at.In(r.zone)
	}
	for j, b := range from.Blocks {
		spot := r.names.Block(i, j)
		switch b := b.(type) {
		case course.Lab:
			s.Labs = append(s.Labs, r.lab(spot, b))
		case course.Check:
			c := r.check(b)
			if c.Veiled = c.Proof != Held && r.awaits(i, j); c.Veiled {
				c.Text, c.Expr = "", ""
			}
			s.Checks = append(s.Checks, c)
		case course.Predict:
			q := r.question(b.Question, b.Choices, r.state.Predictions[spot])
			q.needs = r.skipped(b.Lab)
			if q.Veiled = !r.state.Ended(r.names.Lab(b.Lab)); q.Veiled {
				q.First.Right, q.Last.Right = nil, nil
			}
			s.Predictions = append(s.Predictions, q)
		case course.Quiz:
			q := r.question(b.Question, b.Choices, r.state.Quizzes[spot])
			if q.Veiled = q.Count == 0 && r.awaits(i, j); q.Veiled {
				q.Text = ""
			}
			s.Quizzes = append(s.Quizzes, q)
		}
	}
	s.Done = s.complete()
	return s
}

func (r reader) lab(spot progress.Spot, b course.Lab) Lab {
	known := r.state.Labs[spot]
	l := Lab{Needs: b.Needs}
	if known.Runs == 0 {
		return l
	}
	l.Run, l.Status, l.Cluster = plain.Text(known.Last.ID), plain.Text(known.Last.Status), plain.Text(known.Last.Cluster)
	l.At = known.Last.At.In(r.zone)
	if known.Ran() {
		l.Runs = known.Runs
	}
	l.Skipped = known.Last.Skipped
	return l
}

// skipped says that a lab was asked for, and that no cluster so far could show
// it.
func (r reader) skipped(lab int) bool {
	l := r.state.Labs[r.names.Lab(lab)]
	return l.Last.Skipped && !l.Ran()
}

// awaits says that a block tells of a lab that has yet to answer a prediction.
func (r reader) awaits(step, block int) bool {
	return slices.ContainsFunc(r.m.Awaits(step, block), func(lab int) bool { return !r.state.Ended(r.names.Lab(lab)) })
}

func (r reader) check(b course.Check) Check {
	c := Check{Text: b.Text, Expr: b.Expr, Proof: Open}
	if b.Expr == "" {
		c.Proof = Unverified
		return c
	}
	c.needs = r.skipped(b.Lab)
	spot := r.names.Lab(b.Lab)
	e, held := r.state.Held(spot, b.Expr)
	if !held {
		return c
	}
	c.Proof, c.Evidence = Held, r.evidence(e)
	last := r.state.Labs[spot].Last
	for _, found := range last.Checks {
		if found.Expr == b.Expr && !found.Held {
			c.Refuted = r.evidence(progress.Evidence{Run: last.ID, At: last.At, Values: found.Values, Cluster: last.Cluster})
		}
	}
	return c
}

// evidence is what a file holds, safe to be shown: anybody may have written it.
func (r reader) evidence(e progress.Evidence) *progress.Evidence {
	values := make(map[string]any, len(e.Values))
	for name, v := range e.Values {
		switch v.(type) {
		case bool, float64:
			values[plain.Text(name)] = v
		}
	}
	return &progress.Evidence{Run: plain.Text(e.Run), At: e.At.In(r.zone), Values: values, Cluster: plain.Text(e.Cluster)}
}

func (r reader) question(text string, choices []course.Choice, a progress.Answers) Question {
	q := Question{Text: text, Count: a.Count}
	if a.Count > 0 {
		q.First, q.Last = r.answer(choices, a.First), r.answer(choices, a.Last)
	}
	return q
}

func (r reader) answer(choices []course.Choice, a progress.Answer) Answer {
	given := Answer{Text: plain.Text(a.Said), Right: &a.Right, At: a.At.In(r.zone)}
	if given.Text == "" && a.Choice >= 0 && a.Choice < len(choices) {
		given.Text = choices[a.Choice].Text
	}
	return given
}
