package form

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/editor"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Form is rows of fields, one of which has the keys. Its zero value is empty.
type Form struct {
	fields []*Field
	at     int // the one with the keys
	first  int // the row at the top
	wrong  string
	cursor [2]int
	shown  []shown
	untold words.Text
}

// shown is where a field stands.
type shown struct{ field, y, from int }

// Lay gives the form other fields. Those of the same name keep what is in them
// and the keys.
func (f *Form) Lay(fields []*Field) {
	name := f.Focused()
	f.at = min(f.at, max(len(fields)-1, 0))
	for i, n := range fields {
		if n.Name == name {
			f.at = i
		}
	}
	f.fields = fields
}

// Field is the field of a name; nil where there is none.
func (f *Form) Field(name string) *Field {
	for _, one := range f.fields {
		if one.Name == name {
			return one
		}
	}
	return nil
}

// Value is what stands in a field; empty where there is no such field.
func (f *Form) Value(name string) string {
	if one := f.Field(name); one != nil {
		return one.Value()
	}
	return ""
}

// Focused is the field that has the keys.
func (f *Form) Focused() string {
	if f.at < len(f.fields) {
		return f.fields[f.at].Name
	}
	return ""
}

// FocusOn gives the keys to a field.
func (f *Form) FocusOn(name string) {
	for i, one := range f.fields {
		if one.Name == name {
			f.at = i
		}
	}
}

// Wrong marks a field as wrong; none where the name is empty.
func (f *Form) Wrong(name string) { f.wrong = name }

// Rows is how many rows all fields take.
func (f *Form) Rows() int {
	rows := 0
	for _, one := range f.fields {
		rows++
		if one.Break {
			rows++
		}
	}
	return rows
}

// Key moves between the fields and fills them in. False says that it has no use
// for a key.
func (f *Form) Key(k tea.KeyPressMsg) bool {
	if len(f.fields) == 0 {
		return false
	}
	one := f.fields[f.at]
	switch key := k.String(); {
	case key == "up", key == "shift+tab":
		f.at = (f.at + len(f.fields) - 1) % len(f.fields)
	case key == "down", key == "tab":
		f.at = (f.at + 1) % len(f.fields)
	case one.Action:
		return false
	case len(one.Choices) == 0:
		return one.line.Key(k)
	case key == "left":
		one.Turn(-1)
	case key == "right", key == "space":
		one.Turn(1)
	default:
		return f.initial(one, k.Text)
	}
	return true
}

// initial goes to the next choice that begins with a letter.
func (f *Form) initial(one *Field, letter string) bool {
	if letter == "" {
		return false
	}
	for i := range one.Choices {
		next := (one.chosen + 1 + i) % len(one.Choices)
		if v := one.Choices[next].Value; v != "" && v[:1] == letter[:1] {
			one.chosen = next
			return true
		}
	}
	return false
}

// Paste takes a text into the field that has the keys.
func (f *Form) Paste(s string) {
	if f.at < len(f.fields) {
		if one := f.fields[f.at]; len(one.Choices) == 0 && !one.Action {
			one.line.Insert(s)
		}
	}
}

// Click gives the keys to the field in a row; a choice of it goes on to the next.
// The name is that of the field; empty where there is none.
func (f *Form) Click(x, y int) string {
	for _, s := range f.shown {
		if s.y != y {
			continue
		}
		one := f.fields[s.field]
		f.at = s.field
		if len(one.Choices) > 0 && x >= s.from {
			one.Turn(1)
		}
		return one.Name
	}
	return ""
}

// Untold is the note of the field that has the keys, where there was no room for
// it beside it; empty where there was.
func (f *Form) Untold() words.Text { return f.untold }

// Cursor is where somebody types; false where a field is chosen.
func (f *Form) Cursor() (x, y int, on bool) {
	if f.at >= len(f.fields) || len(f.fields[f.at].Choices) > 0 || f.fields[f.at].Action {
		return 0, 0, false
	}
	return f.cursor[0], f.cursor[1], true
}

// View draws the fields, those around the one with the keys where not all fit.
func (f *Form) View(a screen.Area, lang words.Lang) {
	labels := 0
	for _, one := range f.fields {
		if !one.Action {
			labels = max(labels, screen.Width(one.Label.In(lang)))
		}
	}
	rows, at := 0, 0
	for i, one := range f.fields {
		if one.Break {
			rows++
		}
		if i == f.at {
			at = rows
		}
		rows++
	}
	f.first = max(0, min(max(f.first, at-a.H+1), at, rows-a.H))
	f.shown, f.untold = f.shown[:0], words.Text{}
	y := -f.first
	for i, one := range f.fields {
		if one.Break {
			if y >= 0 {
				a.Put(1, y, screen.Cut(one.Heading.In(lang), a.W-2), screen.Faint)
			}
			y++
		}
		if y >= 0 && y < a.H {
			f.row(a, y, i, labels+6, lang)
		}
		y++
	}
}

// row draws one field.
func (f *Form) row(a screen.Area, y, i, from int, lang words.Lang) {
	one := f.fields[i]
	f.shown = append(f.shown, shown{i, y, from})
	st := screen.Faint
	if i == f.at {
		st = screen.Accent | screen.Bold
		a.Put(1, y, "▸", st)
	}
	label := screen.Plain(one.Label.In(lang))
	if one.Name == f.wrong && f.wrong != "" {
		st = screen.Failed | screen.Bold
		a.Put(1, y, "✗", st)
	}
	if one.Action {
		a.Put(3, y, screen.Cut(label, a.W-4), st)
		return
	}
	a.Put(3, y, label, st)
	x := f.value(a, y, i, from, lang)
	note := one.Note.In(lang)
	if len(one.Choices) == 0 && one.line.Empty() && one.Blank != (words.Text{}) {
		note = one.Blank.In(lang)
	}
	x = max(x, from+valueWidth) + 2   // notes stand in a column
	if screen.Width(note) > a.W-1-x { // half of it explains nothing
		if i == f.at {
			f.untold = one.Note
		}
		note, _, _ = strings.Cut(note, ",")
	}
	if screen.Width(note) <= a.W-1-x {
		a.Put(x, y, note, screen.Faint)
	}
}

// valueWidth is what a field to type in takes at least.
const valueWidth = 12

// value draws what stands in a field and returns the column after it.
func (f *Form) value(a screen.Area, y, i, x int, lang words.Lang) int {
	one := f.fields[i]
	if len(one.Choices) > 0 {
		st := screen.Code
		if i == f.at {
			st |= screen.Bold
			a.Put(x-2, y, "‹", screen.Accent)
		}
		x = a.Put(x, y, screen.Cut(screen.Plain(one.Choices[one.chosen].Shown.In(lang)), a.W-x-3), st)
		if i == f.at {
			x = a.Put(x+1, y, "›", screen.Accent)
		}
		return x
	}
	if i == f.at {
		end, cursor := one.line.View(a.Sub(0, y, a.W-1, 1), x, editor.Wrong{})
		f.cursor = [2]int{cursor, y}
		a.Shade(x, y, max(end-x, valueWidth), screen.OnFocus)
		return end
	}
	if one.line.Empty() {
		return a.Put(x, y, "–", screen.Faint)
	}
	return a.Put(x, y, screen.Cut(screen.Plain(one.line.String()), a.W-x-2), screen.Code)
}
