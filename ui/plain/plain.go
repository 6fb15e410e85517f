// Package plain makes text from outside safe for a terminal: keys, values,
// headers, brokers' errors, lesson titles, the names of who connects. What it
// returns is one line of valid UTF-8 that a terminal shows and does not obey.
// It is a leaf: every front end may import it.
package plain

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	// Max is how many bytes of one text are looked at: a key of a megabyte is
	// cut long before anybody reads it.
	Max = 4096

	// MaxMarks is how many combining marks one character may carry: enough for
	// any language, too few to flood the lines above and below.
	MaxMarks = 2

	// dot stands for what can't be shown.
	dot = '·'
)

// Text makes a text safe, and cuts it at Max.
func Text(s string) string { return Cut(s, Max) }

// Cut makes a text safe, and cuts it at so many bytes; an ellipsis says so.
//
// Escape sequences go. A tab is a space. What is not printable (line ends,
// control characters, bidirectional overrides, invalid bytes) is a middle dot,
// but for the no-break spaces, which French needs. Variation selectors go:
// terminals disagree on the width of what they choose.
func Cut(s string, limit int) string {
	cut := len(s) > limit
	if !cut && ascii(s) {
		return s
	}
	if cut {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		s = s[:limit]
	}
	var b strings.Builder
	b.Grow(len(s))
	marks := MaxMarks // a mark needs something to stand on
	for _, r := range ansi.Strip(strings.ToValidUTF8(s, string(dot))) {
		switch {
		case unicode.Is(unicode.Variation_Selector, r):
			continue
		case unicode.Is(unicode.M, r):
			if marks == MaxMarks {
				continue
			}
			marks++
		default:
			marks = 0
			r = shown(r)
		}
		b.WriteRune(r)
	}
	if cut {
		b.WriteRune('…')
	}
	return b.String()
}

func shown(r rune) rune {
	const noBreak, narrowNoBreak = '\u00a0', '\u202f'
	switch {
	case r == '\t':
		return ' '
	case r == noBreak, r == narrowNoBreak:
		return r
	case r == utf8.RuneError, !strconv.IsPrint(r):
		return dot
	}
	return r
}

// ascii says that a text is nothing but printable ASCII, as most are.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
