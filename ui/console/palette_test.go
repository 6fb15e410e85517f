package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/lesson"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

func TestThePaletteOpensByEachOfItsWays(t *testing.T) {
	for _, keys := range [][]string{{"ctrl+p"}, {":", ":"}, {"/"}, {":", "ctrl+p"}} {
		m := real(t, stage.New(), passes)
		press(t, m, keys...)
		has(t, m, "toutes les actions par leur nom", "plain, async")
		press(t, m, "up")
		has(t, m, "3.1 L’acquittement perdu", "▸ 3.2 Et ensuite")
		press(t, m, "esc")
		if m.dialog() != nil {
			t.Errorf("%v: it stayed", keys)
		}
	}
}

func TestThePaletteFindsByAFewLetters(t *testing.T) {
	for _, c := range [][2]string{
		{"acq", "3.1 L’acquittement perdu"},
		{"ensuite", "3.2 Et ensuite"},
		{"francais anglais", ""},
		{"english", "in English"},
		{"lat 5", "latency (retard) 5 s sur les réponses"},
		{"reseau", "réseau"},
		{"idemp sync", "idempotent, sync"},
		{"sombre", "sombre ou clair"},
		{"aud", "relire le journal et juger (audit)"},
		{"toxics clear", "retirer toutes les pannes (toxics clear)"},
		{"lanc acquit", "3.1 L’acquittement perdu"},
	} {
		m := real(t, stage.New(), passes)
		press(t, m, "/")
		typeText(t, m, c[0])
		if c[1] == "" {
			has(t, m, "Rien ne porte ce nom.")
			press(t, m, "enter", "up", "down", "pgdown")
			continue
		}
		rows := strings.Split(screenText(m), "\n")
		chosen := ""
		for _, r := range rows {
			if i := strings.LastIndex(r, "│  ▸ "); i >= 0 {
				chosen = strings.TrimPrefix(r[i:], "│  ▸ ")
			}
		}
		if !strings.HasPrefix(chosen, c[1]) {
			t.Errorf("%q chose %q\n%s", c[0], chosen, screenText(m))
		}
		checkScreen(t, m, c[0])
	}
}

// Every entry of the palette does something that shows: another screen, a line
// in the history, or a command for Bubble Tea.
func TestEveryEntryOfThePaletteDoesSomething(t *testing.T) {
	prepared := func() *Model {
		s := stage.New()
		s.Heart()
		s.Judge()
		m := real(t, s, passes)
		m.lesson.Update(lesson.Asked{Number: 3, Step: 0})
		m.tellWhere()
		m.again()
		return m
	}
	all := prepared().entries()
	if len(all) < 30 {
		t.Fatalf("only %d entries", len(all))
	}
	for i := range all {
		e := &all[i]
		for _, lang := range []words.Lang{words.English, words.French} {
			if e.Name.In(lang) == "" || e.Group.In(lang) == "" {
				t.Errorf("%+v has no name", e)
			}
		}
		m := prepared()
		if strings.HasPrefix(e.Name.Fr, "3.1") || e.Key.En == "←" { // from elsewhere
			press(t, m, "space")
		}
		before, ran := m.View().Content, len(m.History())
		cmd := m.grant(e.Does)
		did := cmd != nil
		settleUnlessQuit(t, m, cmd)
		if m.crash != nil {
			t.Fatal(m.crash)
		}
		if !did && m.View().Content == before && len(m.History()) == ran {
			t.Errorf("%s (%s) does nothing", e.Name.En, e.Group.En)
		}
		checkScreen(t, m, e.Name.En)
	}
}

func settleUnlessQuit(t *testing.T, m *Model, cmd tea.Cmd) {
	if cmd != nil && len(m.session.runs) > 0 {
		settle(t, m, cmd)
	}
}

func TestTheMouseChoosesInThePalette(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, "/")
	screenText(m)
	m.Update(tea.MouseWheelMsg{X: 60, Y: 20, Button: tea.MouseWheelDown})
	typeText(t, m, "ensuite")
	x, y, there := find(m, "3.2 Et")
	if !there {
		t.Fatal(screenText(m))
	}
	m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if _, step := m.lesson.At(); step != 1 || m.dialog() != nil {
		t.Error("the click did not go to the step")
	}
}

func TestTheCountGoesIntoTheLines(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, "p", "x", "p", "o", "x", "I", "O", "x", "i", "l")
	want := "send 1 plain async|send 10 plain async|send 10 fire-and-forget async|send 100 idempotent sync|send 100 fire-and-forget sync|send 1 idempotent async|toxic latency latency=5s stream=downstream"
	if got := strings.Join(m.History(), "|"); got != want {
		t.Error(got)
	}
	press(t, m, "x")
	has(t, m, "x ×10", "envoient maintenant 10 messages chacune")
}
