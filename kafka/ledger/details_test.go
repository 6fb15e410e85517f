package ledger

import (
	"fmt"
	"testing"
	"time"
)

// load acks many messages of one batch, some at a time.
func (s story) load(batch, count uint32, label string, every time.Duration, each func(n uint32) time.Duration) {
	s.Apply(
		BatchOpened{Batch: batch, Label: label, Mode: "plain", Sending: "async", Topic: "test-topic", Count: count},
		Sent{Batch: batch, Count: count})
	for n := uint32(0); n < count; {
		var told Reported
		told.At.At = time.Duration(n) * every
		for ; n < count && len(told.Reports) < 100; n++ {
			told.Reports = append(told.Reports, Report{Ref: Ref{batch, n}, Offset: int64(n), Latency: each(n)})
		}
		s.Apply(told)
	}
}

func TestFewAcksArePointsOfTheirOwn(t *testing.T) {
	s := begin(t)
	s.send(1, 2, "A", "")
	s.send(2, 1, "", "")
	s.Apply(
		Reported{At: at(100 * ms), Reports: []Report{{Ref: Ref{1, 0}, Latency: 3 * ms}}},
		Reported{At: at(101 * ms), Reports: []Report{{Ref: Ref{1, 1}, Latency: 90 * ms}, {Ref: Ref{2, 0}, Latency: 91 * ms}}},
	)
	want := []Ack{{100 * ms, 3 * ms, 0, 1}, {101 * ms, 90 * ms, 0, 1}, {101 * ms, 91 * ms, -1, 1}}
	if got := s.Snapshot().Acks; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := s.label("A"); got.Waited != 93*ms || got.Min != 3 || got.Max != 90 {
		t.Errorf("got %+v", got)
	}
}

func TestAcksOfALoadAreBoundedAndCountedExactly(t *testing.T) {
	const count = 200_000
	s := begin(t)
	s.load(1, count, "A", 100*time.Microsecond, func(n uint32) time.Duration {
		if n == count/2 {
			return 9 * time.Second
		}
		return time.Duration(1+n%40) * ms
	})
	points := s.Snapshot().Acks
	var total int64
	var slowest time.Duration
	late := 0
	for _, p := range points {
		total += p.Count
		slowest = max(slowest, p.Latency)
		if p.At > 19*time.Second {
			late++
		}
	}
	if total != count || len(points) > maxAcks || slowest != 9*time.Second {
		t.Errorf("%d acks in %d points, the slowest %v", total, len(points), slowest)
	}
	if late < 50 {
		t.Errorf("%d points in the last second: the latest should be the finest", late)
	}
}

func TestAcksOfManyLabelsAreBounded(t *testing.T) {
	s := begin(t)
	for b := uint32(1); b <= 400; b++ {
		s.load(b, 10, fmt.Sprint(b), ms, func(n uint32) time.Duration { return time.Duration(1<<n) * ms })
	}
	if n := len(s.Snapshot().Acks); n > maxAcks || n < maxAcks/2 {
		t.Errorf("%d points", n)
	}
}

func TestASnapshotKeepsItsAcks(t *testing.T) {
	s := begin(t)
	s.load(1, 10, "A", ms, func(uint32) time.Duration { return ms })
	before := s.Snapshot()
	was := fmt.Sprint(before.Acks, before.Reports)
	s.load(2, 5000, "A", ms, func(uint32) time.Duration { return ms })
	if got := fmt.Sprint(before.Acks, before.Reports); got != was {
		t.Errorf("a snapshot changed from %s to %s", was, got)
	}
}

func TestReportsInTheirOrder(t *testing.T) {
	s := begin(t)
	s.send(1, 1, "A", "")
	s.send(2, 1, "", "")
	s.report(Ref{2, 0}, Timeout)
	s.report(Ref{1, 0}, "")
	s.report(Ref{1, 0}, Timeout) // told already
	got := s.Snapshot().Reports
	if len(got) != 2 || got[0].Ref != (Ref{2, 0}) || got[0].Kind != FailedReport || got[0].Reason != Timeout ||
		got[1].Label != "A" || got[1].Kind != AckedReport || got[1].Offset != 7 || got[1].Latency != 20*ms || got[1].Count != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestABurstOfReportsIsCounted(t *testing.T) {
	s := begin(t)
	s.load(1, 1000, "A", 100*time.Microsecond, func(n uint32) time.Duration { return time.Duration(n) * ms })
	got := s.Snapshot().Reports
	if last := got[len(got)-1]; len(got) != deliveriesPerBurst+1 || last.Count != 1000-deliveriesPerBurst || last.Latency != 999*ms || last.At != 90*ms {
		t.Errorf("%d rows, the last %+v", len(got), last)
	}
	s.load(2, 40_000, "B", 10*ms, func(uint32) time.Duration { return ms })
	if n := len(s.Snapshot().Reports); n != maxDeliveries {
		t.Errorf("%d rows are kept", n)
	}
}

func TestReportsOfAllSendsAreCounted(t *testing.T) {
	s := begin(t)
	s.load(1, 20_000, "A", 100*time.Microsecond, func(uint32) time.Duration { return ms })
	var total int64
	for _, d := range s.Snapshot().Reports {
		total += d.Count
	}
	if total != 20_000 {
		t.Errorf("%d", total)
	}
}

func TestTheLatestRequestsAreToldWhole(t *testing.T) {
	s := begin(t)
	for id := RequestID(1); id <= maxAttempts+10; id++ {
		s.depart(id, time.Duration(id)*ms, 1)
		if id == maxRequests/2 {
			if got := s.Snapshot().Requests; len(got) != maxRequests/2 || got[0].ID.Request != 1 {
				t.Fatalf("%d, from %d", len(got), got[0].ID.Request)
			}
		}
	}
	got := s.Snapshot().Requests
	if len(got) != maxRequests || got[maxRequests-1].ID.Request != maxAttempts+10 || got[0].ID.Request != maxAttempts+11-maxRequests {
		t.Errorf("%d requests, %d to %d", len(got), got[0].ID.Request, got[len(got)-1].ID.Request)
	}
}

func TestWaysCountByModeAndSending(t *testing.T) {
	s := begin(t)
	s.send(1, 2, "A", "")
	s.send(2, 1, "B", "") // the same way
	s.load(3, 5, "A", ms, func(uint32) time.Duration { return ms })
	s.depart(1, ms, 1, Ref{1, 0})
	s.depart(2, 2*ms, 1, Ref{1, 0})
	s.report(Ref{1, 0}, "")
	s.report(Ref{1, 1}, Timeout)
	want := []Way{
		{Mode: "plain", Sending: "sync", Sent: 3, Acked: 1, Failed: 1, Attempts: 2, Retries: 1, Latencies: Latencies{Waited: 20 * ms}},
		{Mode: "plain", Sending: "async", Sent: 5, Acked: 5, Latencies: Latencies{Waited: 5 * ms}},
	}
	want[0].Latencies.Counts[4], want[1].Latencies.Counts[0] = 1, 5 // up to 25 ms, up to 1 ms
	if got := s.Snapshot().Ways; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v", got)
	}
	s.Apply(RunBegan{Run: "next"})
	if snap := s.Snapshot(); len(snap.Ways)+len(snap.Acks)+len(snap.Reports)+len(snap.Requests) != 0 {
		t.Error("something of the run before is left")
	}
}

// BenchmarkReports folds a million acks. What is kept of them for charts must
// cost little beside the counts.
func BenchmarkReports(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		l := New()
		l.Apply(RunBegan{Run: "r"}, BatchOpened{Batch: 1, Label: "A", Mode: "plain", Count: 1_000_000}, Sent{Batch: 1, Count: 1_000_000})
		reports := make([]Report, 100)
		for n := uint32(0); n < 1_000_000; n += 100 {
			for i := range reports {
				reports[i] = Report{Ref: Ref{1, n + uint32(i)}, Latency: time.Duration(2000+n%3000+uint32(i)*70) * time.Microsecond}
			}
			l.Apply(Reported{At: at(time.Duration(n) * 100 * time.Microsecond), Reports: reports})
		}
	}
}
