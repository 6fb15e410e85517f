package console

import (
	"slices"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/attempts"
	"atelier/ui/console/contact"
	"atelier/ui/console/home"
	"atelier/ui/console/journal"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// What stands above the lesson: home, and the first contact.

// goHome opens the page of the modules.
func (m *Model) goHome() {
	current := -1
	if module, _ := m.lesson.At(); module != nil {
		current = module.Number
	}
	m.open(home.New(m.options.Modules, m.options.Memory, current))
}

// meet opens the first contact.
func (m *Model) meet() { m.open(contact.New(attempts.New(false), journal.New())) }

// contact is the first contact, while it is open; nil while it is not.
func (m *Model) contact() *contact.Dialog {
	for _, d := range m.dialogs {
		if c, is := d.(*contact.Dialog); is {
			return c
		}
	}
	return nil
}

// playContact runs the lines of a scene.
func (m *Model) playContact(source string) tea.Cmd {
	c := m.contact()
	if c == nil {
		return nil
	}
	if m.transport.On() {
		c.Refused(words.Errorf("a replay is on: leave it first (Esc)", "un ralenti est en cours : quittez-le d’abord (Échap)"))
		return nil
	}
	if m.session.experimenting() {
		c.Refused(words.Errorf("%s", "%s", busyTold.Text))
		return nil
	}
	if m.tidying() {
		c.Refused(words.Errorf("%s", "%s", tidyingTold.Text))
		return nil
	}
	script, err := m.parse("", []byte(source), m.labels())
	if err != nil {
		c.Refused(err)
		return nil
	}
	r, wait, err := m.session.start(script, source, nil)
	if err != nil {
		c.Refused(err)
		return nil
	}
	r.scene = true
	return tea.Batch(wait, m.tick())
}

// sceneMoved and sceneEnded tell the first contact, where it is still open.
func (m *Model) sceneMoved(told []lab.Progress) {
	if c := m.contact(); c != nil {
		c.Update(contact.Moved{Progress: told})
	}
}

func (m *Model) sceneEnded(of *run, r lab.Result) {
	switch c := m.contact(); {
	case c != nil && of.tidies:
		c.Update(contact.Tidied{Result: r})
	case c != nil:
		c.Update(contact.Ended{Result: r, Snap: m.book.Snapshot()})
		m.untidy = m.untidy || c.Stopped()
	case of.tidies && r.Status != lab.Passed:
		m.say(telling.Told{Err: r.Err, Tone: telling.Bad})
	}
}

// What the first contact sets up must not meet a newcomer in the course: where it
// is left or stopped before its end, the bench is reset. What still runs of it is
// stopped first.

var tidyingTold = telling.Told{Text: words.Text{
	En: "The bench is being cleaned up after the first contact: one moment.",
	Fr: "Le banc se nettoie après le premier contact : un instant.",
}}

// tidy begins to clean up.
func (m *Model) tidy() tea.Cmd {
	m.untidy = true
	for _, r := range m.session.runs {
		if r.scene {
			r.cancel()
		}
	}
	return m.tidyUp()
}

// tidyUp resets the bench, once nothing of the first contact runs any more.
func (m *Model) tidyUp() tea.Cmd {
	if !m.untidy || slices.ContainsFunc(m.session.runs, func(r *run) bool { return r.scene }) {
		return nil
	}
	m.untidy = false
	script, err := m.parse("", []byte("reset"), nil)
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	r, wait, err := m.session.start(script, "", nil)
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	r.scene, r.tidies = true, true
	return tea.Batch(wait, m.tick())
}

// tidying says whether that is under way.
func (m *Model) tidying() bool {
	return m.untidy || slices.ContainsFunc(m.session.runs, func(r *run) bool { return r.tidies })
}
