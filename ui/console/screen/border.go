package screen

// Box draws a border with a title.
func Box(a Area, r Rect, title string, st Style) {
	for y := r.Y + 1; y < r.Y+r.H-1; y++ {
		a.Put(r.X, y, "│", st)
		a.Put(r.X+r.W-1, y, "│", st)
	}
	edge(a, r, r.Y, "╭", title, "╮", st)
	edge(a, r, r.Y+r.H-1, "╰", "", "╯", st)
}

// Rule draws a border between two panes of a frame.
func Rule(a Area, r Rect, y int, title string, st Style) { edge(a, r, y, "├", title, "┤", st) }

// Title draws the border above a pane of a frame, at its top or between two.
func Title(a Area, r Rect, y int, title string, top bool, st Style) {
	if top {
		edge(a, r, y, "╭", title, "╮", st)
		return
	}
	edge(a, r, y, "├", title, "┤", st)
}

// Tint changes the colour of a border where it has another one.
func Tint(a Area, r Rect, from, to Style) {
	for x := range r.W {
		a.tint(r.X+x, r.Y, from, to)
		a.tint(r.X+x, r.Y+r.H-1, from, to)
	}
	for y := range r.H {
		a.tint(r.X, r.Y+y, from, to)
		a.tint(r.X+r.W-1, r.Y+y, from, to)
	}
}

func edge(a Area, r Rect, y int, left, title, right string, st Style) {
	a.Fill(r.X+1, y, r.W-2, "─", st)
	a.Put(r.X, y, left, st)
	a.Put(r.X+r.W-1, y, right, st)
	if title != "" {
		a.Put(r.X+2, y, " "+title+" ", Bold)
	}
}
