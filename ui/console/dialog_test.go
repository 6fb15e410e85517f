package console

import (
	"context"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/sheet"
	"atelier/ui/console/stage"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

func told(t words.Text) telling.Told { return telling.Told{Text: t} }

// form is a dialog that takes notes.
type form struct {
	pane.Part
	keys, pasted string
	clicked      [2]int
	scrolled     int
	wish         pane.Wish
}

func (f *form) Title() words.Text          { return words.Text{En: "form", Fr: "fiche"} }
func (f *form) Want(int, int) (w, h int)   { return 20, 5 }
func (f *form) View(a screen.Area)         { f.Begin(a); a.Put(0, 0, "keys: "+f.keys, screen.Ink) }
func (f *form) Cursor() (x, y int, _ bool) { return 6 + len(f.keys), 0, true }
func (f *form) Click(x, y int) pane.Wish   { f.clicked = [2]int{x, y}; return nil }

func (f *form) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch k.String() {
	case "esc":
		return nil, false
	case "enter":
		return f.wish, true
	}
	f.keys += k.String()
	f.Redraw()
	return nil, true
}

func (f *form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.pasted += msg.Content
	case pane.Scrolled:
		f.scrolled += msg.Rows
	}
	return f.Part.Update(msg)
}

func TestADialogTakesEverythingUntilItCloses(t *testing.T) {
	m := real(t, stage.New(), passes)
	f := &form{}
	m.grant(pane.Open{Dialog: f})
	has(t, m, "╭─ fiche ─")
	press(t, m, "p", "q", "tab", "z")
	m.Update(tea.PasteMsg{Content: "pasted"})
	has(t, m, "keys: pqtabz")
	if f.pasted != "pasted" || len(m.session.runs) > 0 || m.focus() != layout.Lesson {
		t.Errorf("%+v", f)
	}
	at := inner(m.canvas.dialog)
	if c := m.View().Cursor; c == nil || c.X != at.X+12 || c.Y != at.Y {
		t.Errorf("the cursor is at %+v", c)
	}
	m.Update(tea.MouseClickMsg{X: at.X + 2, Y: at.Y + 1, Button: tea.MouseLeft})
	m.Update(tea.MouseWheelMsg{X: 1, Y: 1, Button: tea.MouseWheelDown})
	if f.clicked != [2]int{2, 1} || f.scrolled != wheelRows {
		t.Errorf("%+v", f)
	}
	press(t, m, "esc")
	if m.dialog() != nil || m.View().Cursor != nil {
		t.Error("Esc did not close it")
	}
	m.grant(pane.Open{Dialog: f})
	m.View()
	m.Update(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	if m.dialog() != nil {
		t.Error("a click beside it did not close it")
	}
}

func TestTheConsoleCarriesWishesOut(t *testing.T) {
	m := real(t, stage.New(), passes)
	f := &form{wish: pane.All{pane.Close{}, pane.Run{Line: "send 1 plain async"}, pane.GoTo{Module: 3, Step: 1}, pane.Press{Key: "z"}}}
	m.grant(pane.Open{Dialog: f})
	press(t, m, "enter")
	if lines := m.prompt.Lines(); m.dialog() != nil || len(lines) != 1 || lines[0] != "send 1 plain async" {
		t.Errorf("%v", lines)
	}
	if _, step := m.lesson.At(); step != 1 || !m.zoomed {
		t.Error("the step or the zoom")
	}
	if cmd := m.grant(pane.Copy{Text: "a story"}); cmd == nil {
		t.Error("nothing was copied")
	}
	m.grant(pane.Say{Told: telling.Told{Text: words.Text{En: "said", Fr: "dit"}}})
	has(t, m, "dit")
	m.grant(strange{})
	has(t, m, "La console ne connaît pas console.strange.")
}

type strange struct{}

func (strange) Wish() {}

func TestHelpBeginsWithTheKeysOfThePaneThatHasTheFocus(t *testing.T) {
	m := real(t, stage.New(), passes)
	m.grant(pane.Open{Dialog: &form{}})
	press(t, m, "esc", ":")
	m.typing = true
	if s := m.sections(); s[0].Title.En != "command line" || len(s[0].Keys) != 4 {
		t.Errorf("%+v", s[0])
	}
	press(t, m, "esc", "?", "L")
	has(t, m, "╭─ keys ─")
}

func TestTheMouseReachesWhatItPointsAt(t *testing.T) {
	var ran []string
	m := real(t, stage.New(), func(ctx context.Context, sc *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		ran = append(ran, sc.Name)
		return passes(ctx, sc, watch, pause)
	})
	m.again()
	v := m.screen.Views[1]
	m.Update(tea.MouseClickMsg{X: v.At.X + 3, Y: v.At.Y + 2, Button: tea.MouseLeft})
	if m.focus() != layout.Spot(v.View) {
		t.Errorf("the focus is on %d", m.focus())
	}
	m.Update(tea.MouseClickMsg{X: 5, Y: m.screen.Prompt.Y, Button: tea.MouseLeft})
	if m.focus() != layout.Prompt {
		t.Errorf("the focus is on %d", m.focus())
	}
	_, head, _ := find(m, "▶ lab")
	_, cmd := m.Update(tea.MouseClickMsg{X: 5, Y: head + 1, Button: tea.MouseLeft})
	settle(t, m, cmd)
	if m.focus() != layout.Lesson || len(ran) > 0 {
		t.Error("a line of a lab ran the lab, or did not take the focus")
	}
	for range 2 { // the first asks for a prediction
		_, head, _ = find(m, "▶ lab")
		_, cmd = m.Update(tea.MouseClickMsg{X: 5, Y: head, Button: tea.MouseLeft})
		settle(t, m, cmd)
	}
	if len(ran) != 1 {
		t.Error("the head of the lab did not run it")
	}
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 20})
	before := screenText(m)
	m.Update(tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown})
	if screenText(m) == before {
		t.Error("the wheel did not scroll the lesson")
	}
}

// find is the cell where a text stands on screen.
func find(m *Model, s string) (x, y int, there bool) {
	for y, l := range strings.Split(screenText(m), "\n") {
		if before, _, there := strings.Cut(l, s); there {
			return screen.Width(before), y, true
		}
	}
	return 0, 0, false
}

func TestAColonGoesFromASheetToTheNextLine(t *testing.T) {
	m := stepping(t, nil)
	m.open(sheet.New(words.Text{En: "toxics"}, words.Text{En: "none"}))
	press(t, m, ":")
	if m.dialog() != nil || m.focus() != layout.Prompt {
		t.Error("the line that follows would not be written")
	}
}

func TestASheetBreaksNothingThatFits(t *testing.T) {
	m := stepping(t, nil)
	m.open(sheet.New(words.Text{En: "proxies"}, words.Text{En: "broker 1: 127.0.0.1:35125 → 127.0.0.1:43813, serving (downstream), broker 1\nbroker 2"}))
	m.again()
	has(t, m, "serving (downstream), broker 1 ")
}
