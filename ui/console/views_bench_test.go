package console

import (
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"
)

// BenchmarkViews is a frame of each view by itself, after a load: all that the
// ledger keeps is there, and it has moved since the frame before.
func BenchmarkViews(b *testing.B) {
	s := stage.New()
	troubled(s)
	var snaps []*ledger.Snapshot
	for i := range 32 {
		s.Play(stage.Message{Batch: uint32(10 + i), Label: "C", Mode: "plain", Partition: 2, Pid: -1, Sent: 5800 + i*20, Reported: 5800 + i*20 + 9, Offset: int64(i), Attempts: []stage.Attempt{
			stage.Try(5800+i*20, 5801+i*20, 5802+i*20, 5809+i*20, -1, int64(i)),
		}})
		snaps = append(snaps, s.Book.Snapshot())
	}
	t := views()
	for i := range t {
		for name, size := range map[string][2]int{"72x12": {72, 12}, "zoomed": {118, 36}} {
			b.Run(t[i].name+"/"+name, func(b *testing.B) {
				p := t[i].pane()
				p.Update(pane.Spoken{Lang: words.French})
				p.Update(pane.Focused{On: true})
				p.Size(size[0], size[1])
				var g screen.Grid
				g.Resize(size[0], size[1])
				n := 0
				b.ReportAllocs()
				for b.Loop() {
					n++
					p.Update(pane.Seen{Snap: snaps[n%32], Now: 6 * time.Second, Live: true})
					p.View(g.All())
				}
			})
		}
	}
}
