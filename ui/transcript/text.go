package transcript

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"atelier/ui/plain"
)

// JSON writes a transcript as one object.
func (t *Transcript) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(t)
}

// Text writes a transcript for a terminal or a screen reader: plain lines. Of
// modules that were not begun it says no more than that.
func (t *Transcript) Text(w io.Writer) error {
	x := text{phrases: phrases{t.Language}}
	x.line("%s", x.sayf("Kafka Atelier: your progress, %s", "Kafka Atelier : votre progression, %s", x.moment(t.Made)))
	if !t.FirstContact.IsZero() {
		x.line("%s", x.sayf("first contact: %s", "premier contact : %s", x.moment(t.FirstContact)))
	}
	if !t.Started() {
		x.line("%s", x.sayf("Nothing is done yet. To begin: atelier", "Rien n’est fait encore. Pour commencer : atelier"))
	}
	for i := range t.Modules {
		x.module(&t.Modules[i])
	}
	_, err := io.WriteString(w, x.b.String())
	return err
}

type text struct {
	phrases
	b strings.Builder
}

func (x *text) line(format string, args ...any) { fmt.Fprintf(&x.b, format+"\n", args...) }

func (x *text) module(m *Module) {
	x.line("\n%s", x.sayf("Module %d, %s: %s%s", "Module %d, %s : %s%s", m.Number, plain.Text(m.Title), x.standing(m.Standing), x.spent(m.Spent)))
	if m.Standing == NotBegun {
		return
	}
	x.line("  %s", x.counts(m.Counts))
	if m.Counts.Unverified > 0 {
		x.line("  %s", x.sayf("not verified here: %d", "non vérifié ici : %d", m.Counts.Unverified))
	}
	for i := range m.Steps {
		x.step(&m.Steps[i])
	}
}

func (x *text) step(s *Step) {
	done := x.sayf("not done", "pas faite")
	if !s.Done.IsZero() {
		done = x.moment(s.Done)
	}
	x.line("\n  %s", x.sayf("%d. %s%s: %s", "%d. %s%s : %s", s.Number, plain.Text(s.Title), x.optional(s), done))
	for _, q := range s.Predictions {
		x.line("     %s", x.sayf("prediction: %s", "prédiction : %s", one(q.Text)))
		x.line("       %s", x.predicted(q, one(q.First.Text)))
	}
	for _, l := range s.Labs {
		x.line("     %s", x.sayf("experiment: %s", "expérience : %s", x.lab(l)))
	}
	for _, c := range s.Checks {
		x.check(c)
	}
	for _, q := range s.Quizzes {
		x.line("     %s", x.sayf("quiz: %s", "quiz : %s", one(q.Text)))
		x.line("       %s", x.answered(q))
	}
}

func (x *text) check(c Check) {
	switch c.Proof {
	case Held:
		x.line("     [x] %s", one(c.Text))
		x.line("         %s", x.sayf("%s; %s", "%s ; %s", x.values(c.Evidence.Values), x.evidence(c.Evidence)))
		if c.Refuted != nil {
			x.line("         %s", x.sayf("but not in the last: %s; %s", "mais pas au dernier : %s ; %s", x.values(c.Refuted.Values), x.evidence(c.Refuted)))
		}
	case Unverified:
		x.line("     [-] %s", x.sayf("%s (not verified here)", "%s (non vérifié ici)", one(c.Text)))
	default:
		x.line("     [ ] %s", one(c.Text))
	}
}

// one is a text of a lesson as one line.
func one(s string) string { return plain.Line(s) }
