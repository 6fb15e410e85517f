package stage

import (
	"time"

	"atelier/kafka/ledger"
)

// External is a stage on a cluster whose brokers nobody can look into: of each
// attempt only the producer's own moments are known.
func External() *Stage {
	s := New()
	s.Book = ledger.New()
	events := opening()
	events[0] = ledger.RunBegan{Run: "r1"}
	s.Book.Apply(events...)
	return s
}

// trial is one request of a scene, in ms; -1 is a moment that was not seen.
type trial struct {
	departed, arrived, answered, heard, ended int
	broker                                    int32
	code                                      int16
	offset                                    int64
	outcome                                   ledger.Outcome
}

// opens hands one message over and plays its requests in the order of time.
func (s *Stage) opens(mode, label string, pid int64, acks int16, trials ...trial) {
	l, ref := s.Book, ledger.Ref{Batch: 1}
	l.Apply(
		ledger.BatchOpened{At: At(100), Batch: 1, Label: label, Mode: mode, Sending: "async", Topic: "test-topic", Count: 1},
		ledger.Sent{At: At(100), Batch: 1, Count: 1, Key: "order-1"},
		ledger.BatchClosed{At: At(100), Batch: 1, Count: 1},
	)
	for _, t := range trials {
		id := s.next
		s.next++
		answers := []ledger.Answer{{Topic: "test-topic", Partition: 1, Code: t.code, Offset: t.offset}}
		l.Apply(ledger.Departed{At: At(t.departed), Request: id, Broker: t.broker, Acks: acks, Parts: []ledger.Part{{
			Topic: "test-topic", Partition: 1, ProducerID: pid, BaseSequence: 0, Records: 1, Refs: []ledger.Ref{ref},
		}}})
		if t.ended >= 0 {
			l.Apply(ledger.Ended{At: At(t.ended), Request: id, Outcome: t.outcome})
		}
		if t.arrived >= 0 {
			l.Apply(ledger.Arrived{At: At(t.arrived), Request: id})
		}
		if t.answered >= 0 {
			l.Apply(ledger.Answered{At: At(t.answered), Request: id, Answers: answers})
		}
		if t.heard >= 0 {
			l.Apply(ledger.Heard{At: At(t.heard), Request: id, Answers: answers})
		}
	}
}

// told is the report of the message of a scene.
func (s *Stage) told(ms int, r ledger.Report) {
	r.Ref, r.Partition, r.Latency = ledger.Ref{Batch: 1}, 1, time.Duration(ms-100)*time.Millisecond
	s.Book.Apply(ledger.Reported{At: At(ms), Reports: []ledger.Report{r}})
	s.Clock = time.Duration(ms) * time.Millisecond
}

// found reads the log back: the message stands at some offsets.
func (s *Stage) found(ms int, offsets ...int64) {
	e := ledger.CopiesRead{At: At(ms), Topic: "test-topic", Partition: 1}
	for _, o := range offsets {
		e.Copies = append(e.Copies, ledger.Copy{Ref: ledger.Ref{Batch: 1}, Offset: o})
	}
	s.Book.Apply(ledger.AuditBegan{At: At(ms - 20)}, e, ledger.AuditEnded{At: At(ms), Settled: true})
	s.Clock = time.Duration(ms) * time.Millisecond
}

// fault puts a toxic on broker 2, and takes it away again where to is not -1.
func (s *Stage) fault(kind, stream string, attributes map[string]int64, from, to int) {
	s.Book.Apply(ledger.ToxicAdded{At: At(from), Toxic: ledger.Toxic{
		Broker: 2, Name: kind + "_" + stream, Kind: kind, Stream: stream, Toxicity: 1, Attributes: attributes,
	}})
	if to >= 0 {
		s.Book.Apply(ledger.ToxicRemoved{At: At(to), Broker: 2, Name: kind + "_" + stream})
	}
}

// LostRequest is a request that a timeout upstream swallows: what never came
// cannot be written twice.
func (s *Stage) LostRequest() {
	s.fault("timeout", "upstream", map[string]int64{"timeout": 2000}, 0, 1000)
	s.opens("plain", "A", -1, 1,
		trial{101, -1, -1, -1, 767, 2, 0, -1, ledger.TimedOut},
		trial{1270, 1271, 1272, 1273, -1, 2, 0, 16, ledger.Pending})
	s.told(1274, ledger.Report{Offset: 16})
	s.found(1400, 16)
}

// SlowRequest is a request that arrives after the producer gave up on it: slow
// is not lost.
func (s *Stage) SlowRequest() {
	s.fault("latency", "upstream", map[string]int64{"latency": 1000}, 0, -1)
	s.opens("plain", "A", -1, 1,
		trial{101, 1101, 1102, -1, 767, 2, 0, 16, ledger.TimedOut},
		trial{1270, 2270, 2271, -1, 1936, 2, 0, 17, ledger.TimedOut})
	s.told(2440, ledger.Report{Offset: -1, Reason: ledger.BudgetSpent, Err: "budget"})
	s.found(2700, 16, 17)
}

// LeaderMoved is a request that the old leader refuses and the new one takes.
func (s *Stage) LeaderMoved() {
	s.Book.Apply(ledger.LeaderChanged{At: At(90), Topic: "test-topic", Partition: 1, Broker: 3})
	s.opens("idempotent", "B", 4, -1,
		trial{101, 102, 103, 104, -1, 2, 6, -1, ledger.Pending},
		trial{1110, 1111, 1112, 1113, -1, 3, 0, 7, ledger.Pending})
	s.told(1114, ledger.Report{Offset: 7})
	s.found(1300, 7)
}

// TooLarge is a message that the broker refuses for good.
func (s *Stage) TooLarge() {
	s.opens("plain", "A", -1, 1, trial{101, 102, 103, 104, -1, 2, 10, -1, ledger.Pending})
	s.told(105, ledger.Report{Offset: -1, Reason: ledger.TooLarge, Err: "too large"})
	s.found(300)
}

// Outside is the lost acknowledgement on an external cluster; it wants a stage
// made by External.
func (s *Stage) Outside() {
	s.fault("latency", "downstream", map[string]int64{"latency": 5000}, 0, 1500)
	s.opens("plain", "A", -1, 1,
		trial{101, -1, -1, -1, 767, 2, 0, -1, ledger.TimedOut},
		trial{1270, -1, -1, 1530, -1, 2, 0, 17, ledger.Pending})
	s.told(1531, ledger.Report{Offset: 17})
	s.found(2100, 16, 17)
}

// Fired is a message for whose answer nobody asked.
func (s *Stage) Fired() {
	s.opens("fire-and-forget", "F", -1, 0, trial{101, 102, -1, -1, -1, 2, 0, -1, ledger.Unasked})
	s.told(102, ledger.Report{Offset: -1, Fired: true})
	s.found(300, 5)
}

// NoBroker is a message that never left: its broker's proxy is down.
func (s *Stage) NoBroker() {
	s.Book.Apply(ledger.ProxyChanged{At: At(50), Broker: 2})
	s.opens("plain", "A", -1, 1)
	for _, ms := range []int{110, 620, 1130} {
		s.Book.Apply(ledger.DialRefused{At: At(ms), Broker: 2, Reason: "refused"})
	}
	s.told(1640, ledger.Report{Offset: -1, Reason: ledger.Disconnected, Err: "refused"})
	s.found(1800)
}
