package console

import (
	"atelier/kafka/ledger"
	"atelier/ui/console/lesson"
	"atelier/ui/console/pane"

	tea "charm.land/bubbletea/v2"
)

// veil keeps the answer of a prediction from whoever has not predicted. A run
// that an experiment of the lesson made is shown Unread as long as a prediction
// of that experiment is open: until it is answered, or until the experiment has
// come to its end. It is the snapshot that lacks the answer, so that no view can
// tell it; what others make of the log asks hides.
//
// What a learner makes without the lesson, by keys or at the prompt, is an
// experiment too, and is never veiled.
type veil struct {
	run  string         // that experiments made
	labs []lesson.Place // those: the first, and what continued it

	of, unread *ledger.Snapshot // the latest one that was veiled
}

// follow learns which run is an experiment's: while it runs, the present one.
func (v *veil) follow(of *run, s *ledger.Snapshot) {
	if of == nil {
		return
	}
	if at := *of.block; len(v.labs) == 0 || v.labs[len(v.labs)-1] != at {
		if !of.continues {
			v.labs = v.labs[:0]
		}
		v.labs = append(v.labs, at)
	}
	v.run = s.Run
}

// hides says whether what the log holds of a run is not told now.
func (m *Model) hides(run string) bool {
	if m.veil.run != run {
		return false
	}
	for _, at := range m.veil.labs {
		if m.lesson.Asks(at) {
			return true
		}
	}
	return false
}

// veiled is what the views may show.
func (m *Model) veiled(now pane.Seen) pane.Seen {
	if now.Veiled = m.hides(now.Snap.Run); !now.Veiled {
		return now
	}
	if v := &m.veil; v.of != now.Snap {
		v.of, v.unread = now.Snap, now.Snap.Unread()
	}
	now.Snap = m.veil.unread
	return now
}

// unveil shows at once what an answer has earned.
func (m *Model) unveil() tea.Cmd {
	if m.seen.Snap == nil || m.hides(m.seen.Snap.Run) == m.seen.Veiled {
		return nil
	}
	m.observe(m.book.Snapshot())
	return m.tick() // the verdicts come into their colours
}
