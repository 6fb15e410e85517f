package editor

import "atelier/ui/console/screen"

// Wrong is a part of the line that an error points at, in characters from 1.
type Wrong struct{ Column, Length int }

// View writes the line from a column on, scrolled so that the cursor is in
// sight. It returns the column after the line and that of the cursor.
func (e *Line) View(a screen.Area, from int, wrong Wrong) (end, cursor int) {
	v := e.value
	x := from
	for i := e.first(a.W - from - 2); i <= len(v) && x < a.W; i++ {
		st := screen.Code
		if c := i + 1; wrong.Length > 0 && c >= wrong.Column && c < wrong.Column+wrong.Length {
			st = screen.Failed | screen.Underline
		}
		s := " "
		if i < len(v) {
			if s = shown(v[i]); v[i] == '\n' {
				st = screen.Faint
			}
		} else if i != e.pos {
			break
		}
		if i == e.pos {
			cursor = x
		}
		x = a.Put(x, 0, s, st)
	}
	return min(x, a.W), cursor
}

// Column is where View, with as many columns, writes a character, from 0; false
// where that is out of sight.
func (e *Line) Column(i, from, w int) (x int, inSight bool) {
	x = from
	first := e.first(w - from - 2)
	for _, r := range e.value[min(first, len(e.value)):min(max(i, first), len(e.value))] {
		x += screen.Width(shown(r))
	}
	return x, i >= first && x < w
}

// first is the character that a line of some columns begins with, so that the
// cursor is in sight.
func (e *Line) first(columns int) int {
	i := e.pos
	for i > 0 {
		if columns -= screen.Width(shown(e.value[i-1])); columns < 0 {
			break
		}
		i--
	}
	return i
}

// shown is how a character is drawn.
func shown(r rune) string {
	if r == '\n' {
		return "↵"
	}
	return screen.Plain(string(r))
}
