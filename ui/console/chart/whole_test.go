package chart

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/screen"
)

// A name that does not fit into so few columns is cut; a number never is.
func TestALabelLosesWholeNumbers(t *testing.T) {
	for _, c := range []struct {
		kind       string
		attributes map[string]int64
		w          int
		want       string
	}{
		{"latency", map[string]int64{"latency": 300}, 14, "latency 300 ms"},
		{"latency", map[string]int64{"latency": 300}, 13, "latency"},
		{"latency", map[string]int64{"latency": 300, "jitter": 50}, 21, "latency 300 ms"},
		{"slicer", map[string]int64{"average_size": 100, "delay": 5000}, 18, "slicer 100 B"},
		{"reset_peer", map[string]int64{"timeout": 2000}, 15, "reset_peer"},
	} {
		said := chaos.Toxic{Kind: c.kind, Attributes: c.attributes}.Short(words.English)
		if got := whole(said, c.w); got != c.want {
			t.Errorf("%q in %d columns: %q, want %q", said, c.w, got, c.want)
		}
	}
	for _, kind := range chaos.Kinds() {
		if !kind.IsToxic() {
			continue
		}
		attributes := map[string]int64{}
		for _, a := range kind.Attributes {
			attributes[a.Name] = 1234
		}
		for _, lang := range []words.Lang{words.English, words.French} {
			said := chaos.Toxic{Kind: kind.Name, Attributes: attributes}.Short(lang)
			for w := len(kind.Name); w <= screen.Width(said); w++ {
				got := whole(said, w)
				if screen.Width(got) > w || !strings.HasPrefix(said, got) || got != said && (said[len(got)] != ' ' || strings.ContainsAny(got[len(got)-1:], "0123456789± ")) {
					t.Errorf("%q in %d columns: %q", said, w, got)
				}
			}
		}
	}
}
