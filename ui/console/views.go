package console

import (
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/attempts"
	"atelier/ui/console/counts"
	"atelier/ui/console/journal"
	"atelier/ui/console/latency"
	"atelier/ui/console/layout"
	"atelier/ui/console/metrics"
	"atelier/ui/console/network"
	"atelier/ui/console/pane"
	"atelier/ui/console/race"
	"atelier/ui/console/reports"
	"atelier/ui/console/wire"
)

// view is one row of the table of views. A new view is a row here and a package
// of its own.
type view struct {
	layout.View
	name  string           // as a lesson's panes: says it
	keys  []string         // of the number row, also without Shift on a French keyboard
	aside words.Text       // beside its title
	usual bool             // shown where a step asks for nothing
	told  bool             // in words also where it is not shown
	pane  func() pane.Pane // makes it

	// fills is how many rows it can fill with what the ledger knows; 0: it has
	// nothing to show.
	fills func(*ledger.Snapshot) int
	more  int // rows that it fills beside, while it has the focus
}

// views is the table. 1 to 9 are & é " ' ( - è _ ç on a French keyboard.
func views() []view {
	return []view{
		{
			View: layout.View{Title: words.Text{En: "network", Fr: "réseau"}, Rows: [4]int{3, 3, 6, 6}, Yields: 3},
			name: "network", keys: []string{"1", "&"}, usual: true,
			aside: words.Text{En: "┃ proxy · ★ leads · ● under way", Fr: "┃ proxy · ★ leader · ● en route"},
			pane:  func() pane.Pane { return network.New() },
			fills: func(s *ledger.Snapshot) int { return 2 * len(s.Brokers) },
		},
		{
			View: layout.View{Title: words.Text{En: "attempts", Fr: "tentatives"}, Rows: [4]int{4, 5, 6, 14}, Grows: true, Yields: 1},
			name: "attempts", keys: []string{"2", "é"}, usual: true,
			pane:  func() pane.Pane { return attempts.New(false) },
			fills: attempts.Rows,
		},
		{
			View: layout.View{Title: words.Text{En: "latency", Fr: "latence"}, Rows: [4]int{4, 6, 8, 12}, Grows: true, Comes: 2, Yields: 4},
			name: "latency", keys: []string{"3", "\""},
			pane:  func() pane.Pane { return latency.New() },
			fills: latency.Rows,
		},
		{
			View: layout.View{Title: words.Text{En: "counts", Fr: "comptes"}, Rows: [4]int{2, 2, 4, 6}, Yields: 7},
			name: "counts", keys: []string{"5", "("}, usual: true, told: true,
			pane:  func() pane.Pane { return counts.New() },
			fills: counts.Rows,
		},
		{
			View: layout.View{Title: words.Text{En: "log", Fr: "journal"}, Rows: [4]int{3, 4, 8, 14}, Yields: 2},
			name: "log", keys: []string{"4", "'"}, usual: true, told: true,
			pane:  func() pane.Pane { return journal.New() },
			fills: journal.Rows,
		},
		{
			View: layout.View{Title: words.Text{En: "reports", Fr: "rapports"}, Rows: [4]int{3, 5, 7, 12}, Grows: true, Comes: 3, Yields: 5},
			name: "reports", keys: []string{"6", "-"},
			pane:  func() pane.Pane { return reports.New() },
			fills: reports.Rows,
		},
		{
			View: layout.View{Title: words.Text{En: "wire", Fr: "trames"}, Rows: [4]int{4, 6, 8, 14}, Grows: true, Comes: 4, Yields: 6},
			name: "wire", keys: []string{"7", "è"},
			pane:  func() pane.Pane { return wire.New() },
			fills: wire.Rows, more: wire.Told,
		},
		{
			View: layout.View{Title: words.Text{En: "metrics", Fr: "métriques"}, Rows: [4]int{3, 5, 7, 12}, Yields: 8},
			name: "metrics", keys: []string{"8", "_"},
			pane:  func() pane.Pane { return metrics.New() },
			fills: func(*ledger.Snapshot) int { return 14 },
		},
		{
			View: layout.View{Title: words.Text{En: "race", Fr: "course"}, Rows: [4]int{3, 5, 6, 11}, Comes: 1, Yields: 4},
			name: "race", keys: []string{"9", "ç"},
			pane:  func() pane.Pane { return race.New() },
			fills: race.Rows,
		},
	}
}

// bench is what the views are on screen: the table, the panes made from it, and
// which of them are shown.
type bench struct {
	table []view
	byKey []int         // the views as their keys stand on the keyboard
	rooms []layout.View // of the table
	panes []pane.Pane
	shown layout.Set
	first layout.Spot // what was asked for last: it gives way last
	asked string      // what the step asked for
	lang  words.Lang
	hid   layout.Set // what the learner put away: it does not come back by itself
	fills []int      // rows that each view can fill
}

func newBench() bench {
	b := bench{table: views(), first: layout.Nowhere}
	for i := range b.table {
		b.byKey = append(b.byKey, i)
		b.rooms = append(b.rooms, b.table[i].View)
		b.panes = append(b.panes, b.table[i].pane())
	}
	slices.SortFunc(b.byKey, func(i, j int) int { return strings.Compare(b.table[i].keys[0], b.table[j].keys[0]) })
	b.shown, b.fills = b.set(nil), make([]int, len(b.table))
	return b
}

// set is the views of some names; those that are usual, where it would be none.
func (b *bench) set(names []string) layout.Set {
	var asked, usual layout.Set
	for i := range b.table {
		if b.table[i].usual {
			usual = usual.With(i)
		}
		for _, n := range names {
			if n == b.table[i].name {
				asked = asked.With(i)
			}
		}
	}
	if asked == 0 {
		return usual
	}
	return asked
}

// ask shows what a step asks for. What the learner switched holds until a step
// asks for something else.
func (b *bench) ask(names []string) {
	if asked := strings.Join(names, " "); asked != b.asked {
		b.asked, b.shown, b.first, b.hid = asked, b.set(names), layout.Nowhere, 0
	}
}

// named is the index of a view; -1 where there is none of that name.
func (b *bench) named(name string) int {
	for i := range b.table {
		if b.table[i].name == name {
			return i
		}
	}
	return -1
}

// filled learns what there is to show, as far as a screen can hold it, and says
// whether that asks for other rows. One view may have the focus.
func (b *bench) filled(s *ledger.Snapshot, height int, focus layout.Spot) bool {
	changed := false
	for i := range b.table {
		n := b.table[i].fills(s)
		if n > 0 && focus == layout.Spot(i) {
			n += b.table[i].more
		}
		if n = min(n, height); n != b.fills[i] {
			b.fills[i], changed = n, true
		}
	}
	return changed
}

// toggle shows a view, or hides it where it can be seen.
func (m *Model) toggle(view int) {
	b := &m.bench
	switch {
	case m.zoomed && m.shows(layout.Spot(view)):
		m.zoomed = false
	case m.zoomed:
		m.at = layout.Spot(view)
		b.shown = b.shown.With(view)
	case m.shows(layout.Spot(view)):
		b.shown, b.hid = b.shown.Without(view), b.hid.With(view)
		if m.at == layout.Spot(view) {
			m.at = layout.Lesson
		}
	default:
		b.shown, b.first = b.shown.With(view), layout.Spot(view)
		m.show(benchPage)
	}
	m.lay()
	if m.screen.Form == layout.Pages && m.page == benchPage && len(m.screen.Views) == 0 {
		m.show(lessonPage)
	}
}
