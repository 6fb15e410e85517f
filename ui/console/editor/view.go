package editor

import "atelier/ui/console/screen"

// Wrong is a part of the line that an error points at, in characters from 1.
type Wrong struct{ Column, Length int }

// View writes the line from a column on, scrolled so that the cursor is in
// sight. It returns the column after the line and that of the cursor.
func (e *Line) View(a screen.Area, from int, wrong Wrong) (end, cursor int) {
	v, pos := e.runes()
	x := from
	for i := first(v[:pos], a.W-from-2); i <= len(v) && x < a.W; i++ {
		st := screen.Code
		if c := i + 1; wrong.Length > 0 && c >= wrong.Column && c < wrong.Column+wrong.Length {
			st = screen.Failed | screen.Underline
		}
		s := " "
		if i < len(v) {
			if s = shown(v[i]); v[i] == lineBreak {
				st = screen.Faint
			}
		} else if i != pos {
			break
		}
		if i == pos {
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
	v, pos := e.runes()
	begin := first(v[:pos], w-from-2)
	for _, r := range v[min(begin, len(v)):min(max(i, begin), len(v))] {
		x += screen.Width(shown(r))
	}
	return x, i >= begin && x < w
}

// first is the character that a line of some columns begins with, so that what
// follows its head, the cursor, is in sight.
func first(head []rune, columns int) int {
	i := len(head)
	for i > 0 {
		if columns -= screen.Width(shown(head[i-1])); columns < 0 {
			break
		}
		i--
	}
	return i
}

// shown is how a character is drawn.
func shown(r rune) string {
	if r == lineBreak {
		return "↵"
	}
	return screen.Plain(string(r))
}
