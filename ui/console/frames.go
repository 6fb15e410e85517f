package console

import (
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// drawFrames draws the borders and the titles of what is on screen. What has
// the focus has a border in the accent's colour.
func (m *Model) drawFrames() {
	s, all := &m.screen, m.canvas.grid.All()
	m.canvas.keys = m.canvas.keys[:0]
	if m.shows(layout.Lesson) {
		screen.Box(all, s.LessonFrame, m.titleOf(layout.Lesson).In(m.lang), screen.Quiet)
		if !s.Strip.Empty() {
			screen.Rule(all, s.LessonFrame, s.Strip.Y-1, m.lang.Pick("attempts", "tentatives"), screen.Quiet)
		}
		m.corner(s.LessonFrame)
		if m.focus() == layout.Lesson {
			m.light(s.LessonFrame)
		}
	}
	if !m.benchShows() {
		return
	}
	screen.Box(all, s.BenchFrame, "", screen.Quiet)
	for i, v := range s.Views {
		y, right := v.At.Y-1, s.BenchFrame.X+s.BenchFrame.W-2
		screen.Title(all, s.BenchFrame, y, v.Title.In(m.lang), i == 0, screen.Quiet)
		if i == 0 {
			right -= m.corner(s.BenchFrame)
		}
		aside := m.bench.table[v.View].aside.In(m.lang)
		if s.BenchFrame.X+screen.Width(v.Title.In(m.lang))+5 > right-screen.Width(aside)-2 {
			aside = "" // the title is worth more
		}
		if aside != "" {
			all.PutRight(right, y, " "+aside+" ", screen.Faint)
		}
	}
	m.drawOthers()
	for _, v := range s.Views {
		if m.focus() == layout.Spot(v.View) {
			m.light(screen.At(v.At.X-1, v.At.Y-1, v.At.W+2, v.At.H+2))
		}
	}
}

// light shows that a frame has the focus: its border by its colour, its title by
// its background, which is there without colours too.
func (m *Model) light(r screen.Rect) {
	all := m.canvas.grid.All()
	screen.Tint(all, r, screen.Quiet, screen.Accent)
	all.Shade(r.X+2, r.Y, screen.Width(m.titleOf(m.focus()).In(m.lang))+2, screen.OnFocus)
}

// corner says, at the top right of a frame, how to get out of it: where Tab
// turns to, where there are two pages, or how to leave the whole screen. It
// returns the columns that it took.
func (m *Model) corner(r screen.Rect) int {
	var s string
	switch {
	case m.zoomed:
		s = m.lang.Pick(" z: back ", " z : retour ")
	case m.screen.Form != layout.Pages:
		return 0
	case m.shows(layout.Lesson) && m.bench.shown == 0:
		return 0
	case m.shows(layout.Lesson):
		s = m.lang.Pick(" Tab: bench ", " Tab : banc ")
	default:
		s = m.lang.Pick(" Tab: ", " Tab : ") + m.titleOf(m.following(1)).In(m.lang) + " "
	}
	key := "tab"
	if m.zoomed {
		key = "z"
	}
	m.canvas.keys = append(m.canvas.keys, keySpot{screen.At(r.X+r.W-2-screen.Width(s), r.Y, screen.Width(s), 1), key})
	m.canvas.grid.All().PutRight(r.X+r.W-2, r.Y, s, screen.Accent)
	return screen.Width(s) + 1
}

// drawOthers lists, at the bottom of the bench, the views that are not on screen
// by their keys: first those that gave way, as there are too few rows.
func (m *Model) drawOthers() {
	if m.zoomed {
		return
	}
	s, all := &m.screen, m.canvas.grid.All()
	var gave, others []otherView
	for _, i := range m.bench.byKey {
		switch {
		case s.Gone.Has(i):
			gave = append(gave, m.otherView(i, screen.Ink))
		case !m.stands(layout.Spot(i)):
			others = append(others, m.otherView(i, screen.Faint))
		}
	}
	count := screen.Line{}
	if len(gave) > 0 {
		count = screen.Text(" (+"+telling.Count(int64(len(gave)), m.lang)+")", screen.Accent|screen.Bold)
	}
	others = append(gave, others...)
	width := 0
	for _, o := range others {
		width += o.line.Width()
	}
	for last := len(others) - 1; last > 0 && width > s.BenchFrame.W-8; last-- {
		width -= others[last].line.Width()
		others = others[:last]
	}
	x, y := s.BenchFrame.X+s.BenchFrame.W-2-width-count.Width(), s.BenchFrame.Y+s.BenchFrame.H-1
	count.Put(all, x, y)
	x += count.Width()
	for _, o := range others {
		w := o.line.Width()
		m.canvas.keys = append(m.canvas.keys, keySpot{screen.At(x, y, w, 1), o.key})
		o.line.Put(all, x, y)
		x += w
	}
}

// otherView is a view that is not on screen: how a border names it, and its key.
type otherView struct {
	line screen.Line
	key  string
}

func (m *Model) otherView(i int, st screen.Style) otherView {
	v := &m.bench.table[i]
	key := " " + v.keys[0] + " "
	if m.choosing { // digits answer a question now; a click still shows the view
		key = " "
	}
	return otherView{screen.Text(key, screen.Accent).Add(v.Title.In(m.lang)+" ", st), v.keys[0]}
}

// dialogAt is where a dialog stands: in the middle of the panes, as large as it
// wants to be. Where little would be left beside it, or above and below, it
// takes that too; and the whole screen where it wants just that.
func (m *Model) dialogAt(d pane.Dialog) screen.Rect {
	const tooLittle = 8
	w, h := m.screen.Width, m.screen.Height
	columns, rows := d.Want(w-2, h-2)
	if columns >= w-2 && rows >= h-2 {
		return screen.At(0, 0, w, h)
	}
	columns, rows = max(columns, 1)+2, max(rows, 1)+2
	top, room := m.screen.Header.H, m.screen.Prompt.Y-m.screen.Header.H
	if columns > w-tooLittle {
		columns = w
	}
	if rows > room-tooLittle/2 {
		rows = room
	}
	return screen.At((w-columns)/2, top+(room-rows)/2, columns, rows)
}

// inner is what a border leaves.
func inner(r screen.Rect) screen.Rect { return screen.At(r.X+1, r.Y+1, r.W-2, r.H-2) }

// drawDialog draws a dialog with its border above the panes.
func (m *Model) drawDialog(d pane.Dialog) {
	at := m.canvas.dialog
	a := m.canvas.grid.At(at)
	d.View(m.canvas.grid.At(inner(at)))
	screen.Box(a, screen.At(0, 0, a.W, a.H), screen.Cut(screen.Plain(d.Title().In(m.lang)), a.W-6), screen.Accent)
	m.drawDialogKeys(d, a)
	a.Under(screen.OnOverlay)
}

// drawDialogKeys says at the bottom what the keys of a dialog do; a click there
// presses them.
func (m *Model) drawDialogKeys(d pane.Dialog, a screen.Area) {
	c := &m.canvas
	c.above = c.above[:0]
	hints := d.Help()
	note := ""
	ends := make([]int, 0, len(hints)) // the column behind each, in the note
	for _, h := range hints {          // what comes last goes first where there is little room
		next := " " + h.Key.In(m.lang) + " " + h.Does.In(m.lang)
		if note != "" {
			next = " ·" + next
		}
		if note != "" && screen.Width(note+next) > a.W-5 {
			break
		}
		note += next
		ends = append(ends, screen.Width(note))
	}
	if note == "" {
		return
	}
	note = screen.Cut(note, a.W-5) + " "
	x := a.W - 2 - screen.Width(note)
	a.Put(x, a.H-1, note, screen.Faint)
	from := 0
	for i, h := range hints[:len(ends)] {
		to := min(ends[i], screen.Width(note))
		if key := h.Pressed(); key != "" && to > from {
			c.above = append(c.above, keySpot{screen.At(c.dialog.X+x+from, c.dialog.Y+a.H-1, to-from, 1), key})
		}
		from = to
	}
}
