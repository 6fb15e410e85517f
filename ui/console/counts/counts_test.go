package counts

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/ansi"
)

// A label says more than the sum of all.
func TestWhereRowsAreShortTheSumGoesFirst(t *testing.T) {
	s := stage.New()
	s.Heart()
	for rows, want := range map[int][]string{2: {"total"}, 3: {"A plain", "B idempotent"}, 4: {"A plain", "B idempotent", "total"}} {
		p := New()
		p.Update(pane.Spoken{Lang: words.English})
		p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
		p.Size(70, rows)
		var g screen.Grid
		g.Resize(p.W, p.H)
		p.View(g.All())
		lines := strings.Split(strings.TrimRight(ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false)))), "\n"), "\n")[1:]
		for i, l := range lines {
			if i >= len(want) || !strings.HasPrefix(strings.TrimSpace(l), want[i]) {
				t.Errorf("%d rows: %q", rows, lines)
			}
		}
	}
}
