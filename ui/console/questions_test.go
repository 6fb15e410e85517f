package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/lesson"
	"atelier/ui/console/memory"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// questioning is a console on the small course, with the heart experiment on
// its bench and the lab ready to pass.
func questioning(t *testing.T) *Model {
	t.Helper()
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	return m
}

func hasNot(t *testing.T, m *Model, not ...string) {
	t.Helper()
	got := screenText(m)
	for _, n := range not {
		if strings.Contains(got, n) {
			t.Errorf("%q is in\n%s", n, got)
		}
	}
}

func TestAPredictionIsSetAgainstWhatWasMeasured(t *testing.T) {
	m := questioning(t)
	has(t, m, "(shown after the experiment)", "Type the number")
	press(t, m, "1")
	has(t, m, "▸ 1")
	press(t, m, "enter")
	has(t, m, "● 1", "Noted.", "(shown after the experiment)")
	hasNot(t, m, "three times", "Measured")
	if len(m.session.runs) > 0 {
		t.Error("the answer ran the lab")
	}
	press(t, m, "enter")
	has(t, m, "✗ 1", "✓ 3", "Not this time. Measured: 3 (A.copies).", "┊ No: the broker had written it", "☑ A stands in the log three times")
	if a, ok := m.options.Memory.Prediction(memory.Spot{Module: 3, Step: 0, Block: 1}); !ok || a.Choice != 0 || a.Right {
		t.Errorf("remembered %+v", a)
	}
	if !m.options.Memory.Held(memory.Lab{Module: 3, Index: 0}, "A.copies == 3") {
		t.Error("the check is not remembered")
	}
}

func TestARightPredictionIsSaidToBe(t *testing.T) {
	m := questioning(t)
	press(t, m, "down", "down", "enter", "enter")
	has(t, m, "✓ 3", "✓ Right. Measured: 3 (A.copies).")
	hasNot(t, m, "✗ 1", "Not this time")
}

func TestOneCanRunWithoutPredicting(t *testing.T) {
	m := questioning(t)
	press(t, m, "enter")
	has(t, m, "Predict first?")
	press(t, m, "enter")
	has(t, m, "Without a prediction. Measured: 3", "✓ 3", "☑ B stands there once")
	press(t, m, "enter")
	if strings.Contains(screenText(m), "Predict first?") {
		t.Error("it asks again after the experiment")
	}
}

func TestAFrenchKeyboardAnswersWithoutShift(t *testing.T) {
	m := questioning(t)
	press(t, m, "\"")
	has(t, m, "▸ 3")
	press(t, m, "enter")
	shown := m.bench.shown
	press(t, m, "&") // nothing asks any more: the keys switch views again
	if m.bench.shown == shown {
		t.Error("the digit did not switch a view")
	}
}

func TestDigitsSwitchViewsWhereTheLessonHasNoFocus(t *testing.T) {
	m := questioning(t)
	shown := m.bench.shown
	press(t, m, "tab", "1")
	if m.bench.shown == shown {
		t.Error("the digit did not switch a view")
	}
}

// At 80×24 a question stands below the fold: nobody answers what they have not
// seen. Its digits bring it into sight, and answer it then.
func TestADigitShowsAQuestionBelowTheFold(t *testing.T) {
	fold := strings.Repeat("word ", 600) + "\n\n"
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		m := questioning(t)
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		teach(m, fold+"```quiz\nWhy?\n\n[ ] Because\n    That is no reason.\n[x] The answer was lost\n    Yes.\n```\n")
		hasNot(t, m, "1) Because")
		has(t, m, "1–2 answer")
		shown := m.bench.shown
		press(t, m, "2")
		has(t, m, "1) Because", "2) The answer was lost", "here it is.", "1–2 answer")
		hasNot(t, m, "✓ 2)")
		press(t, m, "2")
		has(t, m, "✓ 2) The answer was lost", "Right.")
		hasNot(t, m, "1–2 answer")
		if m.bench.shown != shown {
			t.Error("it switched a view")
		}

		m = questioning(t)
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		teach(m, fold+"```predict\nHow many? {value: A.copies}\n\n[ ] 0\n    No.\n[x] 3\n    Yes.\n```\n\n```lab\naudit\n```\n")
		press(t, m, "home", "3")
		has(t, m, "How many?", "0–9 answer")
		hasNot(t, m, "▸ 3")
		press(t, m, "3")
		has(t, m, "▸ 3")
		hasNot(t, m, "here it is.")
		press(t, m, "esc", "home", "enter") // asks first, and shows it
		press(t, m, "3")
		has(t, m, "▸ 3")
	}
}

// Of a question that is longer than the screen, a digit answers with what is in
// sight alone.
func TestADigitAnswersWithAChoiceInSight(t *testing.T) {
	m := questioning(t)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	teach(m, "```quiz\nWhy?\n\n[ ] One\n    No.\n[ ] "+strings.Repeat("word ", 400)+"\n    No.\n[x] Three\n    Yes.\n```\n")
	has(t, m, "1) One")
	hasNot(t, m, "3) Three")
	press(t, m, "3")
	has(t, m, "3) Three", "here it is.")
	hasNot(t, m, "✓ 3)", "1) One")
	press(t, m, "1")
	has(t, m, "1) One")
	hasNot(t, m, "✗ 1)")
	press(t, m, "3", "3")
	has(t, m, "✓ 3) Three", "Right.")
}

// The help says what digits do now.
func TestTheHelpSaysWhatDigitsDo(t *testing.T) {
	m := questioning(t)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 80})
	teach(m, "```quiz\nWhy?\n\n[ ] Because\n    No.\n[x] The answer was lost\n    Yes.\n```\n")
	press(t, m, "?")
	has(t, m, "now digits answer the lesson: Tab first")
	press(t, m, "esc", "2", "?")
	has(t, m, "views, show and hide")
}

func TestEnterGoesToAQuestionWhereThereIsNoExperiment(t *testing.T) {
	m := questioning(t)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	teach(m, strings.Repeat("word ", 600)+"\n\n```quiz\nWhy?\n\n[ ] Because\n    No.\n[x] The answer was lost\n    Yes.\n```\n")
	press(t, m, "enter")
	has(t, m, "1) Because", "2) The answer was lost", "Here is what this step asks")
	press(t, m, "down", "down", "enter")
	has(t, m, "✓ 2)")
	press(t, m, "enter")
	has(t, m, "No experiment in this step")
}

func TestAPredictionIsTakenBack(t *testing.T) {
	m := questioning(t)
	press(t, m, "1", "enter", "u")
	has(t, m, "Type the number")
	press(t, m, "3", "enter", "enter")
	has(t, m, "✓ Right.")
}

func TestANumberThatIsNoChoiceIsSaidToBeNone(t *testing.T) {
	m := questioning(t)
	press(t, m, "4", "2", "enter")
	has(t, m, "42 is none of the choices.")
	press(t, m, "backspace", "esc", "3", "enter")
	has(t, m, "● 3")
}

func TestAnotherNumberIsTyped(t *testing.T) {
	for typed, want := range map[string]string{"12": "✗ another number: 12", "3": "✓ 3"} {
		m := questioning(t)
		teach(m, "```predict\nHow many? {value: A.copies}\n\n[ ] 0\n    No.\n[x] 3\n[ ] *\n    Count them.\n```\n\n```lab\naudit\n```\n")
		for _, d := range typed {
			press(t, m, string(d))
		}
		has(t, m, "▸ ")
		press(t, m, "enter", "enter")
		has(t, m, want, "Measured: 3")
	}
}

func TestAQuizIsTriedUntilItIsRight(t *testing.T) {
	m := questioning(t)
	teach(m, "```quiz\nWhy?\n\n[ ] Because\n    That is no reason.\n[x] The answer was lost\n    Yes: the **answer**.\n```\n")
	has(t, m, "1) Because", "or a digit")
	hasNot(t, m, "no reason")
	press(t, m, "1")
	has(t, m, "✗ 1) Because", "┊ That is no reason.", "Try another")
	hasNot(t, m, "✓ 2)", "Yes:")
	press(t, m, "down", "down", "enter")
	has(t, m, "✓ 2) The answer was lost", "┊ Yes: the answer.")
	if a, _ := m.options.Memory.Quiz(memory.Spot{Module: 3, Step: 0, Block: 0}); !a.Right {
		t.Error("not remembered")
	}
	shown := m.bench.shown
	press(t, m, "1")
	if m.bench.shown == shown {
		t.Error("the digit did not switch a view")
	}
}

func TestHintsOpenOneAtATimeAndStayOpen(t *testing.T) {
	m := questioning(t)
	teach(m, "Text.\n\n> hint: the first\n\nMore.\n\n> hint: the second\n\n## Next\n\nText.\n")
	hasNot(t, m, "the first", "the second")
	has(t, m, "hint 1/2: h")
	press(t, m, "h")
	has(t, m, "┊ the first", "hint 2/2: h")
	hasNot(t, m, "the second")
	press(t, m, "space", "h")
	has(t, m, "No hint here.")
	press(t, m, "left", "h")
	has(t, m, "┊ the first", "┊ the second")
	press(t, m, "h")
	has(t, m, "There are no more hints here.")
}

func TestThePlaceSurvivesSizesAndLanguages(t *testing.T) {
	m := questioning(t)
	body := ""
	for _, name := range []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta"} {
		body += strings.Repeat(name+" ", 60) + "\n\n"
	}
	teach(m, body)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 24})
	for range 14 {
		press(t, m, "down")
	}
	top := func() string {
		m.again()
		return strings.Fields(strings.Split(screenText(m), "\n")[2])[1]
	}
	was := top()
	for _, size := range [][2]int{{60, 20}, {200, 24}, {80, 24}, {120, 24}} {
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if got := top(); got != was {
			t.Errorf("at %v the top is %s, was %s", size, got, was)
		}
	}
	press(t, m, "L")
	if got := top(); got != was {
		t.Errorf("in French the top is %s, was %s", got, was)
	}
}

// teach replaces the course by one of a few lines, in both languages.
func teach(m *Model, body string) {
	m.options.Modules = stage.Course(body)
	m.lesson.Update(lesson.Taught{Modules: m.options.Modules[m.lang]})
	m.tellWhere()
	m.again()
}
