package pane

import "atelier/ui/console/screen"

// Scroll is a text that may be longer than its room, made of items of some
// rows each. Its zero value is ready.
type Scroll struct {
	rows  []screen.Line
	items []int // the item that each row belongs to
	first int   // row in sight
}

// Set takes the text in. The item that stood on the first row stays there,
// whatever came before it, in whatever language or width.
func (s *Scroll) Set(items [][]screen.Line) {
	item, into := 0, 0
	if s.first < len(s.items) {
		item = s.items[s.first]
		for into < s.first && s.items[s.first-into-1] == item {
			into++
		}
	}
	s.rows, s.items = s.rows[:0], s.items[:0]
	first := 0
	for i, rows := range items {
		if i == item {
			first = len(s.rows) + min(into, max(len(rows)-1, 0))
		}
		for _, r := range rows {
			s.rows, s.items = append(s.rows, r), append(s.items, i)
		}
	}
	s.first = first
}

// By moves by some rows, with so many in sight.
func (s *Scroll) By(rows, sight int) {
	s.first = max(0, min(s.first+rows, len(s.rows)-sight))
}

// Key moves as a key says that scrolls a page, with so many rows in sight; false
// where it is none of those.
func (s *Scroll) Key(key string, sight int) bool {
	switch key {
	case "j":
		key = "down"
	case "k":
		key = "up"
	case "space":
		key = "pgdown"
	}
	by, is := Steps(key, sight)
	s.By(by, sight)
	return is
}

// Fits says that all rows are in sight at once.
func (s *Scroll) Fits(sight int) bool { return len(s.rows) <= sight }

// Put draws the rows that are in sight. Where there are more, a bar at the right
// says where these stand.
func (s *Scroll) Put(a screen.Area, ascii bool) {
	s.By(0, a.H)
	for y := range min(a.H, len(s.rows)-s.first) {
		s.rows[s.first+y].Put(a, 0, y)
	}
	if s.Fits(a.H) || a.H < 3 {
		return
	}
	thumb := "┃"
	if ascii {
		thumb = "#"
	}
	long := max(1, a.H*a.H/len(s.rows))
	from := s.first * (a.H - long) / (len(s.rows) - a.H)
	for y := range a.H {
		if y >= from && y < from+long {
			a.Put(a.W-1, y, thumb, screen.Accent)
		} else {
			a.Put(a.W-1, y, "│", screen.Quiet)
		}
	}
}
