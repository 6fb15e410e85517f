package console

import (
	"fmt"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/layout"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"
)

// troubled is the heart's experiment, then a load under it, a request that was
// refused and one of another client.
func troubled(s *stage.Stage) {
	s.Heart()
	s.Judge()
	const count = 2000
	s.Book.Apply(
		ledger.BatchOpened{At: stage.At(3400), Batch: 3, Label: "load", Mode: "idempotent", Sending: "async", Topic: "load-test", Count: count},
		ledger.Sent{At: stage.At(3400), Batch: 3, Count: count})
	for n := uint32(0); n < count; n += 20 {
		now := 3400 + int(n)
		id := ledger.RequestID(100 + n)
		refs := make([]ledger.Ref, 20)
		reports := make([]ledger.Report, 20)
		for i := range refs {
			refs[i] = ledger.Ref{Batch: 3, N: n + uint32(i)}
			took := 2 + (int(n)*7+i*13)%60
			if n > 1000 && n < 1500 {
				took *= 9
			}
			reports[i] = ledger.Report{Ref: refs[i], Partition: int32(n / 20 % 3), Offset: int64(n) + int64(i), Latency: time.Duration(took) * time.Millisecond}
		}
		answers := []ledger.Answer{{Topic: "load-test", Partition: int32(n / 20 % 3), Offset: int64(n)}}
		s.Book.Apply(
			ledger.Departed{At: stage.At(now + 1), Request: id, Broker: int32(n/20%3) + 1, ClientID: "r1-2-1", CorrID: int32(n/20) + 4, Version: 9, Acks: -1, Size: 2468, Parts: []ledger.Part{{
				Topic: "load-test", Partition: int32(n / 20 % 3), ProducerID: 4001, BaseSequence: int32(n / 3), Records: 20, Refs: refs,
			}}},
			ledger.Arrived{At: stage.At(now + 2), Request: id},
			ledger.Answered{At: stage.At(now + 3), Request: id, Answers: answers},
			ledger.Heard{At: stage.At(now + 4), Request: id, Answers: answers},
			ledger.Reported{At: stage.At(now + 60), Reports: reports})
	}
	s.Book.Apply(
		ledger.BatchOpened{At: stage.At(5500), Batch: 4, Mode: "plain", Sending: "sync", Topic: "test-topic", Count: 1},
		ledger.Sent{At: stage.At(5500), Batch: 4, Count: 1},
		ledger.Departed{At: stage.At(5501), Request: 5000, Broker: 2, ClientID: "r1-3-1", CorrID: 7, Version: 9, Acks: -1, Size: 180, Parts: []ledger.Part{{
			Topic: "test-topic", Partition: 1, ProducerID: -1, BaseSequence: -1, Records: 1, Refs: []ledger.Ref{{Batch: 4}},
		}}},
		ledger.Heard{At: stage.At(5520), Request: 5000, Answers: []ledger.Answer{{Topic: "test-topic", Partition: 1, Code: 19, Offset: -1}}},
		ledger.Reported{At: stage.At(5521), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 4}, Partition: 1, Offset: -1, Latency: 21 * time.Millisecond, Reason: ledger.RefusedBy, Err: "NOT_ENOUGH_REPLICAS: fewer in-sync replicas than required"}}},
		ledger.Departed{At: stage.At(5600), Request: 5001, Broker: 1, ClientID: "rdkafka", CorrID: 3, Version: 10, Acks: 1, Size: 120, Foreign: true, Parts: []ledger.Part{{
			Topic: "test-topic", ProducerID: -1, BaseSequence: -1, Records: 1,
		}}},
		ledger.Answered{At: stage.At(5601), Request: 5001, Answers: []ledger.Answer{{Topic: "test-topic", Offset: 40}}})
	s.Clock = 5700 * time.Millisecond
}

// asked is a console that shows some views, the last of them with the focus.
func asked(t testing.TB, s *stage.Stage, lang words.Lang, w, h int, names ...string) *Model {
	m := console(t, s, lang, passes)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.bench.ask(names)
	m.lay()
	m.moveTo(layout.Spot(m.bench.named(names[len(names)-1])))
	m.again()
	return m
}

// TestViews are the views that are shown when somebody asks for them: among
// others, on the whole screen, and with nothing to show. Regenerate them with:
// go test ./ui/console -run TestViews -update
func TestViews(t *testing.T) {
	for _, lang := range []words.Lang{words.French, words.English} {
		for _, view := range []string{"latency", "reports", "wire", "metrics"} {
			for _, scene := range []struct {
				name string
				play func(*stage.Stage)
				w, h int
				keys []string
			}{
				{"among-others", troubled, 120, 40, nil},
				{"whole-screen", troubled, 120, 40, []string{"z"}},
				{"heart", (*stage.Stage).Heart, 120, 40, nil},
				{"midway", (*stage.Stage).Midway, 80, 24, nil},
				{"empty", func(*stage.Stage) {}, 80, 24, nil},
				{"chosen", troubled, 200, 60, []string{"z", "up", "up"}},
			} {
				t.Run(fmt.Sprintf("%s/%s/%s", lang, view, scene.name), func(t *testing.T) {
					s := stage.New()
					scene.play(s)
					m := asked(t, s, lang, scene.w, scene.h, "attempts", view)
					press(t, m, scene.keys...)
					m.again()
					checkScreen(t, m, scene.name)
					golden.RequireEqual(t, screenText(m))
				})
			}
		}
	}
}

func TestHostileTextInTheViewsBreaksNoLine(t *testing.T) {
	for i, text := range stage.Hostile() {
		s := stage.New()
		s.Book.Apply(
			ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: text, Kind: text, Stream: text}},
			ledger.BatchOpened{Batch: 1, Label: text, Mode: text, Sending: text, Topic: text, Count: 2},
			ledger.Sent{Batch: 1, Count: 2},
			ledger.Departed{At: stage.At(1), Request: 1, Broker: 1, ClientID: text, Acks: 1, Parts: []ledger.Part{{Topic: text, Records: 1, Refs: []ledger.Ref{{Batch: 1}}}}},
			ledger.Reported{At: stage.At(9), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}, Latency: time.Millisecond}, {Ref: ledger.Ref{Batch: 1, N: 1}, Reason: ledger.OtherReason, Err: text}}},
		)
		for _, view := range []string{"latency", "reports", "wire", "metrics"} {
			m := asked(t, s, words.French, 60, 20, view)
			for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				for range 2 {
					checkScreen(t, m, fmt.Sprint("hostile ", i, " in ", view))
					press(t, m, "z", "home")
				}
			}
		}
	}
}
