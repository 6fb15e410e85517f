package pane

// List is which row of a growing list is chosen, by what names it, and which
// rows are in sight. Until somebody chooses it follows the last row. Its zero
// value is ready.
type List[K comparable] struct {
	chosen K
	stays  bool // on what was chosen, whatever is added
	first  int
}

// Chosen is the row that is chosen of n, each known by its key; -1 where there
// are none. A row that is gone makes way for the first.
func (l *List[K]) Chosen(n int, key func(row int) K) int {
	if !l.stays || n == 0 {
		return n - 1
	}
	for i := range n {
		if key(i) == l.chosen {
			return i
		}
	}
	return 0
}

// Choose takes a row; the last one is followed from then on.
func (l *List[K]) Choose(row, n int, key func(row int) K) {
	if n == 0 {
		return
	}
	row = min(max(row, 0), n-1)
	l.stays, l.chosen = row < n-1, key(row)
}

// First is the first row in sight, where rows of n are: the chosen one is
// among them.
func (l *List[K]) First(chosen, n, rows int) int {
	if !l.stays {
		l.first = n - rows
	}
	l.first = max(min(l.first, chosen, n-rows), chosen-rows+1, 0)
	return l.first
}

// Steps is how far a key moves in a list with some rows in sight; false where
// it has no meaning there.
func Steps(key string, rows int) (by int, is bool) {
	const far = 1 << 20
	switch key {
	case "up":
		return -1, true
	case "down":
		return 1, true
	case "pgup":
		return -max(rows-1, 1), true
	case "pgdown":
		return max(rows-1, 1), true
	case "home":
		return -far, true
	case "end":
		return far, true
	}
	return 0, false
}
