package console

import (
	"atelier/assets/words"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/telling"
)

// shows says whether a spot is on the page that is open.
func (m *Model) shows(s layout.Spot) bool {
	one := m.screen.Form != layout.Pages || m.zoomed
	switch {
	case s == layout.Prompt:
		return true
	case s == layout.Lesson:
		return !m.screen.Lesson.Empty() && (one || m.page == lessonPage)
	case !one && m.page != benchPage:
		return false
	}
	for i := range m.screen.Views {
		if layout.Spot(m.screen.Views[i].View) == s {
			return true
		}
	}
	return false
}

// focus is where the keys go first.
func (m *Model) focus() layout.Spot {
	if m.typing {
		return layout.Prompt
	}
	return m.at
}

// focused is the pane that the keys go to first; nil while it is out of sight.
func (m *Model) focused() pane.Pane {
	switch at := m.focus(); {
	case !m.shows(at):
		return nil
	case at == layout.Prompt:
		return m.prompt
	case at == layout.Lesson:
		return m.lesson
	default:
		return m.bench.panes[at]
	}
}

// refocus tells the panes which of them has the focus.
func (m *Model) refocus() {
	at := m.focus()
	m.prompt.Update(pane.Focused{On: at == layout.Prompt})
	m.lesson.Update(pane.Focused{On: at == layout.Lesson})
	for i, p := range m.bench.panes {
		p.Update(pane.Focused{On: at == layout.Spot(i)})
	}
	m.canvas.borders = true
	if m.seen.Snap != nil && m.makeRoom() {
		m.lay()
	}
}

// viewed says that the keys go to a view first. Enter opens what is chosen there,
// and never runs the lesson's experiment: that would reset the bench, and what
// the view shows would be gone.
func (m *Model) viewed() bool { return m.focus() >= 0 && m.focused() != nil }

// openNothing answers an Enter that the view in focus has no use for: it leads to
// the attempts, which open.
func (m *Model) openNothing() {
	said := words.Text{
		En: "Nothing to open here. Esc leads back to the lesson: there Enter runs the experiment.",
		Fr: "Rien à ouvrir ici. Échap ramène à la leçon : là, Entrée lance l’expérience.",
	}
	if to := layout.Spot(m.bench.named("attempts")); to != m.focus() && m.stands(to) && m.lanes() {
		m.moveTo(to)
		said = words.Text{
			En: "Nothing to open there, but here: ↑ ↓ choose a message, Enter opens its story.",
			Fr: "Rien à ouvrir là-bas, mais ici : ↑ ↓ choisissent un message, Entrée ouvre son histoire.",
		}
	}
	m.say(telling.Told{Text: said})
}

// digitsChoose says which digits answer a question of the lesson, which takes them
// as long as it has the focus: "1–3". Where none do, they show views, and the
// bench's border offers them.
func (m *Model) digitsChoose() string {
	if m.focused() != pane.Pane(m.lesson) {
		return ""
	}
	return m.lesson.Chooses()
}

// moveTo gives the focus to a spot and brings it in sight.
func (m *Model) moveTo(s layout.Spot) {
	m.typing = s == layout.Prompt
	switch {
	case s == layout.Lesson:
		m.at = s
		m.show(lessonPage)
	case s >= 0:
		m.at = s
		m.show(benchPage)
	}
	if m.zoomed {
		m.lay()
	}
	m.refocus()
}

// following is where Tab goes from where the focus is, and back: the lesson,
// the views from the top, the prompt. What has the focus and is on the other
// page comes first.
func (m *Model) following(by int) layout.Spot {
	at := m.focus()
	ring := make([]layout.Spot, 0, 12)
	if !m.bare {
		if !m.shows(at) {
			return at
		}
		ring = append(ring, layout.Lesson)
	}
	if m.zoomed {
		for i := range m.bench.table {
			if m.bench.shown.Has(i) {
				ring = append(ring, layout.Spot(i))
			}
		}
	} else {
		for i := range m.screen.Views {
			ring = append(ring, layout.Spot(m.screen.Views[i].View))
		}
	}
	if !m.transport.On() {
		ring = append(ring, layout.Prompt)
	}
	for i := range ring {
		if ring[i] == at {
			return ring[(i+by+len(ring))%len(ring)]
		}
	}
	if len(ring) > 0 {
		return ring[0]
	}
	return at
}

// zoom gives the focused pane the whole screen, or takes it back.
func (m *Model) zoom() {
	m.zoomed = !m.zoomed
	if m.zoomed && m.screen.Form == layout.Pages && !m.shows(m.at) && len(m.screen.Views) > 0 {
		m.at = layout.Spot(m.screen.Views[0].View) // the page that is open
	}
	m.lay()
	m.refocus()
}
