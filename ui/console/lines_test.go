package console

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	workbench "atelier/lessons/bench"
	"atelier/ui/console/memory"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/ansi"
)

// embedded is a bench of the test's own.
func embedded(t *testing.T) *workbench.Bench {
	t.Helper()
	b, err := workbench.Open(t.Context(), workbench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// What comes of a line can take several: each stands on a row of its own, below
// the line in the lesson, and over the screen where it was typed.
func TestAResultOfSeveralLines(t *testing.T) {
	l := takeSeat(t, Options{
		Bench: embedded(t), Modules: stage.Course("```lab\nbrokers test-topic\nproxies\n```\n"), Lang: words.French, Theme: Dark,
		Memory: memory.New(), Now: time.Now,
	})
	rows := func(of func(*Model) screen.Rect, want ...string) {
		t.Helper()
		for _, w := range want {
			l.until("a row “"+w+"”", func(m *Model, shown string) bool {
				at := of(m)
				for _, row := range strings.Split(shown, "\n")[at.Y : at.Y+at.H] {
					if strings.HasPrefix(ansi.Cut(row, at.X, at.X+at.W), w) {
						return true
					}
				}
				return false
			})
		}
	}
	lesson := func(m *Model) screen.Rect { return m.screen.Lesson }
	dialog := func(m *Model) screen.Rect { return inner(m.canvas.dialog) }
	l.press("enter")
	l.reads("Expérience terminée")
	rows(lesson, "    broker 1 : en service", "    broker 2 : en service", "    broker 3 : en service", "    test-topic/0 : leader : broker ",
		"    test-topic/2 : leader : broker ", "    broker 1 : 127.0.0.1:", "    broker 3 : 127.0.0.1:")
	l.press("L")
	rows(lesson, "    broker 1: up", "    broker 2: up", "    broker 3: up", "    test-topic/0: led by broker ", "    test-topic/2: led by broker ", "    broker 1: 127.0.0.1:", "    broker 3: 127.0.0.1:")

	l.types("brokers test-topic")
	l.reads("╭─ brokers test-topic ─")
	rows(dialog, "  broker 1: up", "  broker 2: up", "  broker 3: up", "  test-topic/0: led by broker ", "  test-topic/1: led by broker ", "  test-topic/2: led by broker ")
	l.types("toxic latency latency=20ms") // : closes what is open
	l.types("proxies")
	l.reads("╭─ proxies ─")
	rows(dialog, "  broker 1: 127.0.0.1:", "    latency_downstream: latency 20 ms on the answers (downstream)", "  broker 3: 127.0.0.1:")
	l.press("x")
	l.until("the bench below", func(m *Model, _ string) bool { return m.dialog() == nil })
	l.leaves()
}
