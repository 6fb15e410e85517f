package console

import (
	"fmt"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
)

// TestLessonScreens pictures the lesson and what stands above it. Regenerate
// with: go test ./ui/console -run TestLessonScreens -update
func TestLessonScreens(t *testing.T) {
	quiz := func(_ *testing.T, m *Model) {
		teach(m, map[words.Lang]string{
			words.English: "```quiz\nWhere do the copies come from?\n\n[ ] The broker writes three times.\n    It writes what arrives, once each.\n[x] The producer sends again.\n    Yes: it never heard the `answer`.\n```\n",
			words.French:  "```quiz\nD’où viennent les copies ?\n\n[ ] Le broker écrit trois fois.\n    Il écrit ce qui arrive, une fois chacun.\n[x] Le producteur renvoie.\n    Oui : il n’a jamais entendu la `réponse`.\n```\n",
		}[m.lang])
	}
	scenes := []struct {
		name string
		set  func(*testing.T, *Model)
	}{
		{"pointed", func(t *testing.T, m *Model) { press(t, m, "1") }},
		{"predicted", func(t *testing.T, m *Model) { press(t, m, "1", "enter") }},
		{"wrong", func(t *testing.T, m *Model) { press(t, m, "1", "enter", "enter", "tab", "pgup") }},
		{"right", func(t *testing.T, m *Model) { press(t, m, "3", "enter", "enter", "tab", "pgup") }},
		{"unasked", func(t *testing.T, m *Model) { press(t, m, "enter", "enter", "tab", "pgup") }},
		{"quiz", quiz},
		{"quiz-wrong", func(t *testing.T, m *Model) { quiz(t, m); press(t, m, "1") }},
		{"quiz-right", func(t *testing.T, m *Model) { quiz(t, m); press(t, m, "1", "2") }},
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		for _, lang := range []words.Lang{words.French, words.English} {
			for _, scene := range scenes {
				t.Run(fmt.Sprintf("%dx%d/%s/%s", size[0], size[1], lang, scene.name), func(t *testing.T) {
					s := stage.New()
					s.Heart()
					s.Judge()
					m := console(t, s, lang, passes)
					m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					m.again()
					scene.set(t, m)
					m.again()
					checkScreen(t, m, scene.name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}
