package console

import (
	"strconv"
	"strings"
	"time"

	"atelier/kafka/ledger"
)

// faultRow is a fault within the window: the same toxic on several brokers is
// one.
type faultRow struct {
	band    int           // the first one, in the snapshot
	overlap time.Duration // with the window; one in force counts as more than all
	shown   bool
}

// faults writes a row for each kind of fault within the window, those in force
// and those that reach furthest first, and returns how many rows that took.
func (l *attempts) faults(a area, y int, ax axis, s *ledger.Snapshot, atMost int) int {
	l.kinds = l.kinds[:0]
	for i := range s.Bands {
		b := &s.Bands[i]
		if !l.within(b, ax) || l.repeated(s, i, ax) {
			continue
		}
		row := faultRow{band: i, overlap: min(b.To, ax.to()) - max(b.From, ax.from)}
		if b.To < 0 {
			row.overlap = ax.span + 1
		}
		l.kinds = append(l.kinds, row)
	}
	left := len(l.kinds)
	for ; left > max(0, len(l.kinds)-atMost); left-- {
		best := -1
		for k := range l.kinds {
			if !l.kinds[k].shown && (best < 0 || l.kinds[k].overlap >= l.kinds[best].overlap) {
				best = k // of two alike, the later
			}
		}
		l.kinds[best].shown = true
	}
	used := 0
	for _, row := range l.kinds {
		if row.shown {
			l.faultRow(a, y+used, ax, s, row.band)
			used++
		}
	}
	if left > 0 && used > 0 {
		a.putRight(a.w-1, y+used-1, "+"+strconv.Itoa(left)+" "+l.pick(plural(int64(left), "fault", "faults"), plural(int64(left), "panne", "pannes")), fault)
	}
	return used
}

func (l *attempts) faultRow(a area, y int, ax axis, s *ledger.Snapshot, first int) {
	b := &s.Bands[first]
	arrow := map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream]
	if b.Approximate {
		arrow = strings.TrimSuffix(arrow, " ") + about
		l.marks |= sawAbout
	}
	a.put(1, y, cut(arrow+l.words.of(b.Kind, b.Detail, l.lang), ax.x-2), fault)
	for k := first; k < len(s.Bands); k++ {
		if o := &s.Bands[k]; k == first || same(b, o) {
			l.band(a, y, ax, o)
		}
	}
}

func (l *attempts) band(a area, y int, ax axis, b *ledger.Band) {
	if !l.within(b, ax) {
		return
	}
	x0, x1 := l.reach(b, ax)
	a.fill(x0, y, x1-x0+1, "░", fault)
	if b.To >= 0 && b.To < ax.to() {
		a.put(x1, y, "┃", fault)
	}
}

// reach is the columns of a fault; one in force reaches as far as time has.
func (l *attempts) reach(b *ledger.Band, ax axis) (x0, x1 int) {
	to := b.To
	if to < 0 {
		to = max(l.seen.now, l.seen.snap.Last)
	}
	return ax.col(b.From), ax.col(to)
}

func (l *attempts) within(b *ledger.Band, ax axis) bool {
	return b.From < ax.to() && (b.To < 0 || b.To > ax.from)
}

// repeated says that an earlier row shows a fault already: the same toxic on
// another broker.
func (l *attempts) repeated(s *ledger.Snapshot, i int, ax axis) bool {
	for k := range l.kinds {
		row := &l.kinds[k]
		o, b := &s.Bands[row.band], &s.Bands[i]
		if !same(o, b) {
			continue
		}
		if b.To < 0 {
			row.overlap = ax.span + 1
		} else {
			row.overlap = max(row.overlap, min(b.To, ax.to())-max(b.From, ax.from))
		}
		return true
	}
	return false
}

func same(a, b *ledger.Band) bool {
	if a.Kind != b.Kind || a.Stream != b.Stream || a.Approximate != b.Approximate || len(a.Detail) != len(b.Detail) {
		return false
	}
	for k, v := range a.Detail {
		if b.Detail[k] != v {
			return false
		}
	}
	return true
}

// shade lays each fault behind the lanes.
func (l *attempts) shade(a area, ax axis, s *ledger.Snapshot, top, bottom int) {
	for i := range s.Bands {
		b := &s.Bands[i]
		if !l.within(b, ax) {
			continue
		}
		x0, x1 := l.reach(b, ax)
		for y := top; y < bottom; y++ {
			a.shade(x0, y, x1-x0+1, onFault)
		}
	}
}
