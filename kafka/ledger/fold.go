package ledger

import (
	"strconv"
	"time"
)

// fold is the state that events are folded into.
type fold struct {
	run  RunBegan
	last time.Duration

	batches map[uint32]*batch
	named   map[string]*named // messages that a learner named with id=
	all     *group
	streams struct{ sent, reported int64 } // those of all that belong to streams
	labels  []*group
	byLabel map[string]*group

	requests map[RequestID]*request
	messages *messageRing
	attempts *attemptRing
	dials    []Dial

	acks       acks
	deliveries deliveries
	ways       []*Way

	audit   audit
	faults  faults
	leaders map[Partition]int32
}

func newFold() *fold {
	f := &fold{faults: newFaults(), leaders: map[Partition]int32{}}
	f.begin(RunBegan{})
	return f
}

// begin forgets the run before. Faults in force and leaders stay: they are of
// the bench, not of the run.
func (f *fold) begin(e RunBegan) {
	f.run = e
	f.last = 0
	f.batches = map[uint32]*batch{}
	f.named = map[string]*named{}
	f.all = newGroup("")
	f.streams.sent, f.streams.reported = 0, 0
	f.labels = nil
	f.byLabel = map[string]*group{}
	f.requests = map[RequestID]*request{}
	f.messages = newMessageRing()
	f.attempts = newAttemptRing()
	f.dials = nil
	f.acks, f.deliveries, f.ways = acks{}, deliveries{}, nil
	f.audit = audit{Audit: Audit{Ended: -1}}
	f.faults.restart()
}

func (f *fold) apply(e Event) {
	if began, ok := e.(RunBegan); ok {
		f.begin(began)
		return
	}
	f.last = max(f.last, e.When())
	switch e := e.(type) {
	case BatchOpened:
		f.batchOpened(e)
	case Sent:
		f.sent(e)
	case BatchClosed:
		f.batchClosed(e)
	case Departed:
		f.departed(e)
	case Arrived:
		f.arrived(e)
	case Answered:
		f.answered(e)
	case Heard:
		f.heard(e)
	case Ended:
		f.ended(e)
	case Reported:
		f.reported(e)
	case DialRefused:
		f.dialRefused(e)
	case AuditBegan:
		f.auditBegan()
	case CopiesRead:
		f.copiesRead(e)
	case AuditEnded:
		f.auditEnded(e)
	case ToxicAdded:
		f.faults.toxicAdded(e)
	case ToxicRemoved:
		f.faults.toxicRemoved(e)
	case FaultHidden:
		f.all.diagnosed = false
	case FaultNamed:
		f.all.diagnosed = f.all.diagnosed || e.Right
	case ProxyChanged:
		f.faults.proxyChanged(e)
	case BrokerChanged:
		f.faults.brokerChanged(e)
	case LeaderChanged:
		f.leaders[Partition{e.Topic, e.Partition}] = e.Broker
	}
}

// batch is one send line.
type batch struct {
	BatchOpened
	group    *group // of its label, or its own where it has none
	way      *Way
	named    *named // of every send; nil for generated ids
	names    map[uint32]*named
	sends    sends  // one per message handed over
	audited  uint32 // how many of them the last audit judged, once it has settled
	reported BatchTotals
	closed   bool
	bursts   [FiredReport + 1]bursting
}

// id is what stands in a message's header event-id.
func (b *batch) id(run string, n uint32) string {
	if named := b.nameOf(n); named != nil {
		return named.id
	}
	id := append(make([]byte, 0, 48), run...)
	id = strconv.AppendUint(append(id, '-'), uint64(b.Batch), 10)
	return string(strconv.AppendUint(append(id, '-'), uint64(n), 10))
}

func (f *fold) batchOpened(e BatchOpened) {
	b := &batch{BatchOpened: e, way: f.way(e.Mode, e.Sending), sends: sends{expected: int(e.Count)}}
	switch {
	case e.Label == "":
		b.group = newGroup("")
		b.group.unlabelled = true
	case f.byLabel[e.Label] == nil:
		b.group = newGroup(e.Label)
		f.byLabel[e.Label] = b.group
		b.group.index = int32(len(f.labels))
		f.labels = append(f.labels, b.group)
	default:
		b.group = f.byLabel[e.Label]
	}
	b.group.mode, b.group.sending = e.Mode, e.Sending
	if !e.Stream {
		b.group.open++
		f.all.open++
	}
	if e.ID != "" {
		b.named = f.name(e.ID)
		b.named.join(b.group)
	}
	f.batches[e.Batch] = b
}

func (f *fold) sent(e Sent) {
	b := f.batches[e.Batch]
	if b == nil {
		return
	}
	b.sends.grow(int(e.From + e.Count))
	for n := e.From; n < e.From+e.Count && (b.named != nil || e.ID != ""); n++ {
		f.christen(b, n, e.ID)
	}
	if b.Stream {
		f.streams.sent += int64(e.Count)
	}
	b.way.Sent += int64(e.Count)
	for _, g := range f.groupsOf(b) {
		g.handedOver(e.At.At, int64(e.Count))
	}
	first := e.From
	if e.Count > detailsPerBurst {
		first = e.From + e.Count - detailsPerBurst
	}
	for n := first; n < e.From+e.Count; n++ {
		f.messages.add(f.describe(b, n, e))
	}
}

// describe is a message's detail at its hand-over. Its id is written out when
// somebody looks.
func (f *fold) describe(b *batch, n uint32, e Sent) Message {
	return Message{
		Ref: Ref{b.Batch, n}, Label: b.Label, Origin: b.Origin, Mode: b.Mode, Sending: b.Sending,
		Topic: b.Topic, Key: e.Key, Partition: -1, Offset: -1, Sent: e.At.At,
	}
}

func (f *fold) batchClosed(e BatchClosed) {
	b := f.batches[e.Batch]
	if b == nil || b.closed {
		return
	}
	b.closed = true
	b.sends.end()
	if b.Stream {
		return
	}
	b.group.open--
	f.all.open--
}

func (f *fold) reported(e Reported) {
	for i := range e.Reports {
		f.report(e.At.At, &e.Reports[i])
	}
}

func (f *fold) report(at time.Duration, r *Report) {
	b := f.batchOf(r.Ref)
	if b == nil || b.sends.at(r.Ref.N).kind != NoReport {
		return // of another run, or told already: the first report stands
	}
	s := b.sends.edit(r.Ref.N)
	switch {
	case r.Fired:
		s.kind = FiredReport
	case r.Reason == "":
		s.kind = AckedReport
	case s.risk == 0 && !r.Held:
		s.kind = FailedReport
	default:
		s.kind = UnknownReport
	}
	kind, departed := s.kind, s.flags&hasDeparted != 0
	b.sends.told(r.Ref.N)
	b.reported.count(kind)
	if named := b.nameOf(r.Ref.N); named != nil {
		named.kind = better(named.kind, kind)
	}
	if b.Stream {
		f.streams.reported++
	}
	b.group.told(at, kind, r.Latency)
	f.all.told(at, kind, r.Latency)
	b.way.told(kind, r.Latency)
	f.deliveries.add(b, kind, at, r)
	if kind == AckedReport {
		f.acks.add(at, r.Latency, b.group.index)
	}

	m := f.messages.find(r.Ref)
	if m == nil {
		if kind == AckedReport || kind == FiredReport {
			return
		}
		// What went wrong is worth a detail, even in a load of a million.
		m = f.messages.add(f.describe(b, r.Ref.N, Sent{At: At{at - r.Latency}}))
		m.Partial = departed
	}
	m.Report, m.Reported, m.Reason, m.Err = kind, at, r.Reason, r.Err
	m.Partition = max(m.Partition, r.Partition)
	m.Offset = r.Offset
}

// batchOf looks up the batch of a send; nil where the send is none of this run.
func (f *fold) batchOf(r Ref) *batch {
	b := f.batches[r.Batch]
	if b == nil || int(r.N) >= b.sends.count {
		return nil
	}
	return b
}

func (f *fold) groupsOf(b *batch) [2]*group { return [2]*group{b.group, f.all} }

func (f *fold) dialRefused(e DialRefused) {
	f.dials = append(f.dials, Dial{At: e.At.At, Broker: e.Broker, Reason: e.Reason})
	if len(f.dials) > maxDials {
		f.dials = append(f.dials[:0:0], f.dials[1:]...)
	}
}
