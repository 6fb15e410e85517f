package reports

import (
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
)

func open(s *stage.Stage, lang words.Lang, w, h int) *Pane {
	p := New()
	p.Update(pane.Spoken{Lang: lang})
	p.Update(pane.Focused{On: true})
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	p.Size(w, h)
	return p
}

func drawn(p *Pane) string {
	var g screen.Grid
	g.Resize(p.W, p.H)
	p.View(g.All())
	return ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false))))
}

func ten() *stage.Stage {
	s := stage.New()
	for b := uint32(1); b <= 10; b++ {
		s.Play(stage.Message{Batch: b, Mode: "plain", Partition: 1, Sent: int(b) * 100, Reported: int(b)*100 + 9, Offset: int64(b)})
	}
	return s
}

func TestEnterTellsTheStoryOfTheRow(t *testing.T) {
	s := ten()
	p := open(s, words.English, 80, 8)
	drawn(p)
	press := func(code rune) pane.Wish {
		wish, took := p.Key(tea.KeyPressMsg{Code: code})
		if !took {
			t.Errorf("%q is not taken", code)
		}
		return wish
	}
	for i, want := range []uint32{10, 9, 8} {
		if got := press(tea.KeyEnter); got != (pane.Story{Ref: ledger.Ref{Batch: want}}) {
			t.Errorf("%d: %+v", i, got)
		}
		press(tea.KeyUp)
	}
	// What is added does not move what was chosen.
	s.Play(stage.Message{Batch: 11, Mode: "plain", Sent: 2000, Reported: 2001})
	p.Update(pane.Seen{Snap: s.Book.Snapshot()})
	if got := drawn(p); !strings.Contains(got, "#7") {
		t.Error(got)
	}
	if got := press(tea.KeyEnter); got != (pane.Story{Ref: ledger.Ref{Batch: 7}}) {
		t.Errorf("%+v", got)
	}
	press(tea.KeyEnd)
	if got := press(tea.KeyEnter); got != (pane.Story{Ref: ledger.Ref{Batch: 11}}) {
		t.Errorf("%+v", got)
	}
	if _, took := p.Key(tea.KeyPressMsg{Code: 'x', Text: "x"}); took {
		t.Error("x has no use here")
	}
}

func TestAClickChoosesAndASecondOneTells(t *testing.T) {
	p := open(ten(), words.English, 80, 8)
	drawn(p)
	if got := p.Click(5, 1); got != nil {
		t.Errorf("%+v", got)
	}
	drawn(p)
	if got := p.Click(5, 1); got != (pane.Story{Ref: ledger.Ref{Batch: 4}}) {
		t.Errorf("%+v", got)
	}
}

func TestEveryReportIsSaid(t *testing.T) {
	s := stage.New()
	s.Book.Apply(
		ledger.BatchOpened{Batch: 1, Label: "A", Mode: "plain", Sending: "sync", Topic: "nope", Count: 100},
		ledger.Sent{Batch: 1, Count: 100})
	for n, r := range []ledger.Report{
		{Partition: 2, Offset: 40, Latency: 7 * time.Millisecond},
		{Partition: -1, Offset: -1, Reason: ledger.UnknownTopic, Err: "x"},
		{Partition: 2, Offset: -1, Reason: ledger.RefusedBy, Err: "NOT_ENOUGH_REPLICAS: too few", Latency: time.Second},
		{Partition: -1, Offset: -1, Fired: true},
	} {
		r.Ref = ledger.Ref{Batch: 1, N: uint32(n)}
		s.Book.Apply(ledger.Reported{At: stage.At(100 + n), Reports: []ledger.Report{r}})
	}
	got := strings.ReplaceAll(drawn(open(s, words.French, 120, 12)), "\u00a0", " ")
	for _, want := range []string{
		"0,100 s  A·1  plain·sync  ✓ acquitté", "nope/2 @40", " 7 ms",
		"✗ refusé", "pas de topic nope", "NOT_ENOUGH_REPLICAS: too few", " 1 s", "· sans acquittement", "—",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestABurstIsCounted(t *testing.T) {
	s := stage.New()
	s.Book.Apply(
		ledger.BatchOpened{Batch: 1, Label: "A", Mode: "plain", Sending: "async", Topic: "test-topic", Count: 1253},
		ledger.Sent{Batch: 1, Count: 1253})
	reports := make([]ledger.Report, 1253)
	for n := range reports {
		reports[n] = ledger.Report{Ref: ledger.Ref{Batch: 1, N: uint32(n)}, Latency: time.Duration(n) * time.Microsecond}
	}
	s.Book.Apply(ledger.Reported{At: stage.At(100), Reports: reports})
	got := strings.ReplaceAll(drawn(open(s, words.English, 80, 20)), "\u00a0", " ")
	if !strings.Contains(got, "✓ 1,241 more acked") || !strings.Contains(got, "≤ 1 ms") {
		t.Error(got)
	}
}

func TestWhoSentIt(t *testing.T) {
	s := stage.New()
	s.Book.Apply(
		ledger.BatchOpened{Batch: 1, Mode: "plain", Sending: "sync", Topic: "test-topic", Origin: "api", Stream: true},
		ledger.Sent{Batch: 1, Count: 1, Key: "a"}, ledger.Sent{Batch: 1, From: 1, Count: 1, Key: "b"},
		ledger.Reported{At: stage.At(100), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}}, {Ref: ledger.Ref{Batch: 1, N: 1}}}})
	s.Play(stage.Message{Batch: 2, Mode: "plain", Sent: 200, Reported: 201})
	got := drawn(open(s, words.English, 80, 8))
	for _, want := range []string{"api #1·1 ", "api #1·2 ", "  #2 "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestNoSizeIsTooSmall(t *testing.T) {
	for w := 1; w < 130; w += 3 {
		for h := 1; h < 16; h++ {
			drawn(open(ten(), words.French, w, h))
		}
	}
}

func TestThreeRowsAreAHeadAndTwoReports(t *testing.T) {
	p := open(ten(), words.English, 80, 3)
	got := drawn(p)
	for _, want := range []string{"time", "↑ 8", "#9", "#10"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
