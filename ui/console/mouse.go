package console

import (
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3

// click gives the focus to the pane under the mouse, and the click in its own
// coordinates. Outside of a dialog it closes the dialog.
func (m *Model) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || m.screen.Form == layout.Tiny {
		return nil
	}
	if d := m.dialog(); d != nil {
		at := inner(m.canvas.dialog)
		for _, k := range m.canvas.above {
			if within(k.at, msg.X, msg.Y) {
				return m.press(keyOf(k.key))
			}
		}
		switch {
		case within(at, msg.X, msg.Y):
			return m.grant(d.Click(msg.X-at.X, msg.Y-at.Y))
		case !within(m.canvas.dialog, msg.X, msg.Y):
			return m.close()
		}
		return nil
	}
	for _, k := range m.canvas.keys {
		if within(k.at, msg.X, msg.Y) {
			return m.grant(pane.Press{Key: k.key})
		}
	}
	p, there := m.under(msg.X, msg.Y)
	if !there {
		return nil
	}
	var wish pane.Wish
	if within(p.at, msg.X, msg.Y) { // not its title
		wish = p.pane.Click(msg.X-p.at.X, msg.Y-p.at.Y)
	}
	if p.pane == m.notice && m.notice.IsCovered() {
		wish = m.prompt.ClickBelow(msg.X-p.at.X, msg.Y-p.at.Y)
	}
	// A hint beside the prompt is a key; who presses it does not mean to write.
	if p.spot != layout.Nowhere && (p.spot != layout.Prompt || wish == nil) {
		m.moveTo(p.spot)
	}
	return m.grant(wish)
}

// keyOf is a key by its name, as somebody presses it.
func keyOf(name string) tea.KeyPressMsg {
	switch name {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "tab":
		return tea.KeyPressMsg{Code: tea.KeyTab}
	case "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// wheel scrolls what is under the mouse.
func (m *Model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	rows := wheelRows
	switch msg.Button {
	case tea.MouseWheelUp:
		rows = -rows
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if d := m.dialog(); d != nil {
		return d.Update(pane.Scrolled{Rows: rows})
	}
	if p, there := m.under(msg.X, msg.Y); there {
		return p.pane.Update(pane.Scrolled{Rows: rows})
	}
	return nil
}

// under is the pane at a cell, or below the title there.
func (m *Model) under(x, y int) (shown, bool) {
	var buf [16]shown
	for _, p := range m.visible(buf[:0]) {
		if within(p.at, x, y) {
			return p, true
		}
	}
	for _, p := range m.visible(buf[:0]) {
		if p.spot >= layout.Spot(0) && within(screen.At(p.at.X, p.at.Y-1, p.at.W, 1), x, y) {
			return p, true
		}
	}
	return shown{}, false
}

func within(r screen.Rect, x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}
