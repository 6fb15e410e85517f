package journal

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/ansi"
)

// Where not every partition has a row, the duplicate's stays, and what is left
// out is counted.
func TestADuplicateStaysInASmallLog(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	for rows, more := range map[int]string{1: "… +1 partition", 2: ""} {
		j := New()
		j.Update(pane.Spoken{Lang: words.English})
		j.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
		snap := *s.Book.Snapshot()
		snap.Tails = append([]ledger.Tail{{Partition: ledger.Partition{Topic: "test-topic"}}}, snap.Tails...)
		var g screen.Grid
		g.Resize(80, rows)
		j.strips(g.All(), &snap)
		got := strings.ReplaceAll(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\u00a0", " ")
		if !strings.Contains(got, "3/3") || !strings.Contains(got, more) || more == "" && strings.Contains(got, "…") {
			t.Errorf("%d rows show\n%s", rows, got)
		}
	}
}
