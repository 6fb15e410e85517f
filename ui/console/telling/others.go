package telling

import (
	"atelier/kafka/ledger"
)

// Others adds up what has no label: the run without its labels.
func Others(s *ledger.Snapshot) ledger.Totals {
	t := s.All
	t.Mode = ""
	for i := range s.Labels {
		l := &s.Labels[i]
		t.Sent, t.Acked, t.Failed, t.Unknown, t.Fired = t.Sent-l.Sent, t.Acked-l.Acked, t.Failed-l.Failed, t.Unknown-l.Unknown, t.Fired-l.Fired
		t.Attempts, t.Retries, t.Copies, t.Once = t.Attempts-l.Attempts, t.Retries-l.Retries, t.Copies-l.Copies, t.Once-l.Once
		t.Duplicates, t.Lost, t.Absent, t.Ghosts, t.Reordered = t.Duplicates-l.Duplicates, t.Lost-l.Lost, t.Absent-l.Absent, t.Ghosts-l.Ghosts, t.Reordered-l.Reordered
	}
	return t
}
