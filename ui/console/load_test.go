package console

import (
	"io"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// meter counts what a console writes; each flush of the screen is one write.
type meter struct{ bytes, writes int }

func (m *meter) Write(p []byte) (int, error) {
	m.bytes += len(p)
	m.writes++
	return len(p), nil
}

// BenchmarkWritten says how many bytes a changed frame sends to a terminal of
// 120×40 while 10,000 messages a second run, as Bubble Tea writes them.
func BenchmarkWritten(b *testing.B) {
	const frames = 60
	for b.Loop() {
		s := stage.New()
		m := newModel(options(b, s, words.French), s.Book, passes, parseTest)
		out := &meter{}
		in, typing := io.Pipe()
		seen := 0
		load := &load{book: s.Book}
		err := show(b.Context(), m, in, out, tea.WithWindowSize(120, 40), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			switch msg.(type) {
			case tea.WindowSizeMsg:
				load.frame(s)
			case frame:
				if seen++; seen == 10 { // the first draw everything
					*out = meter{}
				}
				if seen == frames {
					return tea.QuitMsg{}
				}
				load.frame(s)
			}
			return msg
		}))
		_, _ = typing.Close(), in.Close()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.bytes)/float64(out.writes), "B/frame")
		b.ReportMetric(float64(out.writes), "frames")
	}
	b.ReportMetric(0, "ns/op")
}

// load is a long send of a label: 10,000 messages a second, in requests of a
// hundred, and one of them always in flight.
type load struct {
	book    *ledger.Ledger
	n       uint32
	request ledger.RequestID
}

// frame plays what one frame's time brings.
func (l *load) frame(s *stage.Stage) {
	const inFrame, inRequest = 10_000 / framesPerSecond, 111
	if l.n == 0 {
		l.book.Apply(ledger.BatchOpened{At: stage.At(0), Batch: 1, Label: "L", Mode: "plain", Sending: "async", Topic: "test-topic", Count: 1_000_000})
	}
	at := ledger.At{At: s.Clock}
	for range inFrame / inRequest {
		l.request++
		partition := int32(l.request % 3)
		refs := make([]ledger.Ref, inRequest)
		reports := make([]ledger.Report, inRequest)
		for i := range refs {
			refs[i] = ledger.Ref{Batch: 1, N: l.n}
			reports[i] = ledger.Report{Ref: refs[i], Partition: partition, Offset: int64(l.n), Latency: 3 * time.Millisecond}
			l.n++
		}
		answers := []ledger.Answer{{Topic: "test-topic", Partition: partition, Offset: int64(l.n)}}
		l.book.Apply(
			ledger.Sent{At: at, Batch: 1, Count: inRequest},
			ledger.Departed{At: at, Request: l.request, Broker: partition + 1, Acks: 1, Parts: []ledger.Part{{Topic: "test-topic", Partition: partition, ProducerID: -1, Records: inRequest, Refs: refs}}},
			ledger.Arrived{At: at, Request: l.request},
			ledger.Answered{At: at, Request: l.request, Answers: answers},
			ledger.Heard{At: at, Request: l.request, Answers: answers},
			ledger.Reported{At: at, Reports: reports[:inRequest-1]})
	}
	s.Clock += time.Second / framesPerSecond
}
