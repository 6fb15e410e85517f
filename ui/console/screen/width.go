package screen

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// next takes the first character off a text: what to draw, how many columns it
// takes, how many bytes it was. Where terminals would not agree on the width,
// the plain form of the character is drawn.
func next(s string) (c string, w, n int) {
	if b := s[0]; b < utf8.RuneSelf {
		if len(s) == 1 || s[1] < 0xcc { // no combining mark can follow
			if b < ' ' || b == 0x7f {
				return "·", 1, 1
			}
			return s[:1], 1, 1
		}
	} else if r, size := utf8.DecodeRuneInString(s); narrow(r) && (len(s) == size || s[size] < 0xcc || s[size] >= 0xe2 && narrowAt(s[size:])) {
		if r == '\u00a0' {
			return " ", 1, size
		}
		return s[:size], 1, size
	}
	c, w = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	n = len(c)
	if r, _ := utf8.DecodeRuneInString(c); r == '\u202f' {
		return " ", 1, n
	}
	if w > 2 || w != ansi.StringWidthWc(c) {
		_, size := utf8.DecodeRuneInString(c)
		c = c[:size]
		if w = ansi.StringWidth(c); w > 2 || w != ansi.StringWidthWc(c) {
			c, w = "·", 1
		}
	}
	return c, w, n
}

func narrowAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return narrow(r)
}

// narrow knows, without a table, the characters that our drawings and texts
// are made of: Latin, punctuation, box drawing, blocks.
func narrow(r rune) bool {
	return r >= 0xa0 && r < 0x300 && r != 0xad || r >= 0x2013 && r <= 0x2026 || r >= 0x2500 && r <= 0x25fc || r >= 0x2800 && r <= 0x28ff
}

// Width is the number of columns that a text takes.
func Width(s string) int {
	w := 0
	for len(s) > 0 {
		_, cw, n := next(s)
		w += cw
		s = s[n:]
	}
	return w
}

// Cut shortens a text to some columns, with an ellipsis where it was longer. Of
// several words those go that don't fit; a word alone, such as a key from
// outside, is cut where the columns end.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if len(s) <= w || Width(s) <= w {
		return s
	}
	used, i := 0, 0
	for i < len(s) {
		_, cw, n := next(s[i:])
		if used+cw > w-1 {
			break
		}
		used += cw
		i += n
	}
	if s[i] != ' ' {
		if space := strings.LastIndexByte(s[:i], ' '); space > 0 {
			i = space
		}
	}
	if words := strings.TrimRight(s[:i], " ,;:·+(\u00a0\u202f"); words != "" {
		return words + "…"
	}
	return s[:i] + "…"
}
