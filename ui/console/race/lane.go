package race

import (
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/screen"
)

// span is the time that the two took together, as far as it is known.
func span(s *ledger.Snapshot, two []lap, now time.Duration) (from, to time.Duration) {
	first := true
	for i := range two {
		m := two[i].alone
		if m == nil {
			continue
		}
		end := m.Reported
		if m.Report == ledger.NoReport {
			end = now
		}
		for _, id := range m.Attempts {
			if at := s.Attempt(id); at != nil {
				end = max(end, at.Moment())
			}
		}
		if first || m.Sent < from {
			from = m.Sent
		}
		to, first = max(to, end), false
	}
	return from, to
}

// lane draws the attempts of a lone message on the time that both share, or by
// their marks alone where that is too narrow.
func (l *lap) lane(a screen.Area, p *Pane) {
	s := p.Seen.Snap
	ax := chart.NewAxis(p.from, p.to, 0, a.W)
	narrow := l.narrow(a.W)
	free, rest := 0, -1
	for _, id := range l.alone.Attempts {
		at := s.Attempt(id)
		if at == nil {
			continue
		}
		x, until := free, free+1
		mark, st := end(at)
		if !narrow {
			x = max(ax.Col(max(at.Departed, 0)), free)
			until = max(ax.Col(ended(at, p.Seen.Now)), x+1)
		}
		if rest >= 0 && !narrow {
			a.Fill(rest, 0, x-rest, "┈", screen.Faint)
			p.shows("┈")
		}
		a.Fill(x, 0, until-x, "━", screen.Ink)
		if at.Arrived >= 0 {
			a.Put(x, 0, "◆", screen.Fine|screen.Bold)
			p.shows("◆")
		} else {
			a.Put(x, 0, "╺", screen.Ink)
			p.shows("╺")
		}
		a.Put(until, 0, mark, st|screen.Bold)
		p.shows(mark)
		free, rest = until+2, until+1
		if narrow {
			rest = -1
		}
	}
}

// narrow says that so many columns have room for the marks of a lane alone.
func (l *lap) narrow(w int) bool { return w < 4*len(l.alone.Attempts) }

// ended is when an attempt was over for its producer.
func ended(at *ledger.Attempt, now time.Duration) time.Duration {
	switch {
	case at.Ended >= 0:
		return at.Ended
	case at.Heard >= 0:
		return at.Heard
	case at.Outcome == ledger.Unasked:
		return max(at.Departed, at.Arrived)
	}
	return now
}
