package markdown

import (
	"strings"
	"unicode"

	"atelier/ui/console/screen"
)

// The languages of our fences are few, and colours are a courtesy: words that
// a language keeps for itself, strings and comments are enough.
var keywords = map[string]string{
	"go":     " break case chan const continue default defer else fallthrough false for func go if import interface iota map nil package range return select struct switch true type var ",
	"csharp": " async await bool break case catch class const decimal else enum false finally for foreach if in int interface internal is long namespace new null out private protected public readonly record return static string switch this throw true try using var void while ",
	"bash":   " case do done elif else esac export fi for function if in local return set then while ",
	"json":   " true false null ",
}

// comments is how a comment begins that ends with its line.
var comments = map[string]string{"go": "//", "csharp": "//", "bash": "#", "properties": "#", "yaml": "#"}

var aliases = map[string]string{"golang": "go", "cs": "csharp", "c#": "csharp", "sh": "bash", "shell": "bash", "console": "bash", "ini": "properties", "yml": "yaml"}

// highlight colours one line of code, which is plain already.
func highlight(lang, s string) screen.Line {
	if to, ok := aliases[lang]; ok {
		lang = to
	}
	comment, known := comments[lang]
	if !known && keywords[lang] == "" {
		return screen.Text(s, screen.Code)
	}
	if lang == "properties" || lang == "yaml" {
		if at := strings.IndexAny(s, "=:"); at > 0 && !strings.HasPrefix(strings.TrimSpace(s), comment) {
			return screen.Text(s[:at], screen.Code|screen.Bold).Add(s[at:], screen.Ink)
		}
	}
	var line screen.Line
	for s != "" {
		n, st := piece(lang, comment, s)
		line = line.Add(s[:n], st)
		s = s[n:]
	}
	return line
}

// piece is the first piece of code that looks alike: how many bytes, and how.
func piece(lang, comment, s string) (int, screen.Style) {
	switch c := s[0]; {
	case comment != "" && strings.HasPrefix(s, comment):
		return len(s), screen.Faint | screen.Italic
	case c == '"' || c == '`' || c == '\'' && lang != "csharp":
		return quoted(s), screen.Ink | screen.Italic
	}
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	switch {
	case n < 0:
		n = len(s)
	case n == 0: // up to the next word, string or comment
		for n = 1; n < len(s) && !strings.ContainsRune("\"`'/#", rune(s[n])) && (s[n] >= 0x80 || !unicode.IsLetter(rune(s[n])) && s[n] != '_'); n++ {
			continue
		}
		return n, screen.Ink
	}
	if strings.Contains(keywords[lang], " "+s[:n]+" ") {
		return n, screen.Accent | screen.Bold
	}
	return n, screen.Code
}

// quoted is how long a string at the beginning of a text is, to the end of the
// line where nothing closes it.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[0] != '`':
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return len(s)
}
