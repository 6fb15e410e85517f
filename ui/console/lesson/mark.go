package lesson

// mark is a place in a step that holds at any width and in any language: the
// block at the top of the screen, and the lab in focus.
type mark struct {
	block int // in Step.Blocks; -1 stands for the title
	rows  int // of it that are above the top
	lab   int // in focus, among those of the step
	shows bool
}

// keep notes the place before the rows move. Rows that have moved already
// leave the note as it is.
func (l *Pane) keep() {
	if !l.laidOut || len(l.rows) == 0 {
		return
	}
	at := mark{block: -1, rows: l.scroll, lab: l.block, shows: l.scroll > 0 && l.inSight(l.block)}
	for i, from := range l.blocks {
		if from <= l.scroll {
			at.block, at.rows = i, l.scroll-from
		}
	}
	l.found = &at
}

// goBack scrolls to the place that was kept, and to the lab in focus where it
// was in sight.
func (l *Pane) goBack() {
	if l.found == nil || len(l.rows) == 0 {
		return
	}
	at := *l.found
	l.found = nil
	from, end := 0, len(l.rows)
	if at.block >= 0 && at.block < len(l.blocks) {
		from = l.blocks[at.block]
		if at.block+1 < len(l.blocks) {
			end = l.blocks[at.block+1]
		}
	} else if len(l.blocks) > 0 {
		end = l.blocks[0]
	}
	l.scroll = min(from+min(at.rows, max(end-from-1, 0)), max(0, len(l.rows)-l.H))
	if at.shows && at.lab == l.block {
		l.reveal()
	}
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
