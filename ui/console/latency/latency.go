package latency

import (
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane draws each acked send where it was handed over, as high as it took to
// be acked.
type Pane struct {
	pane.Part
	faults chart.Faults
	plot   plot
	rows   []beside
}

// New makes the pane.
func New() *Pane { return &Pane{plot: newPlot()} }

// Update takes a message in.
func (l *Pane) Update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(pane.Seen); is && now.Live && l.Seen.Now != now.Now {
		l.Redraw() // the axis goes on while something is under way
	}
	return l.Part.Update(msg)
}

// Rows is how many rows the drawing of a run can make use of.
func Rows(s *ledger.Snapshot) int {
	if len(s.Acks) == 0 {
		return 0
	}
	return 18
}

// View draws the pane.
func (l *Pane) View(a screen.Area) {
	l.Begin(a)
	s := l.Seen.Snap
	if s == nil || len(s.Acks) == 0 && s.InFlight == 0 {
		if s != nil {
			l.empty(a)
		}
		return
	}
	from, to := l.window(s)
	left := 17 // as the attempts have it, so that one moment is one column
	if a.W > 100 {
		left = 22
	}
	if a.W < 64 {
		left = 15
	}
	l.beside(s)
	right := l.besideWidth(a.W * 45 / 100)
	ax := chart.NewAxis(from, to, left, a.W-left-right)
	ax.Draw(a, 0, l.Lang)
	l.faults.On(ax, s, l.Seen.Now, l.Lang)
	top := 1
	if a.H >= 5 {
		top += l.faults.Rows(a, 1, max(1, a.H/7))
	}
	bottom := a.H
	if a.H >= 7 {
		bottom--
		a.Put(1, bottom, screen.Cut(Says(s, l.Lang, a.W-2), a.W-2), screen.Faint)
	}
	at := a.Sub(0, top, a.W, bottom-top)
	l.plot.scale(s.Acks, at.H)
	l.plot.axis(at, ax, &s.All, l.Lang)
	l.plot.points(at, ax, s)
	l.faults.Shade(a, top, bottom)
	l.percentiles(a.Sub(ax.X+ax.W, top-1, right, bottom-top+1))
}

func (l *Pane) empty(a screen.Area) {
	lines := [...]string{
		l.Pick("Nothing acked yet.", "Rien n’est encore acquitté."),
		l.Pick("p sends one message: how long its ack took stands here.", "p envoie un message : le temps de son acquittement se lit ici."),
	}
	screen.Centred(a, screen.Faint, lines[:]...)
}

// gap is the silence after which older acks make room for newer ones, as it
// does in the attempts.
const gap = 10 * time.Second

// window is the time of the latest acks with no long silence between them, and
// of what is still under way.
func (l *Pane) window(s *ledger.Snapshot) (from, to time.Duration) {
	from, to = -1, 0
	if s.InFlight > 0 {
		to = max(l.Seen.Now, s.Last)
		for i := len(s.Messages) - 1; i >= 0; i-- {
			if m := &s.Messages[i]; m.Report == ledger.NoReport && (from < 0 || m.Sent < from) {
				from = m.Sent
			}
		}
	}
	for i := len(s.Acks) - 1; i >= 0; i-- {
		p := &s.Acks[i]
		if from >= 0 && p.At < from-gap {
			break
		}
		if began := p.At - p.Latency; from < 0 || began < from {
			from = began
		}
		to = max(to, p.At)
	}
	return max(from, 0), to
}

// beside is a row of the table of percentiles.
type beside struct {
	name     string
	style    screen.Style
	p50, p99 string
}

// beside tells the percentiles of each label, the latest last, and of the run.
func (l *Pane) beside(s *ledger.Snapshot) {
	l.rows = l.rows[:0]
	var labelled int64
	for i := range s.Labels {
		t := &s.Labels[i]
		if labelled += t.Samples; t.Samples > 0 {
			l.rows = append(l.rows, l.besideRow(screen.Plain(t.Label), screen.Label(telling.Rank(s.Labels, t.Label))|screen.Bold, t))
		}
	}
	if len(l.rows) != 1 || labelled != s.All.Samples {
		l.rows = append(l.rows, l.besideRow(l.Pick("all", "tous"), screen.Faint, &s.All))
	}
}

func (l *Pane) besideRow(name string, st screen.Style, t *ledger.Totals) beside {
	return beside{screen.Cut(name, 12), st, telling.Millis(t.P50, l.Lang), telling.Millis(t.P99, l.Lang)}
}

// besideWidth is what the table takes, of so many columns at most.
func (l *Pane) besideWidth(atMost int) int {
	name := 0
	for i := range l.rows {
		name = max(name, screen.Width(l.rows[i].name))
	}
	return min(max(2+name+2*percentileWidth, 17), atMost)
}

const percentileWidth = 8

// percentiles writes the table: its head, then the labels, the latest where
// not all fit.
func (l *Pane) percentiles(a screen.Area) {
	if a.H < 2 {
		return
	}
	a.PutRight(a.W-1-percentileWidth, 0, "p50", screen.Faint)
	a.PutRight(a.W-1, 0, "p99", screen.Faint)
	rows := l.rows[max(0, len(l.rows)-a.H+1):]
	for i := range rows {
		r := &rows[i]
		a.Put(1, 1+i, screen.Cut(r.name, a.W-2-2*percentileWidth), r.style)
		a.PutRight(a.W-1-percentileWidth, 1+i, r.p50, screen.Ink)
		a.PutRight(a.W-1, 1+i, r.p99, screen.Ink)
	}
}
