package course

import (
	"fmt"
	"strings"

	"atelier/assets/words"
)

// Pos is a place in a lesson: lines and columns count from 1, columns in
// characters.
type Pos struct {
	File         string
	Line, Column int
}

// String writes a place as compilers do.
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Error is one thing that is wrong with a lesson, and where.
type Error struct {
	Pos  Pos
	Text words.Text
}

// Error says it in English.
func (e *Error) Error() string { return e.In(words.English) }

// In says it in a language.
func (e *Error) In(l words.Lang) string { return e.Pos.String() + ": " + e.Text.In(l) }

// Errors are all that is wrong, in the order of the text.
type Errors []*Error

// Error says them in English, one a line.
func (es Errors) Error() string { return es.In(words.English) }

// In says them in a language, one a line.
func (es Errors) In(l words.Lang) string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.In(l)
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns them one by one.
func (es Errors) Unwrap() []error {
	list := make([]error, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

// maxErrors bounds what one file can say: after so many the rest is noise.
const maxErrors = 100

// add notes an error. It says false once there are enough of them.
func (es *Errors) add(file string, line, column int, en, fr string, args ...any) bool {
	if len(*es) < maxErrors {
		*es = append(*es, &Error{Pos{file, line, column}, words.Textf(en, fr, args...)})
	}
	return len(*es) < maxErrors
}
