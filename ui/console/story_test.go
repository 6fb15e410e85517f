package console

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
)

// onAttempts is a console on the heart of the course, with the focus on its
// lanes.
func onAttempts(t *testing.T, lang words.Lang, w, h int) *Model {
	t.Helper()
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, lang, passes)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.moveTo(layout.Spot(m.bench.named("attempts")))
	m.again()
	m.View()
	return m
}

// TestScreensOfStories compares whole screens, as TestScreens does. Regenerate
// them with: go test ./ui/console -run TestScreensOfStories -update
func TestScreensOfStories(t *testing.T) {
	for name, keys := range map[string][]string{"chosen": {"up"}, "story": {"up", "enter"}, "words": {"up", "enter", "t"}, "end": {"enter", "end"}} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			for _, lang := range []words.Lang{words.French, words.English} {
				t.Run(fmt.Sprintf("%s/%dx%d/%s", name, size[0], size[1], lang), func(t *testing.T) {
					m := onAttempts(t, lang, size[0], size[1])
					press(t, m, keys...)
					checkScreen(t, m, name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}

// TestScreensOfRaces is the race beside the other views, and alone.
func TestScreensOfRaces(t *testing.T) {
	for name, keys := range map[string][]string{"race": {"9"}, "zoomed": {"9", "z"}} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			for _, lang := range []words.Lang{words.French, words.English} {
				t.Run(fmt.Sprintf("%s/%dx%d/%s", name, size[0], size[1], lang), func(t *testing.T) {
					m := onAttempts(t, lang, size[0], size[1])
					press(t, m, keys[0])
					m.moveTo(layout.Spot(m.bench.named("race")))
					press(t, m, keys[1:]...)
					checkScreen(t, m, name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}

func TestALaneIsChosenAndItsStoryOpened(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	has(t, m, "│▸B idempotent")
	press(t, m, "up")
	has(t, m, "│▸A plain")
	press(t, m, "up", "enter")
	has(t, m, "the story of A", "3 copies DUPLICATE  @16, @17, @18")
	press(t, m, "esc", "down", "enter")
	has(t, m, "the story of B", "recognised")
	press(t, m, "L")
	has(t, m, "l’histoire de B", "reconnu à sa séquence")
	press(t, m, "esc", "esc")
	if strings.Contains(screenText(m), "▸A plain") || strings.Contains(screenText(m), "▸B") {
		t.Error("a lane looks chosen where the keys do not go")
	}
}

func TestTheMouseChoosesALaneAndOpensIt(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	x, y, _ := find(m, "A plain         ◆")
	m.Update(tea.MouseClickMsg{X: x + 20, Y: y, Button: tea.MouseLeft})
	has(t, m, "│▸A plain")
	if m.dialog() != nil {
		t.Error("the first click opened it")
	}
	m.Update(tea.MouseClickMsg{X: x + 20, Y: y + 1, Button: tea.MouseLeft})
	has(t, m, "the story of A")
	press(t, m, "esc")
	m.Update(tea.MouseClickMsg{X: x + 20, Y: y - 2, Button: tea.MouseLeft}) // the axis
	if m.dialog() != nil {
		t.Error("the axis has no story")
	}
}

func TestAStoryFitsEverySize(t *testing.T) {
	for _, play := range []func(*stage.Stage){(*stage.Stage).SlowRequest, (*stage.Stage).LeaderMoved, (*stage.Stage).NoBroker} {
		s := stage.New()
		play(s)
		m := console(t, s, words.French, passes)
		m.grant(pane.Story{Ref: ledger.Ref{Batch: 1}})
		for _, size := range [][2]int{{60, 20}, {99, 24}, {100, 30}, {160, 20}, {300, 100}, {10, 3}, {61, 21}} {
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			checkScreen(t, m, "story")
			press(t, m, "t", "pgdown", "end")
			checkScreen(t, m, "words")
		}
	}
}

func TestAStoryOfWhatIsGone(t *testing.T) {
	m := real(t, stage.New(), passes)
	m.grant(pane.Story{Ref: ledger.Ref{Batch: 9}})
	has(t, m, "On ne sait plus rien de ce message.")
	press(t, m, "y", "Y", "t", "down")
}

func TestCopiesAreWrittenToFilesOfTheirOwn(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	press(t, m, "enter", "Y")
	has(t, m, "There is no folder to write to here.")
	dir := t.TempDir()
	m.options.Dir = dir
	press(t, m, "Y", "Y")
	has(t, m, "Written to", "atelier-r1-story-B-2.md")
	for _, name := range []string{"atelier-r1-story-B.md", "atelier-r1-story-B-2.md"} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.HasPrefix(string(b), "## The story of B\n") {
			t.Errorf("%s: %q %v", name, b, err)
		}
	}
	m.options.Dir = filepath.Join(dir, "gone")
	press(t, m, "Y")
	has(t, m, "could not write the file")
	press(t, m, "y")
	has(t, m, "Copied, if this terminal lets it")
}

func TestTheVerdictsCanBeCopied(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	m.options.Dir = t.TempDir()
	m.moveTo(layout.Spot(m.bench.named("log")))
	press(t, m, "Y")
	b, err := os.ReadFile(filepath.Join(m.options.Dir, "atelier-r1-verdict.md"))
	if want := "| A plain | acked | 3 copies DUPLICATE |"; err != nil || !strings.Contains(string(b), want) {
		t.Errorf("%v\n%s", err, b)
	}
}

func TestARowOfTheWireIsWrittenToAFile(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	m.options.Dir = t.TempDir()
	press(t, m, "7")
	m.moveTo(layout.Spot(m.bench.named("wire")))
	press(t, m, "Y")
	if b, err := os.ReadFile(filepath.Join(m.options.Dir, "atelier-r1-request.md")); err != nil || len(b) == 0 {
		t.Errorf("%q %v", b, err)
	}
}

func TestFileNamesAreTame(t *testing.T) {
	for _, s := range stage.Hostile() {
		for _, r := range fileName(s) {
			if r != '-' && (r < '0' || r > 'z') {
				t.Errorf("%.40q: %U", s, r)
			}
		}
	}
	for in, want := range map[string]string{"": "x", "../../etc": "etc", "story A·1": "story-A-1", "CON:": "CON"} {
		if got := fileName(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestAVerdictComesIntoItsColourAndStandsStill(t *testing.T) {
	for _, still := range []bool{false, true} {
		s := stage.New()
		now := s.Wall
		o := options(t, s, words.English)
		o.Now, o.Still = func() time.Time { return now }, still
		m := newModel(o, s.Book, passes, parseTest)
		t.Cleanup(m.Close)
		m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		s.Heart()
		m.again()
		s.Judge()
		var seen []uint8
		for range 20 {
			m.again()
			m.View()
			seen = append(seen, m.seen.Glow)
			now = now.Add(100 * time.Millisecond)
		}
		want := []uint8{3, 3, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
		if still {
			want = make([]uint8, 20)
		}
		if !slices.Equal(seen, want) {
			t.Errorf("still %v: %v, want %v", still, seen, want)
		}
		has(t, m, "3 copies DUPLICATE")
		if m.View(); m.bench.panes[m.bench.named("attempts")].Stale() {
			t.Error("something is drawn at the end")
		}
		m.onFrame()
		if m.pulse.beating || !m.pulse.waiting {
			t.Error("it beats though nothing happens")
		}
	}
}

func TestVerdictsThatAConsoleBeginsWithAreNoEvent(t *testing.T) {
	m := onAttempts(t, words.English, 120, 40)
	if m.seen.Glow != 0 {
		t.Error("an old verdict lights up")
	}
	if (pane.Seen{}).Fresh(screen.Dup) != screen.Dup {
		t.Error("a verdict at rest has its own colour")
	}
}

func TestALateArrivalStandsAboveThePause(t *testing.T) {
	s := stage.New()
	s.SlowRequest()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 160, Height: 40})
	_, lane, _ := strings.Cut(screenText(m), "A plain")
	if lane, _, _ = strings.Cut(lane, "\n"); strings.Count(lane, "◆") != 2 {
		t.Error(lane)
	}
}
