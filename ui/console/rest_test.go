package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

const predicted = "Above.\n\n```predict\nHow many of A? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n```\n\n```lab\naudit\n```\n\n" +
	"- [ ] three of A {check: A.copies == 3}\n\nBelow stands the answer.\n\n```diagram\n a drawing\n```\n\n" +
	"```predict\nAnd of B? {value: B.copies}\n\n[x] 1\n[ ] 3\n    No.\n```\n\n```lab continue\naudit\n```\n\n- [ ] one of B {check: B.copies == 1}\n\nThe end.\n\n> hint: Look up.\n\n## Next\n\nThe next step.\n"

var afterA, afterB = []string{"Below stands", "a drawing", "And of B"}, []string{"The end", "one of B", "a hint"}

// What follows a predicted lab is one faint line, until the lab has shown it.
func TestTheRestOfAStepFollowsItsExperiment(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		m := questioning(t)
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		teach(m, predicted)
		press(t, m, "end")
		has(t, m, "(the rest follows the experiment)")
		hasNot(t, m, append(append([]string{"three of A"}, afterA...), afterB...)...)
		press(t, m, "h")
		has(t, m, "The next hint follows the experiment.")
		press(t, m, "3", "enter") // a prediction alone tells nothing
		hasNot(t, m, append(append([]string{"three of A"}, afterA...), afterB...)...)
		press(t, m, "enter")
		if size[0] == 80 {
			press(t, m, "tab") // back to the lesson
		}
		has(t, m, "☑ three of A")
		press(t, m, "pgdown")
		has(t, m, "Below stands")
		press(t, m, "end")
		has(t, m, "And of B", "(the rest follows the experiment)")
		hasNot(t, m, afterB...)
		press(t, m, "enter", "enter") // without a prediction
		if size[0] == 80 {
			press(t, m, "tab")
		}
		press(t, m, "end")
		has(t, m, "☑ one of B", "The end.", "a hint: h")
		press(t, m, "home")
		has(t, m, "Above.")
	}
}

// What an experiment has told stays told: while it runs again, and at a later
// start.
func TestWhatWasToldStaysTold(t *testing.T) {
	m := questioning(t)
	teach(m, predicted)
	press(t, m, "enter", "enter", "shift+tab")
	m.session.play = hangs
	_, cmd := m.Update(key("enter"))
	has(t, m, "running", "Below stands")
	m.session.stop()
	settle(t, m, cmd)
	s := stage.New()
	o := options(t, s, words.English)
	o.Memory, o.Modules = m.options.Memory, m.options.Modules
	later := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(later.Close)
	later.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	later.again()
	has(t, later, "Without a prediction.", "☑ three of A (earlier)", "Below stands")
	hasNot(t, later, "Nothing was measured", "Type the number, or ↑ ↓, then Enter.\n│ ▶")
}

// Space goes on whether or not anybody has predicted, and a lab that stands
// below the veil lifts it when it runs all the same.
func TestAVeilBlocksNothing(t *testing.T) {
	m := questioning(t)
	teach(m, strings.Replace(predicted, "```lab continue", "```lab", 1))
	press(t, m, "space")
	has(t, m, "The next step.")
	press(t, m, "left")
	module, _ := m.lesson.At()
	settle(t, m, m.runBlock(module, 1))
	has(t, m, "Below stands", "☑ one of B")
}

// What an experiment comes to is counted where one reads it: checks that a later
// step shows are that step's.
func TestPointsAreThoseOfTheStep(t *testing.T) {
	m := questioning(t)
	teach(m, "```lab\naudit\n```\n\n- [ ] three of A {check: A.copies == 3}\n\n## Next\n\n- [ ] one of B {check: B.copies == 1}\n")
	press(t, m, "enter")
	has(t, m, "Experiment done: 1 of 1 points")
	press(t, m, "space")
	has(t, m, "☑ one of B")
}

// A lab that continues another has nothing to go on from before that has run: the
// other is turned to, be it in another step.
func TestALabThatContinuesWaitsForTheOneBefore(t *testing.T) {
	for name, between := range map[string]string{"below": "", "in the next step": "## Next\n\n"} {
		m := questioning(t)
		teach(m, "```lab\naudit\n```\n\n- [ ] three of A {check: A.copies == 3}\n\n"+between+"Then.\n\n```lab continue\naudit\n```\n\n- [ ] one of B {check: B.copies == 1}\n")
		second := func() {
			if between == "" {
				press(t, m, "tab")
			} else {
				press(t, m, "space")
			}
		}
		second()
		press(t, m, "enter")
		has(t, m, "goes on where the experiment before it ends", "☐ three of A")
		hasNot(t, m, "☒ one of B", "☑ one of B")
		press(t, m, "enter")
		has(t, m, "☑ three of A")
		if between != "" {
			second()
		}
		press(t, m, "enter")
		if has(t, m, "☑ one of B"); t.Failed() {
			t.Log(name)
		}
		press(t, m, "enter") // and again
		has(t, m, "Experiment done: 1 of 1")
	}
}

func TestManyPredictionsOfOneLabAreAskedInTurn(t *testing.T) {
	m := questioning(t)
	teach(m, "```predict\nA?\n\n[ ] one\n    No.\n[x] three\n```\n\n```predict\nB?\n\n[x] once\n[ ] twice\n    No.\n```\n\n```lab\naudit\n```\n")
	press(t, m, "2")
	has(t, m, "● 2) three", "The next question asks.")
	press(t, m, "2")
	has(t, m, "● 2) twice", "Enter runs the experiment.")
	press(t, m, "enter")
	has(t, m, "your predictions: 1 of 2 right")
}

// Where the lab can't run the question says so, and its answer opens the rest.
func TestAPredictionThatNothingCanAnswer(t *testing.T) {
	s := stage.New()
	s.Lack = words.Errorf("needs a real cluster: atelier --cluster apache", "demande un vrai cluster : atelier --cluster apache")
	o := options(t, s, words.English)
	o.Modules = stage.Course(strings.Replace(predicted, "```lab\n", "```lab needs=brokers\n", 1))
	m := newModel(o, s.Book, passes, parseTest)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	has(t, m, "Here nothing will answer: the", "--cluster", "(the rest follows the experiment)")
	press(t, m, "3", "enter")
	has(t, m, "Noted; u takes it back.", "Below stands")
	hasNot(t, m, "Enter runs it", "The experiment will answer")
	press(t, m, "u")
	hasNot(t, m, "Below stands")
}
