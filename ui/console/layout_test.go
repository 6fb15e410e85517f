package console

import (
	"testing"

	"atelier/ui/console/screen"
)

func TestLayoutNeverOverlapsOrOverflows(t *testing.T) {
	for w := range 401 {
		for h := range 121 {
			s := Layout(w, h)
			if tiny := w < minWidth || h < minHeight; tiny != (s.Form == Tiny) {
				t.Fatalf("%d×%d: form %v", w, h, s.Form)
			}
			if s.Form == Tiny {
				continue
			}
			bench := []screen.Rect{s.Header, s.Network, s.Attempts, s.Counts, s.Log, s.Prompt, s.Notice}
			lesson := []screen.Rect{s.Header, s.Lesson, s.Prompt, s.Notice}
			if s.Form == Pages {
				lesson = append(lesson, s.Strip)
			} else {
				bench = append(bench, s.Lesson)
			}
			for _, page := range [][]screen.Rect{bench, lesson} {
				for i, r := range page {
					if r.Empty() || r.X < 0 || r.Y < 0 || r.X+r.W > w || r.Y+r.H > h {
						t.Fatalf("%d×%d: rectangle %d of %v does not fit", w, h, i, page)
					}
					for _, o := range page[:i] {
						if !r.Within(o).Empty() {
							t.Fatalf("%d×%d: %v and %v overlap", w, h, r, o)
						}
					}
				}
			}
		}
	}
}

func TestLayoutHasRoomForWhatMatters(t *testing.T) {
	for _, c := range []struct{ w, h, lanes int }{{60, 20, 3}, {80, 24, 6}, {100, 30, 6}, {120, 40, 13}, {200, 60, 24}} {
		s := Layout(c.w, c.h)
		if s.Attempts.H < c.lanes {
			t.Errorf("%d×%d: %d rows for attempts, want %d", c.w, c.h, s.Attempts.H, c.lanes)
		}
		if s.Lesson.W > lessonAtMost {
			t.Errorf("%d×%d: the lesson is %d wide", c.w, c.h, s.Lesson.W)
		}
	}
}
