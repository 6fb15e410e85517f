package race

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

func drawn(t *testing.T, p *Pane, w, h int) string {
	t.Helper()
	p.Size(w, h)
	var g screen.Grid
	g.Resize(w, h)
	p.View(g.All())
	lines := strings.Split(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\n")
	for i := range lines {
		if ansi.StringWidth(lines[i]) > w {
			t.Errorf("%d columns: %q", w, lines[i])
		}
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func of(s *stage.Stage, lang words.Lang) *Pane {
	p := New()
	p.Update(pane.Spoken{Lang: lang})
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	return p
}

// load is a race of many messages.
func load(s *stage.Stage) {
	for batch, label := range []string{"A", "B"} {
		b := uint32(batch + 1)
		s.Book.Apply(
			ledger.BatchOpened{At: stage.At(1), Batch: b, Label: label, Mode: []string{"plain", "idempotent"}[batch], Sending: "async", Topic: "test-topic", Count: 2000},
			ledger.Sent{At: stage.At(1), Batch: b, Count: 2000})
		for n := range uint32(1500) {
			s.Book.Apply(ledger.Reported{At: stage.At(20), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: b, N: n}, Partition: 1, Offset: int64(n), Latency: time.Millisecond}}})
		}
	}
}

// TestRaces compares races with pictures in text. Regenerate them with:
// go test ./ui/console/race -update
func TestRaces(t *testing.T) {
	for name, play := range map[string]func(*stage.Stage){
		"none": func(*stage.Stage) {}, "midway": (*stage.Stage).Midway, "heart": (*stage.Stage).Heart,
		"judged": func(s *stage.Stage) { s.Heart(); s.Judge() }, "load": load,
	} {
		for _, lang := range []words.Lang{words.French, words.English} {
			for _, size := range [][2]int{{46, 8}, {68, 4}, {68, 6}, {78, 20}, {118, 34}} {
				t.Run(fmt.Sprintf("%s/%s/%dx%d", name, lang, size[0], size[1]), func(t *testing.T) {
					s := stage.New()
					play(s)
					golden.RequireEqual(t, drawn(t, of(s, lang), size[0], size[1]))
				})
			}
		}
	}
}

func TestARaceStandsStillWhenItIsOver(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	p := of(s, words.English)
	drawn(t, p, 70, 8)
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Beat: 99, Live: true})
	if p.Stale() {
		t.Error("it is drawn again, though nothing happened")
	}
}

func TestWithoutTheBrokersEndCopiesAreAtLeast(t *testing.T) {
	s := stage.External()
	s.Play(stage.Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 1, Reported: 30, Offset: 5, Attempts: []stage.Attempt{
		stage.Try(1, -1, -1, -1, 9, -1), stage.Try(20, -1, -1, 29, -1, 5),
	}})
	s.Play(stage.Message{Batch: 2, Label: "B", Mode: "idempotent", Partition: 1, Pid: 3, Sent: 1, Reported: -1, Attempts: []stage.Attempt{stage.Try(1, -1, -1, -1, -1, -1)}})
	if got := drawn(t, of(s, words.English), 80, 6); !strings.Contains(got, "at least 1 + (answers)") || !strings.Contains(got, "copies    —") {
		t.Error(got)
	}
}

func TestHostileLabelsInARace(t *testing.T) {
	for _, h := range stage.Hostile() {
		s := stage.New()
		s.Play(stage.Message{Batch: 1, Label: h, Mode: h, Sent: 1, Reported: -1})
		s.Play(stage.Message{Batch: 2, Label: "B" + h, Mode: h, Sent: 1, Reported: 9, Err: h})
		s.Book.Apply(ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: h, Kind: h, Stream: h}})
		for _, w := range []int{20, 58, 100} {
			for _, r := range drawn(t, of(s, words.English), w, 9) {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e {
					t.Fatalf("%.40q lets %U through", h, r)
				}
			}
		}
	}
}

func TestAGhostIsNotCutInTheMiddle(t *testing.T) {
	s := stage.New()
	s.SlowRequest()
	s.Play(stage.Message{Batch: 2, Label: "B", Mode: "plain", Sent: 1, Reported: 9})
	if got := drawn(t, of(s, words.English), 70, 6); !strings.Contains(got, "the log   DUPLICATE  GHOST") {
		t.Error(got)
	}
}

// A zoomed race has rows to tell each attempt, and says how many it has no room for.
func TestAZoomedRaceTellsEachAttempt(t *testing.T) {
	s := stage.New()
	var attempts []stage.Attempt
	for i := range 40 {
		attempts = append(attempts, stage.Try(100*i, 100*i+1, 100*i+2, -1, 100*i+50, int64(i)))
	}
	s.Play(stage.Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 1, Reported: -1, Attempts: attempts})
	s.Play(stage.Message{Batch: 2, Label: "B", Mode: "plain", Partition: 1, Pid: -1, Sent: 1, Reported: -1, Attempts: attempts[:2]})
	got := drawn(t, of(s, words.English), 118, 34)
	for _, want := range []string{"1    0.000 s  ✗ 50 ms     + @0", "2    0.100 s  ✗ 50 ms     + @1", "… +28"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	s = stage.New()
	s.Heart()
	for h := 16; h <= 36; h++ {
		blank := 0
		for _, l := range strings.Split(drawn(t, of(s, words.English), 118, h), "\n") {
			if l == "" {
				blank++
			}
		}
		if blank > 9 {
			t.Errorf("%d of %d rows are blank", blank, h)
		}
	}
}
