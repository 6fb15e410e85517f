package console

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// key makes the message of a key by its name.
func key(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "backspace": tea.KeyBackspace, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete,
	}
	switch {
	case name == "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case name == "shift+tab":
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	case strings.HasPrefix(name, "ctrl+"):
		return tea.KeyPressMsg{Code: rune(name[5]), Mod: tea.ModCtrl}
	case special[name] != 0:
		return tea.KeyPressMsg{Code: special[name]}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

// press types keys and lets everything happen that follows from them.
func press(t testing.TB, m *Model, keys ...string) {
	t.Helper()
	for _, k := range keys {
		_, cmd := m.Update(key(k))
		settle(t, m, cmd)
	}
}

func typeText(t testing.TB, m *Model, s string) {
	t.Helper()
	for _, r := range s {
		_, cmd := m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		settle(t, m, cmd)
	}
}

// settle carries commands out as Bubble Tea would. Looking again is left to
// the test: it says when a frame comes.
func settle(t testing.TB, m *Model, cmd tea.Cmd) {
	t.Helper()
	if cmd == nil {
		return
	}
	out := make(chan tea.Msg, 1)
	go func() { out <- cmd() }()
	select {
	case msg := <-out:
		switch msg := msg.(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				settle(t, m, c)
			}
		case frame:
			m.pulse.beating = false
		case woke, nil:
		default:
			_, next := m.Update(msg)
			settle(t, m, next)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("a command did not end")
	}
}

// History is the lines that the prompt recalls, oldest first.
func (m *Model) History() []string { return m.prompt.Lines() }

// look again, as a frame would.
func (m *Model) again() {
	m.onFrame()
	m.pulse.beating, m.pulse.waiting = false, false
}

// screen is what a console shows, without colours.
func screenText(m *Model) string {
	lines := strings.Split(ansi.Strip(m.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// checkScreen says that a frame fits its screen, line by line.
func checkScreen(t testing.TB, m *Model, what string) {
	t.Helper()
	content := m.View().Content
	w, h := m.screen.Width, m.screen.Height
	lines := strings.Split(content, "\n")
	if want := max(h, 1); len(lines) != want && w > 0 {
		t.Fatalf("%s at %d×%d: %d lines", what, w, h, len(lines))
	}
	for y, l := range lines {
		if got := ansi.StringWidth(l); got > w {
			t.Fatalf("%s at %d×%d: line %d is %d wide: %q", what, w, h, y, got, l)
		}
		if got := ansi.StringWidthWc(l); got > w {
			t.Fatalf("%s at %d×%d: line %d is %d wide by runes: %q", what, w, h, y, got, l)
		}
		for _, r := range ansi.Strip(l) {
			if r < ' ' || r >= 0x7f && r < 0xa0 {
				t.Fatalf("%s at %d×%d: control %U in line %d", what, w, h, r, y)
			}
		}
	}
}
