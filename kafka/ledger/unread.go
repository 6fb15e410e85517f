package ledger

import "slices"

// Unread is the snapshot without all that tells what the log holds: no verdict,
// no count of copies, no offset, neither in a report nor in an answer. What
// travelled on the wire, and when, stays. It is a copy.
func (s *Snapshot) Unread() *Snapshot {
	u := *s
	u.All = s.All.unread()
	u.Labels = slices.Clone(s.Labels)
	for i := range u.Labels {
		u.Labels[i] = u.Labels[i].unread()
	}
	u.Messages = slices.Clone(s.Messages)
	for i := range u.Messages {
		m := &u.Messages[i]
		m.Offset, m.Copies, m.Verdict, m.Ghost, m.Reordered = -1, 0, Unjudged, false, false
	}
	u.Requests = slices.Clone(s.Requests)
	for i := range u.Requests {
		u.Requests[i].unread()
	}
	u.attempts = make(map[AttemptID]*Attempt, len(s.attempts))
	for id, a := range s.attempts {
		one := *a
		one.unread()
		u.attempts[id] = &one
	}
	u.Reports = slices.Clone(s.Reports)
	for i := range u.Reports {
		u.Reports[i].Offset = -1
	}
	u.Tails = nil
	u.Audit = Audit{Running: s.Audit.Running, Ended: -1}
	return &u
}

func (t Totals) unread() Totals {
	t.Audited, t.Copies, t.Once, t.Duplicates, t.Lost = false, 0, 0, 0, 0
	t.Absent, t.Ghosts, t.Reordered, t.Partitions = 0, 0, 0, 0
	return t
}

func (a *Attempt) unread() {
	a.Offset = -1
	if a.Code == codeDuplicateSequence {
		a.Code = codeNone // as where it is added
	}
}
