package console

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/lesson"
	"atelier/ui/console/palette"
	"atelier/ui/console/pane"

	tea "charm.land/bubbletea/v2"
)

// labOf is the wish to run a lab block of the course, wherever one is.
type labOf struct{ module, step, lab int }

func (labOf) Wish() {}

// entries are the actions of the palette: what the table of keys does, then the
// steps and the experiments of the course.
func (m *Model) entries() []palette.Entry {
	var entries []palette.Entry
	for g := range groups {
		for i := range m.keys {
			if b := &m.keys[i]; b.group == g && !b.apart {
				entries = append(entries, palette.Entry{Name: b.byName(), Group: g.title(), Key: b.shown, Does: pane.Press{Key: b.keys[0]}})
			}
		}
	}
	for _, module := range m.lesson.Modules() {
		for i := range module.Steps {
			entries = append(entries, entriesOf(module, i)...)
		}
	}
	return entries
}

// byName is what a binding does, with the words of its lab line, which whoever
// writes lines may look for in any language.
func (b *binding) byName() words.Text {
	var verb []string
	for _, w := range strings.Fields(b.line) {
		if strings.ContainsAny(w, "%=") || len(verb) == 2 || w == b.toxic.kind { // the name has the kind
			break
		}
		verb = append(verb, w)
	}
	if verb == nil {
		return b.does
	}
	return words.Textf("%s (%s)", "%s (%s)", b.does, strings.Join(verb, " "))
}

// entriesOf are a step and its experiments.
func entriesOf(module *course.Module, i int) []palette.Entry {
	step := &module.Steps[i]
	number := strconv.Itoa(module.Number) + "." + strconv.Itoa(i+1)
	entries := []palette.Entry{{
		Name: words.Textf("%[1]s %[2]s", "%[1]s %[2]s", number, step.Title), Group: words.Text{En: "go to", Fr: "aller à"},
		Does: pane.GoTo{Module: module.Number, Step: i},
	}}
	nth := 0
	for _, b := range step.Blocks {
		l, is := b.(course.Lab)
		if !is {
			continue
		}
		nth++
		of := number
		if nth > 1 {
			of += " (" + strconv.Itoa(nth) + ")"
		}
		entries = append(entries, palette.Entry{
			Name: words.Textf("%[1]s %[2]s", "%[1]s %[2]s", of, step.Title), Group: words.Text{En: "run the experiment", Fr: "lancer l’expérience"},
			Does: labOf{module.Number, i, l.Index},
		})
	}
	return entries
}

// runLabOf turns to the step of a lab block and runs it.
func (m *Model) runLabOf(at labOf) tea.Cmd {
	m.turn(lesson.Asked{Number: at.module, Step: at.step})
	module, _ := m.lesson.At()
	if module == nil || module.Number != at.module {
		return nil
	}
	return m.runBlock(module, at.lab)
}
