package screen

import (
	"unicode/utf8"
)

// appendASCII writes a character for a terminal that knows only ASCII. Every
// drawing stays one column a cell, so nothing else has to know.
func appendASCII(b []byte, s string) []byte {
	if len(s) == 1 {
		return append(b, s[0])
	}
	r, _ := utf8.DecodeRuneInString(s) // marks that combine with it are left out
	c, wide := asciiFor(r)
	if wide {
		b = append(b, c)
	}
	return append(b, c)
}

func asciiFor(r rune) (c byte, wide bool) {
	switch r {
	case '─', '┄', '┈', '╌', '╴', '╶', '–', '—', '‑', '‒':
		return '-', false
	case '━', '═', '╸', '╺':
		return '=', false
	case '│', '┃', '┊', '┆', '║', '▏', '┤', '├', '╎':
		return '|', false
	case '╭', '╮', '╰', '╯', '┬', '┴', '┼':
		return '+', false
	case '╳':
		return '%', false
	case '▶', '▸', '→', '▷', '»', '›':
		return '>', false
	case '◀', '◂', '←', '◁', '«', '‹':
		return '<', false
	case '↵':
		return '/', false
	case '↑', '▲':
		return '^', false
	case '↓':
		return 'v', false
	case '◆':
		return 'O', false
	case '◇':
		return 'o', false
	case '●':
		return '@', false
	case '★':
		return '*', false
	case '≈':
		return '~', false
	case '✓', '☑':
		return 'V', false
	case '✗', '☒', '×':
		return 'x', false
	case '☐', '▱':
		return '_', false
	case '▰', '█', '▓':
		return '#', false
	case '░', '▒':
		return ':', false
	case '·', '•', '…':
		return '.', false
	case '’', '‘':
		return '\'', false
	case '“', '”':
		return '"', false
	case '␣':
		return '_', false
	case 'µ':
		return 'u', false
	case '€':
		return 'E', false
	}
	switch {
	case r >= 0x2800 && r < 0x2900: // the spinner
		return `|/-\`[r%4], false
	case r >= 0xc0 && r < 0x180:
		return unaccented(r), false
	case r >= 0x1100 && (r < 0x2000 || r >= 0x2e80):
		return '?', ansiWide(r)
	}
	return '?', false
}

func unaccented(r rune) byte {
	const latin1 = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
	if r < 0x100 {
		return latin1[r-0xc0]
	}
	switch r {
	case 'œ':
		return 'o'
	case 'Œ':
		return 'O'
	}
	return '?'
}

func ansiWide(r rune) bool { return Width(string(r)) == 2 }
