package story

import (
	"strings"

	"atelier/ui/console/screen"
)

// lifeline is one of the three that arrows go between.
type lifeline uint8

const (
	producer lifeline = iota
	proxy
	brokers
)

// stand says where everything is in a drawing of some columns.
type stand struct {
	cols  [3]int // of the lifelines
	notes int    // where notes stand beside the drawing; 0: below their arrow
	w     int
}

const (
	timeWidth = 10 // of the times, left of everything
	notesFrom = 96 // columns from which notes have a place of their own
)

func standing(w int) stand {
	s := stand{w: w}
	s.cols[producer] = timeWidth + 2
	s.cols[brokers] = max(w-6, timeWidth+12)
	if w >= notesFrom {
		s.cols[brokers] = s.cols[producer] + min(w*48/100, 68)
		s.notes = s.cols[brokers] + 6
	}
	s.cols[proxy] = (s.cols[producer] + s.cols[brokers]) / 2
	return s
}

// arrow is a request or an answer, as far as it came.
type arrow struct {
	from, to lifeline
	word     string // where it starts
	came     string // where it ends: when that was
	short    string // what became of it, where it ends before its aim
	shortSt  screen.Style
}

// sign is a mark on a lifeline.
type sign struct {
	mark string
	st   screen.Style
}

// row is one row of the drawing.
type row struct {
	at     string
	prose  bool   // no lifelines
	head   string // names the lifelines, the broker's by this
	names  [2]string
	road   bool // a fault is in force: the proxy's lifeline shows it
	arrow  *arrow
	signs  [3]sign
	text   screen.Line // beside a lifeline, above the others
	beside lifeline
	below  bool        // under an arrow: it ends at the broker's lifeline
	note   screen.Line // beside the drawing
}

func (r *row) draw(a screen.Area, y int, s *stand) {
	if r.prose {
		r.text.Put(a, 1, y)
		return
	}
	if r.at != "" {
		a.PutRight(timeWidth, y, r.at, screen.Faint)
	}
	r.lines(a, y, s)
	if r.head != "" {
		centre(a, s.cols[producer], y, r.names[0])
		centre(a, s.cols[proxy], y, r.names[1])
		centre(a, s.cols[brokers], y, r.head)
		return
	}
	if r.arrow != nil {
		r.arrow.draw(a, y, s)
	}
	for i, m := range r.signs {
		if m.mark != "" {
			a.Put(s.cols[i], y, m.mark, m.st|screen.Bold)
		}
	}
	if w := r.text.Width(); w > 0 {
		x := s.cols[r.beside] + 2
		if r.below {
			x = max(x, s.cols[brokers]-1-w)
		}
		a.Fill(x-1, y, w+2, " ", screen.Ink)
		r.text.Put(a, x, y)
	}
	r.note.Put(a, s.notes, y)
}

func (r *row) lines(a screen.Area, y int, s *stand) {
	a.Put(s.cols[producer], y, "│", screen.Quiet)
	a.Put(s.cols[brokers], y, "│", screen.Quiet)
	if r.road {
		a.Put(s.cols[proxy], y, "░", screen.Fault)
		return
	}
	a.Put(s.cols[proxy], y, "┃", screen.Quiet)
}

func centre(a screen.Area, x, y int, s string) {
	w := screen.Width(s)
	x = max(0, min(x-w/2, a.W-w))
	a.Fill(x-1, y, w+2, " ", screen.Ink)
	a.Put(x, y, s, screen.Bold)
}

// draw draws the arrow with its words, as far as there is room for them.
func (w *arrow) draw(a screen.Area, y int, s *stand) {
	from, to := s.cols[w.from], s.cols[w.to]
	left, right := min(from, to), max(from, to)
	a.Fill(left+1, y, right-left-1, "─", screen.Ink)
	if w.from != proxy && w.to != proxy {
		a.Put(s.cols[proxy], y, "┼", screen.Ink)
	}
	half := s.cols[proxy] - s.cols[producer] - 3
	came := w.came
	if screen.Width(came)+3 > half {
		_, came, _ = strings.Cut(came, " ") // the time without its word
	}
	word := " " + w.word + " "
	if w.from == proxy {
		word, came = "", "" // one half has room for one of them
	}
	if came != "" {
		came = " " + came + " "
	}
	if from < to {
		a.Put(from, y, "├", screen.Ink)
		a.Put(from+2, y, word, screen.Bold)
		a.PutRight(to-2, y, came, screen.Faint)
		a.Put(to-1, y, "▶", screen.Bold)
	} else {
		a.Put(from, y, "┤", screen.Ink)
		a.PutRight(from-1, y, word, screen.Bold)
		a.Put(to+3, y, came, screen.Faint)
		a.Put(to+1, y, "◀", screen.Bold)
	}
	if w.to == proxy && from < to {
		a.Put(to+2, y, screen.Cut(w.short, s.cols[brokers]-to-3), w.shortSt)
	} else if w.to == proxy {
		a.PutRight(to-1, y, screen.Cut(w.short, half-1), w.shortSt)
	}
}
