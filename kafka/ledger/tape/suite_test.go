package tape

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func at(ms int) ledger.At { return ledger.At{At: time.Duration(ms) * time.Millisecond} }

// heart is a small experiment: one message, its first answer lost, a copy too
// many.
func heart(run string) []ledger.Event {
	part := []ledger.Part{{Topic: "t", Partition: 1, ProducerID: -1, Records: 1, Refs: []ledger.Ref{{Batch: 1}}}}
	answer := []ledger.Answer{{Topic: "t", Partition: 1, Offset: 7}}
	departed := func(ms int, id ledger.RequestID) ledger.Event {
		return ledger.Departed{At: at(ms), Request: id, Broker: 2, ClientID: "c", Acks: 1, Size: 100, Parts: part}
	}
	return []ledger.Event{
		ledger.RunBegan{Run: run, Clock: time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)},
		ledger.ToxicAdded{At: at(5), Toxic: ledger.Toxic{Broker: 2, Name: "latency", Kind: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]int64{"latency": 5000}}},
		ledger.BatchOpened{At: at(10), Batch: 1, Label: "A", Mode: "plain", Sending: "async", Topic: "t", Count: 1},
		ledger.Sent{At: at(10), Batch: 1, Count: 1},
		ledger.BatchClosed{At: at(10), Batch: 1, Count: 1},
		departed(20, 1),
		ledger.Arrived{At: at(30), Request: 1},
		ledger.Answered{At: at(40), Request: 1, Answers: answer},
		ledger.Ended{At: at(700), Request: 1, Outcome: ledger.TimedOut},
		departed(1200, 2),
		ledger.Arrived{At: at(1210), Request: 2},
		ledger.ToxicRemoved{At: at(1300), Broker: 2, Name: "latency"},
		ledger.Heard{At: at(1400), Request: 2, Answers: answer},
		ledger.Reported{At: at(1400), Reports: []ledger.Report{{Partition: 1, Offset: 8, Latency: 1390 * time.Millisecond, Ref: ledger.Ref{Batch: 1}}}},
		ledger.AuditBegan{At: at(1500)},
		ledger.CopiesRead{At: at(1500), Topic: "t", Partition: 1, Copies: []ledger.Copy{{Ref: ledger.Ref{Batch: 1}, Offset: 7}, {Ref: ledger.Ref{Batch: 1}, Offset: 8}}},
		ledger.AuditEnded{At: at(1500), Settled: true},
	}
}

// standing is what a bench tells before its first run.
func standing() []ledger.Event {
	return []ledger.Event{
		ledger.BrokerChanged{At: at(300), Broker: 2, Up: true},
		ledger.ProxyChanged{At: at(301), Broker: 2, Up: true},
		ledger.LeaderChanged{At: at(302), Topic: "t", Partition: 1, Broker: 2},
	}
}

// tapeOf is the tape of some events' last run.
func tapeOf(events []ledger.Event) *Tape {
	c := newCutter()
	for _, e := range events {
		c.hear(e)
	}
	return c.run.tape()
}

// written are the lines of a recording.
func written(t testing.TB, events []ledger.Event) string {
	t.Helper()
	e := newEncoder()
	must(t, e.line(headLine, head{Format: formatName, Version: Version}))
	for _, x := range events {
		must(t, e.event(x))
	}
	must(t, e.line(endLine, tail{Events: int64(len(events))}))
	return e.buf.String()
}

// heard reads a recording.
func heard(t testing.TB, text string) (events []ledger.Event, notices []words.Text, err error) {
	t.Helper()
	notices, err = Read(context.Background(), "x.jsonl", strings.NewReader(text), func(e ledger.Event) error {
		events = append(events, e)
		return nil
	})
	return events, notices, err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fold is what events come to at once. Snapshots are compared without their
// version, which counts steps.
func fold(events []ledger.Event) *ledger.Snapshot {
	l := ledger.New()
	l.Apply(events...)
	return unversioned(l.Snapshot())
}

func unversioned(s *ledger.Snapshot) *ledger.Snapshot {
	other := *s
	other.Version = 0
	return &other
}

// comparable replaces what no two can be compared by: numbers that are none.
func comparable(s *ledger.Snapshot) *ledger.Snapshot {
	other := *unversioned(s)
	number := func(t ledger.Totals) ledger.Totals {
		for _, f := range []*float64{&t.Min, &t.P50, &t.P95, &t.P99, &t.Max, &t.Throughput} {
			if *f != *f {
				*f = -1
			}
		}
		return t
	}
	other.All = number(other.All)
	other.Labels = nil
	for _, t := range s.Labels {
		other.Labels = append(other.Labels, number(t))
	}
	return &other
}

func same(t testing.TB, got, want *ledger.Snapshot) {
	t.Helper()
	if !reflect.DeepEqual(comparable(got), comparable(want)) {
		t.Errorf("snapshots differ:\n%+v\n%+v", comparable(got), comparable(want))
	}
}
