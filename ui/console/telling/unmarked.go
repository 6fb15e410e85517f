package telling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks are what reports and outcomes are drawn with.
var marks = strings.NewReplacer("✓ ", "", "✗ ", "", "╳ ", "", "· ", "", "… ", "")

// Unmarked is a text without the marks of a drawing, as one reads it out.
func Unmarked(s string) string { return marks.Replace(s) }

// Capital writes the first letter of a sentence.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
