package ledger

import (
	"math"
	"testing"
	"time"
)

const ms = time.Millisecond

func at(d time.Duration) At { return At{d} }

// story is a run with one batch, told by hand.
type story struct {
	*Ledger
	t *testing.T
}

func begin(t *testing.T) story {
	l := New()
	l.Apply(RunBegan{Run: "run123"})
	return story{l, t}
}

// send opens a batch, hands count messages over and closes it.
func (s story) send(batch, count uint32, label, id string) {
	s.Apply(
		BatchOpened{Batch: batch, Label: label, ID: id, Mode: "plain", Sending: "sync", Topic: "test-topic", Count: count},
		Sent{Batch: batch, Count: count},
		BatchClosed{Batch: batch, Count: count},
	)
}

func refs(batch uint32, ns ...uint32) (list []Ref) {
	for _, n := range ns {
		list = append(list, Ref{batch, n})
	}
	return list
}

// depart lets a request carry messages to test-topic/0.
func (s story) depart(id RequestID, when time.Duration, acks int16, messages ...Ref) {
	s.Apply(Departed{At: at(when), Request: id, Broker: 1, Acks: acks, Parts: []Part{{
		Topic: "test-topic", ProducerID: -1, Records: len(messages), Refs: messages,
	}}})
}

func answer(code int16, offset int64) []Answer {
	return []Answer{{Topic: "test-topic", Code: code, Offset: offset}}
}

// report tells what one send was told; an empty reason is an ack.
func (s story) report(ref Ref, reason Reason) {
	s.Apply(Reported{At: at(time.Second), Reports: []Report{{Ref: ref, Offset: 7, Latency: 20 * ms, Reason: reason}}})
}

// audit finds messages in test-topic/0, in this order of the log.
func (s story) audit(found ...Ref) {
	copies := make([]Copy, len(found))
	for i, ref := range found {
		copies[i] = Copy{Ref: ref, Offset: int64(i)}
	}
	s.Apply(
		AuditBegan{},
		CopiesRead{Topic: "test-topic", Copies: copies},
		AuditEnded{Settled: true},
	)
}

func (s story) label(name string) Totals {
	s.t.Helper()
	totals, ok := s.Snapshot().Label(name)
	if !ok {
		s.t.Fatalf("no label %q", name)
	}
	return totals
}

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

// failed and unknown are told apart on the wire.
func TestFailedOrUnknown(t *testing.T) {
	ref := Ref{1, 0}
	for name, c := range map[string]struct {
		wire func(story)
		want Kind
	}{
		"nothing departed":                 {func(story) {}, FailedReport},
		"refused before the append":        {func(s story) { s.depart(1, ms, 1, ref); s.Apply(Heard{Request: 1, Answers: answer(6, -1)}) }, FailedReport},
		"REQUEST_TIMED_OUT":                {func(s story) { s.depart(1, ms, 1, ref); s.Apply(Heard{Request: 1, Answers: answer(7, -1)}) }, UnknownReport},
		"NOT_ENOUGH_REPLICAS":              {func(s story) { s.depart(1, ms, 1, ref); s.Apply(Heard{Request: 1, Answers: answer(19, -1)}) }, FailedReport},
		"NOT_ENOUGH_REPLICAS_AFTER_APPEND": {func(s story) { s.depart(1, ms, 1, ref); s.Apply(Heard{Request: 1, Answers: answer(20, -1)}) }, UnknownReport},
		"no answer, then refused": {func(s story) {
			s.depart(1, ms, 1, ref)
			s.Apply(Ended{Request: 1, Outcome: TimedOut})
			s.depart(2, 2*ms, 1, ref)
			s.Apply(Heard{Request: 2, Answers: answer(6, -1)})
		}, UnknownReport},
		"still on its way": {func(s story) { s.depart(1, ms, 1, ref) }, UnknownReport},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.send(1, 1, "A", "")
			c.wire(s)
			s.report(ref, RefusedBy)
			if got := s.Snapshot().Messages[0].Report; got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestFirstReportStands(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.report(Ref{1, 0}, "")
	s.report(Ref{1, 0}, Timeout)
	if got := s.label("A"); got.Acked != 1 || got.Failed+got.Unknown != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestAttemptsAndRetries(t *testing.T) {
	s := begin(t)
	s.send(1, 3, "A", "")
	s.depart(1, ms, 1, refs(1, 0, 1)...)
	s.depart(2, 2*ms, 1, refs(1, 2)...)
	s.Apply(Ended{At: at(3 * ms), Request: 1, Outcome: TimedOut})
	s.depart(3, 4*ms, 1, refs(1, 0, 1)...)
	got := s.label("A")
	if got.Attempts != 5 || got.Retries != 2 {
		t.Errorf("attempts %d, retries %d; want 5 and 2", got.Attempts, got.Retries)
	}
	m := s.Snapshot().Messages[0]
	if len(m.Attempts) != 2 {
		t.Fatalf("message 0 has %d attempts", len(m.Attempts))
	}
	if a := s.Snapshot().Attempt(m.Attempts[0]); a.Outcome != TimedOut || a.Ended != 3*ms {
		t.Errorf("got %+v", a)
	}
}

func TestFourMoments(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.depart(1, 1*ms, -1, Ref{1, 0})
	s.Apply(
		Arrived{At: at(2 * ms), Request: 1},
		Answered{At: at(3 * ms), Request: 1, Answers: answer(0, 42)},
		Heard{At: at(4 * ms), Request: 1, Answers: answer(0, 42)},
	)
	a := s.Snapshot().Attempt(AttemptID{1, 0})
	if a.Departed != ms || a.Arrived != 2*ms || a.Answered != 3*ms || a.Heard != 4*ms || a.Outcome != Acked || a.Offset != 42 {
		t.Errorf("got %+v", a)
	}
}

// A broker's answer that the producer does not wait for any more changes
// nothing about how the attempt ended.
func TestAnswerAfterTheEnd(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.depart(1, 1*ms, 1, Ref{1, 0})
	s.Apply(
		Ended{At: at(5 * ms), Request: 1, Outcome: TimedOut},
		Arrived{At: at(6 * ms), Request: 1},
		Answered{At: at(7 * ms), Request: 1, Answers: answer(0, 3)},
	)
	a := s.Snapshot().Attempt(AttemptID{1, 0})
	if a.Outcome != TimedOut || a.Arrived != 6*ms || a.Answered != 7*ms || a.Heard != -1 || a.Offset != 3 {
		t.Errorf("got %+v", a)
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

func TestNewRunForgetsAllButTheFaults(t *testing.T) {
	s := begin(t)
	s.Apply(
		ToxicAdded{At: at(ms), Toxic: Toxic{Broker: 2, Name: "x", Kind: "latency", Stream: "downstream"}},
		BrokerChanged{At: at(ms), Broker: 1, Up: true},
		LeaderChanged{Topic: "t", Partition: 1, Broker: 3},
	)
	s.send(1, 5, "A", "")
	s.Apply(RunBegan{Run: "run456"})
	snap := s.Snapshot()
	if snap.All.Sent != 0 || len(snap.Labels) != 0 || len(snap.Messages) != 0 || snap.Audit.Ended != -1 {
		t.Errorf("something is left: %+v", snap)
	}
	if len(snap.Toxics) != 1 || len(snap.Bands) != 1 || snap.Bands[0].From != 0 || snap.Leader("t", 1) != 3 {
		t.Errorf("faults are gone: %+v", snap)
	}
	s.report(Ref{1, 0}, "")
	s.depart(9, ms, 1, Ref{1, 0})
	if got := s.Snapshot().All; got.Acked != 0 || got.Attempts != 0 {
		t.Errorf("an event of the old run counted: %+v", got)
	}
}

func TestFaultBands(t *testing.T) {
	s := begin(t)
	latency := Toxic{Broker: 1, Name: "l", Kind: "latency", Stream: "downstream", Attributes: map[string]int64{"latency": 5000}}
	s.Apply(ToxicAdded{At: at(ms), Toxic: latency})
	latency.Attributes = map[string]int64{"latency": 100}
	s.Apply(
		ToxicAdded{At: at(2 * ms), Toxic: latency}, // changed
		ToxicRemoved{At: at(3 * ms), Broker: 1, Name: "l"},
		ProxyChanged{At: at(4 * ms), Broker: 2, Up: false},
		ProxyChanged{At: at(5 * ms), Broker: 2, Up: false},
		ProxyChanged{At: at(6 * ms), Broker: 2, Up: true},
		BrokerChanged{At: at(7 * ms), Broker: 3, Up: false},
	)
	snap := s.Snapshot()
	type band struct {
		kind     string
		from, to time.Duration
	}
	want := []band{{"latency", ms, 2 * ms}, {"latency", 2 * ms, 3 * ms}, {"down", 4 * ms, 6 * ms}, {"stopped", 7 * ms, -1}}
	if len(snap.Bands) != len(want) {
		t.Fatalf("got %+v", snap.Bands)
	}
	for i, b := range snap.Bands {
		if (band{b.Kind, b.From, b.To}) != want[i] {
			t.Errorf("band %d: got %+v, want %+v", i, b, want[i])
		}
	}
	if len(snap.Toxics) != 0 {
		t.Errorf("toxics in force: %+v", snap.Toxics)
	}
}

func TestLatencies(t *testing.T) {
	s := begin(t)
	s.send(1, 100, "A", "")
	if got := s.label("A"); !math.IsNaN(got.P50) || !math.IsNaN(got.Throughput) {
		t.Errorf("a latency out of nothing: %+v", got)
	}
	for n := range uint32(99) {
		s.Apply(Reported{At: at(time.Second), Reports: []Report{{Ref: Ref{1, n}, Latency: time.Duration(n+1) * ms}}})
	}
	s.report(Ref{1, 99}, Timeout) // not a sample
	got := s.label("A")
	if got.Samples != 99 || math.Abs(got.P50-50) > 1 || math.Abs(got.P99-99) > 1 || got.Max != 99 {
		t.Errorf("got %+v", got)
	}
	if got.Throughput != 99 {
		t.Errorf("throughput %v, want 99 acked in one second", got.Throughput)
	}
}

// A snapshot never changes, whatever comes after it.
func TestSnapshotsAreImmutable(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.depart(1, ms, 1, Ref{1, 0})
	s.audit(Ref{1, 0})
	before := s.Snapshot()
	message, attempt, total := before.Messages[0], *before.Attempt(AttemptID{1, 0}), before.All
	s.Apply(Heard{At: at(2 * ms), Request: 1, Answers: answer(0, 5)})
	s.report(Ref{1, 0}, "")
	s.send(2, 600, "B", "")
	s.audit(Ref{1, 0}, Ref{1, 0})
	if before.Messages[0].Report != message.Report || *before.Attempt(AttemptID{1, 0}) != attempt ||
		before.All.Sent != total.Sent || before.Tails[0].Records[0].Copies != 1 {
		t.Error("a snapshot has changed")
	}
	again := s.Snapshot()
	if again != s.Snapshot() {
		t.Error("a ledger that stands still makes new snapshots")
	}
}

// Details are bounded; counts are not.
func TestBounded(t *testing.T) {
	s := begin(t)
	const many = 20_000
	s.Apply(BatchOpened{Batch: 1, Label: "A", Count: many})
	for n := uint32(0); n < many; n += 100 {
		s.Apply(Sent{Batch: 1, From: n, Count: 100})
		for i := range uint32(100) {
			s.depart(RequestID(n+i+1), ms, 1, Ref{1, n + i})
			s.Apply(Heard{Request: RequestID(n + i + 1), Answers: answer(0, int64(n+i))})
			s.report(Ref{1, n + i}, "")
		}
	}
	snap := s.Snapshot()
	if snap.All.Acked != many || snap.All.Attempts != many || snap.InFlight != 0 {
		t.Errorf("got %+v", snap.All)
	}
	if len(snap.Messages) > maxMessages || len(snap.attempts) > maxAttempts || len(s.fold.requests) != 0 {
		t.Errorf("%d messages, %d attempts, %d requests are kept", len(snap.Messages), len(snap.attempts), len(s.fold.requests))
	}
	if last := snap.Messages[len(snap.Messages)-1].Ref.N; last != many-1 {
		t.Errorf("the latest detail is of message %d", last)
	}
}

// What went wrong has a detail, also in a burst that leaves most without one.
func TestFailuresKeepTheirDetail(t *testing.T) {
	s := begin(t)
	s.send(1, 1000, "A", "")
	s.report(Ref{1, 3}, Timeout)
	for _, m := range s.Snapshot().Messages {
		if m.Ref == (Ref{1, 3}) && m.Report == FailedReport && m.Label == "A" {
			return
		}
	}
	t.Error("message 3 failed, and nothing shows it")
}

func TestChanged(t *testing.T) {
	s := begin(t)
	v := s.Version()
	c := s.Changed(v)
	select {
	case <-c:
		t.Fatal("nothing has changed")
	default:
	}
	s.send(1, 1, "", "")
	<-c
	<-s.Changed(v)
}

func TestQuiet(t *testing.T) {
	s := begin(t)
	if !s.Quiet() {
		t.Error("an empty run is quiet")
	}
	s.Apply(BatchOpened{Batch: 1, Count: 1})
	if s.Quiet() {
		t.Error("a batch is open")
	}
	s.Apply(Sent{Batch: 1, Count: 1}, BatchClosed{Batch: 1, Count: 1})
	if s.Quiet() {
		t.Error("a report is missing")
	}
	s.report(Ref{1, 0}, "")
	if !s.Quiet() {
		t.Error("everything has its report")
	}
}

func TestIdentity(t *testing.T) {
	i := NewIdentity("run123")
	id := i.AppendID(nil, Ref{4, 17})
	if string(id) != "run123-4-17" {
		t.Errorf("got %s", id)
	}
	if r, ok := i.Resolve(id, nil); !ok || r != (Ref{4, 17}) {
		t.Errorf("got %v %v", r, ok)
	}
	for _, stranger := range []string{"", "run123", "run123-", "run123-4", "run123-4-", "run123-4-x", "run124-4-17", "run123-4-17-1", "run123-99999999999-1"} {
		if r, ok := i.Resolve([]byte(stranger), nil); ok {
			t.Errorf("%q is %v", stranger, r)
		}
	}
	if !i.Name("transfer-42", "t1", Ref{1, 0}) || i.Name("transfer-42", "t1", Ref{1, 1}) || !i.Name("transfer-42", "t2", Ref{2, 0}) {
		t.Error("a timestamp names one send")
	}
	if r, ok := i.Resolve([]byte("transfer-42"), []byte("t2")); !ok || r != (Ref{2, 0}) {
		t.Errorf("got %v %v", r, ok)
	}
	if !i.Name("run123-4-17", "t1", Ref{9, 0}) {
		t.Error("a learner may choose any id")
	}
	if r, ok := i.Resolve(id, []byte("t1")); !ok || r != (Ref{9, 0}) {
		t.Errorf("a send by hand of a generated id is %v", r)
	}
	if _, ok := i.Resolve([]byte("transfer-42"), []byte("t3")); ok {
		t.Error("a copy of another run counts")
	}
}
