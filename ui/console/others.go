package console

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// others adds up what has no label: the run without its labels.
func others(s *ledger.Snapshot) ledger.Totals {
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

// restRow tells of all messages without a label at once.
func restRow(t *ledger.Totals, s *ledger.Snapshot, c *cast, lang words.Lang) verdictRow {
	row := labelRow(t, faint, lang)
	row.name = lang.Pick("unlabelled", "sans label")
	// Where they are one batch, its name says more.
	if n := len(s.Messages); n > 0 && s.Messages[n-1].Label == "" && len(c.batches) == 1 && s.Messages[n-1].Ref.Batch == 1 {
		m := &s.Messages[n-1]
		row.name, row.style = "#1 "+plain(m.Mode), c.style(m.Ref, "")
	}
	return row
}
