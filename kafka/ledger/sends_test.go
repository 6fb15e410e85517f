package ledger

import (
	"math/rand/v2"
	"testing"
)

// spreadPages is how many pages are kept send by send.
func spreadPages(s *sends) int {
	spread := 0
	for i := range s.pages {
		if s.pages[i].spread != nil {
			spread++
		}
	}
	return spread
}

// Whatever happens to sends in whatever order, pages say what a plain list does.
func TestSendsAreWhatAListWouldBe(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		s := sends{expected: r.IntN(5 * onPage)}
		var list []send
		edit := func(n int, to func(*send)) {
			to(&list[n])
			to(s.edit(uint32(n)))
		}
		untold := 0
		for range 200 {
			switch r.IntN(8) {
			case 0:
				more := r.IntN(onPage / 2)
				list = append(list, make([]send, more)...)
				s.grow(len(list))
			case 1, 2, 3: // reports, mostly in order
				for until := min(untold+r.IntN(onPage), len(list)); untold < until; untold++ {
					edit(untold, func(s *send) { s.kind, s.risk, s.flags = AckedReport, 1, hasDeparted })
					s.told(uint32(untold))
				}
			case 4: // something that comes late
				if len(list) > 0 {
					edit(r.IntN(len(list)), func(s *send) { s.risk++ })
				}
			case 5:
				to := func(s *send) { s.copies = 0 }
				s.change(to)
				for i := range list {
					to(&list[i])
				}
			case 6: // an audit
				for n := range list {
					edit(n, func(s *send) { s.copies = 1 })
				}
				s.gatherAll()
			case 7:
				if untold == len(list) {
					s.end()
				}
			}
			if s.count != len(list) {
				t.Fatalf("%d sends, not %d", s.count, len(list))
			}
		}
		for n := range list {
			if got := s.at(uint32(n)); got != list[n] {
				t.Fatalf("send %d of %d is %+v, not %+v", n, len(list), got, list[n])
			}
		}
		counted := map[send]int64{}
		for _, one := range list {
			counted[one]--
		}
		s.eachBefore(s.count, func(one send, count int64) { counted[one] += count })
		for one, count := range counted {
			if count != 0 {
				t.Errorf("%d too many are %+v", count, one)
			}
		}
	}
}

// A load without trouble leaves nothing behind for each of its messages, before
// and after it was read back; what went wrong is kept where it did.
func TestALoadWithoutTroubleTakesNoRoom(t *testing.T) {
	const count = 10 * onPage
	l := New()
	l.Apply(RunBegan{Run: "r"}, BatchOpened{Batch: 1, Label: "A", Mode: "plain", Count: count})
	send := func(n uint32, reason Reason) {
		l.Apply(
			Sent{Batch: 1, From: n, Count: 1},
			Departed{Request: RequestID(n), Acks: 1, Parts: []Part{{Topic: "t", Refs: []Ref{{1, n}}}}},
			Ended{Request: RequestID(n), Outcome: Acked},
			Reported{Reports: []Report{{Ref: Ref{1, n}, Reason: reason}}})
	}
	for n := range uint32(count) {
		reason := Reason("")
		if n == 7*onPage+1 {
			reason = Timeout
		}
		send(n, reason)
	}
	sends := &l.fold.batches[1].sends
	if spread := spreadPages(sends); spread != 1 {
		t.Errorf("%d of %d pages are spread out", spread, len(sends.pages))
	}
	l.Apply(AuditBegan{})
	for n := range uint32(count) {
		l.Apply(CopiesRead{Topic: "t", Copies: []Copy{{Ref: Ref{1, n}, Offset: int64(n)}}})
	}
	l.Apply(AuditEnded{Settled: true}, BatchClosed{Batch: 1, Count: count})
	if spread := spreadPages(sends); spread != 1 {
		t.Errorf("%d of %d pages are spread out after an audit", spread, len(sends.pages))
	}
	if all := l.Snapshot().All; all.Acked != count-1 || all.Unknown != 1 || all.Once != count || all.Ghosts != 1 {
		t.Errorf("%+v", all)
	}
}
