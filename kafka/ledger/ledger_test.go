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
	before := s.Snapshot()
	latency.Attributes = map[string]int64{"latency": 100}
	s.Apply(
		ToxicAdded{At: at(2 * ms), Toxic: latency}, // changed
		ToxicRemoved{At: at(3 * ms), Broker: 1, Name: "l"},
		ProxyChanged{At: at(4 * ms), Broker: 2, Up: false},
		ProxyChanged{At: at(5 * ms), Broker: 2, Up: false},
		ProxyChanged{At: at(6 * ms), Broker: 2, Up: true},
		BrokerChanged{At: at(7 * ms), Broker: 3, Up: false},
	)
	if now := before.Toxics[0].Attributes["latency"]; now != 5000 {
		t.Errorf("a snapshot was written to: %d", now)
	}
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
