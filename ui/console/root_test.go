package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEveryKeyIsInTheTableOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range bindings() {
		for _, k := range b.keys {
			if seen[k] {
				t.Errorf("%q is bound twice", k)
			}
			seen[k] = true
		}
		if b.does.En == "" || b.does.Fr == "" || b.shown.En == "" || b.shown.Fr == "" {
			t.Errorf("%v does not say what it does in both languages", b.keys)
		}
	}
}

func TestAKeyWritesTheLineThatItRuns(t *testing.T) {
	s := stage.New()
	var ran []string
	m := console(t, s, words.English, func(_ context.Context, sc *lab.Script, _ func(lab.Progress), _ func(context.Context) error) lab.Result {
		ran = append(ran, sc.Lines[0].Text)
		return lab.Result{Status: lab.Passed}
	})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, m, "p", "I", "l")
	s.Toxic(0, -1)
	press(t, m, "l", "a")
	want := []string{"send 1 plain async", "send 1 idempotent sync", "toxic latency latency=5s stream=downstream", "toxics clear latency_downstream", "audit"}
	if got := strings.Join(ran, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("ran\n%s", got)
	}
	if got := strings.Join(m.prompt.Lines(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("history\n%s", got)
	}
	press(t, m, ":", "up", "up")
	if got := m.prompt.Line(); got != want[3] {
		t.Errorf("recalled %q", got)
	}
}

func TestALabTicksItsLinesAndChecks(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	if before := screenText(m); strings.Contains(before, "three times") {
		t.Error("the checklist spoils the prediction")
	}
	press(t, m, "enter", "enter")
	after := screenText(m)
	for _, want := range []string{"✓ send 1 plain async as A", "☑ A stands in the log three times", "☑ B stands there once", "3 copies DUPLICATE", "Enter: again"} {
		if !strings.Contains(after, want) {
			t.Errorf("missing %q in\n%s", want, after)
		}
	}
}

func TestARunningLabStopsOnceAndLeavesTwice(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.English, hangs)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.Update(key("enter"))
	_, cmd := m.Update(key("enter"))
	if m.page != benchPage {
		t.Error("a running lab should turn to the bench by itself")
	}
	if _, q := m.Update(key("q")); q != nil {
		t.Error("q left while something ran, without asking")
	}
	m.Update(key("esc"))
	m.Update(key("ctrl+c"))
	settle(t, m, cmd)
	if len(m.session.runs) > 0 {
		t.Error("the lab still runs")
	}
	has(t, m, "Stopped. Ctrl+C again leaves.")
	if _, q := m.Update(key("ctrl+c")); q == nil {
		t.Error("the second ctrl+c did not leave")
	}
}

// Another key in between means that the learner stays, and what was stopped is
// still said.
func TestAKeyAfterAStopStays(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.English, hangs)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.Update(key("enter"))
	_, cmd := m.Update(key("enter"))
	s.Toxic(0, -1)
	m.Update(key("ctrl+c"))
	settle(t, m, cmd)
	has(t, m, "latency 5 s is still in force", "Ctrl+C again leaves.")
	press(t, m, "down")
	has(t, m, "latency 5 s is still in force")
	hasNot(t, m, "again leaves")
	if _, q := m.Update(key("ctrl+c")); q != nil {
		t.Error("ctrl+c left an idle console without asking")
	}
}

func TestNothingMovesWhenNothingRuns(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.View()
	m.onFrame() // the snapshot is new
	s.Wall = s.Wall.Add(time.Second)
	if m.pulse.beating = false; m.onFrame() == nil || m.pulse.beating || !m.pulse.waiting {
		t.Error("the console does not wait for the ledger")
	}
	m.View()
	if m.draw() {
		t.Error("an unchanged screen was drawn again")
	}
}

func TestLanguageKeepsThePlace(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.French, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, m, "space", "L")
	got := screenText(m)
	for _, want := range []string{"And then", "step 2/2", "lesson", "sent"} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in\n%s", want, got)
		}
	}
}

// terminal keeps what a console writes, and says when the screen is its own.
type terminal struct {
	bytes.Buffer
	on func()
}

func (t *terminal) Write(p []byte) (int, error) {
	n, err := t.Buffer.Write(p)
	if t.on != nil && bytes.Contains(t.Bytes(), []byte("\x1b[?1049h")) {
		t.on()
		t.on = nil
	}
	return n, err
}

// runWith runs a console in a terminal where somebody types: the first key once
// the screen is there, each other once the one before has reached the console.
// The terminal stays open after the last.
func runWith(t *testing.T, ctx context.Context, play player, keys ...string) (string, error) {
	t.Helper()
	s := stage.New()
	m := newModel(options(t, s, words.English), s.Book, play, parseTest)
	in, typing := io.Pipe()
	reached := make(chan struct{}, 1)
	out := terminal{on: func() { reached <- struct{}{} }}
	var typist sync.WaitGroup
	typist.Go(func() {
		for _, k := range keys {
			<-reached
			if _, err := io.WriteString(typing, k); err != nil {
				return
			}
		}
	})
	err := show(ctx, m, in, &out, tea.WithWindowSize(120, 40), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, is := msg.(tea.KeyPressMsg); is {
			select {
			case reached <- struct{}{}:
			default:
			}
		}
		return msg
	}))
	_ = typing.Close()
	_ = in.Close()
	select {
	case reached <- struct{}{}: // for a typist whose key nobody waits for any more
	default:
	}
	typist.Wait()
	return out.String(), err
}

func TestRunLeavesCleanFromEveryState(t *testing.T) {
	for name, keys := range map[string][]string{
		"idle": {"q"}, "help open": {"?", "\x03", "\x03"}, "prompt": {":", "a", "b", "c", "\x1b", "q"}, "running": {"\r", "\r", "\x03", "q"}, "running, asked": {"\r", "\r", "q", "q"}, "many": {"p", "p", "p", "q", "q"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := runWith(t, t.Context(), hangs, keys...)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out, "\x1b[?1049l") {
				t.Error("the screen was not given back")
			}
		})
	}
}

func TestRunShowsNotices(t *testing.T) {
	s := stage.New()
	notices := make(chan words.Text, 1)
	m := console(t, s, words.English, passes)
	m.options.Notices = notices
	notices <- words.Text{En: "Toxiproxy has stopped answering"}
	in, typing := io.Pipe()
	var quitting sync.WaitGroup
	var out bytes.Buffer
	err := show(t.Context(), m, in, &out, tea.WithWindowSize(120, 40), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, is := msg.(announced); is {
			quitting.Go(func() { _, _ = io.WriteString(typing, "q") })
		}
		return msg
	}))
	_ = typing.Close()
	quitting.Wait()
	if err != nil {
		t.Error(err)
	}
	has(t, m, "stopped answering")
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, err := runWith(t, ctx, func(ctx context.Context, s *lab.Script, watch func(lab.Progress), pause func(context.Context) error) lab.Result {
		cancel()
		return hangs(ctx, s, watch, pause)
	}, "\r", "\r")
	if !errors.Is(err, context.Canceled) || !strings.Contains(out, "\x1b[?1049l") {
		t.Errorf("err = %v", err)
	}
}

func TestAPanicInTheBackgroundRestoresTheTerminal(t *testing.T) {
	out, err := runWith(t, t.Context(), func(context.Context, *lab.Script, func(lab.Progress), func(context.Context) error) lab.Result {
		panic("a bug")
	}, "p")
	if err == nil || !strings.Contains(err.Error(), "a bug") || !strings.Contains(out, "\x1b[?1049l") {
		t.Errorf("err = %v", err)
	}
}
