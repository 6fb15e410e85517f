package check

import (
	"fmt"

	"atelier/assets/words"
)

// Error is what is wrong with an expression, where it was written.
type Error struct {
	Column int // in characters, from 1
	Len    int // of what is wrong, in characters; at least 1
	words.Text
}

// Error says it in English, behind its column.
func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.En) }

func wrong(column, length int, en, fr string, args ...any) *Error {
	return &Error{Column: column, Len: max(1, length), Text: words.Textf(en, fr, args...)}
}

// What can keep a well-formed expression from being evaluated; see errors.Is.
var (
	ErrUnknownLabel = words.Errorf("unknown label", "étiquette inconnue")
	ErrNotAudited   = words.Errorf("not audited", "journal non relu")
	ErrNoSample     = words.Errorf("no sample", "aucun échantillon")
	ErrDivision     = words.Errorf("division by zero", "division par zéro")
)

// EvalError says why an expression has no answer. It unwraps to one of the
// errors above.
type EvalError struct {
	words.Text
	Value Value // the value that could not be read, where it is one
	cause error
}

// Error says it in English.
func (e *EvalError) Error() string { return e.En }

// Unwrap returns the kind of error.
func (e *EvalError) Unwrap() error { return e.cause }
