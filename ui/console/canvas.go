package console

import (
	"atelier/assets/words"
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
	bytes   []byte
	content string
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
	if m.typing && !m.help.Open && m.screen.Form != Tiny {
		v.Cursor = tea.NewCursor(m.prompt.CursorAt(), m.promptRow())
	}
	v.WindowTitle = "Kafka Atelier"
	return v
}

// shown is a pane where it stands now.
type shown struct {
	pane pane.Pane
	at   screen.Rect
}

// visible lists the panes that are on screen, in drawing order.
func (m *Model) visible(buf []shown) []shown {
	s := &m.screen
	buf = append(buf, shown{m.header, s.Header})
	if s.Form == Wide || m.page == lessonPage {
		buf = append(buf, shown{m.lesson, s.Lesson})
	}
	if s.Form == Pages && m.page == lessonPage {
		buf = append(buf, shown{m.strip, s.Strip})
	}
	if s.Form == Wide || m.page == benchPage {
		buf = append(buf, shown{m.network, s.Network}, shown{m.attempts, s.Attempts}, shown{m.counts, s.Counts}, shown{m.journal, s.Log})
	}
	return buf
}

// draw brings the cells up to date and says whether any changed.
func (m *Model) draw() bool {
	c := &m.canvas
	if m.screen.Form == Tiny {
		return m.drawTiny()
	}
	changed := c.all || c.borders
	if c.all {
		c.grid.All().Clear()
	}
	if changed {
		m.drawFrames()
	}
	var buf [8]shown
	for _, p := range m.visible(buf[:0]) {
		if c.all || p.pane.Stale() {
			p.pane.View(c.grid.At(p.at))
			changed = true
		}
	}
	changed = changed || m.prompt.Stale() || m.notice.Stale()
	c.all, c.borders = false, false
	if !changed {
		return false
	}
	// The prompt and a long notice stand above the panes.
	notice, prompt := m.screen.Notice, m.screen.Prompt
	prompt.Y = m.promptRow()
	notice.Y, notice.H = prompt.Y+1, m.screen.Height-prompt.Y-1
	m.notice.View(c.grid.At(notice))
	m.prompt.View(c.grid.At(prompt))
	if m.help.Open {
		m.help.View(c.grid.All())
	}
	return true
}

// promptRow is where the prompt stands: a long notice pushes it up.
func (m *Model) promptRow() int {
	return m.screen.Prompt.Y - m.notice.Rows(m.screen.Width) + 1
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

// drawFrames draws the borders and the titles of what is on screen.
func (m *Model) drawFrames() {
	s := &m.screen
	lesson, bench := screen.Accent, screen.Quiet
	if m.typing {
		lesson = screen.Quiet
	}
	t := func(en, fr string) string { return words.Text{En: en, Fr: fr}.In(m.lang) }
	all := m.canvas.grid.All()
	if s.Form == Wide || m.page == lessonPage {
		screen.Box(all, s.LessonFrame, t("lesson", "leçon"), lesson)
	}
	if s.Form == Pages && m.page == lessonPage {
		screen.Rule(all, s.LessonFrame, s.Strip.Y-1, t("attempts", "tentatives"), lesson)
		m.otherPage(all, s.LessonFrame, t("Tab: bench", "Tab : banc"), lesson)
	}
	if s.Form == Wide || m.page == benchPage {
		screen.Box(all, s.BenchFrame, t("network", "réseau"), bench)
		key := s.BenchFrame.X + s.BenchFrame.W - 2
		if s.Form == Pages {
			key -= screen.Width(t("Tab: lesson", "Tab : leçon")) + 3
		}
		all.PutRight(key, s.BenchFrame.Y, t(" ┃ proxy · ★ leads · ● under way ", " ┃ proxy · ★ leader · ● en route "), screen.Faint)
		screen.Rule(all, s.BenchFrame, s.Attempts.Y-1, t("attempts", "tentatives"), bench)
		screen.Rule(all, s.BenchFrame, s.Counts.Y-1, t("counts", "comptes"), bench)
		screen.Rule(all, s.BenchFrame, s.Log.Y-1, t("log", "journal"), bench)
	}
	if s.Form == Pages && m.page == benchPage {
		m.otherPage(all, s.BenchFrame, t("Tab: lesson", "Tab : leçon"), bench)
	}
}

// otherPage says how to turn the page, in the corner of a frame.
func (m *Model) otherPage(a screen.Area, r screen.Rect, s string, _ screen.Style) {
	a.PutRight(r.X+r.W-2, r.Y, " "+s+" ", screen.Accent)
}
