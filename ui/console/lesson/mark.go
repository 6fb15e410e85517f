package lesson

import "strings"

// mark is a place in a step that holds at any width and in any language: what
// stands at the top of the screen, and the lab in focus.
type mark struct {
	block int // in Step.Blocks; -1 stands for the title
	// letters of the block that stand above the top, of so many
	above, all int
	lab        int // in focus, among those of the step
	shows      bool
	ends       bool // its checks stand to the end on screen
	asks       int  // the question in sight that the keys go to; -1: none
}

// top is where a step opens that was never left: its title on the first row.
var top = mark{block: -1, asks: -1}

// standing is a place that was gone back to, and the row that this led to. As
// long as nobody scrolls, it is where the reader is: at another size, where the
// rows do not reach as far, that could not be read off the screen.
type standing struct {
	at     mark
	scroll int
}

// keep notes the place before the rows move. Rows that have moved already
// leave the note as it is.
func (l *Pane) keep() {
	if !l.laidOut || len(l.rows) == 0 {
		return
	}
	if s := l.standing; s != nil && s.scroll == l.scroll && s.at.lab == l.block {
		l.found = &s.at
		return
	}
	at := mark{block: -1, lab: l.block, shows: l.scroll > 0 && l.inSight(l.block), asks: -1}
	at.ends = at.shows && l.labs[l.block].to <= l.scroll+l.H
	if a := l.asking(); a != nil && l.scroll > 0 {
		for i := range l.asked {
			if a == &l.asked[i] {
				at.asks = i
			}
		}
	}
	for i, from := range l.blocks {
		if from <= l.scroll {
			at.block = i
		}
	}
	from, end := l.rowsOf(at.block)
	at.above, at.all = l.letters(from, min(l.scroll, end)), l.letters(from, end)
	l.found = &at
}

// goBack scrolls to the place that was kept, and to the question that asked, or
// the lab in focus, where it was in sight.
func (l *Pane) goBack() {
	if l.found == nil || len(l.rows) == 0 {
		return
	}
	at := *l.found
	l.found = nil
	row, end := l.rowsOf(at.block)
	above := at.above
	if all := l.letters(row, end); at.all > 0 && all != at.all { // another language
		above = above * all / at.all
	}
	for ; row < end-1; row++ {
		if above -= l.letters(row, row+1); above < 0 {
			break
		}
	}
	l.scroll = min(row, max(0, len(l.rows)-l.H))
	switch {
	case at.asks >= 0 && at.asks < len(l.asked):
		l.showRows(l.asked[at.asks].from, l.asked[at.asks].to)
	case at.ends && at.lab == l.block:
		l.revealChecks()
	case at.shows && at.lab == l.block:
		l.reveal()
	}
	l.standing = &standing{at, l.scroll}
}

// rowsOf is where a block stands, with the empty row behind it.
func (l *Pane) rowsOf(block int) (from, end int) {
	end = len(l.rows)
	if block >= 0 && block < len(l.blocks) {
		from = l.blocks[block]
	}
	if block+1 < len(l.blocks) {
		end = l.blocks[block+1]
	}
	return from, end
}

// letters counts what some rows say, however it is broken into rows.
func (l *Pane) letters(from, to int) int {
	n := 0
	for _, row := range l.rows[from:max(from, to)] {
		for _, s := range row {
			n += len(s.Text) - strings.Count(s.Text, " ")
		}
	}
	return n
}

// showRows scrolls as little as it takes to show some rows, the first of them
// above all.
func (l *Pane) showRows(from, to int) {
	if to+1 > l.scroll+l.H { // one more for the row that says that the text goes on
		l.scroll = to + 1 - l.H
	}
	if from < l.scroll {
		l.scroll = from
	}
	l.scrollBy(0)
}
