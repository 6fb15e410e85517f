package pane

import "testing"

func TestAListFollowsUntilSomebodyChooses(t *testing.T) {
	var l List[int]
	oldest := 0
	key := func(row int) int { return oldest + row }
	check := func(n, want, first int) {
		t.Helper()
		at := l.Chosen(n, key)
		if got := l.First(at, n, 4); at != want || got != first {
			t.Errorf("row %d from %d, want %d from %d", at, got, want, first)
		}
	}
	check(0, -1, 0)
	check(3, 2, 0)
	check(10, 9, 6)
	l.Choose(8, 10, key)
	check(10, 8, 6)
	check(20, 8, 6) // it stays while rows are added
	oldest = 5      // and while the oldest go
	check(20, 3, 3)
	oldest = 50
	check(20, 0, 0)
	l.Choose(99, 20, key)
	check(30, 29, 26)
	l.Choose(-3, 30, key)
	check(30, 0, 0)
}
