package console

import (
	"atelier/kafka/ledger"
)

// faults writes a row for each kind of fault within the window and returns how
// many rows that took.
func (l *attempts) faults(a area, y int, ax axis, s *ledger.Snapshot, atMost int) int {
	used := 0
	for i := range s.Bands {
		b := &s.Bands[i]
		if !l.within(b, ax) || l.repeated(s, i, ax) {
			continue
		}
		if used == atMost {
			break
		}
		words := faultText(b.Kind, b.Detail, l.lang)
		arrow := map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream]
		a.put(1, y+used, cut(arrow+words, ax.x-2), fault)
		for k := i; k < len(s.Bands); k++ {
			if o := &s.Bands[k]; k == i || same(b, o) {
				l.band(a, y+used, ax, o)
			}
		}
		used++
	}
	return used
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
	for k := range i {
		if l.within(&s.Bands[k], ax) && same(&s.Bands[k], &s.Bands[i]) {
			return true
		}
	}
	return false
}

func same(a, b *ledger.Band) bool {
	if a.Kind != b.Kind || a.Stream != b.Stream || len(a.Detail) != len(b.Detail) {
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
