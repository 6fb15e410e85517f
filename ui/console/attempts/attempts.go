package attempts

import (
	"slices"
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane draws one lane a message on a shared time axis: when each request
// left, where it arrived, when it was heard or given up, and the faults that
// were in force meanwhile.
type Pane struct {
	pane.Part
	strip  bool // lanes only: no axis, no legend
	cast   telling.Cast
	lanes  []int // the messages shown, oldest first, as indices of the snapshot
	share  []batchShare
	signs  []chart.Sign
	marks  marks
	notes  []note
	lates  []int // columns of what arrived late, of one lane
	faults chart.Faults

	choice choice

	reported, judged []telling.Said // of one lane, kept for the next
}

// batchShare is what a batch gets of the lanes.
type batchShare struct {
	batch       uint32
	have, gets  int
	first, last int
}

// New makes the pane.
func New(strip bool) *Pane {
	return &Pane{strip: strip, signs: signs(), reported: make([]telling.Said, 0, 1), judged: make([]telling.Said, 0, 2)}
}

// Update takes a message in.
func (l *Pane) Update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(pane.Seen); is && now.Live && l.Seen.Now != now.Now {
		l.Redraw() // what is pending grows with time
	}
	return l.Part.Update(msg)
}

// View draws the pane.
func (l *Pane) View(a screen.Area) {
	l.Begin(a)
	s := l.Seen.Snap
	l.choice.refs = l.choice.refs[:0]
	if s == nil || len(s.Messages) == 0 {
		if !l.strip {
			l.empty(a)
		}
		return
	}
	l.cast.Of(s)
	l.marks = 0

	explained := 0
	if !l.strip && a.H >= 6 {
		explained = 1 + min(1, a.H/12)
	}
	from, to := l.window(s, a.H)
	left := 17
	if a.W > 100 {
		left = 22
	}
	if a.W < 64 {
		left = 15
	}
	lines := 2
	if l.strip {
		lines = 1
	}
	right := min(max(l.outcomeWidth(s, lines)+2, 17), a.W*45/100)
	ax := chart.NewAxis(from, to, left, a.W-left-right)
	l.faults.On(ax, s, l.Seen.Now, l.Lang)
	y := 0
	if !l.strip {
		ax.Draw(a, 0, l.Lang)
		y++
		y += l.faults.Rows(a, y, max(1, (a.H-explained)/7))
		if l.faults.About {
			l.marks |= sawAbout
		}
	}
	rows := a.H - y - explained
	l.choose(s, rows)
	// One row a lane, two where they fit, and air between them where there is
	// room for that too.
	height, step := 1, 1
	if !l.strip && len(l.lanes)*2 <= rows {
		height, step = 2, 2
		if len(l.lanes)*3 <= rows {
			step = 3
		}
	}
	if older := len(s.Messages) - len(l.lanes); older > 0 && !l.strip {
		l.older(a, older)
	}
	top := y
	l.choice.top, l.choice.step, l.choice.height = top, step, height
	for _, i := range l.lanes {
		l.choice.refs = append(l.choice.refs, s.Messages[i].Ref)
		l.lane(a.Sub(0, y, a.W, height), ax, &s.Messages[i], s)
		y += step
	}
	l.faults.Shade(a, top, min(y, top+rows))
	for n := range l.lanes {
		l.mark(a, n, top+n*step, left)
	}
	if explained > 0 {
		if l.marks&sawLost != 0 {
			l.marks &^= sawDeparted // it says that too
		}
		below := min(y+(step+1)%2, a.H-explained) // a row between where lanes have none
		chart.Legend(a.Sub(0, below, a.W, explained), l.Lang, l.signs, uint(l.marks))
	}
}

// Rows is how many rows the lanes of a run can fill, with air between them.
func Rows(s *ledger.Snapshot) int {
	const axis, faults, legend = 1, 2, 2
	if len(s.Messages) == 0 {
		return 0
	}
	return axis + min(faults, len(s.Bands)) + 3*len(s.Messages) + legend
}

// older says how many messages stand above the first lane.
func (l *Pane) older(a screen.Area, n int) {
	s := "↑ " + telling.Count(int64(n), l.Lang) + " " + l.Pick("not shown", telling.Plural(int64(n), "non montré", "non montrés"))
	a.PutRight(a.W-1, 0, s, screen.Faint)
}

func (l *Pane) empty(a screen.Area) {
	screen.Centred(a, screen.Faint,
		l.Pick("Nothing sent yet.", "Rien n’est encore parti."),
		l.Pick("p sends one message, plain; i one, idempotent.", "p envoie un message en plain, i en idempotent."),
		l.Pick("Each gets a lane here: when it left, arrived, and was acknowledged.",
			"Chacun a sa ligne ici : départ, arrivée, acquittement."))
}

// gap is the silence after which older messages make room for newer ones.
const gap = 10 * time.Second

// window is the time that the lanes cover: the latest messages with no long
// silence between them.
func (l *Pane) window(s *ledger.Snapshot, rows int) (from, to time.Duration) {
	l.choose(s, rows)
	from = s.Messages[l.lanes[0]].Sent
	for _, i := range l.lanes {
		m := &s.Messages[i]
		from = min(from, m.Sent)
		to = max(to, l.end(m, s))
	}
	return from, to
}

// end is the last moment of a message, as far as it is known.
func (l *Pane) end(m *ledger.Message, s *ledger.Snapshot) time.Duration {
	end := m.Sent
	if m.Report == ledger.NoReport {
		end = max(end, l.Seen.Now)
	} else {
		end = max(end, m.Reported)
	}
	for _, id := range m.Attempts {
		if at := s.Attempt(id); at != nil {
			end = max(end, at.Departed, at.Arrived, at.Answered, at.Heard, at.Ended)
		}
	}
	return end
}

// choose shares the lanes between the latest batches, newest first, so that
// two labels that race are both seen.
func (l *Pane) choose(s *ledger.Snapshot, fit int) {
	l.lanes, l.share = l.lanes[:0], l.share[:0]
	if fit <= 0 {
		fit = 1
	}
	horizon := time.Duration(-1)
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := &s.Messages[i]
		if n := len(l.share); n == 0 || l.share[n-1].batch != m.Ref.Batch {
			if n == fit || n > 0 && m.Report != ledger.NoReport && m.Reported < horizon-gap {
				break
			}
			l.share = append(l.share, batchShare{batch: m.Ref.Batch, last: i})
		}
		b := &l.share[len(l.share)-1]
		b.have, b.first = b.have+1, i
		if horizon < 0 || m.Sent < horizon {
			horizon = m.Sent
		}
	}
	for given := true; given && fit > 0; {
		given = false
		for i := range l.share {
			if b := &l.share[i]; b.gets < b.have && fit > 0 {
				b.gets++
				fit--
				given = true
			}
		}
	}
	slices.SortFunc(l.share, func(x, y batchShare) int {
		return telling.Before(s.Messages[x.last].Label, x.batch, s.Messages[y.last].Label, y.batch)
	})
	for _, b := range l.share {
		for k := b.last - b.gets + 1; k <= b.last; k++ {
			l.lanes = append(l.lanes, k)
		}
	}
}
