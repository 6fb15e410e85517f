package console

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// bottom is the lab line that a form shows.
func bottom(m *Model) string {
	for _, l := range strings.Split(screenText(m), "\n") {
		if i := strings.LastIndex(l, "│  : "); i >= 0 {
			line := strings.TrimPrefix(l[i:], "│  : ")
			return strings.TrimSpace(strings.SplitN(line, "  ", 2)[0])
		}
	}
	return ""
}

func TestThePanelOfFaultsWritesTheLineItRuns(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"", "toxic latency latency=5s stream=downstream"},
		{"t", "toxic timeout timeout=2s stream=downstream"},
		{"right right", "toxic bandwidth rate=1KB/s stream=downstream"},
		{"right right right", "toxic slow_close delay=1s stream=downstream"},
		{"r", "toxic reset_peer stream=downstream"},
		{"left left left", "toxic slicer average_size=64B stream=downstream"},
		{"left left", "toxic limit_data bytes=1KB stream=downstream"},
		{"left", "proxy down"},
		{"left down right right", "proxy down broker=2"},
		{"down right down right", "toxic latency latency=5s stream=upstream broker=1"},
		{"down down down ctrl+u 2 0 0 m s down ctrl+u 1 0", "toxic latency latency=200ms jitter=10 stream=downstream"},
		{"up backspace 0 . 5", "toxic latency latency=5s stream=downstream toxicity=0.5"},
	} {
		m := real(t, stage.New(), passes)
		press(t, m, "f")
		press(t, m, strings.Fields(c.keys)...)
		if got := bottom(m); got != c.want {
			t.Errorf("%q: shows %q, want %q", c.keys, got, c.want)
			continue
		}
		checkScreen(t, m, c.keys)
		press(t, m, "enter")
		if got := strings.Join(m.History(), "|"); got != c.want || m.dialog() != nil {
			t.Errorf("%q: ran %q\n%s", c.keys, got, screenText(m))
		}
	}
}

func TestThePanelOfFaultsRunsNothingWrong(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, "f", "down", "down", "down", "x", "enter")
	has(t, m, "✗ latency", "5sx » est illisible")
	if m.dialog() == nil || len(m.History()) > 0 {
		t.Error("it ran")
	}
	press(t, m, "backspace", "enter")
	if m.dialog() != nil {
		t.Error("it did not run when it was right")
	}
}

func TestThePanelTakesAwayWhatIsInForce(t *testing.T) {
	s := stage.New()
	s.Toxic(0, -1)
	s.Book.Apply(
		ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 2, Name: "mine", Kind: "timeout", Stream: "upstream", Toxicity: 0.5, Attributes: map[string]int64{"timeout": 2000}}},
		ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: "theirs", Kind: "timeout", Stream: "upstream", Foreign: true}},
		ledger.ProxyChanged{Broker: 3, Up: false},
	)
	for up, want := range []string{"", "proxy up broker=3", "toxics clear mine", "toxics clear latency_downstream"} {
		if up == 0 {
			continue
		}
		m := real(t, s, passes)
		m.again()
		press(t, m, "f")
		has(t, m, "latency 5 s · réponses · tous les brokers", "requêtes · 0.5 · broker 2 · mine", "proxy arrêté · broker 3")
		if strings.Contains(screenText(m), "theirs") {
			t.Error("it offers what is not ours")
		}
		for range up {
			press(t, m, "up")
		}
		press(t, m, "enter")
		if got := strings.Join(m.History(), "|"); got != want {
			t.Errorf("%d up: %q, want %q", up, got, want)
		}
	}
}

func TestThePanelTakesAFaultFromOneBroker(t *testing.T) {
	s := stage.New()
	s.Toxic(0, -1)
	m := real(t, s, passes)
	m.again()
	press(t, m, "f", "up")
	for _, want := range []string{"broker 1 seul", "broker 2 seul", "broker 3 seul", "tous les brokers", "broker 1 seul"} {
		press(t, m, "right")
		has(t, m, "latency 5 s · réponses · "+want)
	}
	press(t, m, "space", "enter")
	if got := strings.Join(m.History(), "|"); got != "toxics clear latency_downstream broker=2" {
		t.Error(got)
	}
}

func TestAClickOnTheNetworkOpensThePanelThere(t *testing.T) {
	s := stage.New()
	m := real(t, s, passes)
	m.again()
	x, y, _ := find(m, "▶ broker 2")
	m.Update(tea.MouseClickMsg{X: x - 3, Y: y, Button: tea.MouseLeft})
	if got := bottom(m); got != "toxic latency latency=5s stream=upstream broker=2" {
		t.Error(got)
	}
	press(t, m, "esc")
	s.Toxic(0, -1)
	m.again()
	x, y, _ = find(m, "latency 5 s")
	m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if got := bottom(m); got != "toxics clear latency_downstream broker=1" {
		t.Error(got)
	}
	press(t, m, "left")
	x, y, _ = find(m, "latency 5 s · réponses · tous")
	_, cmd := m.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	settle(t, m, cmd)
	if got := strings.Join(m.History(), "|"); got != "toxics clear latency_downstream" || m.dialog() != nil {
		t.Error(got)
	}
}

// fillIn types into the fields of the form of a send, from the top.
func fillIn(t *testing.T, m *Model, values ...string) {
	t.Helper()
	for _, v := range values {
		if v != "" {
			press(t, m, "ctrl+u")
			typeText(t, m, v)
		}
		press(t, m, "down")
	}
}

func TestTheFormOfASend(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, "e")
	if got := bottom(m); got != "send 1 plain async" {
		t.Error(got)
	}
	press(t, m, "i", "down", "right", "down")
	fillIn(t, m, "12", "load-test", `or"der 1`, "50 €", "trace:42, from:me", "2", "t-1", "A", "retries=2 linger=20ms")
	want := `send 12 idempotent sync topic=load-test key="or\"der 1" value="50 €" header=trace:42 header=from:me partition=2 id=t-1 retries=2 linger=20ms as A`
	m.Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	press(t, m, "enter")
	if got := strings.Join(m.History(), "|"); got != want {
		t.Fatalf("ran %s", got)
	}
	press(t, m, "e", "enter") // begun with what was used last
	again, err := lab.Parse("", []byte(m.script.lines[1].text))
	if err != nil || lab.Format(again.Lines[0].Command) != lab.Format(m.lastSend) || m.lastSend.Label != "A" || len(m.lastSend.Headers) != 2 {
		t.Errorf("%v, %+v", err, m.script.lines)
	}
}

func TestTheFormOfASendBeginsWithAnyLastSend(t *testing.T) {
	for _, line := range []string{
		"send 100 plain async", `send 3 fire-and-forget sync key="" value="" header="a:b,c" keys=4`, "send 2 plain sync size=10KB rate=100/s acks=all",
	} {
		m := real(t, stage.New(), passes)
		press(t, m, ":")
		typeText(t, m, strings.ReplaceAll(line, ` keys=4`, ""))
		press(t, m, "enter", "e", "enter")
		ran := m.History()
		first, _ := lab.Parse("", []byte(ran[0]))
		second, err := lab.Parse("", []byte(ran[len(ran)-1]))
		if err != nil || lab.Format(first.Lines[0].Command) != lab.Format(second.Lines[0].Command) {
			t.Errorf("%s became %s (%v)", line, ran[len(ran)-1], err)
		}
	}
}

func TestAnErrorInTheFormIsInItsField(t *testing.T) {
	m := real(t, stage.New(), passes)
	press(t, m, "e", "down", "down")
	fillIn(t, m, "0", "load-test")
	has(t, m, "✗ combien")
	press(t, m, "enter")
	if m.dialog() == nil || len(m.History()) > 0 {
		t.Error("it ran")
	}
	fillIn(t, m, "3")
	press(t, m, "down", "down", "down", "down", "down", "down", "down")
	fillIn(t, m, "retires=2")
	has(t, m, "✗ réglages", "retries=")
	press(t, m, "esc")
	if m.dialog() != nil {
		t.Error("Esc did not close it")
	}
}

func TestSSavesAScriptThatRuns(t *testing.T) {
	dir := t.TempDir()
	m := real(t, stage.New(), passes)
	m.options.Dir = dir
	press(t, m, "s")
	has(t, m, "Aucune ligne à garder")
	press(t, m, "r", "p", "a", ":")
	typeText(t, m, "nonsense")
	press(t, m, "enter", "esc", ":")
	m.Update(tea.PasteMsg{Content: "send 2 plain as A\naudit"})
	press(t, m, "enter", ":")
	typeText(t, m, "toxics clear of_a_lesson")
	press(t, m, "enter", "s", "p", "s")
	has(t, m, "atelier --script "+filepath.Join(dir, "atelier-2026-11-22-2.lab"))
	text, err := os.ReadFile(filepath.Join(dir, "atelier-2026-11-22.lab"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "\n\n")
	if body != "reset\nsend 1 plain async\naudit\nsend 2 plain as A\naudit\n# toxics clear of_a_lesson\n" {
		t.Errorf("%s", text)
	}
	if _, err := lab.Parse("", text); err != nil {
		t.Error(err)
	}
	if again, err := os.ReadFile(filepath.Join(dir, "atelier-2026-11-22-2.lab")); err != nil || !strings.HasSuffix(string(again), "send 1 plain async\n") {
		t.Errorf("%v %s", err, again)
	}
	m.options.Dir = filepath.Join(dir, "gone")
	press(t, m, "s")
	has(t, m, "Le script n’a pas été enregistré")
}
