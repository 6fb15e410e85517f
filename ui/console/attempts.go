package console

import (
	"slices"
	"time"

	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// attempts draws one lane a message on a shared time axis: when each request
// left, where it arrived, when it was heard or given up, and the faults that
// were in force meanwhile.
type attempts struct {
	part
	strip bool // lanes only: no axis, no legend
	cast  cast
	lanes []int // the messages shown, oldest first, as indices of the snapshot
	share []batchShare
	marks marks
	notes []note
	kinds []faultRow
	words faultWords
}

// batchShare is what a batch gets of the lanes.
type batchShare struct {
	batch       uint32
	have, gets  int
	first, last int
}

func newAttempts(strip bool) *attempts { return &attempts{strip: strip} }

func (l *attempts) update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(seen); is && now.live && l.seen.now != now.now {
		l.drawn = false // what is pending grows with time
	}
	return l.part.update(msg)
}

func (l *attempts) view(a area) {
	l.begin(a)
	s := l.seen.snap
	if s == nil || len(s.Messages) == 0 {
		if !l.strip {
			l.empty(a)
		}
		return
	}
	l.cast.of(s)
	l.marks = 0

	legend := 0
	if !l.strip && a.h >= 6 {
		legend = 1 + min(1, a.h/12)
	}
	from, to := l.window(s, a.h)
	left := 17
	if a.w > 100 {
		left = 22
	}
	if a.w < 64 {
		left = 15
	}
	lines := 2
	if l.strip {
		lines = 1
	}
	right := min(max(l.outcomeWidth(s, lines)+2, 17), a.w*45/100)
	ax := newAxis(from, to, left, a.w-left-right)
	y := 0
	if !l.strip {
		ax.draw(a, 0, l.lang)
		y++
		y += l.faults(a, y, ax, s, max(1, (a.h-legend)/7))
	}
	rows := a.h - y - legend
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
	for _, i := range l.lanes {
		l.lane(a.sub(0, y, a.w, height), ax, &s.Messages[i], s)
		y += step
	}
	l.shade(a, ax, s, top, min(y, top+rows))
	if legend > 0 {
		l.legend(a.sub(0, a.h-legend, a.w, legend))
	}
}

// older says how many messages stand above the first lane.
func (l *attempts) older(a area, n int) {
	s := "↑ " + count(int64(n), l.lang) + " " + l.pick("not shown", plural(int64(n), "non montré", "non montrés"))
	a.putRight(a.w-1, 0, s, faint)
}

func (l *attempts) empty(a area) {
	lines := []string{
		l.pick("Nothing sent yet.", "Rien n’est encore parti."),
		l.pick("p sends one message, plain; i one, idempotent.", "p envoie un message en plain, i en idempotent."),
		l.pick("Each gets a lane here: when it left, arrived, and was acknowledged.",
			"Chacun a sa ligne ici : départ, arrivée, acquittement."),
	}
	y := max(0, (a.h-len(lines))/2)
	for i, s := range lines {
		a.put(max(1, (a.w-width(s))/2), y+i, s, faint)
	}
}

// gap is the silence after which older messages make room for newer ones.
const gap = 10 * time.Second

// window is the time that the lanes cover: the latest messages with no long
// silence between them.
func (l *attempts) window(s *ledger.Snapshot, rows int) (from, to time.Duration) {
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
func (l *attempts) end(m *ledger.Message, s *ledger.Snapshot) time.Duration {
	end := m.Sent
	if m.Report == ledger.NoReport {
		end = max(end, l.seen.now)
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
func (l *attempts) choose(s *ledger.Snapshot, fit int) {
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
		return before(s.Messages[x.last].Label, x.batch, s.Messages[y.last].Label, y.batch)
	})
	for _, b := range l.share {
		for k := b.last - b.gets + 1; k <= b.last; k++ {
			l.lanes = append(l.lanes, k)
		}
	}
}
