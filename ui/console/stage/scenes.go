package stage

import (
	"time"

	"atelier/kafka/ledger"
)

// Heart is the course's own experiment: latency 5 s on the answers, removed
// after 2.5 s. Plain ends with three copies, idempotent with one.
func (s *Stage) Heart() {
	s.Toxic(0, 2500)
	s.Play(Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: 2520, Offset: 18, Attempts: []Attempt{
		{101, 102, 103, -1, 767, 16}, {1270, 1271, 1272, -1, 1936, 17}, {2440, 2441, 2442, 2519, -1, 18},
	}})
	s.Play(Message{Batch: 2, Label: "B", Mode: "idempotent", Partition: 1, Pid: 4, Sent: 105, Reported: 3110, Offset: 19, Attempts: []Attempt{
		{106, 107, 108, -1, 606, 19}, {1606, 1607, 1608, -1, 2106, 19}, {3107, 3108, 3109, 3110, -1, 19},
	}})
	s.Clock = 3200 * time.Millisecond
}

// Midway is the same experiment while it runs.
func (s *Stage) Midway() {
	s.Toxic(0, -1)
	s.Play(Message{Batch: 1, Label: "A", Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: -1, Attempts: []Attempt{
		{101, 102, 103, -1, 767, 16}, {1270, 1271, 1272, -1, -1, 17},
	}})
	s.Play(Message{Batch: 2, Label: "B", Mode: "idempotent", Partition: 2, Pid: 4, Sent: 105, Reported: -1, Attempts: []Attempt{
		{106, 107, 108, -1, 606, 19},
	}})
	s.Clock = 1500 * time.Millisecond
}

// Judge reads the log back after Heart.
func (s *Stage) Judge() {
	a, b := ledger.Ref{Batch: 1}, ledger.Ref{Batch: 2}
	s.Book.Apply(
		ledger.AuditBegan{At: At(3300)},
		ledger.CopiesRead{At: At(3310), Topic: "test-topic", Partition: 1, Copies: []ledger.Copy{{Ref: a, Offset: 16}, {Ref: a, Offset: 17}, {Ref: a, Offset: 18}, {Ref: b, Offset: 19}}},
		ledger.AuditEnded{At: At(3320), Settled: true},
	)
}

// Read reads the log back after one message A and three copies of B.
func (s *Stage) Read() {
	a, b := ledger.Ref{Batch: 1}, ledger.Ref{Batch: 2}
	s.Book.Apply(
		ledger.AuditBegan{At: At(8000)},
		ledger.CopiesRead{At: At(8010), Topic: "test-topic", Partition: 1, Copies: []ledger.Copy{{Ref: a, Offset: 15}, {Ref: b, Offset: 16}, {Ref: b, Offset: 17}, {Ref: b, Offset: 18}}},
		ledger.AuditEnded{At: At(8020), Settled: true},
	)
}
