package console

import (
	"fmt"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/lesson"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"
)

// TestScreens compares whole screens with pictures in text. Regenerate them
// with: go test ./ui/console -run 'TestScreens|TestColours' -update
func TestScreens(t *testing.T) {
	scenes := []struct {
		name string
		set  func(*testing.T, *stage.Stage, *Model)
	}{
		{"start", func(*testing.T, *stage.Stage, *Model) {}},
		{"running", func(_ *testing.T, s *stage.Stage, m *Model) {
			s.Midway()
			m.lesson.Update(lesson.LabStarted{At: lesson.Place{Module: 3, Lab: 0}})
			m.show(benchPage)
		}},
		{"verdict", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			s.Judge()
			press(t, m, "enter", "enter")
		}},
		{"verdict-lesson", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			s.Judge()
			press(t, m, "enter", "enter", "tab", "pgdown")
		}},
		{"keys", func(t *testing.T, s *stage.Stage, m *Model) { press(t, m, "?") }},
		{"typed", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			press(t, m, "p", ":")
			typeText(t, m, "boom")
			press(t, m, "enter")
		}},
		{"zoomed", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			press(t, m, "tab", "tab", "z")
		}},
		{"few", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			press(t, m, "tab", "5", "1")
		}},
		{"palette", func(t *testing.T, s *stage.Stage, m *Model) { press(t, m, "/", "down") }},
		{"palette-found", func(t *testing.T, s *stage.Stage, m *Model) {
			press(t, m, ":", ":")
			typeText(t, m, "idem")
		}},
		{"faults", func(t *testing.T, s *stage.Stage, m *Model) {
			m.parse = parseLab
			s.Toxic(0, -1)
			m.again()
			press(t, m, "f", "right", "right", "right", "right", "right", "tab", "right", "tab", "tab", "tab", "backspace", "x")
		}},
		{"compose", func(t *testing.T, s *stage.Stage, m *Model) {
			m.parse = parseLab
			press(t, m, "e", "right", "down", "down", "0", "down", "down")
			typeText(t, m, "order 1")
			press(t, m, "up", "up", "up", "up", "up")
			typeText(t, m, "retires=2")
		}},
		{"completion", func(t *testing.T, s *stage.Stage, m *Model) {
			press(t, m, ":")
			typeText(t, m, "send 1 plain topic=")
			press(t, m, "tab", "tab")
		}},
		{"replay", func(t *testing.T, s *stage.Stage, m *Model) {
			s.Heart()
			s.Judge()
			press(t, m, "R", "space", "space", "space", "space", "space", "space", "space", "space", "space")
		}},
		{"second-step", func(t *testing.T, s *stage.Stage, m *Model) { press(t, m, "space") }},
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, lang := range []words.Lang{words.French, words.English} {
			for _, scene := range scenes {
				t.Run(fmt.Sprintf("%dx%d/%s/%s", size[0], size[1], lang, scene.name), func(t *testing.T) {
					s := stage.New()
					m := console(t, s, lang, passes)
					m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					scene.set(t, s, m)
					m.again()
					checkScreen(t, m, scene.name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}

// TestColours keeps the escape sequences of one screen in each look.
func TestColours(t *testing.T) {
	for _, look := range []struct {
		name string
		set  func(*Options)
	}{
		{"dark", func(o *Options) { o.Theme = Dark }},
		{"light", func(o *Options) { o.Theme = Light }},
		{"256", func(o *Options) { o.Profile = colorprofile.ANSI256 }},
		{"16", func(o *Options) { o.Profile = colorprofile.ANSI }},
		{"16-light", func(o *Options) { o.Profile, o.Theme = colorprofile.ANSI, Light }},
		{"none", func(o *Options) { o.Profile = colorprofile.ASCII }},
		{"no-color", func(o *Options) { o.NoColor = true }},
		{"ascii", func(o *Options) { o.ASCII, o.NoColor = true, true }},
	} {
		t.Run(look.name, func(t *testing.T) {
			s := stage.New()
			s.Heart()
			s.Judge()
			o := options(t, s, words.French)
			look.set(&o)
			m := newModel(o, s.Book, passes, parseTest)
			defer m.Close()
			m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
			m.again()
			content := m.View().Content
			if o.ASCII {
				for _, r := range content {
					if r > 0x7e {
						t.Fatalf("%q is not ASCII", r)
					}
				}
			}
			golden.RequireEqual(t, content)
		})
	}
}
