package metrics

import (
	"regexp"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/stage"

	"github.com/charmbracelet/x/exp/golden"
)

func TestWhatARunSays(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	s.Toxic(4000, -1)
	for name, families := range map[string][]Family{"scraped": Of(s.Book.Snapshot()), "on screen": OnScreen(s.Book.Snapshot())} {
		t.Run(name, func(t *testing.T) { golden.RequireEqual(t, Append(nil, families, words.English)) })
	}
}

func TestNothingIsSaidThatNobodyMeasured(t *testing.T) {
	nothing := stage.New().Book.Snapshot()
	got := string(Append(Append(nil, OnScreen(nothing), words.French), Of(nothing), words.French))
	if strings.Contains(got, "duration") || strings.Contains(got, "audit") || strings.Contains(got, "NaN") || !strings.Contains(got, `atelier_broker_up{broker="1"} 1`) {
		t.Error(got)
	}
}

// Names keep Prometheus' conventions, and no series is told twice.
func TestNamesAndSeries(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	toxic := ledger.Toxic{Broker: 1, Name: "a", Kind: "latency", Stream: "upstream"}
	s.Book.Apply(ledger.ToxicAdded{Toxic: toxic})
	toxic.Foreign = true
	s.Book.Apply(ledger.ToxicAdded{Toxic: toxic})
	name := regexp.MustCompile(`^atelier_[a-z][a-z_]*[a-z]$`)
	told := map[string]bool{}
	for _, f := range Of(s.Book.Snapshot()) {
		if !name.MatchString(f.Name) || (f.Kind == Counter) != strings.HasSuffix(f.Name, "_total") || f.Help.En == "" || f.Help.Fr == "" {
			t.Errorf("%+v", f)
		}
		for _, one := range f.Samples {
			series := f.Name + one.Suffix + one.Braced()
			if told[series] {
				t.Errorf("%s is told twice", series)
			}
			told[series] = true
		}
	}
	if !strings.Contains(string(Append(nil, Of(s.Book.Snapshot()), words.English)), `atelier_toxics{broker="1",type="latency",stream="upstream"} 2`) {
		t.Error("two toxics of one kind are two")
	}
}

func TestNoValueBreaksALine(t *testing.T) {
	for _, hostile := range stage.Hostile() {
		s := stage.New()
		s.Book.Apply(ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: hostile, Kind: hostile + `"\` + "\n", Stream: hostile}})
		families := Of(s.Book.Snapshot())
		lines := 0
		for _, f := range families {
			lines += 2 + len(f.Samples)
		}
		if got := strings.Count(string(Append(nil, families, words.English)), "\n"); got != lines {
			t.Errorf("%.40q: %d lines, want %d", hostile, got, lines)
		}
	}
}
