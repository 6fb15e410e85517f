package course

import (
	"strings"
	"unicode"
)

// Anchor is the name by which a link leads to a heading, as the sites that show
// Markdown make it: "The ghost" is #the-ghost.
func Anchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.M, r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}
