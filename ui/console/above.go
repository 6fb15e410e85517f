package console

import (
	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/attempts"
	"atelier/ui/console/contact"
	"atelier/ui/console/home"
	"atelier/ui/console/journal"

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
		c.Refused(words.Errorf("a replay is on: leave it first (Esc)", "un ralenti est en cours : quittez-le d'abord (Échap)"))
		return nil
	}
	if m.session.experimenting() {
		c.Refused(words.Errorf("%s", "%s", busyTold.Text))
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

func (m *Model) sceneEnded(r lab.Result) {
	if c := m.contact(); c != nil {
		c.Update(contact.Ended{Result: r, Snap: m.book.Snapshot()})
	}
}
