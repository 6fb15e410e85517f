package chaos

import (
	"math"
	"strings"
	"testing"

	"atelier/assets/words"
)

func TestAttributesAreReadWithAndWithoutUnits(t *testing.T) {
	for _, test := range []struct {
		kind, attribute, text string
		want                  int64
		wrong                 string
	}{
		{"latency", "latency", "5000", 5000, ""},
		{"latency", "latency", "5s", 5000, ""},
		{"latency", "latency", "1.5s", 1500, ""},
		{"latency", "latency", "2m", 120_000, ""},
		{"latency", "jitter", "500ms", 500, ""},
		{"latency", "latency", "500us", 0, "whole number"},
		{"latency", "latency", "2h", 0, "cannot be read"},
		{"latency", "latency", "3601s", 0, "out of range"},
		{"latency", "latency", "-5s", 0, "out of range"},
		{"latency", "latency", "", 0, "cannot be read"},
		{"latency", "latency", "s", 0, "cannot be read"},
		{"latency", "latency", "5 s", 0, "cannot be read"},
		{"latency", "latency", "1e3", 0, "cannot be read"},
		{"latency", "latency", "1/2", 0, "cannot be read"},
		{"latency", "latency", "99999999999999999999", 0, "out of range"},
		{"latency", "latency", strings.Repeat("9", 1000), 0, "cannot be read"},
		{"slicer", "delay", "200us", 200, ""},
		{"slicer", "delay", "200µs", 200, ""},
		{"slicer", "delay", "2ms", 2000, ""},
		{"slicer", "delay", "300", 300, ""},
		{"limit_data", "bytes", "1KB", 1000, ""},
		{"limit_data", "bytes", "1.5MB", 1_500_000, ""},
		{"limit_data", "bytes", "10B", 10, ""},
		{"limit_data", "bytes", "0.5B", 0, "whole number"},
		{"bandwidth", "rate", "1", 1, ""},
		{"bandwidth", "rate", "1KB/s", 1, ""},
		{"bandwidth", "rate", "1KB", 1, ""},
		{"bandwidth", "rate", "2MB/s", 2000, ""},
		{"bandwidth", "rate", "500B/s", 0, "whole number"},
		{"bandwidth", "rate", "0", 0, "out of range"},
		{"bandwidth", "rate", "100/s", 0, "cannot be read"},
		{"reset_peer", "timeout", "1min", 0, "out of range"},
	} {
		kind, _ := KindOf(test.kind)
		a, ok := kind.Attribute(test.attribute)
		if !ok {
			t.Fatalf("no %s %s", test.kind, test.attribute)
		}
		got, err := a.Parse(test.text)
		switch {
		case test.wrong == "" && (err != nil || got != test.want):
			t.Errorf("%s=%s: %d, %v, want %d", test.attribute, test.text, got, err, test.want)
		case test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)):
			t.Errorf("%s=%s: %v, want an error with %q", test.attribute, test.text, err, test.wrong)
		case err != nil && words.Tell(words.French, err) == err.Error():
			t.Errorf("%s=%s: the error has no French: %v", test.attribute, test.text, err)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, test := range []struct {
		kind, stream string
		toxicity     float32
		attributes   map[string]int64
		wrong        string
	}{
		{"latency", "", 1, numbers("latency", 5000), ""},
		{"latency", Upstream, .5, numbers("latency", 5000, "jitter", 10), ""},
		{"latency", "sideways", 1, numbers("latency", 5000), "stream"},
		{"latency", "", 0, numbers("latency", 5000), "toxicity"},
		{"latency", "", 1.1, numbers("latency", 5000), "toxicity"},
		{"latency", "", float32(math.NaN()), numbers("latency", 5000), "toxicity"},
		{"latency", "", 1, nil, "needs latency, for example latency=5s"},
		{"latency", "", 1, numbers("latency", 1, "rate", 1), `no attribute "rate": it has latency, jitter`},
		{"latency", "", 1, numbers("latency", 1, "jitter", math.MaxInt), "out of range"},
		{"timeout", "", 1, numbers("timeout", 0), ""},
		{"timeout", "", 1, nil, "needs timeout"},
		{"bandwidth", "", 1, numbers("rate", -1), "out of range"},
		{"slow_close", "", 1, numbers("delay", 1), ""},
		{"reset_peer", "", 1, nil, ""},
		{"slicer", "", 1, numbers("average_size", 10), ""},
		{"slicer", "", 1, numbers("average_size", 0), "out of range"},
		{"slicer", "", 1, numbers("average_size", 10, "size_variation", 10), "less than"},
		{"limit_data", "", 1, numbers("bytes", 0), ""},
		{"down", "", 1, nil, "proxy down"},
	} {
		kind, ok := KindOf(test.kind)
		if !ok {
			t.Fatalf("no kind %q", test.kind)
		}
		err := kind.Validate(test.stream, test.toxicity, test.attributes)
		if (err == nil) != (test.wrong == "") || (err != nil && !strings.Contains(err.Error(), test.wrong)) {
			t.Errorf("%s %q %v %v: %v, want %q", test.kind, test.stream, test.toxicity, test.attributes, err, test.wrong)
		}
	}
}

func TestDescribe(t *testing.T) {
	for _, test := range []struct {
		toxic  Toxic
		en, fr string
	}{
		{
			Toxic{On: Broker(2), Kind: "latency", Stream: Downstream, Toxicity: 1, Attributes: numbers("latency", 5000, "jitter", 500)},
			"latency 5 s ± 500 ms on the answers (downstream), broker 2",
			"latency 5 s ± 500 ms sur les réponses (downstream), broker 2",
		},
		{
			Toxic{Kind: "bandwidth", Stream: Upstream, Toxicity: .5, Attributes: numbers("rate", 1)},
			"bandwidth 1 KB/s on the requests (upstream), 50% of the connections, every broker",
			"bandwidth 1 Ko/s sur les requêtes (upstream), 50 % des connexions, tous les brokers",
		},
		{
			Toxic{On: Broker(1), Kind: "timeout", Stream: Downstream, Toxicity: 1, Attributes: numbers("timeout", 0)},
			"timeout 0, for ever on the answers (downstream), broker 1",
			"timeout 0, sans fin sur les réponses (downstream), broker 1",
		},
		{
			Toxic{On: Broker(1), Kind: "slicer", Stream: Downstream, Toxicity: 1, Attributes: numbers("average_size", 1500, "delay", 200)},
			"slicer 1.5 KB every 200 µs on the answers (downstream), broker 1",
			"slicer 1,5 Ko toutes les 200 µs sur les réponses (downstream), broker 1",
		},
		{Toxic{On: Broker(NoBroker), Kind: "noop", Stream: Downstream, Toxicity: 1}, "noop on the answers (downstream)", "noop sur les réponses (downstream)"},
	} {
		if got := test.toxic.Describe(words.English); got != test.en {
			t.Errorf("got  %q\nwant %q", got, test.en)
		}
		if got := test.toxic.Describe(words.French); got != test.fr {
			t.Errorf("got  %q\nwant %q", got, test.fr)
		}
	}
}

func TestEveryKindSaysItselfInBothLanguages(t *testing.T) {
	for _, k := range Kinds() {
		if k.Says.En == "" || k.Says.Fr == "" || k.Says.En == k.Says.Fr {
			t.Errorf("%s says %+v", k.Name, k.Says)
		}
		attributes := make(map[string]int64)
		for _, a := range k.Attributes {
			attributes[a.Name] = a.Default
			if a.Says.En == "" || a.Says.Fr == "" {
				t.Errorf("%s %s says %+v", k.Name, a.Name, a.Says)
			}
		}
		if k.IsToxic() {
			if err := k.Validate("", 1, attributes); err != nil {
				t.Errorf("%s refuses its own defaults: %v", k.Name, err)
			}
		}
		if (Toxic{Kind: k.Name, Attributes: attributes}).Short(words.French) == "" {
			t.Errorf("%s has no short form", k.Name)
		}
	}
}

func FuzzAttribute(f *testing.F) {
	for _, seed := range []string{
		"5000", "5s", "500ms", "1KB", "1KB/s", "200us", "200µs", "1.5MB", "-1", "", ".", "-", "1.", ".5", "-.5s",
		"0", "00", "1e9", "0x10", "1_000", "NaN", "5 s", "١s", "9223372036854775807", "9223372036854775808", "1/3", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, k := range Kinds() {
			for _, a := range k.Attributes {
				value, err := a.Parse(text)
				if err != nil {
					continue
				}
				if value < a.Min || value > a.Max {
					t.Fatalf("%s %s=%q is %d, out of range", k.Name, a.Name, text, value)
				}
				if again, err := a.Parse(a.Format(value)); err != nil || again != value {
					t.Fatalf("%s %s=%q is %d, written %q, read again as %d, %v", k.Name, a.Name, text, value, a.Format(value), again, err)
				}
			}
		}
	})
}
