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

// ample are the views with those that come in by themselves, and what each has
// to show.
func ample(needs ...int) Wanted {
	views := eight()
	views[2].Comes, views[7].Comes, views[5].Comes = 2, 1, 3
	return Wanted{Width: 200, Height: 60, Views: views, Shown: Set(0).With(0).With(1).With(4), First: Nowhere, Zoomed: Nowhere, Needs: needs}
}

func heights(s Screen) map[int]int {
	out := map[int]int{}
	for _, v := range s.Views {
		out[v.View] = v.At.H
	}
	return out
}

func TestAnAmpleScreenHasNoIdleRows(t *testing.T) {
	w := ample(6, 11, 18, 3, 4, 12, 9, 11)
	got := heights(Of(w))
	if got[0] != 6 || got[1] != 11 || got[4] != 4 || got[2] < 10 || got[5] < 7 || got[7] < 9 {
		t.Errorf("%v", got)
	}
	w.Needs[7], w.Hidden = 0, Set(0).With(2)
	if got = heights(Of(w)); got[7] != 0 || got[2] != 0 || got[5] == 0 {
		t.Errorf("%v: what has nothing to show, or was put away, came in", got)
	}
	w.Width = 149
	if got = heights(Of(w)); len(got) != 3 {
		t.Errorf("%v: on a screen like this only what was asked for stands", got)
	}
}

// No view keeps a blank row that another has use for; one that has nothing yet
// keeps what it has.
func TestACrowdedBenchHasNoIdleRows(t *testing.T) {
	w := Wanted{Width: 120, Height: 40, Views: eight(), Shown: Set(0).With(0).With(1).With(3).With(4).With(5), First: Nowhere, Zoomed: Nowhere}
	before := heights(Of(w))
	w.Needs = []int{6, 8, 0, 5, 4, before[5] + 2, 0, 0}
	got := heights(Of(w))
	if got[5] != before[5]+2 || got[3] != 5 || got[0] < 6 || got[1] < 8 || got[4] < 4 {
		t.Errorf("%v, before %v", got, before)
	}
	w.Needs = []int{0, 0, 0, 0, 0, 99, 0, 0}
	if got = heights(Of(w)); got[5] != before[5] || got[1] != before[1] {
		t.Errorf("%v, before %v", got, before)
	}
}

func TestAnAmpleScreenHoldsTogether(t *testing.T) {
	for h := 1; h <= 120; h++ {
		for _, width := range []int{150, 200, 400} {
			for lanes := range 40 {
				w := ample(6, 3*lanes, 18*min(lanes, 1), 1+lanes%4, lanes%7, lanes, 2*lanes, lanes%12)
				w.Height, w.Width, w.Shown = h, width, Set(lanes*7%256)
				s := Of(w)
				end := 0
				for i, v := range s.Views {
					if v.At.H < w.Views[v.View].Rows[0] || i > 0 && v.At.Y != end+1 || v.At.Y+v.At.H > h-3 {
						t.Fatalf("%+v: %+v", w, s.Views)
					}
					end = v.At.Y + v.At.H
				}
				if n := len(s.Views); n > 0 && end != s.BenchFrame.Y+s.BenchFrame.H-1 {
					t.Fatalf("%+v: rows are left over, %+v", w, s.Views)
				}
			}
		}
	}
}
