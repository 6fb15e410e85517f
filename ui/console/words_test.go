package console

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
)

// TestScreensInWords are the views as sentences. Regenerate them with:
// go test ./ui/console -run TestScreensInWords -update
func TestScreensInWords(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, v := range views() {
			for name, play := range map[string]func(*stage.Stage){
				"heart": func(s *stage.Stage) { s.Heart(); s.Judge() }, "midway": (*stage.Stage).Midway,
			} {
				t.Run(fmt.Sprintf("%s/%s/%s", lang, v.name, name), func(t *testing.T) {
					s := stage.New()
					play(s)
					m := asked(t, s, lang, 120, 40, v.name)
					press(t, m, "w")
					checkScreen(t, m, v.name)
					golden.RequireEqual(t, screenText(m))
					press(t, m, "w")
					if m.dialog() != nil {
						t.Error("it does not close")
					}
				})
			}
		}
	}
}

// Every view says what it draws, and can be copied out, in either language and
// before anything happened.
func TestEveryViewIsToldAndCopied(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, v := range views() {
			dir := t.TempDir()
			s := stage.New()
			m := asked(t, s, lang, 80, 24, v.name)
			m.options.Dir = dir
			press(t, m, "w")
			checkScreen(t, m, "nothing")
			press(t, m, "esc", "y", "Y")
			if _, is := m.bench.panes[m.at].(pane.Teller); !is {
				t.Fatalf("%s is mute", v.name)
			}
			before, _ := os.ReadDir(dir)
			s.Heart()
			s.Judge()
			m.again()
			screenText(m)
			press(t, m, "w", "Y", "esc", "Y", "y")
			has(t, m, dir) // where the file goes when the clipboard refuses
			after, _ := os.ReadDir(dir)
			if len(after)-len(before) != 2 {
				t.Errorf("%s: %v", v.name, after)
			}
			for _, e := range after {
				if data, _ := os.ReadFile(filepath.Join(dir, e.Name())); len(data) < 20 {
					t.Errorf("%s: %s holds %q", v.name, e.Name(), data)
				}
			}
		}
	}
}

func TestTheLessonTellsTheWholeBench(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	m := console(t, s, words.English, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 60})
	m.again()
	press(t, m, "w")
	has(t, m, "bench, in words", "NETWORK", "ATTEMPTS", "LOG", "A plain, acked; the log: 3 copies DUPLICATE.")
	press(t, m, "L")
	has(t, m, "banc, en mots", "RÉSEAU", "le journal : 3 copies DOUBLON.")
}

func TestWordsKeepUp(t *testing.T) {
	s := stage.New()
	s.Heart()
	m := asked(t, s, words.English, 120, 40, "log")
	press(t, m, "w")
	has(t, m, "nothing is judged")
	s.Judge()
	m.again()
	has(t, m, "3 copies DUPLICATE")
}

func TestAClipboardThatRefusesIsAFile(t *testing.T) {
	for name, c := range map[string]struct {
		environ []string
		label   string
		said    string
		copied  bool
	}{
		"a terminal that may":   {[]string{"TERM=xterm-256color"}, "A", "Copied, if this terminal", true},
		"a terminal that can't": {[]string{"TERM=xterm-256color", "TERM_PROGRAM=Apple_Terminal"}, "A", "This terminal has no way to its clipboard. Written to", false},
		"a text console":        {[]string{"TERM=linux"}, "A", "Written to", false},
		"a long text":           {[]string{"TERM=xterm"}, strings.Repeat("A", 60_000), "Too long for the clipboard. Written to", false},
	} {
		dir := t.TempDir()
		s := stage.New()
		m := asked(t, s, words.English, 200, 40, "log")
		m.options.Dir, m.options.Environ = dir, c.environ
		_, cmd := m.Update(pane.Copy{What: "verdict", Text: c.label})
		settle(t, m, cmd)
		has(t, m, c.said)
		files, _ := os.ReadDir(dir)
		if len(files) > 0 == c.copied {
			t.Errorf("%s: %v", name, files)
		}
	}
	m := asked(t, stage.New(), words.English, 80, 24, "log")
	m.options.Environ = []string{"TERM=linux"}
	m.Update(pane.Copy{What: "verdict", Text: "x"})
	has(t, m, "no folder to write to")
	m.moveTo(layout.Lesson)
}

func TestHostileTextInWordsBreaksNoLine(t *testing.T) {
	for i, text := range stage.Hostile() {
		s := stage.New()
		s.Book.Apply(
			ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: text, Kind: text, Stream: text}},
			ledger.LeaderChanged{Topic: text, Partition: 0, Broker: 1},
			ledger.BatchOpened{Batch: 1, Label: text, Mode: text, Sending: text, Topic: text, Count: 2}, ledger.Sent{Batch: 1, Count: 2},
			ledger.BatchOpened{Batch: 2, Label: text + "2", Mode: text, Sending: text, Topic: text, Count: 1}, ledger.Sent{Batch: 2, Count: 1},
			ledger.Departed{At: stage.At(1), Request: 1, Broker: 1, ClientID: text, Acks: 1, Parts: []ledger.Part{{Topic: text, Records: 1, Refs: []ledger.Ref{{Batch: 1}}}}},
			ledger.Reported{At: stage.At(9), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}}, {Ref: ledger.Ref{Batch: 1, N: 1}, Reason: ledger.OtherReason, Err: text}}},
			ledger.AuditBegan{At: stage.At(30)}, ledger.CopiesRead{Topic: text, Copies: []ledger.Copy{{Ref: ledger.Ref{Batch: 1}}}}, ledger.AuditEnded{At: stage.At(31), Settled: true, Reason: text},
		)
		for _, v := range views() {
			m := asked(t, s, words.French, 60, 20, v.name)
			press(t, m, "w")
			checkScreen(t, m, fmt.Sprint("hostile ", i, " in the words of ", v.name))
			for _, copied := range copies(m) {
				if strings.ContainsFunc(copied, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r) }) {
					t.Errorf("hostile %d is copied from %s: %q", i, v.name, copied)
				}
			}
		}
	}
}
