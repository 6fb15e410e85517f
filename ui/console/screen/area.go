package screen

// Area is a window onto a grid with its own coordinates, W columns by H rows
// from 0, 0. Nothing drawn in it can reach beyond it.
type Area struct {
	g          *Grid
	x, y, W, H int
}

// Sub is a window within the window.
func (a Area) Sub(x, y, w, h int) Area {
	r := Rect{x, y, w, h}.Within(Rect{W: a.W, H: a.H})
	return Area{g: a.g, x: a.x + r.X, y: a.y + r.Y, W: r.W, H: r.H}
}

// Clear makes the area blank.
func (a Area) Clear() {
	for y := range a.H {
		row := a.g.cells[(a.y+y)*a.g.w+a.x:][:a.W]
		if a.W > 0 {
			a.halves(0, y, a.W)
		}
		for x := range row {
			row[x] = cell{text: " "}
		}
	}
}

// Put writes a text from a column on and returns the column after it. What
// does not fit is left out.
func (a Area) Put(x, y int, s string, st Style) int {
	if y < 0 || y >= a.H {
		return x + Width(s)
	}
	for len(s) > 0 && x < a.W {
		c, w, n := next(s)
		s = s[n:]
		if w == 0 {
			continue
		}
		if x >= 0 && x+w <= a.W {
			a.set(x, y, c, w, st)
		}
		x += w
	}
	return x
}

// PutRight writes a text so that it ends before a column.
func (a Area) PutRight(x, y int, s string, st Style) { a.Put(x-Width(s), y, s, st) }

// Fill repeats one narrow character.
func (a Area) Fill(x, y, n int, s string, st Style) {
	if y < 0 || y >= a.H {
		return
	}
	for i := max(x, 0); i < min(x+n, a.W); i++ {
		a.set(i, y, s, 1, st)
	}
}

// Shade gives cells a background and keeps what is drawn on them.
func (a Area) Shade(x, y, n int, bg Style) {
	if y < 0 || y >= a.H {
		return
	}
	for i := max(x, 0); i < min(x+n, a.W); i++ {
		c := &a.g.cells[(a.y+y)*a.g.w+a.x+i]
		c.style = c.style&^bgMask | bg
	}
}

// Under gives a background to the cells that have none.
func (a Area) Under(bg Style) {
	for y := range a.H {
		row := a.g.cells[(a.y+y)*a.g.w+a.x:][:a.W]
		for x := range row {
			if row[x].style&bgMask == 0 {
				row[x].style |= bg
			}
		}
	}
}

// Swap replaces one narrow character where it stands, in its style.
func (a Area) Swap(x, y int, from, to string) {
	if x < 0 || x >= a.W || y < 0 || y >= a.H {
		return
	}
	for i := x; i < a.W; i++ {
		if c := &a.g.cells[(a.y+y)*a.g.w+a.x+i]; c.text == from {
			c.text = to
			return
		}
	}
}

func (a Area) tint(x, y int, from, to Style) {
	if x < 0 || x >= a.W || y < 0 || y >= a.H {
		return
	}
	if c := &a.g.cells[(a.y+y)*a.g.w+a.x+x]; c.style&fgMask == from {
		c.style = c.style&^fgMask | to
	}
}

func (a Area) set(x, y int, s string, w int, st Style) {
	i := (a.y+y)*a.g.w + a.x + x
	c := a.g.cells[i : i+w]
	a.halves(x, y, w)
	c[0] = cell{s, st}
	if w == 2 {
		c[1] = cell{"", st}
	}
}

// halves makes blank what is left of wide characters, in the area and beside it,
// when some cells are written anew.
func (a Area) halves(x, y, w int) {
	from := a.x + x
	row := a.g.cells[(a.y+y)*a.g.w:][:a.g.w]
	if row[from].text == "" && from > 0 {
		row[from-1].text = " "
	}
	if to := from + w; to < len(row) && row[to].text == "" {
		row[to].text = " "
	}
}
