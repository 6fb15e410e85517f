package ledger

import (
	"testing"
)

// The table of the design page: report against copies.
func TestVerdicts(t *testing.T) {
	acked := func(s story, r Ref) { s.depart(1, ms, 1, r); s.report(r, "") }
	failed := func(s story, r Ref) { s.report(r, UnknownTopic) }
	unknown := func(s story, r Ref) {
		s.depart(1, ms, 1, r)
		s.Apply(Ended{Request: 1, Outcome: TimedOut})
		s.report(r, Timeout)
	}
	fired := func(s story, r Ref) {
		s.depart(1, ms, 0, r)
		s.Apply(Reported{Reports: []Report{{Ref: r, Fired: true}}})
	}
	type want struct{ once, duplicates, lost, absent, ghosts int64 }
	for name, c := range map[string]struct {
		told   func(story, Ref)
		copies int
		want   want
	}{
		"acked, 0 copies":   {acked, 0, want{lost: 1}},
		"acked, 1 copy":     {acked, 1, want{once: 1}},
		"acked, 2 copies":   {acked, 2, want{duplicates: 1}},
		"failed, 0 copies":  {failed, 0, want{absent: 1}},
		"failed, 1 copy":    {failed, 1, want{once: 1, ghosts: 1}},
		"failed, 3 copies":  {failed, 3, want{duplicates: 1, ghosts: 1}},
		"unknown, 0 copies": {unknown, 0, want{absent: 1}},
		"unknown, 1 copy":   {unknown, 1, want{once: 1, ghosts: 1}},
		"unknown, 2 copies": {unknown, 2, want{duplicates: 1, ghosts: 1}},
		"fired, 0 copies":   {fired, 0, want{absent: 1}},
		"fired, 1 copy":     {fired, 1, want{once: 1}},
		"fired, 2 copies":   {fired, 2, want{duplicates: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			ref := Ref{1, 0}
			s.send(1, 1, "A", "")
			c.told(s, ref)
			var found []Ref
			for range c.copies {
				found = append(found, ref)
			}
			s.audit(found...)
			for _, got := range []Totals{s.label("A"), s.Snapshot().All} {
				if (want{got.Once, got.Duplicates, got.Lost, got.Absent, got.Ghosts}) != c.want || got.Copies != int64(c.copies) {
					t.Errorf("got %+v", got)
				}
				if !got.Audited || !got.Done {
					t.Errorf("not audited, or not done: %+v", got)
				}
			}
		})
	}
}

// A message that a learner names is one message, however often it is sent.
func TestNamedMessage(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "transfer-42")
	s.depart(1, ms, -1, Ref{1, 0})
	s.report(Ref{1, 0}, Timeout)
	s.send(2, 1, "A", "transfer-42")
	s.depart(2, ms, -1, Ref{2, 0})
	s.report(Ref{2, 0}, "")
	s.audit(Ref{1, 0}, Ref{2, 0})
	for _, got := range []Totals{s.label("A"), s.Snapshot().All} {
		if got.Sent != 2 || got.Acked != 1 || got.Unknown != 1 || got.Retries != 0 {
			t.Errorf("reports: got %+v", got)
		}
		if got.Copies != 2 || got.Duplicates != 1 || got.Once != 0 || got.Ghosts != 0 {
			t.Errorf("verdict: got %+v", got)
		}
	}
}

func TestReordered(t *testing.T) {
	s := begin(t)
	s.send(1, 3, "A", "")
	for n := range uint32(3) {
		s.report(Ref{1, n}, "")
	}
	// 1 stands behind 2. The second copy of 0 does not count.
	s.audit(refs(1, 0, 2, 1, 0)...)
	if got := s.label("A"); got.Reordered != 1 || got.Duplicates != 1 || got.Once != 2 {
		t.Errorf("got %+v", got)
	}
	// Order is promised within one partition and key only.
	s.Apply(AuditBegan{},
		CopiesRead{Topic: "test-topic", Partition: 1, Copies: []Copy{{Ref: Ref{1, 1}, Key: 1}, {Ref: Ref{1, 0}, Key: 2}}},
		CopiesRead{Topic: "test-topic", Partition: 0, Copies: []Copy{{Ref: Ref{1, 2}}}},
		AuditEnded{Settled: true})
	if got := s.label("A"); got.Reordered != 0 || got.Partitions != 2 || got.Once != 3 {
		t.Errorf("second audit: got %+v", got)
	}
}

func TestVerdictsNeedAnAuditAfterTheLastSend(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.report(Ref{1, 0}, "")
	if s.label("A").Audited {
		t.Error("audited before any audit")
	}
	s.audit(Ref{1, 0})
	if !s.label("A").Audited {
		t.Error("not audited after an audit")
	}
	s.send(2, 1, "B", "")
	if s.Snapshot().All.Audited || !s.label("A").Audited || s.label("B").Audited {
		t.Error("a send to B leaves A audited, and neither B nor the whole")
	}
	s.Apply(AuditBegan{}, AuditEnded{Settled: false, Reason: "the log still moved"})
	if s.label("B").Audited {
		t.Error("an audit that did not settle judges nothing")
	}
}
