package screen

// cell is one place on the screen. The right half of a wide character is a
// cell without text.
type cell struct {
	text  string
	style Style
}

// Grid is a screen of cells. Panes draw into areas of it, and it is written
// out once a frame.
type Grid struct {
	w, h  int
	cells []cell
}

// Resize makes a blank grid of another size.
func (g *Grid) Resize(w, h int) {
	g.w, g.h = w, h
	g.cells = make([]cell, w*h)
	g.All().Clear()
}

// All is the whole grid.
func (g *Grid) All() Area { return Area{g: g, W: g.w, H: g.h} }

// At is a part of the grid.
func (g *Grid) At(r Rect) Area {
	r = r.Within(Rect{W: g.w, H: g.h})
	return Area{g: g, x: r.X, y: r.Y, W: r.W, H: r.H}
}

// Encode writes the grid for a terminal. Blanks at the end of a line are left
// out, since the terminal has them already.
func (g *Grid) Encode(b []byte, l *Look) []byte {
	for y := range g.h {
		if y > 0 {
			b = append(b, '\n')
		}
		row := g.cells[y*g.w : (y+1)*g.w]
		end := len(row)
		for end > 0 && row[end-1].text == " " && row[end-1].style&shownOnBlank == 0 {
			end--
		}
		var st Style
		for i := 0; i < end; i++ {
			c := &row[i]
			if c.text == "" {
				continue
			}
			if changed := c.style ^ st; changed&shownOnBlank != 0 || changed != 0 && c.text != " " {
				st = c.style
				b = append(b, l.sgr(st)...)
			}
			switch {
			case l.ascii && c.text == "…":
				n := dots(row[i:])
				b = append(b, "..."[:n]...)
				i += n - 1
			case l.ascii:
				b = appendASCII(b, c.text)
			default:
				b = append(b, c.text...)
			}
		}
		if st != 0 {
			b = append(b, "\x1b[m"...)
		}
	}
	return b
}

// dots is how many columns an ellipsis may take where it is written as dots: its
// own, and blank ones behind it, but for the last before a word.
func dots(row []cell) int {
	const most = 3
	n := 1
	for n <= most && n < len(row) && row[n].text == " " && (row[n].style^row[0].style)&shownOnBlank == 0 {
		n++
	}
	if n < len(row) && n <= most && row[n].text != " " && n > 1 {
		n--
	}
	return min(n, most)
}
