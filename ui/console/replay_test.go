package console

import (
	"errors"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/ui/console/pane"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// replaying is a console that plays the heart experiment again.
func replaying(t testing.TB, lang words.Lang) (*stage.Stage, *Model) {
	t.Helper()
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, lang, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.again()
	m.Update(key("R"))
	m.again()
	return s, m
}

// pass lets wall time go by, and a frame come.
func pass(s *stage.Stage, m *Model, d time.Duration) {
	s.Wall = s.Wall.Add(d)
	m.again()
}

func TestAReplayGoesFromMomentToMoment(t *testing.T) {
	s, m := replaying(t, words.English)
	has(t, m, "REPLAY", "▶  playing ×1/4", "0.000 / 3.320 s")
	if got := screenText(m); strings.Contains(got, "DUPLICATE") {
		t.Errorf("the end shows at the beginning:\n%s", got)
	}
	pass(s, m, 4*time.Second) // at a quarter of life's speed
	has(t, m, "1.000 / 3.320 s")
	if n := len(m.seen.Snap.Messages[0].Attempts); n != 1 || m.seen.Now != time.Second {
		t.Errorf("%d attempts at %v", n, m.seen.Now)
	}
	press(t, m, "space")
	has(t, m, "┃┃ paused", "1.270 / 3.320 s")
	if n := len(m.seen.Snap.Messages[0].Attempts); n != 2 {
		t.Errorf("%d attempts", n)
	}
	for m.seen.Now > 0 {
		press(t, m, "left")
	}
	if got := m.seen.Snap.All.Sent; got != 0 {
		t.Errorf("%d messages sent before the first moment", got)
	}
	press(t, m, "end")
	has(t, m, "at its end", "3.320 / 3.320 s", "3 copies", "DUPLICATE")
	press(t, m, ">", "home", "enter")
	pass(s, m, time.Second)
	has(t, m, "playing ×1/2", "0.500 / 3.320 s")
	press(t, m, "esc")
	got := screenText(m)
	if strings.Contains(got, "REPLAY") || !strings.Contains(got, "DUPLICATE") || m.transport.On() {
		t.Errorf("the bench is not back:\n%s", got)
	}
}

func TestAPausedReplayDrawsNothing(t *testing.T) {
	s, m := replaying(t, words.English)
	press(t, m, "space")
	m.again()
	m.View()
	s.Wall = s.Wall.Add(10 * time.Second)
	m.onFrame()
	if m.pulse.beating || !m.pulse.waiting {
		t.Error("frames go on while the tape stands")
	}
	if m.draw() {
		t.Error("something moved while the tape stood")
	}
}

func TestWhatPlaysGetsItsFrames(t *testing.T) {
	s, m := replaying(t, words.English)
	s.Wall = s.Wall.Add(5 * time.Second)
	if m.onFrame(); !m.pulse.beating {
		t.Error("no frame follows while the tape plays")
	}
	if !m.draw() {
		t.Error("nothing moved while the tape played")
	}
	m.pulse.beating = false
	s.Wall = s.Wall.Add(time.Minute)
	if m.onFrame(); m.pulse.beating {
		t.Error("frames go on behind the end")
	}
}

func TestTheBenchGoesOnBehindAReplay(t *testing.T) {
	s, m := replaying(t, words.English)
	s.Play(stage.Message{Batch: 9, Label: "Z", Mode: "plain", Partition: 1, Pid: -1, Sent: 4000, Reported: 4100, Offset: 40})
	m.again()
	if got := screenText(m); strings.Contains(got, "Z plain") {
		t.Errorf("the present shows in the replay:\n%s", got)
	}
	if m.lessonSees() == m.seen.Snap {
		t.Error("the lesson would judge by the tape")
	}
	press(t, m, "R")
	has(t, m, "Z plain")
}

// lessonSees is what the lesson judges by.
func (m *Model) lessonSees() any { return m.lesson.Seen.Snap }

func TestNothingIsSentFromAReplay(t *testing.T) {
	_, m := replaying(t, words.English)
	started := len(m.prompt.Lines())
	for _, k := range []string{"i", "l", "a", "r", ":", "c"} {
		press(t, m, k)
		has(t, m, "This is a replay, nothing is sent now: Esc leaves it.")
	}
	m.do(match(m.keys, "enter"))
	if len(m.session.runs) > 0 || len(m.prompt.Lines()) != started {
		t.Error("something ran")
	}
	m.grant(pane.Run{Line: "send 3 plain as K"})
	has(t, m, "What you wrote waits behind “:”.")
	m.Update(tea.PasteMsg{Content: " # and this"})
	press(t, m, "esc", ":")
	if got := m.prompt.Line(); got != "send 3 plain as K # and this" {
		t.Errorf("waiting in the prompt: %q", got)
	}
}

func TestThereMayBeNothingToReplay(t *testing.T) {
	m := console(t, stage.New(), words.French, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, m, "R")
	has(t, m, "rien à rejouer")
	if m.transport.On() {
		t.Error("nothing is replayed")
	}
}

func TestAReplayWaitsForNoReader(t *testing.T) {
	s := stage.New()
	s.Play(stage.Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 9000, Reported: 9100, Offset: 4})
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	press(t, m, "R")
	has(t, m, "8.800 / 9.100 s")
	press(t, m, "end", "enter")
	has(t, m, "8.800 / 9.100 s", "playing")
}

// tapes are two runs: the heart experiment, and one message after it.
func tapes(t testing.TB) []*tape.Tape {
	t.Helper()
	one, two := stage.New(), stage.New()
	one.Heart()
	one.Judge()
	two.Play(stage.Message{Batch: 1, Label: "Q", Mode: "plain", Partition: 1, Pid: -1, Sent: 10, Reported: 60, Offset: 7, Attempts: []stage.Attempt{stage.Try(11, 12, 13, 60, -1, 7)}})
	a, err := one.Tape()
	b, err2 := two.Tape()
	if err = errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return []*tape.Tape{a, b}
}

func TestARecordingIsPlayedWithoutABench(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	m := New(Options{Tapes: tapes(t), Lang: words.English, Cluster: words.Text{En: "run.jsonl", Fr: "run.jsonl"}, Theme: Dark, Now: func() time.Time { return now }})
	defer m.Close()
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	if m.Init() == nil || !m.pulse.beating {
		t.Error("no frame is on its way")
	}
	m.pulse.beating = false
	has(t, m, "REPLAY", "run 2/2", "run.jsonl")
	press(t, m, "end")
	has(t, m, "Q plain")
	press(t, m, "N", "end")
	has(t, m, "run 1/2", "3 copies", "DUPLICATE")
	press(t, m, "tab", "tab", "tab", "tab", "tab", "z", "z", "esc")
	has(t, m, "q leaves")
	for _, k := range []string{"i", "enter", ":", "h", "m", "R", "L", "?", "esc", "1", "2", "4", "5", "tab", "z", "space", "r"} {
		press(t, m, k)
		checkScreen(t, m, k)
	}
	for _, size := range [][2]int{{60, 20}, {80, 24}, {200, 60}, {0, 0}} {
		m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		checkScreen(t, m, "recording")
	}
	if m.crash != nil {
		t.Fatal(m.crash)
	}
}

func TestAReplaySaysWhatTheMomentIs(t *testing.T) {
	for lang, want := range map[words.Lang][]string{
		words.English: {"A: handed to the producer", "A, attempt 1: departed", "A, attempt 1: arrived at broker 2", "the broker answers + @16", "A, attempt 1: the producer stops waiting", "gone: ◀ latency 5 s", "B, attempt 3:", "A, report: acked @18", "the log is read back"},
		words.French:  {"A\u00a0: confié au producteur", "A, tentative 1\u00a0: partie", "A, tentative 1\u00a0: arrivée au broker 2", "le broker répond + @16", "A, tentative 1\u00a0: le producteur n’attend plus", "fini\u00a0: ◀ latency 5 s", "B, tentative 3\u00a0:", "A, rapport\u00a0: acquitté @18", "le journal est relu"},
	} {
		_, m := replaying(t, lang)
		said := ""
		for range 40 {
			said += m.transport.Below(110, m.seen)[0].String() + "\n"
			press(t, m, "space")
		}
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("%q is not told in\n%s", w, said)
			}
		}
	}
}

func TestTheWayOutOfAReplayIsAlwaysInSight(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		_, m := replaying(t, lang)
		for w := 60; w <= 200; w++ {
			m.Update(tea.WindowSizeMsg{Width: w, Height: 24})
			has(t, m, lang.Pick("Esc leave", "Échap quitter"), "/30")
		}
	}
}
