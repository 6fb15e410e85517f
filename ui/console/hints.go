package console

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
)

// situation is what the hints beside the prompt hang on.
type situation struct {
	lab     bool   // the step has an experiment that has not run
	asks    string // the digits that answer a question; empty: none do
	running bool   // an experiment runs
	bench   bool   // the lesson is on the other page, one Tab away
	unread  bool   // something was sent that was not read back
	last    bool   // no step follows
	count   int    // how many messages a key sends
}

// situated finds out what the learner can do next.
func (m *Model) situated(s *ledger.Snapshot) situation {
	return situation{
		lab:     m.lesson.Waiting() && !m.viewed(),
		asks:    m.digitsChoose(),
		running: m.session.experimenting(),
		bench:   m.benchCovers(),
		unread:  s.All.Sent > 0 && !s.All.Audited && s.InFlight == 0,
		last:    m.lesson.Last(),
		count:   handfuls[m.count],
	}
}

// benchCovers says that Tab turns back to the lesson, which is on the other page.
func (m *Model) benchCovers() bool {
	return !m.shows(layout.Lesson) && m.following(1) == layout.Lesson
}

// suggest gives the prompt the hints of the situation, where that changed.
func (m *Model) suggest(s *ledger.Snapshot) {
	if now := m.situated(s); !m.suggested || now != m.situation {
		m.situation, m.suggested = now, true
		m.prompt.Update(prompt.Suggested{Hints: now.hints(m.keys)})
	}
}

// hints are those of the table, what helps most first: the last ones go where
// there is little room.
func (n situation) hints(table []binding) []pane.Hint {
	var hints []pane.Hint
	add := func(when bool, key string) {
		if b := match(table, key); when && b != nil && b.short != (words.Text{}) {
			h := pane.Hint{Key: b.shown, Does: b.short, Press: key}
			for _, there := range hints {
				if there == h {
					return
				}
			}
			hints = append(hints, h)
		}
	}
	add(n.running, "ctrl+c")
	add(n.lab && !n.running, "enter")
	if n.asks != "" {
		hints = append(hints, pane.Hint{Key: words.Text{En: n.asks, Fr: n.asks}, Does: words.Text{En: "answer", Fr: "répondre"}})
	}
	add(n.bench, "tab")
	add(n.unread && !n.running, "a")
	add(!n.last, "space")
	add(true, "?")
	many := pane.Hint{Key: words.Text{En: "x", Fr: "x"}, Does: words.Textf("×%[1]d", "×%[1]d", n.count), Press: "x"}
	if n.count > 1 { // it is not what one expects
		hints = append(hints, many)
	}
	for _, key := range []string{"p", "i", "a", "r", "f", "l", "t", "b"} {
		add(true, key)
	}
	if n.count == 1 {
		hints = append(hints, many)
	}
	return hints
}
