package story

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

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// scenes are what may happen to a message.
var scenes = []struct {
	name string
	set  func() (*stage.Stage, ledger.Ref)
}{
	{"heart-plain", func() (*stage.Stage, ledger.Ref) {
		s := stage.New()
		s.Heart()
		s.Judge()
		return s, ledger.Ref{Batch: 1}
	}},
	{"heart-idempotent", func() (*stage.Stage, ledger.Ref) {
		s := stage.New()
		s.Heart()
		s.Judge()
		return s, ledger.Ref{Batch: 2}
	}},
	{"midway", func() (*stage.Stage, ledger.Ref) { s := stage.New(); s.Midway(); return s, ledger.Ref{Batch: 1} }},
	{"lost-request", on(stage.New, (*stage.Stage).LostRequest)},
	{"slow-request", on(stage.New, (*stage.Stage).SlowRequest)},
	{"leader-moved", on(stage.New, (*stage.Stage).LeaderMoved)},
	{"too-large", on(stage.New, (*stage.Stage).TooLarge)},
	{"external", on(stage.External, (*stage.Stage).Outside)},
	{"fired", on(stage.New, (*stage.Stage).Fired)},
	{"no-broker", on(stage.New, (*stage.Stage).NoBroker)},
}

func on(make func() *stage.Stage, play func(*stage.Stage)) func() (*stage.Stage, ledger.Ref) {
	return func() (*stage.Stage, ledger.Ref) {
		s := make()
		play(s)
		return s, ledger.Ref{Batch: 1}
	}
}

// opened is the dialog of a message as the console would open it.
func opened(s *stage.Stage, ref ledger.Ref, lang words.Lang) *Dialog {
	d := New(ref)
	d.Update(pane.Spoken{Lang: lang})
	d.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	return d
}

// shown is what the dialog shows in a console of some columns, with as many
// rows as it wants to have, or as there are.
func shown(t *testing.T, d *Dialog, width, most int) string {
	t.Helper()
	w, h := d.Want(width-2, most)
	w, h = min(w, width-2), min(h, most)
	d.Size(w, h)
	var g screen.Grid
	g.Resize(w, h)
	d.View(g.All())
	lines := strings.Split(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\n")
	for i := range lines {
		if ansi.StringWidth(lines[i]) > w {
			t.Errorf("%d columns: %q", w, lines[i])
		}
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestStories compares whole stories with pictures in text. Regenerate them
// with: go test ./ui/console/story -update
func TestStories(t *testing.T) {
	for _, scene := range scenes {
		for _, lang := range []words.Lang{words.French, words.English} {
			for _, width := range []int{60, 80, 120} {
				t.Run(fmt.Sprintf("%s/%s/%d", scene.name, lang, width), func(t *testing.T) {
					s, ref := scene.set()
					golden.RequireEqual(t, shown(t, opened(s, ref, lang), width, 1000))
				})
			}
			t.Run(fmt.Sprintf("%s/%s/words", scene.name, lang), func(t *testing.T) {
				s, ref := scene.set()
				golden.RequireEqual(t, opened(s, ref, lang).markdown())
			})
		}
	}
}

func TestAStoryGrowsAndFollowsItsEnd(t *testing.T) {
	s := stage.New()
	s.Midway()
	d := opened(s, ledger.Ref{Batch: 1}, words.English)
	if got := shown(t, d, 80, 8); !strings.Contains(got, "no report yet") {
		t.Errorf("it does not show what happens now:\n%s", got)
	}
	d.Key(tea.KeyPressMsg{Code: tea.KeyHome})
	if got := shown(t, d, 80, 8); !strings.Contains(got, "handed over") {
		t.Errorf("it does not go up:\n%s", got)
	}
	s.Book.Apply(ledger.Reported{At: stage.At(1600), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}, Partition: 1, Offset: 17}}})
	d.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	if got := shown(t, d, 80, 8); !strings.Contains(got, "handed over") {
		t.Errorf("it ran away from the reader:\n%s", got)
	}
	d.Key(tea.KeyPressMsg{Code: tea.KeyEnd})
	if got := shown(t, d, 80, 8); !strings.Contains(got, "report: acked @17") {
		t.Errorf("the report is not there:\n%s", got)
	}
}

func TestAStoryThatIsOverStandsStill(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	d := opened(s, ledger.Ref{Batch: 1}, words.English)
	shown(t, d, 80, 20)
	d.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock + time.Second, Live: true, Beat: 7})
	if d.Stale() {
		t.Error("it is drawn again, though nothing happened")
	}
	s.Book.Apply(ledger.RunBegan{Run: "r2"})
	d.Update(pane.Seen{Snap: s.Book.Snapshot()})
	if got := shown(t, d, 80, 40); !strings.Contains(got, "3 copies DUPLICATE") {
		t.Errorf("a new run took the story away:\n%s", got)
	}
}

func TestNothingIsToldThatNobodySaw(t *testing.T) {
	s := stage.External()
	s.Outside()
	for _, lang := range []words.Lang{words.English, words.French} {
		d := opened(s, ledger.Ref{Batch: 1}, lang)
		for _, got := range []string{shown(t, d, 120, 100), d.markdown()} {
			for _, guess := range []string{"arrived 0", "arrivée 0", "did not arrive", "pas arrivée", "n’est pas", "answered 1", "+ @16"} {
				if strings.Contains(got, guess) {
					t.Errorf("it guesses %q:\n%s", guess, got)
				}
			}
			if !strings.Contains(got, "—") || !strings.Contains(got, "@16") {
				t.Error(got)
			}
		}
	}
}

func TestKeysOfAStory(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	d := opened(s, ledger.Ref{Batch: 2}, words.English)
	wish, _ := d.Key(tea.KeyPressMsg{Code: 'y', Text: "y"})
	if c, is := wish.(pane.Copy); !is || !strings.Contains(c.Text, "## The story of B") || !strings.Contains(c.Text, "recognised") {
		t.Errorf("%+v", wish)
	}
	wish, _ = d.Key(tea.KeyPressMsg{Code: 'Y', Text: "Y"})
	if w, is := wish.(pane.Write); !is || w.What != "story B" || w.Text != d.markdown() {
		t.Errorf("%+v", wish)
	}
	d.Key(tea.KeyPressMsg{Code: 't', Text: "t"})
	if got := shown(t, d, 80, 40); !strings.Contains(got, "The producer stops waiting for the answer to attempt 1,") {
		t.Error(got)
	}
	if _, took := d.Key(tea.KeyPressMsg{Code: tea.KeyEscape}); took {
		t.Error("Esc is the console's")
	}
}

func TestHostileTextInAStory(t *testing.T) {
	for _, h := range stage.Hostile() {
		s := stage.New()
		ref := ledger.Ref{Batch: 1}
		s.Book.Apply(
			ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 2, Name: h, Kind: h, Stream: "upstream"}},
			ledger.BatchOpened{At: stage.At(1), Batch: 1, Label: h, ID: h, Mode: h, Sending: h, Topic: h, Count: 1}, ledger.Sent{At: stage.At(1), Batch: 1, Count: 1, Key: h},
			ledger.DialRefused{At: stage.At(2), Broker: 2, Reason: h},
			ledger.Departed{At: stage.At(3), Request: 9, Broker: 2, ClientID: h, Parts: []ledger.Part{{Topic: h, Refs: []ledger.Ref{ref}}}},
			ledger.Reported{At: stage.At(9), Reports: []ledger.Report{{Ref: ref, Partition: -1, Offset: -1, Reason: ledger.OtherReason, Err: h}}},
		)
		for _, width := range []int{60, 120} {
			d := opened(s, ref, words.French)
			got := shown(t, d, width, 60)
			d.Key(tea.KeyPressMsg{Code: 't', Text: "t"})
			for _, r := range got + shown(t, d, width, 60) + d.markdown() {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
					t.Fatalf("%.40q lets %U through", h, r)
				}
			}
		}
	}
}
