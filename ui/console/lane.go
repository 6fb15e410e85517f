package console

import (
	"strconv"
	"time"

	"atelier/kafka/ledger"
)

// lane draws one message: its attempts on the first row; on a second one, if
// there is room, what the broker answered to each, and the verdict.
func (l *attempts) lane(a area, ax axis, m *ledger.Message, s *ledger.Snapshot) {
	name := l.cast.name(m.Ref, m.Label)
	x := a.put(1, 0, cut(name, ax.x-3), l.cast.style(m.Ref, m.Label)|bold)
	a.put(x+1, 0, cut(plain(m.Mode), ax.x-x-2), text)
	if a.h > 1 {
		a.put(2, 1, cut(plain(m.Sending), ax.x-3), faint)
	}
	l.track(a, ax, m, s)
	l.outcome(a, ax.x+ax.w+1, m)
}

// track draws the attempts in their order, each from its departure to its end.
func (l *attempts) track(a area, ax axis, m *ledger.Message, s *ledger.Snapshot) {
	free := ax.x // the first column that is not taken
	paused := 0  // where the last attempt ended
	l.notes = l.notes[:0]
	for n, id := range m.Attempts {
		at := s.Attempt(id)
		if at == nil {
			continue
		}
		x := min(max(ax.col(began(at)), free), ax.x+ax.w-1)
		if paused > 0 {
			l.pause(a, paused, x)
		}
		end, mark, st := l.ending(at, ax)
		end = min(max(end, x+1), ax.x+ax.w-1)
		a.fill(x, 0, end-x, "━", pendingIf(at))
		l.moments(a, ax, at, x, end)
		if mark != "" {
			a.put(end, 0, mark, st|bold)
		}
		l.note(a, at, m, n, s, x)
		// The pause that follows keeps a column, however short it is.
		free, paused = end+2, end+1
	}
	l.writeNotes(a)
	if m.Report == ledger.NoReport {
		if now := ax.col(l.seen.now); paused > 0 && l.resting(m, s) {
			l.pause(a, paused, now+1)
		} else if paused == 0 {
			a.fill(ax.col(m.Sent), 0, max(1, now-ax.col(m.Sent)), "┈", faint)
		}
	}
	if m.More > 0 {
		a.putRight(ax.x+ax.w, 0, "+"+strconv.Itoa(m.More), faint)
	}
}

// began is the first moment that was seen of an attempt.
func began(at *ledger.Attempt) time.Duration {
	if at.Departed < 0 {
		return at.Arrived
	}
	return at.Departed
}

// resting says that no attempt of a message is under way.
func (l *attempts) resting(m *ledger.Message, s *ledger.Snapshot) bool {
	at := s.Attempt(m.Attempts[len(m.Attempts)-1])
	return at == nil || at.Heard >= 0 || at.Ended >= 0
}

func (l *attempts) pause(a area, from, to int) {
	if to <= from {
		return
	}
	l.marks |= sawPause
	a.fill(from, 0, to-from, "┈", faint)
	if word := "pause"; to-from >= len(word)+4 {
		a.put(from+(to-from-len(word)-2)/2, 0, " "+word+" ", faint)
	}
}

// ending is where an attempt ends and how: still open ones grow with time.
func (l *attempts) ending(at *ledger.Attempt, ax axis) (x int, mark string, st style) {
	switch {
	case at.Heard >= 0 && at.Outcome == ledger.Refused:
		l.marks |= sawRefused
		return ax.col(at.Heard), "!", failed
	case at.Heard >= 0:
		l.marks |= sawHeard
		return ax.col(at.Heard), "✓", fine
	case at.Ended >= 0 && at.Outcome == ledger.Cut:
		l.marks |= sawCut
		return ax.col(at.Ended), "╳", failed
	case at.Ended >= 0 && at.Outcome == ledger.Unasked:
		return ax.col(at.Ended), "·", faint
	case at.Ended >= 0:
		l.marks |= sawGaveUp
		return ax.col(at.Ended), "✗", failed
	case at.Outcome == ledger.Unasked:
		return ax.col(max(at.Departed, at.Arrived)), "", faint
	default:
		return ax.col(l.seen.now), "", pending
	}
}

// moments marks the departure and the arrival. An arrival after the end, as
// under a slow request, still shows: slow is not lost.
func (l *attempts) moments(a area, ax axis, at *ledger.Attempt, x, end int) {
	a.put(x, 0, "╺", pendingIf(at))
	if at.Arrived < 0 {
		if at.Ended >= 0 {
			l.marks |= sawLostRequest
		}
		return
	}
	l.marks |= sawArrived
	x = max(ax.col(at.Arrived), x)
	if x == end && at.Arrived <= max(at.Heard, at.Ended) {
		x--
	}
	a.put(x, 0, "◆", fine|bold)
}

// note is what the broker answered to an attempt.
type note struct {
	x    int
	word string
	st   style
}

// note keeps what the broker answered: the offset where it added the message,
// or that it had it already. Nothing is written without its answer.
func (l *attempts) note(a area, at *ledger.Attempt, m *ledger.Message, n int, s *ledger.Snapshot, x int) {
	if at.Answered < 0 && at.Heard < 0 {
		return
	}
	switch {
	case at.Code != 0 && at.Code != 46:
		l.notes = append(l.notes, note{x, "code " + strconv.Itoa(int(at.Code)), failed})
	case l.known(at, m, n, s):
		if a.h == 1 { // no row for a note: the mark itself says it
			l.marks |= sawSameHere
			a.swap(x, 0, "◆", "◇")
			return
		}
		l.marks |= sawSame
		l.notes = append(l.notes, note{x, "= @" + strconv.FormatInt(at.Offset, 10), faint})
	case at.Offset >= 0 && a.h > 1:
		l.marks |= sawAdded
		l.notes = append(l.notes, note{x, "+ @" + strconv.FormatInt(at.Offset, 10), faint})
	}
}

// writeNotes writes the notes below their attempts. Where two stand too close,
// the first keeps its sign alone: none is left out.
func (l *attempts) writeNotes(a area) {
	for i, n := range l.notes {
		if i+1 < len(l.notes) && n.x+width(n.word) >= l.notes[i+1].x {
			n.word = n.word[:1]
		}
		a.put(n.x, 1, n.word, n.st)
	}
}

// known says that the broker recognised an earlier attempt: the same sequence
// was answered with the same place.
func (l *attempts) known(at *ledger.Attempt, m *ledger.Message, n int, s *ledger.Snapshot) bool {
	if at.Code == 46 {
		return true
	}
	for _, id := range m.Attempts[:n] {
		o := s.Attempt(id)
		if o != nil && (o.Answered >= 0 || o.Heard >= 0) && at.ProducerID >= 0 && o.ProducerID == at.ProducerID && o.Epoch == at.Epoch &&
			o.BaseSequence == at.BaseSequence && o.Partition == at.Partition && o.Offset == at.Offset {
			return true
		}
	}
	return false
}

func pendingIf(at *ledger.Attempt) style {
	if at.Heard < 0 && at.Ended < 0 && at.Outcome == ledger.Pending {
		return pending
	}
	return text
}
