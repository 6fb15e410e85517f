package course

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxSize is the size in bytes from which a lesson is refused.
const MaxSize = 5_000_000

// readable says whether a file is text that may be looked at: of a sane size,
// UTF-8, without a byte that a terminal would obey.
func readable(name string, src []byte) Errors {
	if len(src) >= MaxSize {
		return tooLarge(name, int64(len(src)))
	}
	var errs Errors
	line, column, noted := 1, 0, 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		column++
		switch {
		case r == utf8.RuneError && size == 1, r == 0:
			errs.add(name, line, column,
				"not text: byte 0x%02X is not UTF-8 text. Save the lesson as UTF-8 Markdown",
				"ce n’est pas du texte : l’octet 0x%02X n’est pas du texte UTF-8. Enregistrez la leçon en Markdown UTF-8", src[i])
			return errs
		case r == '\n':
			line, column = line+1, 0
		case r == '\t', r == '\r' && i+1 < len(src) && src[i+1] == '\n', r == '\uFEFF' && i == 0:
		case !shown(r) && noted != line:
			noted = line // once a line is enough to find it
			if !errs.add(name, line, column,
				"control character U+%04X: a terminal could obey it. Remove it",
				"caractère de contrôle U+%04X : un terminal pourrait lui obéir. Retirez-le", r) {
				return errs
			}
		}
		i += size
	}
	return errs
}

func tooLarge(name string, size int64) Errors {
	var errs Errors
	errs.add(name, 1, 1,
		"the file has %d bytes; a lesson stays below %d. Cut it into modules",
		"le fichier fait %d octets ; une leçon reste sous %d. Découpez-la en modules", size, MaxSize)
	return errs
}

// shown says whether a rune is seen (or is a space) and does nothing else.
// The joiner of emoji sequences is the one invisible rune that may stay.
func shown(r rune) bool {
	const narrowNoBreak, noBreak, joiner = '\u202F', '\u00A0', '\u200D'
	return r == narrowNoBreak || r == noBreak || r == joiner || strconv.IsPrint(r)
}

var (
	autolink = regexp.MustCompile(`^<(?:https?://|mailto:)[^\s<>]+>`)
	entity   = regexp.MustCompile(`^&(?:#[0-9A-Za-z]+|[A-Za-z][0-9A-Za-z]*);`)
)

// markdown refuses, in one line of Markdown outside fences, what is not text:
// raw HTML, entities that could stand for anything, and marks out of place.
func (p *parser) markdown(line int, text string) {
	rest, column := text, 1
	step := func(bytes int) {
		column += utf8.RuneCountInString(rest[:bytes])
		rest = rest[bytes:]
	}
	for rest != "" {
		switch c := rest[0]; {
		case c == '\\' && len(rest) > 1 && rest[1] < utf8.RuneSelf:
			step(2)
		case c == '`':
			n := codeSpan(rest)
			if n == 0 {
				p.errorf(line, column,
					"` opens a code span that does not end on this line. Close it, or write \\`",
					"` ouvre un code qui ne se ferme pas sur cette ligne. Fermez-le, ou écrivez \\`")
				return
			}
			step(n)
		case c == '<':
			if n := len(autolink.FindString(rest)); n > 0 {
				step(n)
				break
			}
			if len(rest) > 1 && (isLetter(rest[1]) || strings.IndexByte("/!?", rest[1]) >= 0) {
				p.errorf(line, column,
					"HTML is not shown in a lesson: write Markdown, or put < in a code span",
					"une leçon n’affiche pas de HTML : écrivez du Markdown, ou mettez < dans du code")
				return
			}
			step(1)
		case c == '&':
			e := entity.FindString(rest)
			switch e {
			case "", "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;":
			default:
				p.errorf(line, column,
					"%s: write the character itself, not its entity",
					"%s : écrivez le caractère lui-même, pas son entité", e)
			}
			step(max(1, len(e)))
		case strings.HasPrefix(rest, "{check:"):
			p.errorf(line, column,
				"{check: …} stands at the end of a checklist line: - [ ] text {check: A.copies == 1}",
				"{check: …} se place à la fin d’une ligne de liste : - [ ] texte {check: A.copies == 1}")
			return
		default:
			_, n := utf8.DecodeRuneInString(rest)
			step(n)
		}
	}
}

// codeSpan returns the length of the code span that text begins with, 0 where
// it does not end.
func codeSpan(text string) int {
	n := run(text, '`')
	for i := n; i < len(text); {
		if text[i] != '`' {
			i++
			continue
		}
		m := run(text[i:], '`')
		i += m
		if m == n {
			return i
		}
	}
	return 0
}

// run counts how often text begins with a byte.
func run(text string, c byte) int {
	return len(text) - len(strings.TrimLeft(text, string(c)))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
