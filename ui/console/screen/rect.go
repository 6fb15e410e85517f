package screen

// Rect is a part of the screen, in columns and rows.
type Rect struct{ X, Y, W, H int }

// At is a rectangle from its corner and its size.
func At(x, y, w, h int) Rect { return Rect{x, y, w, h} }

// Empty says that there is nothing to draw in.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Within cuts a rectangle to another one.
func (r Rect) Within(o Rect) Rect {
	x0, y0 := max(r.X, o.X), max(r.Y, o.Y)
	x1, y1 := min(r.X+r.W, o.X+o.W), min(r.Y+r.H, o.Y+o.H)
	if x1 <= x0 || y1 <= y0 {
		return Rect{X: x0, Y: y0}
	}
	return Rect{x0, y0, x1 - x0, y1 - y0}
}
