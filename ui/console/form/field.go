package form

import (
	"slices"

	"atelier/assets/words"
	"atelier/ui/console/editor"
)

// Field is one row: a label, and what is typed or chosen behind it.
type Field struct {
	Name    string // what its owner knows it by
	Label   words.Text
	Note    words.Text // what goes there, in a few words
	Blank   words.Text // what leaving it empty means
	Choices []Choice   // none: it is typed, or an action
	Action  bool       // nothing to fill in; Enter does it
	Break   bool       // a row stands above it, blank or with a heading
	Heading words.Text

	line   editor.Line
	chosen int
}

// Choice is one of the values that a field may have.
type Choice struct {
	Value string
	Shown words.Text
}

// Same is a choice that is shown as it is written.
func Same(values ...string) []Choice {
	all := make([]Choice, len(values))
	for i, v := range values {
		all[i] = Choice{v, words.Text{En: v, Fr: v}}
	}
	return all
}

// Value is what stands in the field.
func (f *Field) Value() string {
	if len(f.Choices) > 0 {
		return f.Choices[f.chosen].Value
	}
	return f.line.String()
}

// Set fills the field in; a value that is none of its choices changes nothing.
func (f *Field) Set(value string) {
	if len(f.Choices) == 0 {
		f.line.Set(value)
		return
	}
	if i := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Value == value }); i >= 0 {
		f.chosen = i
	}
}

// Turn goes on by so many choices; with other choices than before, it stays among
// them.
func (f *Field) Turn(by int) {
	n := len(f.Choices)
	f.chosen = (f.chosen%n + by + n) % n
}
