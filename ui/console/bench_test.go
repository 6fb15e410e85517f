package console

import (
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/lesson"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

// BenchmarkUpdateView is a frame at 120×40 under load: the ledger has moved,
// everything on the bench has to be drawn again. Taking the snapshot is the
// ledger's work and not part of it.
func BenchmarkUpdateView(b *testing.B) {
	s := stage.New()
	s.Midway()
	snaps := make([]*ledger.Snapshot, 64)
	for i := range snaps {
		batch := uint32(3 + i)
		s.Play(stage.Message{Batch: batch, Label: "C", Mode: "plain", Partition: 2, Pid: -1, Sent: 1500 + i*20, Reported: 1500 + i*20 + 9, Offset: int64(i), Attempts: []stage.Attempt{
			stage.Try(1500+i*20, 1501+i*20, 1502+i*20, 1509+i*20, -1, int64(i)),
		}})
		snaps[i] = s.Book.Snapshot()
	}
	for name, size := range map[string][2]int{"120x40": {120, 40}, "200x60": {200, 60}} {
		b.Run(name, func(b *testing.B) {
			m := console(b, s, words.French, passes)
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			m.book = &changing{snaps: snaps}
			m.lesson.Update(lesson.LabStarted{At: lesson.Place{Module: 3, Lab: 0}})
			b.ReportAllocs()
			for b.Loop() {
				s.Clock += 33 * time.Millisecond
				if s.Clock > 6*time.Second {
					s.Clock = 2 * time.Second
				}
				m.Update(frame{})
				m.View()
			}
		})
	}
}

// changing is a ledger that has moved each time somebody looks.
type changing struct {
	snaps []*ledger.Snapshot
	n     int
}

func (c *changing) Snapshot() *ledger.Snapshot {
	c.n++
	return c.snaps[c.n%len(c.snaps)]
}

func (c *changing) Changed(uint64) <-chan struct{} { return nil }
