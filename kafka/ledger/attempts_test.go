package ledger

import (
	"testing"
)

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
