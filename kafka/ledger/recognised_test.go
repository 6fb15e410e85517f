package ledger

import (
	"testing"
	"time"
)

// An answer proves that its attempt added the message only where none before it
// with the same sequence can have done so.
func TestWhoAddedAMessage(t *testing.T) {
	const unseen, seen = -1, 10
	type try struct {
		arrived, answered int
		offset            int64
	}
	for name, c := range map[string]struct {
		pid          int64
		tries        []try
		added, known []bool
	}{
		"answered, answers lost":           {7, []try{{1, seen, 5}, {3, seen, 5}}, []bool{true, false}, []bool{false, true}},
		"arrived before, unanswered":       {7, []try{{1, unseen, -1}, {3, seen, 5}}, []bool{false, false}, []bool{false, false}},
		"and then recognised":              {7, []try{{1, unseen, -1}, {3, seen, 5}, {5, seen, 5}}, []bool{false, false, false}, []bool{false, false, true}},
		"never arrived":                    {7, []try{{unseen, unseen, -1}, {3, seen, 5}}, []bool{false, true}, []bool{false, false}},
		"arrived after":                    {7, []try{{4, unseen, -1}, {3, seen, 5}}, []bool{false, true}, []bool{false, false}},
		"nobody sees what arrives":         {7, []try{{unseen, unseen, -1}, {unseen, seen, 5}}, []bool{false, false}, []bool{false, false}},
		"plain: each adds its own":         {-1, []try{{1, unseen, -1}, {3, seen, 5}}, []bool{false, true}, []bool{false, false}},
		"the answer says nothing of where": {7, []try{{1, seen, -1}}, []bool{false}, []bool{false}},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := &Snapshot{attempts: map[AttemptID]*Attempt{}}, &Message{}
			for i, try := range c.tries {
				id := AttemptID{Request: RequestID(i + 1)}
				s.attempts[id] = &Attempt{
					ID: id, ProducerID: c.pid, Arrived: time.Duration(try.arrived), Answered: time.Duration(try.answered), Heard: -1, Offset: try.offset,
				}
				m.Attempts = append(m.Attempts, id)
			}
			for n := range c.tries {
				if got := s.Added(m, n); got != c.added[n] {
					t.Errorf("attempt %d added it: %v", n+1, got)
				}
				if got := s.Recognised(m, n); got != c.known[n] {
					t.Errorf("attempt %d was recognised: %v", n+1, got)
				}
			}
		})
	}
}
