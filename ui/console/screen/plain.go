package screen

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one character may carry: enough for any
// language, too few to flood the lines above and below.
const maxMarks = 2

// maxPlain bounds what one text may cost to look at: a key of a megabyte is cut
// long before it is drawn.
const maxPlain = 4096

// Plain makes a text from outside (keys, values, errors, lesson titles) safe to
// draw: escape sequences are dropped, and what a terminal would obey or could
// not show becomes a middle dot. No-break spaces stay, French needs them.
func Plain(s string) string {
	if isPlain(s) {
		return s
	}
	if len(s) > maxPlain {
		s = strings.ToValidUTF8(s[:maxPlain], "") + "…"
	}
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for _, r := range ansi.Strip(s) {
		switch {
		case unicode.Is(unicode.Variation_Selector, r):
			// They only choose between a narrow and a wide picture, and
			// terminals do not agree on the width.
		case unicode.Is(unicode.M, r):
			if marks++; marks <= maxMarks && b.Len() > 0 {
				b.WriteRune(r)
			}
		default:
			marks = 0
			if !strconv.IsPrint(r) && r != '\u00a0' && r != '\u202f' || r == unicode.ReplacementChar {
				r = '·'
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isPlain(s string) bool {
	if len(s) > maxPlain {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
