package stage

import (
	"cmp"
	"slices"
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/bench"
	"atelier/lessons/lab"
)

// Stage is a bench made of a ledger and a clock that a test moves by hand.
type Stage struct {
	lab.Bench // no test asks it for anything

	Book  *ledger.Ledger
	reel  *tape.Reel
	Lack  error // for whatever a lab needs
	Clock time.Duration
	Wall  time.Time
	next  ledger.RequestID
}

func (s *Stage) Ledger() *ledger.Ledger { return s.Book }
func (s *Stage) Now() time.Duration     { return s.Clock }

// Tape is what was played on the stage, in the order of time: scenes play one
// message after the other.
func (s *Stage) Tape() (*tape.Tape, error) {
	played, err := s.reel.Last()
	if err != nil {
		return nil, err
	}
	events := slices.Clone(played.Events())
	slices.SortStableFunc(events, func(a, b ledger.Event) int { return cmp.Compare(a.When(), b.When()) })
	inOrder := tape.NewReel(tape.DefaultMemory)
	for _, e := range events {
		inOrder.Hear(e)
	}
	return inOrder.Last()
}

// Lacks implements lab.Bench.
func (s *Stage) Lacks(bench.Ability) error { return s.Lack }

// New returns a stage with a run on three brokers.
func New() *Stage {
	s := &Stage{Book: ledger.New(), reel: tape.NewReel(tape.DefaultMemory), Wall: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), next: 1}
	s.Book.Listen(s.reel.Hear)
	s.Book.Apply(opening()...)
	return s
}

// opening is a run on three brokers that lead a partition each.
func opening() []ledger.Event {
	events := []ledger.Event{ledger.RunBegan{Run: "r1", Simulated: true}}
	for b := int32(1); b <= 3; b++ {
		events = append(events,
			ledger.BrokerChanged{Broker: b, Up: true},
			ledger.ProxyChanged{Broker: b, Up: true},
			ledger.LeaderChanged{Topic: "test-topic", Partition: b - 1, Broker: b})
	}
	return events
}

func At(ms int) ledger.At { return ledger.At{At: time.Duration(ms) * time.Millisecond} }

// Attempt is one request of a synthetic message. A moment of -1 was not seen.
type Attempt struct {
	Departed, Arrived, Answered, Heard, Ended int
	Offset                                    int64
}

// Message plays one message through the ledger.
type Message struct {
	Batch     uint32
	Label     string
	Mode      string
	Partition int32
	Pid       int64
	Sent      int
	Attempts  []Attempt
	Reported  int // -1: still in flight
	Err       string
	Offset    int64
}

func (s *Stage) Play(m Message) {
	l := s.Book
	ref := ledger.Ref{Batch: m.Batch}
	l.Apply(
		ledger.BatchOpened{At: At(m.Sent), Batch: m.Batch, Label: m.Label, Mode: m.Mode, Sending: "async", Topic: "test-topic", Count: 1},
		ledger.Sent{At: At(m.Sent), Batch: m.Batch, Count: 1},
		ledger.BatchClosed{At: At(m.Sent), Batch: m.Batch, Count: 1},
	)
	for _, a := range m.Attempts {
		id := s.next
		s.next++
		answers := []ledger.Answer{{Topic: "test-topic", Partition: m.Partition, Offset: a.Offset}}
		l.Apply(ledger.Departed{At: At(a.Departed), Request: id, Broker: m.Partition + 1, Acks: 1, Parts: []ledger.Part{{
			Topic: "test-topic", Partition: m.Partition, ProducerID: m.Pid, BaseSequence: 0, Records: 1, Refs: []ledger.Ref{ref},
		}}})
		if a.Arrived >= 0 {
			l.Apply(ledger.Arrived{At: At(a.Arrived), Request: id})
		}
		if a.Answered >= 0 {
			l.Apply(ledger.Answered{At: At(a.Answered), Request: id, Answers: answers})
		}
		if a.Heard >= 0 {
			l.Apply(ledger.Heard{At: At(a.Heard), Request: id, Answers: answers})
		}
		if a.Ended >= 0 {
			l.Apply(ledger.Ended{At: At(a.Ended), Request: id, Outcome: ledger.TimedOut})
		}
	}
	if m.Reported >= 0 {
		l.Apply(ledger.Reported{At: At(m.Reported), Reports: []ledger.Report{{
			Ref: ref, Partition: m.Partition, Offset: m.Offset, Latency: time.Duration(m.Reported-m.Sent) * time.Millisecond, Err: m.Err,
		}}})
	}
}

func (s *Stage) Toxic(from, to int) {
	for b := int32(1); b <= 3; b++ {
		s.Book.Apply(ledger.ToxicAdded{At: At(from), Toxic: ledger.Toxic{
			Broker: b, Name: "latency_downstream", Kind: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]int64{"latency": 5000},
		}})
		if to >= 0 {
			s.Book.Apply(ledger.ToxicRemoved{At: At(to), Broker: b, Name: "latency_downstream"})
		}
	}
}

// Try is one request with its moments in ms, and the offset it was given.
func Try(departed, arrived, answered, heard, ended int, offset int64) Attempt {
	return Attempt{departed, arrived, answered, heard, ended, offset}
}
