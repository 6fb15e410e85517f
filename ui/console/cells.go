package console

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// cell is one place on the screen. The right half of a wide character is a
// cell without text.
type cell struct {
	text  string
	style style
}

// grid is a screen of cells. Panes draw into areas of it, and it is written
// out once a frame.
type grid struct {
	w, h  int
	cells []cell
}

func (g *grid) resize(w, h int) {
	g.w, g.h = w, h
	g.cells = make([]cell, w*h)
	g.all().clear()
}

func (g *grid) all() area { return area{g: g, w: g.w, h: g.h} }

func (g *grid) at(r Rect) area {
	r = r.within(Rect{W: g.w, H: g.h})
	return area{g: g, x: r.X, y: r.Y, w: r.W, h: r.H}
}

// area is a window onto a grid with its own coordinates. Nothing drawn in it
// can reach beyond it.
type area struct {
	g          *grid
	x, y, w, h int
}

// sub is a window within the window.
func (a area) sub(x, y, w, h int) area {
	r := Rect{x, y, w, h}.within(Rect{W: a.w, H: a.h})
	return area{g: a.g, x: a.x + r.X, y: a.y + r.Y, w: r.W, h: r.H}
}

func (a area) clear() {
	for y := range a.h {
		row := a.g.cells[(a.y+y)*a.g.w+a.x:][:a.w]
		for x := range row {
			row[x] = cell{text: " "}
		}
	}
}

// put writes a text from a column on and returns the column after it. What
// does not fit is left out.
func (a area) put(x, y int, s string, st style) int {
	if y < 0 || y >= a.h {
		return x + width(s)
	}
	for len(s) > 0 && x < a.w {
		c, w, n := next(s)
		s = s[n:]
		if w == 0 {
			continue
		}
		if x >= 0 && x+w <= a.w {
			a.set(x, y, c, w, st)
		}
		x += w
	}
	return x
}

// putRight writes a text so that it ends before a column.
func (a area) putRight(x, y int, s string, st style) { a.put(x-width(s), y, s, st) }

// fill repeats one narrow character.
func (a area) fill(x, y, n int, s string, st style) {
	if y < 0 || y >= a.h {
		return
	}
	for i := max(x, 0); i < min(x+n, a.w); i++ {
		a.set(i, y, s, 1, st)
	}
}

// shade gives cells a background and keeps what is drawn on them.
func (a area) shade(x, y, n int, bg style) {
	if y < 0 || y >= a.h {
		return
	}
	for i := max(x, 0); i < min(x+n, a.w); i++ {
		c := &a.g.cells[(a.y+y)*a.g.w+a.x+i]
		c.style = c.style&^bgMask | bg
	}
}

// swap replaces one narrow character where it stands, in its style.
func (a area) swap(x, y int, from, to string) {
	if x < 0 || x >= a.w || y < 0 || y >= a.h {
		return
	}
	for i := x; i < a.w; i++ {
		if c := &a.g.cells[(a.y+y)*a.g.w+a.x+i]; c.text == from {
			c.text = to
			return
		}
	}
}

func (a area) set(x, y int, s string, w int, st style) {
	i := (a.y+y)*a.g.w + a.x + x
	c := a.g.cells[i : i+w]
	// Half of a wide character must not stay behind.
	if c[0].text == "" && x > 0 {
		a.g.cells[i-1].text = " "
	}
	if x+w < a.w && a.g.cells[i+w].text == "" {
		a.g.cells[i+w].text = " "
	}
	c[0] = cell{s, st}
	if w == 2 {
		c[1] = cell{"", st}
	}
}

// next takes the first character off a text: what to draw, how many columns it
// takes, how many bytes it was. Where terminals would not agree on the width,
// the plain form of the character is drawn.
func next(s string) (c string, w, n int) {
	if b := s[0]; b < utf8.RuneSelf {
		if len(s) == 1 || s[1] < 0xcc { // no combining mark can follow
			if b < ' ' || b == 0x7f {
				return "·", 1, 1
			}
			return s[:1], 1, 1
		}
	} else if r, size := utf8.DecodeRuneInString(s); narrow(r) && (len(s) == size || s[size] < 0xcc || s[size] >= 0xe2 && narrowAt(s[size:])) {
		if r == '\u00a0' {
			return " ", 1, size
		}
		return s[:size], 1, size
	}
	c, w = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	n = len(c)
	if r, _ := utf8.DecodeRuneInString(c); r == '\u202f' {
		return " ", 1, n
	}
	if w > 2 || w != ansi.StringWidthWc(c) {
		_, size := utf8.DecodeRuneInString(c)
		c = c[:size]
		if w = ansi.StringWidth(c); w > 2 || w != ansi.StringWidthWc(c) {
			c, w = "·", 1
		}
	}
	return c, w, n
}

func narrowAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return narrow(r)
}

// narrow knows, without a table, the characters that our drawings and texts
// are made of: Latin, punctuation, box drawing, blocks.
func narrow(r rune) bool {
	return r >= 0xa0 && r < 0x300 && r != 0xad || r >= 0x2013 && r <= 0x2026 || r >= 0x2500 && r <= 0x25fc || r >= 0x2800 && r <= 0x28ff
}

// width is the number of columns that a text takes.
func width(s string) int {
	w := 0
	for len(s) > 0 {
		_, cw, n := next(s)
		w += cw
		s = s[n:]
	}
	return w
}

// cut shortens a text to some columns, with an ellipsis where it was longer.
func cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if len(s) <= w || width(s) <= w {
		return s
	}
	used, i := 0, 0
	for i < len(s) {
		_, cw, n := next(s[i:])
		if used+cw > w-1 {
			break
		}
		used += cw
		i += n
	}
	return s[:i] + "…"
}

// encode writes the grid for a terminal. Blanks at the end of a line are left
// out, since the terminal has them already.
func (g *grid) encode(b []byte, l *look) []byte {
	for y := range g.h {
		if y > 0 {
			b = append(b, '\n')
		}
		row := g.cells[y*g.w : (y+1)*g.w]
		end := len(row)
		for end > 0 && row[end-1].text == " " && row[end-1].style&shownOnBlank == 0 {
			end--
		}
		var st style
		for i := range end {
			c := &row[i]
			if c.text == "" {
				continue
			}
			if changed := c.style ^ st; changed&shownOnBlank != 0 || changed != 0 && c.text != " " {
				st = c.style
				b = append(b, l.sgr(st)...)
			}
			if l.ascii {
				b = appendASCII(b, c.text)
			} else {
				b = append(b, c.text...)
			}
		}
		if st != 0 {
			b = append(b, "\x1b[m"...)
		}
	}
	return b
}
