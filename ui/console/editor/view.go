package editor

import "atelier/ui/console/screen"

// Wrong is a part of the line that an error points at, in characters from 1.
type Wrong struct{ Column, Length int }

// View writes the line from a column on, scrolled so that the cursor is in
// sight. It returns the column after the line and that of the cursor.
func (e *Line) View(a screen.Area, from int, wrong Wrong) (end, cursor int) {
	v := e.value
	first := 0
	for screen.Width(string(v[first:e.pos])) > a.W-from-2 {
		first++
	}
	x := from
	for i := first; i <= len(v); i++ {
		st := screen.Code
		if c := i + 1; wrong.Length > 0 && c >= wrong.Column && c < wrong.Column+wrong.Length {
			st = screen.Failed | screen.Underline
		}
		s := " "
		if i < len(v) {
			s = screen.Plain(string(v[i]))
			if v[i] == '\n' {
				s, st = "↵", screen.Faint
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
