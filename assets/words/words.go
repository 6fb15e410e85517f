// Package words holds what every sentence for a learner needs: the two
// languages, a text that exists in both, and an error that can be read in both.
// It is a leaf: every room may import it and it imports none.
package words

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Lang is a language that the atelier speaks.
type Lang string

// The languages. English is the default where nothing says French.
const (
	English Lang = "en"
	French  Lang = "fr"
)

// ParseLang reads what --lang takes: fr or en.
func ParseLang(s string) (Lang, error) {
	switch l := Lang(strings.ToLower(strings.TrimSpace(s))); l {
	case English, French:
		return l, nil
	}
	return "", Errorf(
		"unknown language %q: choose fr or en",
		"langue %q inconnue : choisissez fr ou en", s)
}

// FromLocale picks the language of the first locale that is set, in the order
// in which POSIX reads them: LC_ALL, LC_MESSAGES, LANG.
func FromLocale(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "fr") {
				return French
			}
			return English
		}
	}
	return English
}

// Pick returns en or fr, whichever the language asks for.
func (l Lang) Pick(en, fr string) string {
	if l == French {
		return fr
	}
	return en
}

// Text is one sentence in both languages.
type Text struct{ En, Fr string }

// In returns the sentence in a language.
func (t Text) In(l Lang) string { return l.Pick(t.En, t.Fr) }

// Textf fills both sentences with the same arguments. A sentence that needs
// them in another order numbers its verbs (%[2]s). An argument that has a
// translation of its own (a Text, an *Error) is put in each language.
//
// The French is set as French is: what stands between backticks in guillemets,
// apostrophes curved, and a no-break space before : ; ! ? and inside « ».
func Textf(en, fr string, args ...any) Text {
	return Text{En: fill(English, en, args), Fr: fill(French, typeset(fr), args)}
}

var (
	code      = regexp.MustCompile("`([^`]+)`")
	highPoint = strings.NewReplacer(
		" :", "\u00a0:", " ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?", "« ", "«\u00a0", " »", "\u00a0»", "'", "’",
	)
)

func typeset(fr string) string {
	return highPoint.Replace(code.ReplaceAllString(fr, "« $1 »"))
}

// Error is an error that a learner reads: what, where, why, what to do next.
type Error struct {
	Text
	cause error
}

// Errorf makes an error in both languages. An argument that is an error
// becomes the cause, so errors.Is and errors.As see through.
func Errorf(en, fr string, args ...any) error {
	e := &Error{Text: Textf(en, fr, args...)}
	for _, a := range args {
		if err, ok := a.(error); ok {
			e.cause = err
		}
	}
	return e
}

// Error says it in English, as Go's errors do.
func (e *Error) Error() string { return e.En }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Tell says an error in a language. Errors without a translation, such as
// those of libraries, are told as they are.
func Tell(l Lang, err error) string {
	if err == nil {
		return ""
	}
	if t, ok := err.(interface{ In(Lang) string }); ok {
		return t.In(l)
	}
	var e *Error
	if errors.As(err, &e) {
		// Keep what outer layers added in front of the translated core.
		return strings.Replace(err.Error(), e.En, e.In(l), 1)
	}
	return err.Error()
}

func fill(l Lang, format string, args []any) string {
	in := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case interface{ In(Lang) string }:
			in[i] = v.In(l)
		case error:
			in[i] = Tell(l, v)
		default:
			in[i] = a
			if l == French && isSet(a) {
				in[i] = inFrench{a}
			}
		}
	}
	return fmt.Sprintf(format, in...)
}
