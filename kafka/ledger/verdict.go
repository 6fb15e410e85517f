package ledger

// audit is the state of an audit while it reads, and of what it found.
type audit struct {
	Audit
	order map[lane]uint64 // the latest send whose first copy was met, per lane
	tails map[Partition][]Record
}

// lane is where order is promised: one label (or unlabelled send line), one
// partition, one key.
type lane struct {
	group     *group
	partition Partition
	key       uint64
}

func (f *fold) auditBegan() {
	f.audit = audit{
		Audit: Audit{Running: true, Ended: -1},
		order: map[lane]uint64{},
		tails: map[Partition][]Record{},
	}
	for _, b := range f.batches {
		b.sends.change(func(s *send) {
			s.copies = 0
			s.flags &^= isReordered
		})
		b.audited = uint32(b.sends.count)
		b.group.judged, b.group.dirty = judged{}, false
	}
	for _, n := range f.named {
		n.copies, n.audited = 0, n.sends
	}
	f.all.judged, f.all.dirty = judged{}, false
}

func (f *fold) copiesRead(e CopiesRead) {
	if !f.audit.Running {
		return
	}
	p := Partition{e.Topic, e.Partition}
	keepFrom := len(e.Copies) - maxTail
	for i, c := range e.Copies {
		b := f.batchOf(c.Ref)
		if b == nil {
			continue
		}
		s := b.sends.edit(c.Ref.N)
		nth := f.count(b, s, c.Ref.N, p)
		if nth == 1 {
			f.inOrder(b, s, c, p)
		}
		if i >= keepFrom {
			f.audit.keep(p, Record{Offset: c.Offset, Ref: c.Ref, Label: b.Label, ID: b.id(f.run.Run, c.Ref.N), Nth: nth})
		}
	}
}

// count counts one record and returns the how-manieth of its message it is.
func (f *fold) count(b *batch, s *send, n uint32, p Partition) int64 {
	if s.copies < 255 {
		s.copies++
	}
	nth := int64(s.copies)
	f.all.judged.found(p)
	named := b.nameOf(n)
	if named == nil {
		b.group.judged.found(p)
		return nth
	}
	named.copies++
	for _, g := range named.groups {
		g.judged.found(p)
	}
	return named.copies
}

func (j *judged) found(p Partition) {
	j.copies++
	if j.partitions == nil {
		j.partitions = map[Partition]struct{}{}
	}
	if _, ok := j.partitions[p]; !ok {
		j.partitions[p] = struct{}{}
	}
}

// inOrder sees whether a first copy stands behind that of a later send.
func (f *fold) inOrder(b *batch, s *send, c Copy, p Partition) {
	at := lane{b.group, p, c.Key}
	sent := uint64(c.Ref.Batch)<<32 | uint64(c.Ref.N)
	if sent < f.audit.order[at] {
		s.flags |= isReordered
		return
	}
	f.audit.order[at] = sent
}

func (a *audit) keep(p Partition, r Record) {
	tail := a.tails[p]
	if len(tail) == 2*maxTail {
		tail = append(tail[:0], tail[maxTail:]...)
	}
	a.tails[p] = append(tail, r)
}

func (f *fold) auditEnded(e AuditEnded) {
	if !f.audit.Running {
		return
	}
	f.audit.Audit = Audit{Ended: e.At.At, Settled: e.Settled, Reason: e.Reason, Pending: e.Pending}
	f.audit.order = nil
	for _, b := range f.batches {
		b.sends.gatherAll()
	}
	for p, tail := range f.audit.tails {
		for i := range tail {
			tail[i].Copies = f.copiesOf(tail[i].Ref)
		}
		f.audit.tails[p] = tail
	}
	if !e.Settled {
		return
	}
	f.judge()
}

func (f *fold) copiesOf(r Ref) int64 {
	b := f.batchOf(r)
	if b == nil {
		return 0
	}
	if named := b.nameOf(r.N); named != nil {
		return named.copies
	}
	return int64(b.sends.at(r.N).copies)
}

// judge counts the verdicts of every message. What was sent after the audit
// began has none.
func (f *fold) judge() {
	for _, b := range f.batches {
		if b.named == nil {
			b.sends.eachBefore(int(b.audited), func(s send, count int64) {
				if s.flags&isNamed != 0 {
					return
				}
				b.group.judged.messages(count, s.kind, int64(s.copies), s.flags&isReordered != 0)
				f.all.judged.messages(count, s.kind, int64(s.copies), s.flags&isReordered != 0)
			})
		}
		b.group.audited = !b.group.dirty
	}
	for _, n := range f.named {
		if n.sends == 0 || n.audited != n.sends {
			continue
		}
		for _, g := range n.groups {
			g.judged.messages(1, n.kind, n.copies, false)
		}
		f.all.judged.messages(1, n.kind, n.copies, false)
	}
	f.all.audited = !f.all.dirty
	for i := range f.messages.slots {
		m := &f.messages.slots[i]
		f.judgeOne(m)
	}
}

// judgeOne gives a message's detail its verdict.
func (f *fold) judgeOne(m *Message) {
	b := f.batchOf(m.Ref)
	if b == nil {
		return
	}
	s := b.sends.at(m.Ref.N)
	kind, judged := s.kind, m.Ref.N < b.audited
	if named := b.nameOf(m.Ref.N); named != nil {
		kind, judged = named.kind, named.audited == named.sends
	}
	if !judged {
		m.Copies, m.Verdict, m.Ghost, m.Reordered = 0, Unjudged, false, false
		return
	}
	m.Copies = f.copiesOf(m.Ref)
	m.Verdict, m.Ghost = verdict(kind, m.Copies)
	m.Reordered = s.flags&isReordered != 0
}

// verdict sets a report against the copies in the log.
func verdict(kind Kind, copies int64) (v Verdict, ghost bool) {
	told := kind == AckedReport || kind == FiredReport
	switch {
	case kind == NoReport:
		return Unjudged, false
	case copies == 0 && kind == AckedReport:
		return Lost, false
	case copies == 0:
		return Absent, false
	case copies == 1:
		return Once, !told
	default:
		return Duplicate, !told
	}
}

// messages counts some that are alike.
func (j *judged) messages(count int64, kind Kind, copies int64, reordered bool) {
	v, ghost := verdict(kind, copies)
	switch v {
	case Once:
		j.once += count
	case Duplicate:
		j.duplicates += count
	case Lost:
		j.lost += count
	case Absent:
		j.absent += count
	}
	if ghost {
		j.ghosts += count
	}
	if reordered {
		j.reordered += count
	}
}
