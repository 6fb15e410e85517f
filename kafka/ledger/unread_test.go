package ledger

import (
	"math"
	"reflect"
	"testing"
	"time"
)

// Runs that differ only in what the log holds are the same unread.
func TestUnreadTellsNothingOfTheLog(t *testing.T) {
	play := func(code int16, offset int64, copies int) *Snapshot {
		s := begin(t)
		s.send(1, 2, "A", "")
		one, two := Ref{1, 0}, Ref{1, 1}
		s.depart(1, 10*ms, 1, one)
		s.Apply(Answered{At: at(11 * ms), Request: 1, Answers: answer(0, 16)}, Ended{At: at(600 * ms), Request: 1, Outcome: TimedOut})
		s.depart(2, 700*ms, 1, one)
		s.Apply(Heard{At: at(710 * ms), Request: 2, Answers: answer(code, offset)})
		s.Apply(Reported{At: at(time.Second), Reports: []Report{{Ref: one, Offset: offset, Latency: 20 * ms}, {Ref: two, Offset: -1, Reason: Timeout}}})
		found := []Ref{two}
		for range copies {
			found = append(found, one)
		}
		s.audit(found...)
		return s.Snapshot()
	}
	twice, lost := play(0, 17, 2), play(codeDuplicateSequence, 16, 0)
	if twice.All.Duplicates != 1 || lost.All.Lost != 1 || twice.Messages[1].Copies != 1 {
		t.Fatalf("the runs are not what they should be: %+v, %+v", twice.All, lost.All)
	}
	a, b := twice.Unread(), lost.Unread()
	for _, s := range []*Snapshot{a, b} {
		s.All.Min, s.All.P50, s.All.P95, s.All.P99, s.All.Max, s.All.Throughput = 0, 0, 0, 0, 0, 0 // NaN is not NaN
		s.Labels[0] = Totals{Attempts: s.Labels[0].Attempts, Copies: s.Labels[0].Copies, Audited: s.Labels[0].Audited}
		s.Version = 0
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("they differ:\n%+v\n%+v", a, b)
	}
	if a.All.Audited || a.All.Attempts != 2 || a.Attempt(AttemptID{Request: 1}).Answered != 11*ms {
		t.Errorf("%+v", a.All)
	}
	if twice.All.Duplicates != 1 || math.IsNaN(twice.All.P50) || twice.Attempt(AttemptID{Request: 1}).Offset != 16 {
		t.Error("what was read is not what it was")
	}
}
