package latency

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/ansi"
)

// drawn is what a pane of a size shows.
func drawn(s *stage.Stage, w, h int, ascii bool) string {
	p := New()
	p.Update(pane.Spoken{Lang: words.English})
	p.Update(pane.Seen{Snap: s.Book.Snapshot(), Now: s.Clock})
	p.Size(w, h)
	var g screen.Grid
	g.Resize(w, h)
	p.View(g.All())
	return ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, ascii))))
}

// load acks many messages at once, some ms apart.
func load(s *stage.Stage, count uint32, took func(n uint32) time.Duration) {
	s.Book.Apply(
		ledger.BatchOpened{Batch: 1, Label: "A", Mode: "plain", Sending: "async", Topic: "test-topic", Count: count},
		ledger.Sent{Batch: 1, Count: count})
	for n := range count {
		s.Book.Apply(ledger.Reported{At: stage.At(100 + int(n)), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1, N: n}, Latency: took(n)}}})
	}
}

func TestAFewAcksAreMarksWhereTheyWereHandedOver(t *testing.T) {
	s := stage.New()
	s.Heart()
	got := strings.Split(drawn(s, 100, 20, false), "\n")
	for y, line := range got {
		if strings.Contains(line, "●") {
			if y < 3 || y > 6 || []rune(line)[18] != '●' {
				t.Errorf("two to three seconds, handed over at 0.1 s, stand in row %d:\n%s", y, strings.Join(got, "\n"))
			}
			return
		}
	}
	t.Error(strings.Join(got, "\n"))
}

func TestManyAcksAreDots(t *testing.T) {
	s := stage.New()
	load(s, 2000, func(n uint32) time.Duration { return time.Duration(1+n%50) * time.Millisecond })
	got := drawn(s, 100, 20, false)
	if strings.Contains(got, "●") || strings.Count(got, "⠀") > 0 {
		t.Error(got)
	}
	ascii := drawn(s, 100, 20, true)
	for _, r := range ascii {
		if r > '~' {
			t.Fatalf("%q is not ASCII", r)
		}
	}
	if !strings.Contains(ascii, ":") || !strings.Contains(ascii, ".") {
		t.Error(ascii)
	}
}

func TestTheScaleReachesWhatLiesBeyond(t *testing.T) {
	for _, c := range []struct {
		took      time.Duration
		want, not string
	}{
		{20 * time.Millisecond, "10 s┤", "100 s"},
		{300 * time.Microsecond, "0.1 ms┤", "100 s"},
		{40 * time.Second, "100 s┤", "0.1 ms"},
	} {
		s := stage.New()
		load(s, 3, func(uint32) time.Duration { return c.took })
		got := drawn(s, 90, 24, false)
		if !strings.Contains(got, c.want) {
			t.Errorf("%v: no %q in\n%s", c.took, c.want, got)
		}
		if strings.Contains(got, c.not) {
			t.Errorf("%v: %q in\n%s", c.took, c.not, got)
		}
	}
}

func TestASilenceBeginsANewWindow(t *testing.T) {
	s := stage.New()
	s.Play(stage.Message{Batch: 1, Mode: "plain", Sent: 100, Reported: 120})
	s.Play(stage.Message{Batch: 2, Mode: "plain", Sent: 60_000, Reported: 60_040})
	if got := drawn(s, 100, 20, false); strings.Count(got, "●") != 1 {
		t.Error(got)
	}
}

func TestTheDrawingInOneSentence(t *testing.T) {
	s := stage.New()
	for _, c := range []struct {
		play   func()
		en, fr string
	}{
		{func() {}, "Nothing acked yet.", "Rien n’est encore acquitté."},
		{func() { s.Play(stage.Message{Batch: 1, Mode: "plain", Sent: 100, Reported: 107}) }, "1 acked in 7 ms.", "1 acquitté en 7 ms."},
		{
			func() {
				s.Play(stage.Message{Batch: 2, Mode: "plain", Sent: 200, Reported: 2600})
				s.Play(stage.Message{Batch: 3, Mode: "plain", Sent: 300, Reported: -1})
			},
			"2 acked: 7 ms to 2.4 s, half within 7 ms, 99 % within 2.4 s, 1 in flight.",
			"2 acquittés : de 7 ms à 2,4 s, la moitié en 7 ms, 99 % en 2,4 s, 1 en vol.",
		},
	} {
		c.play()
		snap := s.Book.Snapshot()
		for lang, want := range map[words.Lang]string{words.English: c.en, words.French: c.fr} {
			if got := strings.ReplaceAll(Says(snap, lang, 200), "\u00a0", " "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

func TestNoSizeIsTooSmall(t *testing.T) {
	s := stage.New()
	s.Heart()
	load(s, 500, func(n uint32) time.Duration { return time.Duration(n) * time.Millisecond })
	for w := 1; w < 130; w += 3 {
		for h := 1; h < 40; h++ {
			drawn(s, w, h, false)
		}
	}
}

func TestEachDecadeStandsAtItsPlace(t *testing.T) {
	for rows := 2; rows <= 24; rows++ {
		for _, took := range []time.Duration{2500 * time.Millisecond, 30 * time.Millisecond, time.Millisecond, 90 * time.Second, 200 * time.Microsecond} {
			s := stage.New()
			load(s, 1, func(uint32) time.Duration { return took })
			p := newPlot()
			p.scale(s.Book.Snapshot().Acks, rows)
			perDecade := float64(rows-1) / (p.high - p.low)
			for decade := p.low; decade <= p.high; decade++ {
				exact := (p.high - decade) * perDecade
				if y := p.dot(float64(reach(decade))/1e6, rows); float64(y) < exact-0.51 || float64(y) > exact+0.51 {
					t.Errorf("%d rows: 10^%v ms stands in row %d, its place is %v", rows, decade, y, exact)
				}
			}
			if p.low > p.high-1 || took > reach(p.high) || took < reach(p.low) {
				t.Errorf("%d rows: %v lies beyond 10^%v to 10^%v ms", rows, took, p.low, p.high)
			}
		}
	}
}

func TestALowScaleIsThatOfItsPoints(t *testing.T) {
	s := stage.New()
	s.Heart() // 2.5 and 3 s
	got := strings.Split(drawn(s, 100, 6, false), "\n")
	for _, line := range got {
		if strings.Contains(line, "10 s┤") && strings.Contains(line, "●") || strings.Contains(line, "ms┤") {
			t.Error(strings.Join(got, "\n"))
		}
	}
}
