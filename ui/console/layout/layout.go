package layout

import (
	"atelier/assets/words"
	"atelier/ui/console/screen"
)

// View is what the layout has to know of a view.
type View struct {
	Title words.Text
	// Rows are the heights that it is worth, from the least it can live with to
	// the most it makes use of.
	Rows [4]int
	// Grows says that it takes what is left when all have their most.
	Grows bool
	// Comes says in which order it comes in by itself where an ample screen has
	// room left: the lowest first; 0: never.
	Comes int
	// Yields says when it gives way where rows are short: the highest first.
	Yields int
}

// Spot is a place on the screen: a view by its index, or one of those below.
type Spot int

// The spots that are no view.
const (
	Nowhere Spot = -1 - iota
	Lesson
	Prompt
)

// Set is a set of views, by index.
type Set uint16

// Has says that a view is in the set.
func (s Set) Has(view int) bool { return view >= 0 && s>>view&1 == 1 }

// With is the set and one view more.
func (s Set) With(view int) Set { return s | 1<<view }

// Without is the set and one view less.
func (s Set) Without(view int) Set { return s &^ (1 << view) }

// Wanted is what a screen has to show.
type Wanted struct {
	Width, Height int
	Views         []View // all that there are
	Shown         Set    // those that are asked for
	Needs         []int  // rows that each view has something to fill with; nil: all they get
	Hidden        Set    // those that must not come in by themselves
	First         Spot   // the view that gives way last
	Zoomed        Spot   // what fills the screen: a view, the lesson, or nothing
	Notice        int    // rows of the notice; it pushes the rest up
	Bare          bool   // there is no lesson: the bench takes its place
	Strip         bool   // lanes below the lesson, where the bench is another page
}

// Form is the shape that a screen takes at a size.
type Form uint8

// The forms of the screen.
const (
	Tiny  Form = iota // too small: one polite line
	Pages             // lesson and bench are two pages
	Wide              // lesson left, bench right
)

// Screen says where everything stands. A rectangle is what may be drawn in;
// borders and titles stand around it, a view's title in the row above. What is
// not on the screen is empty. In the form of Pages the lesson (with its strip)
// and the bench take the same place, one at a time.
type Screen struct {
	Width, Height int
	Form          Form

	Header, Lesson, Strip, Prompt, Notice screen.Rect

	LessonFrame, BenchFrame screen.Rect // with their borders

	Views []Place // from the top
	Gone  Set     // what was asked for and gave way
}

// Ample says that other views come in where there is room for them.
func (s *Screen) Ample() bool { return s.Width >= ampleFrom && s.Form != Tiny }

// Place is a view where it stands.
type Place struct {
	View  int
	Title words.Text
	At    screen.Rect
}

// The sizes at which the form changes, and what a lesson can use.
const (
	MinWidth, MinHeight = 60, 20

	wideFrom      = 100
	lessonAtLeast = 46 // the widest diagram of the course
	lessonAtMost  = 76
	ampleFrom     = 150 // from here on other views come in where rows are left
	zoomedLesson  = 100
	stripRows     = 3
	noticeAtMost  = 4
)

// Of lays a screen out.
func Of(w Wanted) Screen {
	s := Screen{Width: max(w.Width, 0), Height: max(w.Height, 0)}
	if w.Width < MinWidth || w.Height < MinHeight {
		return s
	}
	if s.Form = Pages; w.Width >= wideFrom {
		s.Form = Wide
	}
	notice := min(max(w.Notice, 1), noticeAtMost)
	body := w.Height - 2 - notice
	views := stay(&w, body-2)
	s.Header = screen.At(0, 0, w.Width, 1)
	s.Prompt = screen.At(0, 1+body, w.Width, 1)
	s.Notice = screen.At(0, 2+body, w.Width, notice)
	s.frames(&w, screen.At(0, 1, w.Width, body), len(views) > 0)
	s.place(&w, views)
	return s
}

// frames divides the body between the lesson and the bench.
func (s *Screen) frames(w *Wanted, body screen.Rect, bench bool) {
	switch {
	case w.Zoomed == Lesson:
		s.LessonFrame = body
	case w.Zoomed >= 0 || w.Bare:
		s.BenchFrame = body
	case s.Form == Pages:
		s.LessonFrame = body
		if bench {
			s.BenchFrame = body
		}
	case !bench:
		s.LessonFrame = body
	default:
		lesson := min(max(w.Width*40/100, lessonAtLeast), lessonAtMost)
		s.LessonFrame = screen.At(0, body.Y, lesson, body.H)
		s.BenchFrame = screen.At(lesson, body.Y, w.Width-lesson, body.H)
	}
	if s.LessonFrame.Empty() {
		return
	}
	in := inside(s.LessonFrame)
	s.Lesson = screen.At(in.X+1, in.Y, min(in.W-2, zoomedLesson), in.H)
	if s.Form == Pages && w.Strip && w.Zoomed == Nowhere {
		s.Lesson.H -= stripRows + 1
		s.Strip = screen.At(in.X, in.Y+in.H-stripRows, in.W, stripRows)
	}
}

// place stacks the views in the bench.
func (s *Screen) place(w *Wanted, views []int) {
	if w.Zoomed < 0 {
		for v := range w.Views {
			if w.Shown.Has(v) {
				s.Gone = s.Gone.With(v)
			}
		}
	}
	if s.BenchFrame.Empty() {
		return
	}
	in := inside(s.BenchFrame)
	views, rows := w.share(views, in.H)
	s.Views = make([]Place, len(views))
	y := in.Y
	for i, v := range views {
		s.Views[i] = Place{v, w.Views[v].Title, screen.At(in.X, y, in.W, rows[i])}
		s.Gone = s.Gone.Without(v)
		y += rows[i] + 1
	}
}

func inside(r screen.Rect) screen.Rect { return screen.At(r.X+1, r.Y+1, r.W-2, r.H-2) }
