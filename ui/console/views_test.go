package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/layout"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// stepping is a console on a module whose steps ask for views.
func stepping(t *testing.T, panes ...[]string) *Model {
	t.Helper()
	s := stage.New()
	o := options(t, s, words.English)
	module := &course.Module{Number: 3, Title: "steps"}
	for _, p := range panes {
		module.Steps = append(module.Steps, course.Step{Title: "a step", Panes: p})
	}
	o.Modules = map[words.Lang][]*course.Module{words.English: {module}}
	m := newModel(o, s.Ledger(), passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m
}

// standing names the views on screen, from the top.
func standing(m *Model) string {
	var names []string
	for _, v := range m.screen.Views {
		if m.shows(layout.Spot(v.View)) {
			names = append(names, m.bench.table[v.View].name)
		}
	}
	return strings.Join(names, " ")
}

func TestAStepShowsTheViewsThatItAsksFor(t *testing.T) {
	m := stepping(t, nil, []string{"network"}, []string{"log", "attempts"}, []string{"a view to come"})
	for _, want := range []string{"network attempts counts log", "network", "attempts log", "network attempts counts log"} {
		if got := standing(m); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		press(t, m, "space")
	}
}

func TestWhatTheLearnerSwitchedHoldsUntilAStepAsksForSomethingElse(t *testing.T) {
	m := stepping(t, []string{"network"}, []string{"network"}, []string{"log"})
	press(t, m, "5", "1")
	if got := standing(m); got != "counts" {
		t.Error(got)
	}
	press(t, m, "space")
	if got := standing(m); got != "counts" {
		t.Errorf("the next step took the choice away: %s", got)
	}
	press(t, m, "space")
	if got := standing(m); got != "log" {
		t.Error(got)
	}
}

func TestAFrenchKeyboardSwitchesViewsWithoutShift(t *testing.T) {
	m := stepping(t, nil)
	french := []string{"&", "é", "\"", "'", "(", "-", "è", "_", "ç"}
	for _, b := range m.keys {
		if b.action == toggleView && b.keys[1] != french[b.keys[0][0]-'1'] {
			t.Errorf("%v", b.keys)
		}
	}
	press(t, m, "&", "(")
	if got := standing(m); got != "attempts log" {
		t.Error(got)
	}
}

func TestHiddenViewsAreListedWithTheirKeys(t *testing.T) {
	m := stepping(t, []string{"attempts"})
	m.again()
	has(t, m, " 1 network  3 latency  4 log  5 counts  6 reports  7 wire ─╯")
}

func TestWithoutAViewTheLessonHasTheScreen(t *testing.T) {
	m := stepping(t, []string{"network"})
	for _, w := range []int{80, 120} {
		m.Update(tea.WindowSizeMsg{Width: w, Height: 40})
		if !m.shows(0) {
			press(t, m, "tab")
		}
		press(t, m, "1")
		if standing(m) != "" || m.screen.LessonFrame.W != w || !m.shows(layout.Lesson) {
			t.Errorf("%+v", m.screen)
		}
		checkScreen(t, m, "no view")
		press(t, m, "1")
	}
}

func TestTabGoesThroughEveryPane(t *testing.T) {
	for _, w := range []int{80, 120} {
		m := stepping(t, []string{"network", "log"})
		m.Update(tea.WindowSizeMsg{Width: w, Height: 40})
		log := layout.Spot(m.bench.named("log"))
		around := []layout.Spot{0, log, layout.Prompt, layout.Lesson}
		for _, want := range around {
			press(t, m, "tab")
			if m.focus() != want || !m.shows(want) {
				t.Errorf("%d columns: the focus is on %d, want %d", w, m.focus(), want)
			}
			checkScreen(t, m, "focus")
		}
		for _, want := range []layout.Spot{layout.Prompt, log, 0, layout.Lesson} {
			press(t, m, "shift+tab")
			if m.focus() != want || !m.shows(want) {
				t.Errorf("%d columns, back: the focus is on %d, want %d", w, m.focus(), want)
			}
		}
	}
}

func TestAPaneTakesTheWholeScreenAndGivesItBack(t *testing.T) {
	for _, back := range []string{"z", "esc"} {
		m := stepping(t, nil)
		before := screenText(m)
		press(t, m, "tab", "tab", "z")
		if got := standing(m); got != "attempts" || m.screen.Views[0].At.W != 118 {
			t.Errorf("%s, %+v", got, m.screen.Views)
		}
		press(t, m, "tab") // the whole screen goes along
		if got := standing(m); got != "counts" {
			t.Error(got)
		}
		press(t, m, back, "shift+tab", "esc")
		if got := screenText(m); got != before {
			t.Errorf("%s did not give it back:\n%s", back, got)
		}
	}
}

func TestALongNoticePushesAndCoversNothing(t *testing.T) {
	m := stepping(t, nil)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "tab", ":")
	typeText(t, m, "boom")
	long := words.Text{En: strings.Repeat("a long explanation ", 14)}
	m.say(told(long))
	got := screenText(m)
	if m.screen.Notice.H != 4 || strings.Count(got, "╰─") != 1 || strings.Count(got, "a long explanation") != 14 {
		t.Errorf("%+v\n%s", m.screen.Notice, got)
	}
	checkScreen(t, m, "a long notice")
	if v := m.View(); v.Cursor == nil || v.Cursor.Y != m.screen.Prompt.Y {
		t.Error("the cursor is not where the prompt is")
	}
}

func TestTheNextStepTakesTheFocusAlongOnANarrowScreen(t *testing.T) {
	m := stepping(t, nil, nil)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "tab", "tab", "space")
	if m.focus() != layout.Lesson || !m.shows(layout.Lesson) {
		t.Error("the lesson has no focus")
	}
}

func TestWhatGaveWayIsCounted(t *testing.T) {
	m := stepping(t, nil)
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	press(t, m, "tab")
	m.say(told(words.Text{En: strings.Repeat("a long explanation ", 9)}))
	if got := standing(m); got != "network attempts log" {
		t.Error(got)
	}
	has(t, m, "(+1) 5 counts  3 latency ")
	press(t, m, "5") // what is asked for now is seen
	if got := standing(m); got != "network counts log" && got != "attempts counts log" && got != "network attempts counts" {
		t.Error(got)
	}
}
