package wire

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func open(s *stage.Stage, w, h int) *Pane {
	p := New()
	p.Update(pane.Spoken{Lang: words.English})
	p.Update(pane.Focused{On: true})
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	p.Size(w, h)
	return p
}

func drawn(p *Pane) string {
	var g screen.Grid
	g.Resize(p.W, p.H)
	p.View(g.All())
	return strings.ReplaceAll(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\u00a0", " ")
}

func has(t *testing.T, got string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// one is a request to broker 2 that left at 100 ms.
func one(s *stage.Stage, id ledger.RequestID, acks int16, then ...ledger.Event) {
	s.Book.Apply(ledger.Departed{At: stage.At(100), Request: id, Broker: 2, ClientID: "r1-1-1", CorrID: 3, Version: 9, Acks: acks, Size: 345, Parts: []ledger.Part{
		{Topic: "test-topic", Partition: 1, ProducerID: 12, Epoch: 1, BaseSequence: 30, Records: 2},
		{Topic: "test-topic", Partition: 2, ProducerID: -1, Records: 1},
	}})
	s.Book.Apply(then...)
}

func answers(code int16, offset int64) []ledger.Answer {
	return []ledger.Answer{{Topic: "test-topic", Partition: 1, Code: code, Offset: offset}, {Topic: "test-topic", Partition: 2, Code: code, Offset: offset}}
}

func TestEveryFieldOfARequest(t *testing.T) {
	s := stage.New()
	one(s, 1, -1, ledger.Arrived{At: stage.At(101), Request: 1}, ledger.Answered{At: stage.At(103), Request: 1, Answers: answers(0, 7)}, ledger.Heard{At: stage.At(106), Request: 1, Answers: answers(0, 7)})
	p := open(s, 190, 20)
	got := drawn(p)
	has(t, got, "0.100 s", "r1-1-1", "v9", "all", "test-topic/1", "345", "12/1/30", "+1 ms", "+3 ms", "+6 ms", "✓ acked @7", "correlation id 3", "code NONE (0) @7")
	p.Key(tea.KeyPressMsg{Code: tea.KeyUp})
	wish, took := p.Key(tea.KeyPressMsg{Code: 'y', Text: "y"})
	text, is := wish.(pane.Copy)
	if !took || !is {
		t.Fatalf("%+v", wish)
	}
	has(t, strings.ReplaceAll(text.Text, "\u00a0", " "), "partition: test-topic/1\n", "producer id: 12\n", "base sequence: 30\n", "arrived: +1 ms\n", "heard: +6 ms\n")
}

// On a cluster that is not ours nobody sees what happens at the broker.
func TestWhatNobodySawIsNotSaid(t *testing.T) {
	s := stage.New()
	one(s, 1, 1, ledger.Ended{At: stage.At(766), Request: 1, Outcome: ledger.TimedOut})
	p := open(s, 190, 20)
	has(t, drawn(p), "✗ gave up after 666 ms", "arrived —", "answered —", "heard —", "code —", "producer id —")
}

func TestOutcomesInWords(t *testing.T) {
	for want, then := range map[string]ledger.Event{
		"… under way":                   nil,
		"! NOT_ENOUGH_REPLICAS":         ledger.Heard{At: stage.At(120), Request: 1, Answers: answers(19, -1)},
		"✓ DUPLICATE_SEQUENCE_NUMBER @": ledger.Heard{At: stage.At(120), Request: 1, Answers: answers(46, 9)},
		"! code 999":                    ledger.Heard{At: stage.At(120), Request: 1, Answers: answers(999, -1)},
		"╳ cut after 20 ms":             ledger.Ended{At: stage.At(120), Request: 1, Outcome: ledger.Cut},
	} {
		s := stage.New()
		one(s, 1, 1)
		if then != nil {
			s.Book.Apply(then)
		}
		has(t, drawn(open(s, 120, 12)), want)
	}
	s := stage.New()
	one(s, 1, 0)
	has(t, drawn(open(s, 120, 12)), "· no ack asked")
}

func TestARequestThatEndsIsSaidAnew(t *testing.T) {
	s := stage.New()
	one(s, 1, 1)
	p := open(s, 120, 12)
	has(t, drawn(p), "under way")
	s.Book.Apply(ledger.Heard{At: stage.At(120), Request: 1, Answers: answers(0, 5)})
	p.Update(pane.Seen{Snap: s.Book.Snapshot()})
	if got := drawn(p); strings.Contains(got, "under way") {
		t.Error(got)
	}
}

func TestAClickBelowWhatIsOpenFindsItsRow(t *testing.T) {
	s := stage.New()
	for id := ledger.RequestID(1); id <= 8; id++ {
		one(s, id, 1)
	}
	p := open(s, 120, 30)
	drawn(p)
	p.Click(5, 1) // the first
	drawn(p)
	p.Click(5, 2) // within what is told of it
	if got := p.chosen(); got != 0 {
		t.Errorf("row %d", got)
	}
	p.Click(5, 2+p.opened+3)
	if got := p.chosen(); got != 4 {
		t.Errorf("row %d, want 4", got)
	}
}

func TestNoSizeIsTooSmall(t *testing.T) {
	s := stage.New()
	s.Heart()
	for w := 1; w < 200; w += 3 {
		for h := 1; h < 24; h++ {
			drawn(open(s, w, h))
		}
	}
}

// The mark of what is out of sight stands beside the heads, at any width.
func TestTheMarkCutsNoHead(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.French} {
		s := stage.New()
		for i := range 30 {
			s.Book.Apply(ledger.Departed{At: stage.At(100 + i), Request: ledger.RequestID(i + 1), Broker: 2, ClientID: "r1-1-1", Version: 9, Acks: -1, Size: 345, Parts: []ledger.Part{
				{Topic: "test-topic", Partition: 1, ProducerID: 2043447500451658055, BaseSequence: int32(i), Records: 1},
			}}, ledger.Arrived{At: stage.At(101 + i), Request: ledger.RequestID(i + 1)}, ledger.Heard{At: stage.At(102 + i), Request: ledger.RequestID(i + 1), Answers: answers(0, int64(i))})
		}
		for w := 58; w <= 200; w++ {
			p := open(s, w, 10)
			p.Update(pane.Spoken{Lang: lang})
			head, _, _ := strings.Cut(drawn(p), "\n")
			if !strings.Contains(head, lang.Pick("outcome ", "issue ")) || !strings.Contains(head, " ↑ ") {
				t.Fatalf("%d columns: %q", w, head)
			}
		}
	}
}
