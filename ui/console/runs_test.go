package console

import (
	"context"
	"slices"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// real is a console that reads lines as the bench does.
func real(t *testing.T, s *stage.Stage, play player) *Model {
	t.Helper()
	m := newModel(options(t, s, words.French), s.Book, play, parseLab)
	t.Cleanup(m.Close)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m
}

func ends(r lab.Result) player {
	return func(context.Context, *lab.Script, func(lab.Progress), func(context.Context) error) lab.Result {
		return r
	}
}

func TestALabThatWasTakenAwayTicksNothing(t *testing.T) {
	for status, audited := range map[lab.Status]bool{lab.Interrupted: true, lab.Errored: true, lab.FailedRun: false} {
		s := stage.New()
		s.Heart()
		if audited {
			s.Judge()
		}
		m := real(t, s, ends(lab.Result{Status: status}))
		press(t, m, "enter", "enter")
		if got := screenText(m); strings.Contains(got, "☒") || strings.Contains(got, "☑") || strings.Contains(got, "terminé") {
			t.Errorf("%s: checks were judged:\n%s", status, got)
		}
	}
}

func TestARunningExperimentRefusesAnotherAndAReset(t *testing.T) {
	s := stage.New()
	m := real(t, s, hangs)
	m.Update(key("enter"))
	_, cmd := m.Update(key("enter"))
	for _, keys := range [][]string{{"enter"}, {"r"}, {":", "r", "e", "s", "e", "t", "enter"}} {
		runs := len(m.session.runs)
		m.say(telling.Told{})
		for _, k := range keys {
			if _, c := m.Update(key(k)); c != nil && k == "enter" && len(keys) > 1 {
				m.Update(c())
			}
		}
		if got := screenText(m); len(m.session.runs) != runs || !strings.Contains(got, "Une expérience est en cours. Ctrl+C l’arrête.") {
			t.Errorf("%v was not refused:\n%s", keys, got)
		}
		press(t, m, "esc")
	}
	m.session.stop()
	settle(t, m, cmd)
}

func TestAnAsyncRefusalSaysItsReason(t *testing.T) {
	s := stage.New()
	m := real(t, s, func(_ context.Context, sc *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
		watch(lab.Progress{Line: sc.Lines[0], State: lab.Started, Batch: 1})
		watch(lab.Progress{Line: sc.Lines[0], State: lab.Done, Batch: 1, Result: words.Text{Fr: "1 en vol"}, Reports: &ledger.BatchTotals{}})
		s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: -1, Sent: 10, Reported: -1})
		s.Book.Apply(ledger.Reported{At: stage.At(5040), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}, Partition: -1, Offset: -1, Reason: ledger.NoBroker, Err: "x"}}})
		return lab.Result{Status: lab.Passed}
	})
	press(t, m, "p")
	m.again()
	got := screenText(m)
	if strings.Contains(got, "en vol\n") || strings.Count(got, "aucun broker joignable") < 2 || strings.Contains(got, "✓") {
		t.Errorf("the notice and the lane do not both say why:\n%s", got)
	}
}

func TestCtrlCInThePromptLeavesThePromptOnly(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, ":", "a", "u", "ctrl+c")
	if m.typing || m.prompt.Written() || m.asked {
		t.Error("the prompt was not left, or more than the prompt was")
	}
	if _, cmd := m.Update(key("ctrl+c")); cmd != nil {
		t.Error("left without asking")
	}
	if got := screenText(m); !strings.Contains(got, "Encore Ctrl+C pour quitter.") {
		t.Error(got)
	}
}

func TestALabSaysWhatBecameOfWhatWasInFlight(t *testing.T) {
	s := stage.New()
	m := real(t, s, func(_ context.Context, sc *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
		send := slices.IndexFunc(sc.Lines, func(l lab.Line) bool { _, is := l.Command.(*lab.Send); return is })
		watch(lab.Progress{Line: sc.Lines[send], State: lab.Started, Batch: 1})
		watch(lab.Progress{Line: sc.Lines[send], State: lab.Done, Batch: 1, Result: words.Text{Fr: "1 en vol"}})
		s.Play(stage.Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Sent: 10, Reported: 310, Offset: 4})
		return lab.Result{Status: lab.Passed}
	})
	press(t, m, "enter", "enter")
	has(t, m, "acquitté @4 en 300 ms")
	if strings.Contains(screenText(m), "1 en vol") {
		t.Error("it says still that the message is in flight")
	}
}

// A line can speak of what the line before sends, however quickly it follows: the
// ledger may not have heard of that yet.
func TestALineSpeaksOfWhatIsAboutToBeSent(t *testing.T) {
	for _, line := range []string{"send 1 plain async as S &", "after 1h send 1 plain async as S"} {
		m := real(t, stage.New(), hangs)
		for _, l := range []string{line, "wait until S.done"} {
			m.Update(key(":"))
			m.Update(tea.PasteMsg{Content: l})
			m.Update(key("enter"))
		}
		if len(m.session.runs) != 2 {
			t.Errorf("after %s:\n%s", line, screenText(m))
		}
	}
}
