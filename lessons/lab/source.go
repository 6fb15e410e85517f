package lab

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"atelier/assets/words"
)

// The bounds of a script. A reader of files need not read more than MaxBytes+1.
const (
	MaxBytes     = 1 << 20
	MaxLines     = 10_000
	MaxLineBytes = 64 << 10
)

// lines cuts a source into lines, or says in one error why it is no script.
func lines(name string, src []byte) ([]string, *Error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if e := binary(name, start(src)); e != nil {
		return nil, e
	}
	if n := bytes.Count(bytes.TrimRight(src, "\r\n"), []byte("\n")) + 1; n > MaxLines {
		return nil, whole(name, "the script has more than %d lines, and no lab needs as many: to send many messages write a count, as in send 1000 plain async",
			"le script a plus de %d lignes, et aucun atelier n’en demande autant : pour envoyer beaucoup de messages, écrivez un nombre, comme send 1000 plain async", MaxLines)
	}
	if len(src) > MaxBytes {
		return nil, whole(name, "the script is larger than 1 MB, and no lab needs as much: for large values write size=, as in size=10KB",
			"le script dépasse 1 Mo, et aucun atelier n’en demande autant : pour de grandes valeurs, écrivez size=, comme size=10KB")
	}
	all := strings.Split(string(src), "\n")
	for i := range all {
		all[i] = strings.TrimSuffix(all[i], "\r")
	}
	return all, nil
}

// start is as much of a source as is looked at, cut between two characters.
func start(src []byte) []byte {
	if len(src) <= MaxBytes {
		return src
	}
	end := MaxBytes
	for end > MaxBytes-utf8.UTFMax && !utf8.RuneStart(src[end]) {
		end--
	}
	return src[:end]
}

// binary refuses what is not text: a NUL, or bytes that are not UTF-8.
func binary(name string, src []byte) *Error {
	at := bytes.IndexByte(src, 0)
	for i := 0; i < len(src) && (at < 0 || i < at); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			at = i
		}
		i += size
	}
	if at < 0 {
		return nil
	}
	before := src[:at]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return &Error{
		Pos: Pos{File: name, Line: 1 + bytes.Count(before, []byte("\n")), Column: 1 + utf8.RuneCount(line)},
		Len: 1,
		Text: words.Textf("this is not a text in UTF-8 (byte %#02x): give the lab's text file, or save it again as UTF-8",
			"ce n’est pas un texte en UTF-8 (octet %#02x) : donnez le fichier texte de l’atelier, ou enregistrez-le de nouveau en UTF-8", src[at]),
	}
}

func whole(name, en, fr string, args ...any) *Error {
	return &Error{Pos: Pos{File: name, Line: 1, Column: 1}, Len: 1, Text: words.Textf(en, fr, args...)}
}

// control finds the first control character of a line, tabs apart.
func control(line string) (column int, r rune, found bool) {
	column = 1
	for _, r := range line {
		if r != '\t' && unicode.IsControl(r) {
			return column, r, true
		}
		column++
	}
	return 0, 0, false
}

// isSpace takes the spaces of typography, such as French non-breaking ones,
// for what they look like.
func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Z, r) }
