package pane

import (
	"strings"
	"testing"

	"atelier/ui/console/screen"
)

func items(sizes ...int) [][]screen.Line {
	var list [][]screen.Line
	for i, n := range sizes {
		var rows []screen.Line
		for range n {
			rows = append(rows, screen.Text(string(rune('a'+i)), screen.Ink))
		}
		list = append(list, rows)
	}
	return list
}

func TestWhatIsReadStaysInSight(t *testing.T) {
	var s Scroll
	top := func() string { return s.rows[s.first].String() }
	s.Set(items(2, 3, 4, 5))
	if s.Fits(5) || !s.Fits(14) || top() != "a" {
		t.Error("it does not begin at its beginning")
	}
	s.By(3, 5)
	if s.first != 3 || top() != "b" {
		t.Errorf("row %d, %s", s.first, top())
	}
	s.Set(items(9, 3, 4, 5)) // something came before it
	if s.first != 10 || top() != "b" {
		t.Errorf("row %d, %s", s.first, top())
	}
	s.Set(items(9, 1, 4, 5)) // and it has less to say
	if s.first != 9 || top() != "b" {
		t.Errorf("row %d, %s", s.first, top())
	}
	s.By(100, 5)
	if s.first != 14 {
		t.Errorf("row %d", s.first)
	}
	s.By(-100, 5)
	s.Set(nil)
	if s.By(7, 5); s.first != 0 || !s.Fits(0) {
		t.Error("there is nothing to see")
	}
}

func TestABarSaysWhereOneIs(t *testing.T) {
	var s Scroll
	s.Set(items(10, 10))
	drawn := func() string {
		var g screen.Grid
		g.Resize(4, 5)
		g.All().Clear()
		s.Put(g.All(), true)
		return string(g.Encode(nil, screen.NewLook(true, true, true)))
	}
	for _, c := range []struct {
		by   int
		want string
	}{{0, "#||||"}, {20, "||||#"}, {-20, "#||||"}} {
		s.By(c.by, 5)
		if got := strings.Map(func(r rune) rune {
			if r == '#' || r == '|' {
				return r
			}
			return -1
		}, drawn()); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
