package transcript

import (
	"fmt"
	"io"
	"strings"

	"atelier/ui/plain"
)

// Markdown writes a transcript as a page.
func (t *Transcript) Markdown(w io.Writer) error {
	x := page{phrases: phrases{t.Language}}
	x.para("# %s", x.sayf("Kafka Atelier: progress, %s", "Kafka Atelier : progression, %s", x.moment(t.Made)))
	x.overview(t)
	for i := range t.Modules {
		if t.Modules[i].Standing != NotBegun {
			x.module(&t.Modules[i])
		}
	}
	_, err := io.WriteString(w, x.b.String())
	return err
}

// page is Markdown under way.
type page struct {
	phrases
	b strings.Builder
}

func (x *page) para(format string, args ...any) { fmt.Fprintf(&x.b, format+"\n\n", args...) }
func (x *page) line(format string, args ...any) { fmt.Fprintf(&x.b, format+"\n", args...) }

// row writes a row of a table; the cells are Markdown.
func (x *page) row(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(one(c), "|", `\|`)
	}
	x.line("| %s |", strings.Join(cells, " | "))
}

// table begins a table.
func (x *page) table(heads ...string) {
	x.row(heads...)
	x.line("|%s", strings.Repeat(" --- |", len(heads)))
}

// overview is the table of the modules.
func (x *page) overview(t *Transcript) {
	x.table(x.sayf("Module", "Module"), x.sayf("Standing", "État"), x.sayf("Steps gone through (all done)", "Étapes parcourues (tout y est fait)"), x.sayf("Experiments", "Expériences"),
		x.sayf("Checks held", "Vérifications tenues"), x.sayf("Not verified here", "Non vérifié ici"),
		x.sayf("Predictions (right at first)", "Prédictions (justes d’emblée)"), x.sayf("Quizzes solved", "Quiz résolus"))
	for i := range t.Modules {
		m := &t.Modules[i]
		c := m.Counts
		x.row(fmt.Sprintf("%d. %s", m.Number, m.Title), x.standing(m.Standing), fmt.Sprintf("%s (%d)", ratio(c.Seen, c.Steps), c.Done), ratio(c.Ran, c.Labs),
			ratio(c.Held, c.Checks), fmt.Sprint(c.Unverified), fmt.Sprintf("%s (%d)", ratio(c.Predicted, c.Predictions), c.Foretold), ratio(c.Solved, c.Quizzes))
	}
	x.line("")
}

func ratio(n, all int) string { return fmt.Sprintf("%d / %d", n, all) }

// module lists the evidence of a module.
func (x *page) module(m *Module) {
	x.para("## %s", x.sayf("Module %d: %s", "Module %d : %s", m.Number, m.Title))
	x.held(m)
	x.asked(m)
}

// held is the table of what was shown, with what proves it.
func (x *page) held(m *Module) {
	begun := false
	for i := range m.Steps {
		for _, c := range m.Steps[i].Checks {
			if c.Proof != Held {
				continue
			}
			if !begun {
				begun = true
				x.table(x.sayf("Shown", "Montré"), x.sayf("Check", "Vérification"), x.sayf("Measured", "Mesuré"), x.sayf("Run", "Essai"),
					x.sayf("When", "Quand"), x.sayf("On", "Sur"))
			}
			e := c.Evidence
			measured := plain.Markdown(x.values(e.Values))
			if c.Refuted != nil {
				measured += " " + x.sayf("(but in the last run, %s, it did not hold: %s)", "(mais au dernier essai, %s, elle n’a pas tenu : %s)",
					plain.Markdown(c.Refuted.Run), plain.Markdown(x.values(c.Refuted.Values)))
			}
			x.row(c.Text, plain.Code(c.Expr), measured, plain.Markdown(e.Run), x.moment(e.At), plain.Markdown(x.cluster(e.Cluster)))
		}
	}
	if begun {
		x.line("")
	}
}

// asked lists what was predicted and answered.
func (x *page) asked(m *Module) {
	begun := false
	item := func(question, outcome string) {
		x.line("- %s %s", one(question), outcome)
		begun = true
	}
	for i := range m.Steps {
		for _, q := range m.Steps[i].Predictions {
			if q.Count > 0 {
				item(q.Text, "**"+x.predicted(q, plain.Markdown(q.First.Text))+"**")
			}
		}
		for _, q := range m.Steps[i].Quizzes {
			if q.Count > 0 {
				item(q.Text, "**"+x.answered(q)+"**")
			}
		}
	}
	if begun {
		x.line("")
	}
}
