package console

import (
	"context"
	"slices"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// One Enter makes an experiment again that the machine has spoilt, as the console
// says, also on the page of the bench: the step's next one has the focus only
// where the machine is not to blame.
func TestAnExperimentThatTheMachineSpoiltIsMadeAgain(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		for _, status := range []lab.Status{lab.Passed, lab.FailedRun} {
			s := stage.New()
			s.Heart()
			s.Judge()
			var made []string
			stood := 620 * time.Millisecond
			m := console(t, s, lang, func(ctx context.Context, s *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
				made = append(made, s.Lines[len(s.Lines)-1].Text)
				r := passes(ctx, s, watch, pause)
				if r.StoodStill = stood; stood > 0 {
					r.Status = status
				}
				return r
			})
			m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			teach(m, "```lab\naudit\n```\n\n- [ ] four of A {check: A.copies == 4}\n\n```lab\ntoxics\n```\n\n- [ ] four of B {check: B.copies == 4}\n")
			press(t, m, "enter")
			if screen := screenText(m); !spoilt(screen, lang) {
				t.Errorf("nothing is said of the machine:\n%s", screen)
			}
			stood = 0
			press(t, m, "enter")
			if screen := screenText(m); spoilt(screen, lang) {
				t.Errorf("the machine is blamed:\n%s", screen)
			}
			press(t, m, "enter")
			if want := []string{"audit", "audit", "toxics"}; !slices.Equal(made, want) {
				t.Errorf("made are %q, want %q", made, want)
			}
		}
	}
}

// One that goes on where another ends would meet on the bench what the spoilt one
// has left there: Enter leads back to the other first.
func TestAnExperimentThatContinuesIsMadeAgainFromTheOneBefore(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	var stood time.Duration
	m := console(t, s, words.English, func(ctx context.Context, s *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		r := passes(ctx, s, watch, pause)
		r.StoodStill = stood
		return r
	})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	teach(m, "```lab\naudit\n```\n\n- [ ] three of A {check: A.copies == 3}\n\n```lab continue\naudit\n```\n\n- [ ] four of B {check: B.copies == 4}\n")
	press(t, m, "enter")
	stood = 620 * time.Millisecond
	press(t, m, "enter")
	has(t, m, "Enter, once more")
	press(t, m, "enter")
	has(t, m, "goes on where the experiment before it ends")
	stood = 0
	press(t, m, "enter")
	has(t, m, "Experiment done: 1 of 1 points")
	press(t, m, "enter")
	has(t, m, "Experiment done: 0 of 1 points")
	hasNot(t, m, "Enter, once more")
}
