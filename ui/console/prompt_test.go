package console

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/editor"
	"atelier/ui/console/layout"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// typing is a console in whose prompt a text stands.
func typing(t *testing.T, s *stage.Stage, text string) *Model {
	t.Helper()
	m := real(t, s, passes)
	press(t, m, ":")
	typeText(t, m, text)
	return m
}

func TestTabCompletesTheWord(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Toxic(0, -1)
	for _, c := range []struct {
		typed string
		keys  string
		want  string
	}{
		{"se", "tab", "send "},
		{"send 1 pl", "tab", "send 1 plain "},
		{"send 1 plain as ", "tab tab", "send 1 plain as A"},
		{"send 1 plain as ", "tab tab tab", "send 1 plain as B"},
		{"send 1 plain as ", "tab tab tab tab", "send 1 plain as A"},
		{"send 1 plain as ", "tab shift+tab", "send 1 plain as B"},
		{"send 1 plain as ", "tab tab esc", "send 1 plain as "},
		{"send 1 plain topic=re", "tab", "send 1 plain topic=reliability-test "},
		{"send 1 plain par", "tab", "send 1 plain partition="},
		{"proxy down broker=", "tab shift+tab", "proxy down broker=3"},
		{"toxics clear l", "tab", "toxics clear latency_downstream "},
		{"tox", "tab", "toxic"},
		{"tox", "tab tab tab", "toxics"},
		{"nonsense x", "tab", "nonsense x"},
		{"send 1 pl async", "left left left left left left tab", "send 1 plain async"},
	} {
		m := typing(t, s, c.typed)
		press(t, m, strings.Fields(c.keys)...)
		if got := m.prompt.Line(); got != c.want || m.focus() != layout.Prompt {
			t.Errorf("%q %s: %q, want %q", c.typed, c.keys, got, c.want)
		}
		checkScreen(t, m, c.typed)
	}
}

func TestCandidatesStandBelowAndAnswerTheMouse(t *testing.T) {
	m := typing(t, stage.New(), "send 1 plain topic=")
	press(t, m, "tab")
	has(t, m, "topic=atelier  topic=test-topic  topic=reliability-test")
	if m.screen.Notice.H < 2 {
		t.Error("the list has no room")
	}
	x, y, there := find(m, "topic=load-test")
	if !there {
		t.Fatal(screenText(m))
	}
	m.Update(tea.MouseClickMsg{X: x + 2, Y: y, Button: tea.MouseLeft})
	if got := m.prompt.Line(); got != "send 1 plain topic=load-test " || m.screen.Notice.H != 1 {
		t.Errorf("%q", got)
	}
}

func TestTheArrowTakesWhatIsOffered(t *testing.T) {
	m := typing(t, stage.New(), "send 7 plain async\raud")
	press(t, m, "esc", ":")
	typeText(t, m, "send 7 idempotent sync")
	press(t, m, "enter", ":")
	typeText(t, m, "send 7")
	has(t, m, "send 7 idempotent sync →")
	press(t, m, "right", "enter")
	if lines := m.History(); lines[len(lines)-1] != "send 7 idempotent sync" {
		t.Errorf("%q", lines)
	}
}

func TestHistoryFindsWhatBeginsAsWritten(t *testing.T) {
	m := real(t, stage.New(), passes)
	for _, line := range []string{"audit", "send 1 plain", "toxics", "send 2 plain", "audit"} {
		press(t, m, ":")
		typeText(t, m, line)
		press(t, m, "enter")
	}
	press(t, m, ":")
	typeText(t, m, "send")
	for _, c := range [][2]string{{"up", "send 2 plain"}, {"up", "send 1 plain"}, {"up", "send 1 plain"}, {"down", "send 2 plain"}, {"down", "send"}} {
		press(t, m, c[0])
		if got := m.prompt.Line(); got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
	o := options(t, stage.New(), words.French)
	o.Memory = m.options.Memory
	again := newModel(o, stage.New().Book, passes, parseLab)
	t.Cleanup(again.Close)
	again.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, again, ":", "up", "up")
	if got := again.prompt.Line(); got != "send 2 plain" {
		t.Errorf("a later session recalled %q", got)
	}
}

func TestAnErrorStandsUnderItsColumnUntilTheNextEdit(t *testing.T) {
	for _, w := range []int{60, 80, 120} {
		m := typing(t, stage.New(), "send 1 plein async")
		m.Update(tea.WindowSizeMsg{Width: w, Height: 24})
		press(t, m, "enter")
		x, y, _ := find(m, "plein async")
		if cx, cy, there := find(m, "▲"); !there || cx != x || cy != y+1 {
			t.Errorf("%d columns: the caret is at %d,%d, the word at %d,%d\n%s", w, cx, cy, x, y, screenText(m))
		}
		has(t, m, "mode", "vouliez-vous dire plain")
		m.say(told(words.Text{En: "a run ended", Fr: "un essai a fini"})) // does not cover it
		has(t, m, "vouliez-vous dire plain")
		checkScreen(t, m, "error")
		press(t, m, "backspace")
		if got := screenText(m); strings.Contains(got, "vouliez-vous") || !strings.Contains(got, "un essai a fini") {
			t.Errorf("after an edit:\n%s", got)
		}
	}
}

func TestAPasteIsBoundedAndSaid(t *testing.T) {
	m := real(t, stage.New(), passes)
	for name, c := range map[string][2]string{
		"a megabyte":        {strings.Repeat("x", 1<<20), "Ligne trop longue"},
		"a megabyte, lines": {strings.Repeat("send 1 plain\n", 1<<16), "Ligne trop longue"},
		"wide":              {strings.Repeat("漢", 1<<18), "Ligne trop longue"},
		"several lines":     {"audit\nreset\naudit", "3 lignes, un script"},
	} {
		press(t, m, ":")
		began := time.Now()
		_, cmd := m.Update(tea.PasteMsg{Content: c[0]})
		settle(t, m, cmd)
		has(t, m, c[1])
		checkScreen(t, m, name)
		if took := time.Since(began); took > 30*time.Second { // it froze for minutes, were it not bounded
			t.Errorf("%s took %v", name, took)
		}
		if n := len([]rune(m.prompt.Line())); n > editor.MaxTyped {
			t.Errorf("%s: %d characters", name, n)
		}
		if lines := strings.Split(m.prompt.Line(), "\n"); name == "a megabyte, lines" && lines[len(lines)-1] != "send 1 plain" {
			t.Errorf("the last line was cut: %q", lines[len(lines)-1])
		}
		press(t, m, "esc")
	}
}

// What found no room is said as that, while it is typed and at Enter, and not as
// a fault of what is left: quotes that were closed beyond the limit.
func TestALineThatIsTooLongIsNotCalledUnclosed(t *testing.T) {
	m := typing(t, stage.New(), "")
	typeText(t, m, `send 1 plain value="`+strings.Repeat("x", editor.MaxTyped)+`"`)
	has(t, m, "la ligne dépasse")
	press(t, m, "enter")
	has(t, m, "la ligne dépasse")
	if got := screenText(m); strings.Contains(got, "guillemets") || m.prompt.Line() == "" {
		t.Error(got)
	}
	press(t, m, "backspace", "enter") // shortened, it is read as it is
	has(t, m, "les guillemets ne sont jamais fermés")
}

func TestACursorFarOutIsInSight(t *testing.T) {
	m := typing(t, stage.New(), "")
	m.Update(tea.PasteMsg{Content: strings.Repeat("漢e\u0301x", 400)})
	for range 3 {
		c := m.View().Cursor
		if c == nil || c.X < 3 || c.X >= m.screen.Width {
			t.Fatalf("%+v", c)
		}
		press(t, m, "home", "right", "right", "end", "left")
	}
	if got := screen.Width(m.prompt.Line()); got < 100 {
		t.Error(got)
	}
}

func TestAClickOnAHintPressesItsKey(t *testing.T) {
	m := real(t, stage.New(), passes)
	m.again()
	screenText(m)
	x, y, there := find(m, "p plain")
	if !there {
		t.Fatal(screenText(m))
	}
	_, cmd := m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	settle(t, m, cmd)
	if got := fmt.Sprint(m.History()); got != "[send 1 plain async]" || m.focus() == layout.Prompt {
		t.Error(got)
	}
}

func TestAClickOnAKeyOfABorderPressesIt(t *testing.T) {
	m := stepping(t, []string{"attempts"})
	m.again()
	x, y, there := find(m, "1 network")
	if !there {
		t.Fatal(screenText(m))
	}
	m.Update(tea.MouseClickMsg{X: x + 3, Y: y, Button: tea.MouseLeft})
	if got := standing(m); got != "network attempts" {
		t.Error(got)
	}
	press(t, m, "z")
	x, y, _ = find(m, "z: back")
	m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if m.zoomed {
		t.Error("the click did not give the screen back")
	}
}
