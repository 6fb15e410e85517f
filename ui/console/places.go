package console

import "atelier/ui/console/layout"

// resize takes the size of the terminal.
func (m *Model) resize(w, h int) {
	was := m.screen.Form
	m.canvas.resize(max(w, 0), max(h, 0))
	m.arrange(w, h)
	s := &m.screen
	if was == layout.Pages && s.Form == layout.Wide {
		m.page = lessonPage
	}
	if was != layout.Pages && s.Form == layout.Pages && (m.session.experimenting() || m.at >= 0 || m.bare) {
		m.page = benchPage
	}
	m.suggest(m.book.Snapshot())
}

// lay arranges what is on screen anew, in the same size.
func (m *Model) lay() { m.arrange(m.screen.Width, m.screen.Height) }

// arrange gives every pane its place.
func (m *Model) arrange(w, h int) {
	want := layout.Wanted{
		Width: w, Height: h, Views: m.bench.rooms, Shown: m.bench.shown, First: m.bench.first, Zoomed: layout.Nowhere,
		Needs: m.bench.fills, Hidden: m.bench.hid,
		Notice: m.notice.Rows(w), Strip: m.lanes() && m.bench.shown.Has(m.bench.named("attempts")), Bare: m.bare,
	}
	if m.zoomed {
		want.Zoomed = m.at
	}
	m.screen = layout.Of(want)
	s := &m.screen
	m.header.Size(s.Header.W, s.Header.H)
	if !s.Lesson.Empty() { // out of sight it keeps its shape
		m.lesson.Size(s.Lesson.W, s.Lesson.H)
	}
	m.strip.Size(s.Strip.W, s.Strip.H)
	for _, v := range s.Views {
		m.bench.panes[v.View].Size(v.At.W, v.At.H)
	}
	m.prompt.Size(s.Prompt.W, s.Prompt.H)
	m.transport.Size(s.Prompt.W, s.Prompt.H)
	m.notice.Size(s.Notice.W, s.Notice.H)
	m.canvas.all = true
	if m.at >= 0 && s.Form != layout.Tiny && !m.stands(m.at) {
		m.at = layout.Lesson
		m.refocus()
	}
}

// makeRoom learns what there is to show now. It says whether the screen has to be
// laid out anew: where views share it for each row that can be filled, on two
// pages for the first lane below the lesson too.
func (m *Model) makeRoom() bool {
	filled := m.bench.filled(m.seen.Snap, m.screen.Height, m.at)
	s := &m.screen
	return filled && len(s.Views) > 1 || filled && s.Ample() || s.Form == layout.Pages && m.lanes() == s.Strip.Empty() && m.bench.shown.Has(m.bench.named("attempts")) && !m.zoomed && !m.bare
}

// lanes says that there are lanes to draw.
func (m *Model) lanes() bool { return m.seen.Snap != nil && len(m.seen.Snap.Messages) > 0 }

// stands says whether a view has a place, on either page.
func (m *Model) stands(s layout.Spot) bool {
	for _, v := range m.screen.Views {
		if layout.Spot(v.View) == s {
			return true
		}
	}
	return false
}
