package form

import (
	"errors"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Draft is the lab line that a form comes to, word by word: it knows which field
// each word stems from.
type Draft struct {
	text  strings.Builder
	parts []part
	wrong *lab.Error
	err   error
}

// part is a word of the line, in characters from 1.
type part struct {
	field    string
	from, to int
}

// Add puts a word behind the line, of which there is only one.
func (d *Draft) Add(field, word string) {
	word = strings.ReplaceAll(word, "\n", " ")
	if d.text.Len() > 0 {
		d.text.WriteByte(' ')
	}
	from := utf8.RuneCountInString(d.text.String()) + 1
	d.text.WriteString(word)
	d.parts = append(d.parts, part{field, from, from + utf8.RuneCountInString(word)})
}

// Pair adds name=value where there is a value.
func (d *Draft) Pair(field, name, value string) {
	if value != "" {
		d.Add(field, name+"="+lab.Value(value))
	}
}

// Line is the lab line.
func (d *Draft) Line() string { return d.text.String() }

// Check reads the line and remembers what is wrong with it.
func (d *Draft) Check(read func(line string) error) {
	d.wrong = nil
	if d.err = read(d.Line()); d.err != nil {
		errors.As(d.err, &d.wrong)
	}
}

// Ok says that the line can be run.
func (d *Draft) Ok() bool { return d.err == nil }

// Wrong is the field that the error stems from; empty without one.
func (d *Draft) Wrong() string {
	if d.wrong == nil {
		return ""
	}
	for _, p := range d.parts {
		if d.wrong.Pos.Column >= p.from && d.wrong.Pos.Column <= p.to {
			return p.field
		}
	}
	return ""
}

// Rows are the line, with its wrong part underlined, and the error.
func (d *Draft) Rows(w int, lang words.Lang) []screen.Line {
	line := d.Line()
	text := screen.Text(screen.Plain(line), screen.Code)
	if d.wrong != nil {
		runes := []rune(line)
		from := min(max(d.wrong.Pos.Column-1, 0), len(runes))
		to := min(from+max(d.wrong.Len, 1), len(runes))
		text = screen.Text(screen.Plain(string(runes[:from])), screen.Code).
			Add(screen.Plain(string(runes[from:to])), screen.Failed|screen.Underline).
			Add(screen.Plain(string(runes[to:])), screen.Code)
	}
	rows := screen.Indented(screen.Text(": ", screen.Accent|screen.Bold), screen.Text("  ", screen.Ink), text, w)
	if d.err != nil {
		said := words.Tell(lang, d.err)
		if d.wrong != nil {
			said = d.wrong.In(lang)
		}
		mark, st := telling.Bad.Mark()
		rows = append(rows, screen.Indented(screen.Line{mark}, screen.Text("  ", screen.Ink), screen.Text(screen.Plain(said), st), w)...)
	}
	return rows
}
