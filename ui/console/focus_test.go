package console

import (
	"testing"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/layout"
	"atelier/ui/console/stage"
)

// Enter in a view opens what is chosen there. It never runs the experiment of the
// lesson, whose reset would take away what the view shows.
func TestEnterInAViewRunsNoExperiment(t *testing.T) {
	s := stage.New()
	s.Heart()
	m := console(t, s, words.English, hangs)
	m.resize(120, 40)
	m.again()
	spot := func(name string) layout.Spot { return layout.Spot(m.bench.named(name)) }
	m.moveTo(spot("network"))
	press(t, m, "enter")
	has(t, m, "Nothing to open there, but here")
	if m.focus() != spot("attempts") {
		t.Errorf("the focus is at %d", m.focus())
	}
	press(t, m, "enter")
	if m.dialog() == nil || len(m.session.runs) > 0 {
		t.Error("no story opened, or something runs")
	}
}

func TestEnterInAViewWithNothingToOpenSaysSo(t *testing.T) {
	m := console(t, stage.New(), words.French, hangs)
	m.resize(120, 40)
	m.again()
	for _, view := range []string{"attempts", "network"} {
		m.moveTo(layout.Spot(m.bench.named(view)))
		press(t, m, "enter")
		has(t, m, "Rien à ouvrir ici. Échap ramène à la leçon")
	}
	press(t, m, "esc", "enter") // a prediction first
	has(t, m, "Une prédiction d’abord ?")
}

// From the lesson w tells of the whole run, whichever views the step shows.
func TestTheLessonsWordsTellOfTheWholeRun(t *testing.T) {
	s := stage.New()
	o := options(t, s, words.English)
	o.Modules = map[words.Lang][]*course.Module{words.English: {{Number: 3, Title: "steps", Steps: []course.Step{{Title: "a step", Panes: []string{"network"}}}}}}
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.resize(120, 40)
	m.again()
	press(t, m, "w")
	has(t, m, "NETWORK", "COUNTS", "Nothing was sent in this run yet.")
	hasNot(t, m, "ATTEMPTS")
	s.Heart()
	s.Judge()
	m.again()
	has(t, m, "In all: sent 2", "The log was read back at", "DUPLICATE")
}

// The views that nobody asked for are named as their keys stand on the keyboard.
func TestOtherViewsStandInTheOrderOfTheirKeys(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.English, hangs)
	for _, size := range [][2]int{{120, 40}, {160, 50}} {
		m.resize(size[0], size[1])
		press(t, m, "tab", "7", "8", "9", "8")
		m.View()
		last := ""
		for _, k := range m.canvas.keys {
			if len(k.key) == 1 && k.key >= "1" && k.key <= "9" {
				if k.key < last {
					t.Errorf("%v: %s behind %s", size, k.key, last)
				}
				last = k.key
			}
		}
		if last == "" {
			t.Errorf("%v: no view is named", size)
		}
	}
}
