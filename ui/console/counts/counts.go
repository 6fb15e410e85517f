package counts

import (
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Pane is the table of what was sent and what came of it, a row a label.
type Pane struct {
	pane.Part
	columns []column
	labels  []ledger.Totals // those shown, by name
}

// column is one number of the table. Some are shown only where there is
// something to show.
type column struct {
	head, short words.Text
	of          func(*ledger.Totals) int64
	always      bool
	style       screen.Style
}

// New makes the pane.
func New() *Pane {
	return &Pane{columns: []column{
		{words.Text{En: "sent", Fr: "envoyés"}, words.Text{En: "sent", Fr: "env."}, func(t *ledger.Totals) int64 { return t.Sent }, true, screen.Ink},
		{words.Text{En: "acked", Fr: "acquittés"}, words.Text{En: "ack", Fr: "acq."}, func(t *ledger.Totals) int64 { return t.Acked }, true, screen.Fine},
		{words.Text{En: "failed", Fr: "refusés"}, words.Text{En: "fail", Fr: "ref."}, func(t *ledger.Totals) int64 { return t.Failed }, false, screen.Failed},
		{words.Text{En: "unknown", Fr: "inconnus"}, words.Text{En: "unkn", Fr: "inc."}, func(t *ledger.Totals) int64 { return t.Unknown }, false, screen.Failed},
		{words.Text{En: "no ack asked", Fr: "sans acq."}, words.Text{En: "fire", Fr: "s.a."}, func(t *ledger.Totals) int64 { return t.Fired }, false, screen.Faint},
		{words.Text{En: "attempts", Fr: "tentatives"}, words.Text{En: "att.", Fr: "tent."}, func(t *ledger.Totals) int64 { return t.Attempts }, true, screen.Ink},
		{words.Text{En: "retries", Fr: "relances"}, words.Text{En: "retr", Fr: "rel."}, func(t *ledger.Totals) int64 { return t.Retries }, true, screen.Fault},
		{words.Text{En: "in flight", Fr: "en vol"}, words.Text{En: "fly", Fr: "vol"}, inFlight, true, screen.Pending},
	}}
}

// Rows is how many rows the table of a run fills: its heads, a row a label, what
// has none, and the sum.
func Rows(s *ledger.Snapshot) int {
	rows := 2 + len(s.Labels)
	if others := telling.Others(s); others.Sent > 0 && len(s.Labels) > 0 {
		rows++
	}
	return rows
}

func inFlight(t *ledger.Totals) int64 { return t.Sent - t.Acked - t.Failed - t.Unknown - t.Fired }

// View draws the pane.
func (c *Pane) View(a screen.Area) {
	c.Begin(a)
	s := c.Seen.Snap
	if s == nil {
		return
	}
	var shown [8]bool
	for i := range c.columns {
		shown[i] = c.columns[i].always || c.columns[i].of(&s.All) != 0
	}
	// The latest labels that fit; the whole run where not all have a label that
	// fits, or where there is room for a sum.
	labels := s.Labels
	var labelled int64
	for i := range labels {
		labelled += labels[i].Sent
	}
	rest := telling.Others(s)
	rest.Label = ""
	rows := a.H - 1
	all := len(labels) != 1 || labelled != s.All.Sent
	if rows == len(labels) && labelled == s.All.Sent { // a label says more than the sum
		all = len(labels) == 0
	}
	if all {
		rows--
	}
	apart := all && len(labels) > 0 && rest.Sent > 0 && rows > len(labels)
	c.labels = append(c.labels[:0], labels[max(0, len(labels)-max(rows, 0)):]...)
	slices.SortFunc(c.labels, func(x, y ledger.Totals) int { return strings.Compare(x.Label, y.Label) })
	labels = c.labels
	first := 0
	name := func(t *ledger.Totals) string {
		if t.Label == "" {
			return c.Pick("total", "total")
		}
		return screen.Plain(t.Label) + " " + screen.Plain(t.Mode)
	}
	first = max(first, screen.Width(name(&s.All)))
	if apart {
		first = max(first, screen.Width(c.Pick("others", "autres")))
	}
	for i := range labels {
		first = max(first, screen.Width(name(&labels[i])))
	}
	first = min(first, 24)
	short, gap := c.fit(a.W-2-first, &shown)
	c.heads(a, first, gap, short, &shown)
	y := 1
	for i := range labels {
		c.row(a, y, screen.Cut(name(&labels[i]), first), screen.Label(telling.Rank(s.Labels, labels[i].Label)), first, gap, short, &shown, &labels[i])
		y++
	}
	if apart {
		c.row(a, y, c.Pick("others", "autres"), screen.Faint, first, gap, short, &shown, &rest)
		y++
	}
	if all {
		c.row(a, y, name(&s.All), screen.Faint, first, gap, short, &shown, &s.All)
	}
}

// fit chooses long or short heads, and the space between columns.
func (c *Pane) fit(room int, shown *[8]bool) (short bool, gap int) {
	for _, short := range []bool{false, true} {
		for gap := 3; gap >= 1; gap-- {
			used := 0
			for i := range c.columns {
				if shown[i] {
					used += gap + c.width(i, short)
				}
			}
			if used <= room {
				return short, gap
			}
		}
	}
	return true, 1
}

func (c *Pane) width(i int, short bool) int { return max(screen.Width(c.head(i, short)), 4) }

func (c *Pane) head(i int, short bool) string {
	if short {
		return c.columns[i].short.In(c.Lang)
	}
	return c.columns[i].head.In(c.Lang)
}

func (c *Pane) heads(a screen.Area, first, gap int, short bool, shown *[8]bool) {
	x := 1 + first
	for i := range c.columns {
		if shown[i] {
			x += gap + c.width(i, short)
			a.PutRight(x, 0, c.head(i, short), screen.Faint)
		}
	}
}

func (c *Pane) row(a screen.Area, y int, name string, st screen.Style, first, gap int, short bool, shown *[8]bool, t *ledger.Totals) {
	a.Put(1, y, name, st)
	x := 1 + first
	for i := range c.columns {
		if !shown[i] {
			continue
		}
		x += gap + c.width(i, short)
		n, st := c.columns[i].of(t), c.columns[i].style
		if n == 0 {
			st = screen.Faint
		}
		a.PutRight(x, y, telling.Count(n, c.Lang), st)
	}
}
