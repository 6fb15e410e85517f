package console

import (
	"atelier/ui/console/screen"
)

// Form is the shape that a screen takes at a size.
type Form uint8

// The forms of the screen.
const (
	Tiny  Form = iota // too small: one polite line
	Pages             // lesson and bench are two pages
	Wide              // lesson left, bench right
)

// Screen says where everything stands. A pane's rectangle is what it may draw
// in; borders and titles stand around it, the title in the row above. In the
// form of Pages the lesson (with its strip of lanes) and the bench take the
// same place, one at a time.
type Screen struct {
	Width, Height int
	Form          Form

	Header         screen.Rect
	Lesson         screen.Rect
	Strip          screen.Rect // the lanes that stay below the lesson; Pages only
	Network        screen.Rect
	Attempts       screen.Rect
	Counts         screen.Rect
	Log            screen.Rect
	Prompt, Notice screen.Rect

	LessonFrame, BenchFrame screen.Rect // with their borders
}

// The sizes at which the form changes.
const (
	minWidth, minHeight = 60, 20
	wideFrom            = 100
	lessonAtMost        = 76
	stripRows           = 3
)

// Layout turns a size into rectangles.
func Layout(w, h int) Screen {
	s := Screen{Width: max(w, 0), Height: max(h, 0)}
	if w < minWidth || h < minHeight {
		return s
	}
	s.Header = screen.At(0, 0, w, 1)
	s.Prompt = screen.At(0, h-2, w, 1)
	s.Notice = screen.At(0, h-1, w, 1)
	body := screen.At(0, 1, w, h-3)
	if w < wideFrom {
		s.Form = Pages
		s.LessonFrame, s.BenchFrame = body, body
		in := inside(body)
		s.Lesson = screen.At(in.X+1, in.Y, in.W-2, in.H-stripRows-1)
		s.Strip = screen.At(in.X, in.Y+in.H-stripRows, in.W, stripRows)
	} else {
		s.Form = Wide
		lesson := min(w*40/100, lessonAtMost)
		s.LessonFrame = screen.At(0, body.Y, lesson, body.H)
		s.BenchFrame = screen.At(lesson, body.Y, w-lesson, body.H)
		in := inside(s.LessonFrame)
		s.Lesson = screen.At(in.X+1, in.Y, in.W-2, in.H)
	}
	s.bench()
	return s
}

// bench shares the rows of the bench among its four panes. Attempts take what
// the others leave, and never the least.
func (s *Screen) bench() {
	in := inside(s.BenchFrame)
	rows := in.H - 3 // three titles between four panes
	network, counts, log := 3, 2, 3
	if rows >= 14 {
		log = 4
	}
	if rows >= 24 {
		network, counts, log = 6, 4, 8
	}
	if rows >= 40 {
		counts, log = 6, 14
	}
	y := in.Y
	take := func(h int) screen.Rect {
		r := screen.At(in.X, y, in.W, h)
		y += h + 1
		return r
	}
	s.Network = take(network)
	s.Attempts = take(rows - network - counts - log)
	s.Counts = take(counts)
	s.Log = take(log)
}

func inside(r screen.Rect) screen.Rect { return screen.At(r.X+1, r.Y+1, r.W-2, r.H-2) }
