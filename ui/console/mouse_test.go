package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/layout"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// clickOn clicks on the first letter of a text on the screen.
func clickOn(t *testing.T, m *Model, text string) {
	t.Helper()
	x, y, there := find(m, text)
	if !there {
		t.Fatalf("no %q in\n%s", text, screenText(m))
	}
	_, cmd := m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	settle(t, m, cmd)
}

// What names a key on a border, or at the ends of the screen, is that key.
func TestEveryKeyOnABorderIsClicked(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	for _, lang := range []words.Lang{words.English, words.French} {
		m := console(t, s, lang, passes)
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		m.again()
		clickOn(t, m, m.lang.Pick("Tab: bench", "Tab : banc"))
		if m.page != benchPage {
			t.Error("the page did not turn")
		}
		clickOn(t, m, m.lang.Pick("3 latency", "3 latence"))
		if !strings.Contains(standing(m), "latency") {
			t.Error(standing(m))
		}
		press(t, m, "z")
		clickOn(t, m, m.lang.Pick("z: back", "z : retour"))
		if m.zoomed {
			t.Error("it still has the whole screen")
		}
		clickOn(t, m, m.lang.Pick("? help", "? aide"))
		if m.dialog() == nil {
			t.Error("no help")
		}
		press(t, m, "esc", "w")
		clickOn(t, m, m.lang.Pick("y copy", "y copier"))
		has(t, m, m.lang.Pick("Copied, if", "Copié, si"))
		clickOn(t, m, m.lang.Pick("w drawn", "w en dessin"))
		if m.dialog() != nil {
			t.Error("it did not close")
		}
		press(t, m, "f")
		clickOn(t, m, m.lang.Pick("Esc back", "Échap retour"))
		if m.dialog() != nil {
			t.Error("the panel did not close")
		}
		press(t, m, "f")
		clickOn(t, m, m.lang.Pick("Enter run the line", "Entrée lancer la ligne"))
		if m.dialog() != nil || len(m.History()) == 0 {
			t.Error("the panel's line did not run")
		}
	}
}

func TestAStepIsClickedInTheBar(t *testing.T) {
	body := "Text.\n"
	for range 20 {
		body += "\n## More\n\nText.\n"
	}
	m := console(t, stage.New(), words.English, passes)
	teach(m, body)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	x, y, _ := find(m, "▰▱")
	for cell := 9; cell >= 0; cell-- {
		m.Update(tea.MouseClickMsg{X: x + cell, Y: y, Button: tea.MouseLeft})
		bar := strings.Repeat("▰", cell+1) + strings.Repeat("▱", 9-cell)
		has(t, m, bar)
		if gx, _, _ := find(m, "▰"); gx != x && cell > 0 {
			x = gx // the number before it has another width
		}
	}
	has(t, m, "step 1/21")
}

func TestAHintAndMoreTextAreClicked(t *testing.T) {
	m := console(t, stage.New(), words.English, passes)
	teach(m, "> hint: the first\n\n"+strings.Repeat("many words ", 300)+"\n")
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.again()
	clickOn(t, m, "a hint: h")
	has(t, m, "┊ the first")
	clickOn(t, m, "more lines")
	hasNot(t, m, "┊ the first")
}

func TestTheWheelScrollsWhatIsUnderIt(t *testing.T) {
	s := stage.New()
	troubled(s)
	for _, v := range []string{"reports", "wire", "metrics"} {
		m := asked(t, s, words.English, 120, 40, "network", v)
		m.moveTo(layout.Lesson)
		x, y := m.place(v)
		before := screenText(m)
		m.Update(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
		m.Update(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
		m.Update(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
		for range 12 {
			m.Update(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
		}
		up := screenText(m)
		for range 12 {
			m.Update(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
		}
		if down := screenText(m); up == down && before == up {
			t.Errorf("nothing moves in %s:\n%s", v, up)
		}
	}
}

// place is a cell within a view.
func (m *Model) place(view string) (x, y int) {
	var at screen.Rect
	for _, v := range m.screen.Views {
		if m.bench.table[v.View].name == view {
			at = v.At
		}
	}
	return at.X + 1, at.Y + 1
}
