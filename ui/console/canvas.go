package console

import (
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// canvas is the screen as it was last drawn. A pane that did not change keeps
// its cells, and a screen on which nothing changed keeps its text.
type canvas struct {
	grid    screen.Grid
	all     bool // everything has to be drawn again
	borders bool
	dialog  screen.Rect // of the one on top, with its border
	keys    []keySpot   // that the borders name
	above   []keySpot   // that the border of the dialog names
	bytes   []byte
	content string
}

// keySpot is where a key stands on a border; a click there presses it.
type keySpot struct {
	at  screen.Rect
	key string
}

func (c *canvas) resize(w, h int) {
	c.grid.Resize(w, h)
	c.all = true
}

// View draws what changed since the last time.
func (m *Model) View() tea.View {
	if m.draw() {
		m.canvas.bytes = m.canvas.grid.Encode(m.canvas.bytes[:0], m.look)
		m.canvas.content = string(m.canvas.bytes)
	}
	v := tea.NewView(m.canvas.content)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.Cursor = m.cursor()
	v.WindowTitle = "Kafka Atelier"
	return v
}

// cursor is where somebody types; nil where nobody does.
func (m *Model) cursor() *tea.Cursor {
	if m.screen.Form == layout.Tiny {
		return nil
	}
	var typist pane.Typist = m.prompt
	at := m.screen.Prompt
	if d := m.dialog(); d != nil {
		above, types := d.(pane.Typist)
		if !types {
			return nil
		}
		typist = above
		at = inner(m.canvas.dialog)
	}
	if x, y, on := typist.Cursor(); on {
		c := tea.NewCursor(at.X+x, at.Y+y)
		c.Blink = !m.options.Still
		return c
	}
	return nil
}

// shown is a pane where it stands now.
type shown struct {
	pane pane.Pane
	at   screen.Rect
	spot layout.Spot // that a click goes to
}

// visible lists the panes that are on screen, in drawing order.
func (m *Model) visible(buf []shown) []shown {
	s := &m.screen
	buf = append(buf, shown{m.header, s.Header, layout.Nowhere})
	if m.shows(layout.Lesson) {
		buf = append(buf, shown{m.lesson, s.Lesson, layout.Lesson})
		if !s.Strip.Empty() {
			buf = append(buf, shown{m.strip, s.Strip, layout.Spot(m.bench.named("attempts"))})
		}
	}
	if m.benchShows() {
		for _, v := range s.Views {
			buf = append(buf, shown{m.bench.panes[v.View], v.At, layout.Spot(v.View)})
		}
	}
	below := shown{m.prompt, s.Prompt, layout.Prompt}
	if m.transport.On() {
		below = shown{m.transport, s.Prompt, layout.Nowhere}
	}
	return append(buf, below, shown{m.notice, s.Notice, layout.Nowhere})
}

// benchShows says that the views are on the page that is open.
func (m *Model) benchShows() bool {
	return len(m.screen.Views) > 0 && (m.screen.Form == layout.Wide || m.zoomed || m.page == benchPage)
}

// draw brings the cells up to date and says whether any changed.
func (m *Model) draw() bool {
	c := &m.canvas
	if m.screen.Form == layout.Tiny {
		return m.drawTiny()
	}
	d := m.dialog()
	if d != nil {
		if at := m.dialogAt(d); at != c.dialog {
			c.dialog, c.all = at, true
			in := inner(at)
			d.Size(in.W, in.H)
		}
	}
	if now := m.digitsChoose() != ""; now != m.choosing {
		m.choosing, c.borders = now, true
	}
	changed := c.all || c.borders
	if c.all {
		c.grid.All().Clear()
	}
	if changed {
		m.drawFrames()
	}
	var buf [16]shown
	for _, p := range m.visible(buf[:0]) {
		if c.all || p.pane.Stale() {
			p.pane.View(c.grid.At(p.at))
			changed = true
		}
	}
	c.all, c.borders = false, false
	if d != nil && (changed || d.Stale()) {
		m.drawDialog(d)
		changed = true
	}
	return changed
}

func (m *Model) drawTiny() bool {
	c := &m.canvas
	if !c.all {
		return false
	}
	c.all = false
	a := c.grid.All()
	a.Clear()
	s := m.lang.Pick("Please make this window at least 60 × 20.", "Agrandissez cette fenêtre : 60 × 20 au moins.")
	for y, l := range screen.Wrap(screen.Text(s, screen.Ink), a.W) {
		l.Put(a, 0, y)
	}
	return true
}
