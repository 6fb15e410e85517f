package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

var long = strings.Repeat("Many words of a paragraph that is far too long for one screen. ", 40) + "\n\n"

func TestAStepOpensAtItsTitle(t *testing.T) {
	m := questioning(t)
	teach(m, long+"## Second\n\n"+long+"```lab\naudit\n```\n\nThe end.\n")
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 24})
	press(t, m, "space")
	if got := strings.Split(screenText(m), "\n")[2]; !strings.Contains(got, "Second") {
		t.Errorf("it opens at %q", got)
	}
	press(t, m, "end")
	has(t, m, "The end.")
	press(t, m, "left", "right") // where it was left
	has(t, m, "The end.")
	press(t, m, "home")
	has(t, m, "│ Second")
}

// A question that was brought on screen is there again after a size at which
// everything fits.
func TestAQuestionKeepsItsPlaceThroughSizes(t *testing.T) {
	m := questioning(t)
	teach(m, strings.Repeat("Some words of a paragraph. ", 12)+"\n\n```predict\nHow many of A? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n```\n\n```lab\n"+strings.Repeat("audit\n", 6)+"```\n")
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	press(t, m, "enter")
	has(t, m, "How many of A?", "Type the number")
	was := screenText(m)
	for _, size := range [][2]int{{120, 40}, {60, 20}, {200, 60}, {80, 24}, {60, 20}} {
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		m.again()
		has(t, m, "How many of A?")
	}
	if got := screenText(m); got != was {
		t.Errorf("it was\n%s\nand is\n%s", was, got)
	}
}

// Digits belong to the question while the lesson has the focus: one that is out
// of sight is brought into sight first, and the bench does not offer them.
func TestDigitsGoToTheQuestionFirst(t *testing.T) {
	m := questioning(t)
	teach(m, long+"```predict\nHow many of A? {value: A.copies}\n\n[ ] 1\n    No.\n[x] 3\n```\n\n```lab\naudit\n```\n")
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(t, m, "3")
	has(t, m, "here it is.", "Type the number")
	hasNot(t, m, "▸ 3")
	press(t, m, "3")
	has(t, m, "▸ 3")
	if m.page != lessonPage {
		t.Error("the digit turned the page")
	}
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	has(t, m, "latency")
	hasNot(t, m, "3 latency")
	press(t, m, "tab")
	has(t, m, "3 latency")
	press(t, m, "shift+tab")
	hasNot(t, m, "3 latency")
	press(t, m, "enter")
	has(t, m, "3 latency") // nothing asks any more
}

func TestAStatusDoesNotFollowToAnotherStep(t *testing.T) {
	m := questioning(t)
	press(t, m, "enter", "enter")
	has(t, m, "Experiment done")
	press(t, m, "space")
	hasNot(t, m, "Experiment done")
}

// Neither does a line that was refused, before it ran or by the bench.
func TestARefusedLineDoesNotFollowToAnotherStep(t *testing.T) {
	m := questioning(t)
	m.parse = parseLab
	press(t, m, ":")
	typeText(t, m, "boom")
	press(t, m, "enter")
	has(t, m, ": boom")
	m.Update(tea.MouseClickMsg{X: 5, Y: 5, Button: tea.MouseLeft})
	press(t, m, "space")
	if m.prompt.Written() {
		t.Error("it still stands under edit")
	}

	m.session.play = ends(lab.Result{Status: lab.Errored, Err: words.Errorf("no broker answers", "aucun broker ne répond")})
	press(t, m, "p")
	has(t, m, ": ✗ send 1 plain async", "no broker answers")
	press(t, m, "left")
	hasNot(t, m, "send 1 plain async    ", "no broker answers")
	has(t, m, ": write a lab line")
	m.session.play = passes
	press(t, m, "p", "space")
	has(t, m, ": · send 1 plain async") // what was carried out may stay
}

func TestWhatCanBeCopiedIsSaid(t *testing.T) {
	m := real(t, stage.New(), passes)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for _, key := range []string{"y", "Y"} {
		press(t, m, "esc", key)
		has(t, m, "y copie le tableau du", "une vue (Tab y mène)")
	}
}

func TestTheHelpOfTheHeaderIsClicked(t *testing.T) {
	m := questioning(t)
	screenText(m)
	m.Update(tea.MouseClickMsg{X: 116, Y: 0, Button: tea.MouseLeft})
	has(t, m, "─ keys ─", "Space → n", "the same to a file")
}
