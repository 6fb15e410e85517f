package attempts

import (
	"strconv"
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// lane draws one message: its attempts on the first row; on a second one, if
// there is room, what the broker answered to each, and the verdict.
func (l *Pane) lane(a screen.Area, ax chart.Axis, m *ledger.Message, s *ledger.Snapshot) {
	name := l.cast.Name(m.Ref, m.Label)
	x := a.Put(1, 0, screen.Cut(name, ax.X-3), l.cast.Style(m.Ref, m.Label)|screen.Bold)
	a.Put(x+1, 0, screen.Cut(screen.Plain(m.Mode), ax.X-x-2), screen.Ink)
	if a.H > 1 {
		a.Put(2, 1, screen.Cut(screen.Plain(m.Sending), ax.X-3), screen.Faint)
	}
	l.track(a, ax, m, s)
	l.outcome(a, ax.X+ax.W+1, m)
}

// track draws the attempts in their order, each from its departure to its end.
func (l *Pane) track(a screen.Area, ax chart.Axis, m *ledger.Message, s *ledger.Snapshot) {
	free := ax.X // the first column that is not taken
	paused := 0  // where the last attempt ended
	l.notes, l.lates = l.notes[:0], l.late(l.lates[:0], ax, m, s)
	for n, id := range m.Attempts {
		at := s.Attempt(id)
		if at == nil {
			continue
		}
		x := min(max(ax.Col(began(at)), free), ax.X+ax.W-1)
		if paused > 0 {
			l.pause(a, paused, x)
		}
		end, mark, st := l.ending(at, ax)
		end = min(max(end, x+1), ax.X+ax.W-1)
		a.Fill(x, 0, end-x, "━", pendingIf(at))
		arrived := l.moments(a, ax, at, x, end)
		if mark != "" {
			a.Put(end, 0, mark, st|screen.Bold)
		}
		l.note(a, at, m, n, s, arrived)
		// The pause that follows keeps a column, however short it is.
		free, paused = end+2, end+1
	}
	for _, x := range l.lates {
		a.Put(x, 0, "◆", screen.Fine|screen.Bold)
	}
	l.writeNotes(a, ax.X+ax.W)
	if m.Report == ledger.NoReport {
		if now := ax.Col(l.Seen.Now); paused > 0 && l.resting(m, s) {
			l.pause(a, paused, now+1)
		} else if paused == 0 {
			a.Fill(ax.Col(m.Sent), 0, max(1, now-ax.Col(m.Sent)), "┈", screen.Faint)
		}
	}
	if m.More > 0 {
		a.PutRight(ax.X+ax.W, 0, "+"+strconv.Itoa(m.More), screen.Faint)
	}
}

// late is where those arrived after which nobody waited any more: their marks
// stand above the pause that they fell into.
func (l *Pane) late(columns []int, ax chart.Axis, m *ledger.Message, s *ledger.Snapshot) []int {
	for _, id := range m.Attempts {
		if at := s.Attempt(id); at != nil && at.Ended >= 0 && at.Arrived > at.Ended {
			columns = append(columns, ax.Col(at.Arrived))
		}
	}
	return columns
}

// began is the first moment that was seen of an attempt.
func began(at *ledger.Attempt) time.Duration {
	if at.Departed < 0 {
		return at.Arrived
	}
	return at.Departed
}

// resting says that no attempt of a message is under way.
func (l *Pane) resting(m *ledger.Message, s *ledger.Snapshot) bool {
	at := s.Attempt(m.Attempts[len(m.Attempts)-1])
	return at == nil || at.Heard >= 0 || at.Ended >= 0
}

func (l *Pane) pause(a screen.Area, from, to int) {
	if to <= from {
		return
	}
	l.marks |= sawPause
	a.Fill(from, 0, to-from, "┈", screen.Faint)
	const word = " pause "
	x := from + (to-from-len(word))/2
	for _, late := range l.lates {
		if late >= x && late < x+len(word) {
			return // a mark falls into it
		}
	}
	if to-from >= len(word)+2 {
		a.Put(x, 0, word, screen.Faint)
	}
}

// ending is where an attempt ends and how: still open ones grow with time.
func (l *Pane) ending(at *ledger.Attempt, ax chart.Axis) (x int, mark string, st screen.Style) {
	switch {
	case at.Heard >= 0 && at.Outcome == ledger.Refused:
		l.marks |= sawRefused
		return ax.Col(at.Heard), "!", screen.Failed
	case at.Heard >= 0:
		l.marks |= sawHeard
		return ax.Col(at.Heard), "✓", screen.Fine
	case at.Ended >= 0 && at.Outcome == ledger.Cut:
		l.marks |= sawCut
		return ax.Col(at.Ended), "╳", screen.Failed
	case at.Ended >= 0 && at.Outcome == ledger.Unasked:
		l.marks |= sawUnasked
		return ax.Col(at.Ended), "·", screen.Faint
	case at.Ended >= 0:
		l.marks |= sawGaveUp
		return ax.Col(at.Ended), "✗", screen.Failed
	case at.Outcome == ledger.Unasked:
		return ax.Col(max(at.Departed, at.Arrived)), "", screen.Faint
	default:
		return ax.Col(l.Seen.Now), "", screen.Pending
	}
}

// moments marks the departure and the arrival, and returns where that stands: the
// departure's place, where no arrival was seen. An arrival after the end, as
// under a slow request, still shows: slow is not lost.
func (l *Pane) moments(a screen.Area, ax chart.Axis, at *ledger.Attempt, x, end int) (arrived int) {
	a.Put(x, 0, "╺", pendingIf(at))
	if at.Arrived < 0 {
		l.marks |= sawDeparted
		if at.Ended >= 0 && l.Seen.Snap.Simulated {
			l.marks |= sawLost // elsewhere nobody sees whether it arrived
		}
		return x
	}
	l.marks |= sawArrived
	arrived = max(ax.Col(at.Arrived), x)
	if arrived == end && at.Arrived <= max(at.Heard, at.Ended) {
		arrived--
	}
	if arrived > x {
		l.marks |= sawDeparted
	}
	a.Put(arrived, 0, "◆", screen.Fine|screen.Bold)
	return arrived
}

// note is what the broker answered to an attempt.
type note struct {
	x    int
	word string
	st   screen.Style
}

// note keeps what the broker answered: the offset where it added the message,
// or that it had it already, or only where it is. Nothing is written without its answer.
func (l *Pane) note(a screen.Area, at *ledger.Attempt, m *ledger.Message, n int, s *ledger.Snapshot, x int) {
	switch {
	case !telling.Answered(at):
	case telling.Refusal(at):
		l.notes = append(l.notes, note{x, "code " + strconv.Itoa(int(at.Code)), screen.Failed})
	case s.Recognised(m, n):
		if a.H == 1 { // no row for a note: the mark itself says it
			l.marks |= sawSameHere
			a.Swap(x, 0, "◆", "◇")
			return
		}
		l.marks |= sawSame
		l.notes = append(l.notes, note{x, "= " + telling.Offset(at.Offset), screen.Faint})
	case a.H == 1:
	case s.Added(m, n):
		l.marks |= sawAdded
		l.notes = append(l.notes, note{x, "+ " + telling.Offset(at.Offset), screen.Faint})
	case at.Offset >= 0:
		l.notes = append(l.notes, note{x, telling.Offset(at.Offset), screen.Faint})
	}
}

// writeNotes writes the notes below their attempts. Where one would run into
// the next, or out of the columns that there are, it keeps its sign alone: none
// is left out.
func (l *Pane) writeNotes(a screen.Area, end int) {
	for i, n := range l.notes {
		room := end
		if i+1 < len(l.notes) {
			room = l.notes[i+1].x - 1
		}
		if n.x+screen.Width(n.word) > room {
			n.word = n.word[:1]
		}
		a.Put(n.x, 1, n.word, n.st)
	}
}

func pendingIf(at *ledger.Attempt) screen.Style {
	if at.Heard < 0 && at.Ended < 0 && at.Outcome == ledger.Pending {
		return screen.Pending
	}
	return screen.Ink
}
