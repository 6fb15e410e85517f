package console

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// Whatever somebody presses, pastes, clicks or resizes: no panic, and every
// frame is of the screen's size. ATELIER_SOAK says for how long (1m), with a
// new seed each time, or with the one that ATELIER_SOAK_SEED names.
func TestRandomKeysAndSizes(t *testing.T) {
	last, seed := 2*time.Second, uint64(2)
	if soak := os.Getenv("ATELIER_SOAK"); soak != "" {
		var err error
		if last, err = time.ParseDuration(soak); err != nil {
			t.Fatal(err)
		}
		seed = rand.Uint64()
	}
	if named := os.Getenv("ATELIER_SOAK_SEED"); named != "" {
		var err error
		if seed, err = strconv.ParseUint(named, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("ATELIER_SOAK_SEED=%d", seed)
	t.Run("on a bench", func(t *testing.T) {
		s := stage.New()
		s.Heart()
		s.Judge()
		storm(t, s, console(t, s, words.French, passes), seed, last)
	})
	t.Run("in a recording", func(t *testing.T) {
		s := stage.New()
		m := New(Options{Tapes: tapes(t), Lang: words.French, Theme: Dark, Now: func() time.Time { return s.Wall }})
		defer m.Close()
		storm(t, s, m, seed, last)
	})
}

// pressed are keys of every kind; those of the table come too.
var pressed = []string{
	"enter", "esc", "space", "left", "right", "up", "down", "pgup", "pgdown", "tab", "shift+tab", "home", "end", "delete", "backspace",
	"ctrl+w", "ctrl+u", "ctrl+k", "ctrl+e", "ctrl+p", ":", "x", "é", "漢", "<", ">", "+", "-", "N", "R", "R", "p",
}

// storm does at random what a learner can do, for a time.
func storm(t *testing.T, s *stage.Stage, m *Model, seed uint64, last time.Duration) {
	r := rand.New(rand.NewPCG(1, seed))
	names := pressed
	for i := range m.keys {
		names = append(names, m.keys[i].keys...)
	}
	hostile := stage.Hostile()
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	until := time.Now().Add(last)
	for i := 0; time.Now().Before(until); i++ {
		switch r.IntN(8) {
		case 0:
			m.Update(tea.WindowSizeMsg{Width: r.IntN(220), Height: r.IntN(70)})
		case 1:
			m.Update(tea.PasteMsg{Content: hostile[r.IntN(len(hostile))]})
		case 2:
			passed := time.Duration(r.IntN(2000)) * time.Millisecond
			s.Clock += passed / 20
			s.Wall = s.Wall.Add(passed)
			m.again()
		case 3:
			_, cmd := m.Update(tea.MouseClickMsg{X: r.IntN(220), Y: r.IntN(70), Button: tea.MouseLeft})
			drain(m, cmd)
		case 4:
			m.Update(tea.MouseWheelMsg{X: r.IntN(220), Y: r.IntN(70), Button: tea.MouseWheelUp + tea.MouseButton(r.IntN(2))})
		default:
			if k := names[r.IntN(len(names))]; k != "ctrl+c" && k != "q" {
				_, cmd := m.Update(key(k))
				drain(m, cmd)
			}
		}
		if m.crash != nil {
			t.Fatalf("seed %d, event %d: %v", seed, i, m.crash)
		}
		checkScreen(t, m, "random")
	}
}

// drain carries out what ends by itself and leaves out the ticks.
func drain(m *Model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if batch, is := cmd().(tea.BatchMsg); is && len(batch) > 0 {
		m.Update(batch[0]())
		m.pulse.beating = false
	}
}
