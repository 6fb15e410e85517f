package telling

import (
	"testing"

	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/console/stage"
)

func TestWhatCameOfAnAsyncSend(t *testing.T) {
	s := stage.New()
	s.Play(stage.Message{Batch: 1, Mode: "plain", Sent: 100, Reported: 400, Offset: 3})
	send := &lab.Send{Count: 1, Mode: kafka.Plain, Sending: kafka.Async}
	if got := CameOf(s.Book.Snapshot(), send, 1); got.Tone != Good || got.Text.Fr != "acquitté @3 en 300\u00a0ms" {
		t.Errorf("%+v", got)
	}
	if got := CameOf(s.Book.Snapshot(), send, 2); got != (Told{}) {
		t.Errorf("another batch was taken for this one: %+v", got)
	}
}

func TestEachToneHasAMarkOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for tone := Neutral; tone <= Bad; tone++ {
		mark, _ := tone.Mark()
		if seen[mark.Text] {
			t.Errorf("%q twice", mark.Text)
		}
		seen[mark.Text] = true
	}
	for want, r := range map[Tone]ledger.BatchTotals{Good: {Acked: 1}, Bad: {Failed: 1, Acked: 1}, Doubtful: {Unknown: 1}, Neutral: {}} {
		p := lab.Progress{Reports: &r, Line: lab.Line{Command: &lab.Send{Count: 1}}}
		if got := ToneOf(&p); got != want {
			t.Errorf("%+v: tone %d, want %d", r, got, want)
		}
	}
}
