package race

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// tall is the height from which there is more to say than the lines that both
// always have: the sums, the time of the lanes, and each attempt of a lone message.
const tall = 16

// laneRows is what the time of a lane and what was added below it take.
const laneRows = 2

// each is how many attempts there are to tell one by one, of so many at most.
func each(two []lap, atMost int) int {
	n := 0
	for i := range two {
		if m := two[i].alone; m != nil {
			n = max(n, len(m.Attempts)+min(m.More, 1))
		}
	}
	return max(0, min(n, atMost))
}

// oneByOne tells the attempts of a lone message, as many as there are rows: when
// each left, how it ended, and what the answers told of the log.
func (l *lap) oneByOne(a screen.Area, p *Pane) {
	if l.alone == nil {
		return
	}
	s := p.Seen.Snap
	for n, id := range l.alone.Attempts {
		at := s.Attempt(id)
		if left := len(l.alone.Attempts) + l.alone.More - n; n == a.H-1 && left > 1 {
			a.Put(0, n, "… +"+strconv.Itoa(left), screen.Faint)
			return
		}
		if n >= a.H || at == nil {
			return
		}
		a.Put(0, n, strconv.Itoa(n+1), screen.Faint)
		if at.Departed >= 0 {
			a.PutRight(12, n, telling.Moment(at.Departed, p.Lang), screen.Faint)
		}
		mark, st := end(at)
		p.shows(mark)
		x := a.Put(14, n, mark, st|screen.Bold)
		if at.Ended >= 0 || at.Heard >= 0 {
			x = a.Put(x+1, n, telling.Duration(ended(at, 0)-max(at.Departed, 0), p.Lang), st)
		}
		if sign, in := l.kept(n, at, s); in != "" {
			p.shows(sign)
			a.Put(max(x+2, 26), n, strings.TrimSpace(sign+" "+in), screen.Faint)
		}
	}
	if l.alone.More > 0 { // not kept one by one
		a.Put(0, len(l.alone.Attempts), "… +"+strconv.Itoa(l.alone.More), screen.Faint)
	}
}

// kept is what the answer to an attempt told of the log: its sign, where it told
// who added the message, and where that stands; nothing where it told nothing.
func (l *lap) kept(n int, at *ledger.Attempt, s *ledger.Snapshot) (sign, in string) {
	if l.veiled || !telling.Answered(at) || telling.Refusal(at) || at.Offset < 0 {
		return "", ""
	}
	switch {
	case s.Recognised(l.alone, n):
		sign = "="
	case s.Added(l.alone, n):
		sign = "+"
	}
	return sign, telling.Offset(at.Offset)
}

// time writes the time that both lanes share, and below the lane what each answer
// told of the log, where it has room.
func (l *lap) time(a screen.Area, p *Pane) {
	if l.alone == nil || l.narrow(a.W) {
		return
	}
	s := p.Seen.Snap
	ax := chart.NewAxis(p.from, p.to, 0, a.W)
	ax.Draw(a, 0, p.Lang)
	free := 0
	for n, id := range l.alone.Attempts {
		at := s.Attempt(id)
		if at == nil {
			continue
		}
		if sign, in := l.kept(n, at, s); in != "" {
			if x := max(ax.Col(max(at.Departed, 0)), free); x+2+screen.Width(in) <= a.W {
				free = a.Put(x, 1, sign+" "+in, screen.Faint) + 1
			}
		}
	}
}

// took is the time from hand-over to ack: of one message, or the percentiles of
// many.
func (l *lap) took(lang words.Lang) screen.Line {
	switch l.Samples {
	case 0:
		return screen.Text(telling.Unread, screen.Faint)
	case 1:
		return screen.Text(telling.Millis(l.Max, lang), screen.Ink)
	}
	return screen.Text("p50 "+telling.Millis(l.P50, lang)+"  p99 "+telling.Millis(l.P99, lang), screen.Ink)
}
