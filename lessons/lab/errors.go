package lab

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// Error is one thing that is wrong with a script, where it is written.
type Error struct {
	Pos Pos
	Len int // in characters; at least 1
	words.Text
}

// Error says it in English, behind its place.
func (e *Error) Error() string { return e.Pos.String() + ": " + e.En }

// String writes a place as compilers do: file:line:column.
func (p Pos) String() string {
	s := strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	if p.File == "" {
		return s
	}
	return p.File + ":" + s
}

// Errors is everything that is wrong with a script, in its order. Of more than
// MaxErrors the last one says how many were left out.
type Errors []*Error

// MaxErrors is how many errors of one script are told.
const MaxErrors = 20

// Error says them in English, one a line.
func (e Errors) Error() string { return e.In(words.English) }

// In says them in a language, one a line, each behind its place.
func (e Errors) In(l words.Lang) string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Pos.String() + ": " + one.In(l)
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each error to errors.Is and errors.As.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// told sorts errors by place and shortens them to what a reader takes in.
func (e Errors) told() Errors {
	slices.SortStableFunc(e, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	if len(e) <= MaxErrors {
		return e
	}
	more := strconv.Itoa(len(e) - MaxErrors)
	if len(e) > enough {
		more = strconv.Itoa(enough-MaxErrors) + "+" // where reading ended
	}
	first := e[MaxErrors]
	return append(e[:MaxErrors:MaxErrors], &Error{Pos: first.Pos, Len: first.Len, Text: words.Textf(
		"and %s more errors from here on: correct the ones above first",
		"et %s autres erreurs à partir d’ici : corrigez d’abord celles du dessus", more)})
}
