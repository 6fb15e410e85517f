package layout

import (
	"testing"

	"atelier/ui/console/screen"
)

// eight views, as many as there will ever be.
func eight() []View {
	return []View{
		{Rows: [4]int{3, 3, 6, 6}, Yields: 3},
		{Rows: [4]int{4, 5, 6, 14}, Grows: true, Yields: 1},
		{Rows: [4]int{4, 5, 6, 10}, Grows: true, Yields: 4},
		{Rows: [4]int{3, 4, 8, 14}, Yields: 2},
		{Rows: [4]int{2, 2, 4, 6}, Yields: 7},
		{Rows: [4]int{3, 4, 6, 10}, Yields: 5},
		{Rows: [4]int{4, 5, 6, 10}, Grows: true, Yields: 6},
		{Rows: [4]int{3, 4, 6, 10}, Yields: 8},
	}
}

func TestNothingOverlapsOrOverflows(t *testing.T) {
	views := eight()
	widths := []int{1, 59, 60, 61, 99, 100, 101, 120, 189, 190, 191, 400}
	for w := 1; w <= 400; w++ {
		for h := 1; h <= 120; h++ {
			check(t, Wanted{Width: w, Height: h, Views: views, Shown: 0x1b, First: Nowhere, Zoomed: Nowhere, Strip: true})
		}
	}
	for set := Set(0); set < 256; set++ {
		for _, w := range widths {
			for h := 1; h <= 120; h++ {
				check(t, Wanted{Width: w, Height: h, Views: views, Shown: set, First: Spot(h%9 - 1), Zoomed: Nowhere, Notice: h % 6, Strip: w%2 == 0})
			}
		}
	}
	for zoomed := Lesson; zoomed < 8; zoomed++ {
		for _, w := range widths {
			for h := 1; h <= 120; h++ {
				check(t, Wanted{Width: w, Height: h, Views: views, Shown: 0xff, First: Nowhere, Zoomed: zoomed, Notice: h % 5})
			}
		}
	}
}

func check(t *testing.T, w Wanted) {
	t.Helper()
	s := Of(w)
	if tiny := w.Width < MinWidth || w.Height < MinHeight; tiny != (s.Form == Tiny) {
		t.Fatalf("%+v: form %v", w, s.Form)
	}
	if s.Form == Tiny {
		return
	}
	always := []screen.Rect{s.Header, s.Prompt, s.Notice}
	lesson, bench := always, always
	if !s.Lesson.Empty() {
		lesson = append(lesson[:len(lesson):len(lesson)], s.Lesson)
	}
	if !s.Strip.Empty() {
		lesson = append(lesson, s.Strip)
	}
	stand := s.Gone
	for i, v := range s.Views {
		bench = append(bench[:len(bench):len(bench)], v.At)
		if stand.Has(v.View) || v.At.H < w.Views[v.View].Rows[0] {
			t.Fatalf("%+v: view %d twice, or in %d rows", w, v.View, v.At.H)
		}
		if i > 0 && v.At.Y != s.Views[i-1].At.Y+s.Views[i-1].At.H+1 {
			t.Fatalf("%+v: no title above view %d", w, v.View)
		}
		stand = stand.With(v.View)
	}
	if w.Zoomed == Nowhere && stand != w.Shown {
		t.Fatalf("%+v: %b stand or gave way", w, stand)
	}
	if w.Zoomed == Nowhere && w.Shown.Has(int(w.First)) && s.Gone.Has(int(w.First)) {
		t.Fatalf("%+v: the view that should stay is gone", w)
	}
	if s.Form == Wide {
		bench = append(bench, lesson[len(always):]...)
	}
	for _, page := range [][]screen.Rect{lesson, bench} {
		for i, r := range page {
			if r.Empty() || r.X < 0 || r.Y < 0 || r.X+r.W > w.Width || r.Y+r.H > w.Height {
				t.Fatalf("%+v: %v does not fit", w, r)
			}
			for _, o := range page[:i] {
				if !r.Within(o).Empty() {
					t.Fatalf("%+v: %v and %v overlap", w, r, o)
				}
			}
		}
	}
}

func TestThereIsRoomForWhatMatters(t *testing.T) {
	usual := Set(0).With(0).With(1).With(3).With(4)
	for _, c := range []struct{ w, h, lanes int }{{60, 20, 4}, {80, 24, 6}, {100, 30, 6}, {120, 40, 13}, {200, 60, 24}} {
		s := Of(Wanted{Width: c.w, Height: c.h, Views: eight(), Shown: usual, First: Nowhere, Zoomed: Nowhere})
		if len(s.Views) != 4 || s.Views[1].At.H < c.lanes {
			t.Errorf("%d×%d: %+v for attempts, want %d rows", c.w, c.h, s.Views, c.lanes)
		}
		if s.Lesson.W > lessonAtMost {
			t.Errorf("%d×%d: the lesson is %d wide", c.w, c.h, s.Lesson.W)
		}
	}
}

func TestTheLeastNeededGivesWayFirst(t *testing.T) {
	w := Wanted{Width: 80, Height: 24, Views: eight(), Shown: 0xff, First: 7, Zoomed: Nowhere}
	s := Of(w)
	if s.Gone != Set(0).With(4).With(6).With(5).With(2) {
		t.Errorf("%b gave way", s.Gone)
	}
}

func TestAZoomedViewHasTheWholeScreen(t *testing.T) {
	s := Of(Wanted{Width: 120, Height: 40, Views: eight(), Shown: 0x1b, First: Nowhere, Zoomed: 1})
	if len(s.Views) != 1 || s.Views[0].At != screen.At(1, 2, 118, 35) || !s.Lesson.Empty() || s.Gone != 0 {
		t.Errorf("%+v", s)
	}
}
