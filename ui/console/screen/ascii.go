package screen

import (
	"math/bits"
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
	case '─', '╴', '╶', '–', '—', '‑', '‒', '−':
		return '-', false
	case '┄', '┈', '╌':
		return '.', false
	case '━', '═', '╸', '╺':
		return '=', false
	case '│', '┃', '┊', '┆', '║', '▏', '┤', '├', '╎':
		return '|', false
	case '╭', '╮', '╰', '╯', '┌', '┐', '└', '┘', '┬', '┴', '┼', '┿', '±':
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
	case '↓', '▼':
		return 'v', false
	case '◆':
		return '*', false
	case '◇':
		return '=', false
	case '●':
		return '@', false
	case '★':
		return '&', false
	case '≤':
		return '<', false
	case '≈':
		return '~', false
	case '✓', '☑': // o and x, as on a form
		return 'o', false
	case '✗', '☒', '×':
		return 'x', false
	case '☐', '▱':
		return '_', false
	case '▰', '█', '▓', '■':
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
	case '÷':
		return '/', false
	case '¹':
		return '1', false
	case '²':
		return '2', false
	case '³':
		return '3', false
	case '⁶':
		return '6', false
	case '\u00a0', '\u202f':
		return ' ', false
	case '🎉':
		return '*', true
	}
	switch {
	case r >= 0x2800 && r < 0x2900:
		return asciiDots(uint8(r)), false
	case r >= 0xc0 && r < 0x180:
		return unaccented(r), false
	case r >= 0x1100 && (r < 0x2000 || r >= 0x2e80):
		return '?', ansiWide(r)
	}
	return '?', false
}

// asciiDots writes dots of a chart as high in their cell as they are, and the
// spinner, which is all dots but one, as something that turns.
func asciiDots(dots uint8) byte {
	const upper, lower = 0x1b, 0xe4
	switch {
	case bits.OnesCount8(dots) == 7:
		return `|/-\`[dots%4]
	case dots&upper != 0 && dots&lower != 0:
		return ':'
	case dots&upper != 0:
		return '\''
	case dots != 0:
		return '.'
	}
	return ' '
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
