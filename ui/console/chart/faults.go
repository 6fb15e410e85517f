package chart

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Faults draws the faults of a run above and behind what shares its time axis.
// It keeps what it needs from one frame to the next.
type Faults struct {
	About bool // a fault of others was drawn: its times are approximate

	axis    Axis
	snap    *ledger.Snapshot
	now     time.Duration
	lang    words.Lang
	kinds   []faultRow
	words   telling.FaultWords
	brokers []int32 // that the row is about
}

// On says what to draw on: an axis, a run as it is known, and the time that
// faults in force have come to.
func (f *Faults) On(ax Axis, s *ledger.Snapshot, now time.Duration, lang words.Lang) {
	f.axis, f.snap, f.now, f.lang = ax, s, now, lang
	f.About = false
}

// faultRow is a fault within the axis: the same toxic on several brokers is
// one.
type faultRow struct {
	band    int           // the first one, in the snapshot
	overlap time.Duration // with the window; one in force counts as more than all
	shown   bool
}

// Rows writes a row for each kind of fault within the axis, those in force
// and those that reach furthest first, and returns how many rows that took.
func (f *Faults) Rows(a screen.Area, y, atMost int) int {
	f.kinds = f.kinds[:0]
	for i := range f.snap.Bands {
		b := &f.snap.Bands[i]
		if !f.within(b) || f.repeated(i) {
			continue
		}
		row := faultRow{band: i, overlap: min(b.To, f.axis.to()) - max(b.From, f.axis.from)}
		if b.To < 0 {
			row.overlap = f.axis.span + 1
		}
		f.kinds = append(f.kinds, row)
	}
	left := len(f.kinds)
	for ; left > max(0, len(f.kinds)-atMost); left-- {
		best := -1
		for k := range f.kinds {
			if !f.kinds[k].shown && (best < 0 || f.kinds[k].overlap >= f.kinds[best].overlap) {
				best = k // of two alike, the later
			}
		}
		f.kinds[best].shown = true
	}
	used := 0
	for _, row := range f.kinds {
		if row.shown {
			f.row(a, y+used, row.band)
			used++
		}
	}
	if left > 0 && used > 0 {
		a.PutRight(a.W-1, y+used-1, "+"+strconv.Itoa(left)+" "+f.lang.Pick(telling.Plural(int64(left), "fault", "faults"), telling.Plural(int64(left), "panne", "pannes")), screen.Fault)
	}
	return used
}

func (f *Faults) row(a screen.Area, y, first int) {
	b := &f.snap.Bands[first]
	arrow := map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream]
	if b.Approximate {
		arrow = strings.TrimSuffix(arrow, " ") + telling.About
		f.About = true
	}
	f.brokers = f.brokers[:0]
	for k := first; k < len(f.snap.Bands); k++ {
		if o := &f.snap.Bands[k]; (k == first || same(b, o)) && !slices.Contains(f.brokers, o.Broker) {
			f.brokers = append(f.brokers, o.Broker)
		}
	}
	said := telling.Down(b.Kind, f.brokers, f.lang)
	if room := f.axis.X - 2 - screen.Width(arrow); said == "" {
		said = f.words.Of(b.Kind, b.Detail, f.lang)
		if screen.Width(said) > room {
			arrow = strings.TrimSuffix(arrow, " ")
			said = whole(said, f.axis.X-2-screen.Width(arrow))
		}
	} else if screen.Width(said) > room {
		said = telling.Down(b.Kind, nil, f.lang)
	}
	a.Put(1, y, screen.Cut(arrow+said, f.axis.X-2), screen.Fault)
	for k := first; k < len(f.snap.Bands); k++ {
		if o := &f.snap.Bands[k]; k == first || same(b, o) {
			f.band(a, y, o)
		}
	}
}

func (f *Faults) band(a screen.Area, y int, b *ledger.Band) {
	if !f.within(b) {
		return
	}
	x0, x1 := f.reach(b)
	a.Fill(x0, y, x1-x0+1, "░", screen.Fault)
	if b.To >= 0 && b.To < f.axis.to() {
		a.Put(x1, y, "┃", screen.Fault)
	}
	// A toxic that is not everywhere says where.
	if len(f.brokers) == 1 && len(f.snap.Brokers) > 1 && b.Stream != "" {
		if s := " broker " + strconv.Itoa(int(b.Broker)) + " "; screen.Width(s)+4 <= x1-x0 {
			a.Put(x0+2, y, s, screen.Fault)
		}
	}
}

// reach is the columns of a fault; one in force reaches as far as time has.
func (f *Faults) reach(b *ledger.Band) (x0, x1 int) {
	to := b.To
	if to < 0 {
		to = max(f.now, f.snap.Last)
	}
	return f.axis.Col(b.From), f.axis.Col(to)
}

func (f *Faults) within(b *ledger.Band) bool {
	return b.From < f.axis.to() && (b.To < 0 || b.To > f.axis.from)
}

// repeated says that an earlier row shows a fault already: the same toxic on
// another broker.
func (f *Faults) repeated(i int) bool {
	for k := range f.kinds {
		row := &f.kinds[k]
		o, b := &f.snap.Bands[row.band], &f.snap.Bands[i]
		if !same(o, b) {
			continue
		}
		if b.To < 0 {
			row.overlap = f.axis.span + 1
		} else {
			row.overlap = max(row.overlap, min(b.To, f.axis.to())-max(b.From, f.axis.from))
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

// Shade lays each fault behind the lanes.
func (f *Faults) Shade(a screen.Area, top, bottom int) {
	for i := range f.snap.Bands {
		b := &f.snap.Bands[i]
		if !f.within(b) {
			continue
		}
		x0, x1 := f.reach(b)
		for y := top; y < bottom; y++ {
			a.Shade(x0, y, x1-x0+1, screen.OnFault)
		}
	}
}
