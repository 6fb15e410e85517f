package metrics

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func open(s *stage.Stage, w, h int) *Pane {
	p := New()
	p.Update(pane.Spoken{Lang: words.English})
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	p.Size(w, h)
	return p
}

func drawn(p *Pane) string {
	var g screen.Grid
	g.Resize(p.W, p.H)
	p.View(g.All())
	return ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false))))
}

func TestWhatIsBelowCanBeScrolledTo(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	p := open(s, 80, 6)
	if got := drawn(p); !strings.HasPrefix(got, " atelier_sent_total") || !strings.HasSuffix(got, "↓ ") && !strings.HasSuffix(got, "↓") {
		t.Errorf("%q", got)
	}
	p.Key(tea.KeyPressMsg{Code: tea.KeyDown})
	if got := drawn(p); !strings.Contains(strings.SplitN(got, "\n", 2)[0], `{mode="plain",sending="async"}`) {
		t.Error(got)
	}
	p.Key(tea.KeyPressMsg{Code: tea.KeyEnd})
	if got := drawn(p); !strings.Contains(got, "atelier_audit_reordered") || strings.Contains(got, "↓") {
		t.Error(got)
	}
	p.Update(pane.Scrolled{Rows: -1000})
	if got := drawn(p); !strings.Contains(got, "atelier_sent_total") {
		t.Error(got)
	}
}

func TestItIsCopiedAsPrometheusReadsIt(t *testing.T) {
	s := stage.New()
	s.Heart()
	wish, took := open(s, 80, 6).Key(tea.KeyPressMsg{Code: 'y', Text: "y"})
	text, is := wish.(pane.Copy)
	if !took || !is || !strings.Contains(text.Text, "# TYPE atelier_retries_total counter\natelier_retries_total{mode=\"plain\",sending=\"async\"} 2\n") {
		t.Errorf("%+v", wish)
	}
}

func TestNoSizeIsTooSmall(t *testing.T) {
	s := stage.New()
	s.Heart()
	for w := 1; w < 130; w += 3 {
		for h := 1; h < 16; h++ {
			drawn(open(s, w, h))
		}
	}
}
