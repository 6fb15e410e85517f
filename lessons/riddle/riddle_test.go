package riddle_test

import (
	"maps"
	"strings"
	"testing"

	"atelier/chaos"
	"atelier/lessons/riddle"
)

// A seed chooses one fault, the same each time; many seeds choose every family
// and every size, and all of them are toxics that Toxiproxy takes.
func TestSeedsChoose(t *testing.T) {
	found := map[string]int{}
	for seed := range uint64(riddle.MaxSeed + 1) {
		f := riddle.Choose(seed)
		if again := riddle.Choose(seed); f.Kind != again.Kind || f.Stream != again.Stream || !maps.Equal(f.Attributes, again.Attributes) {
			t.Fatalf("seed %d: %+v, then %+v", seed, f, again)
		}
		kind, ok := chaos.KindOf(f.Kind)
		if !ok {
			t.Fatalf("seed %d: %+v", seed, f)
		}
		if err := kind.Validate(f.Stream, f.Toxicity, f.Attributes); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		found[f.Describe("en")]++
	}
	if len(found) != 15 {
		t.Errorf("%d faults: %v", len(found), found)
	}
	for name, n := range found {
		if n < riddle.MaxSeed/30 {
			t.Errorf("%s is chosen %d times of %d", name, n, riddle.MaxSeed)
		}
	}
}

func latency(stream string, ms int64) chaos.Toxic {
	return chaos.Toxic{Kind: "latency", Stream: stream, Attributes: map[string]int64{"latency": ms}}
}

func TestAnswersAreJudged(t *testing.T) {
	fault := latency(chaos.Upstream, 1000)
	for _, c := range []struct {
		answer chaos.Toxic
		want   riddle.Judgement
	}{
		{fault, riddle.Judgement{Kind: true, Stream: true, Size: true}},
		{latency(chaos.Upstream, 1400), riddle.Judgement{Kind: true, Stream: true, Size: true}},
		{latency(chaos.Upstream, 700), riddle.Judgement{Kind: true, Stream: true, Size: true}},
		{latency(chaos.Upstream, 1600), riddle.Judgement{Kind: true, Stream: true}},
		{latency(chaos.Upstream, 600), riddle.Judgement{Kind: true, Stream: true}},
		{latency(chaos.Downstream, 1000), riddle.Judgement{Kind: true, Size: true}},
		{chaos.Toxic{Kind: "timeout", Stream: chaos.Upstream, Attributes: map[string]int64{"timeout": 1000}}, riddle.Judgement{Stream: true}},
		{chaos.Toxic{Kind: "slicer", Stream: chaos.Downstream}, riddle.Judgement{}},
	} {
		if got := riddle.Judge(fault, c.answer); got != c.want {
			t.Errorf("%+v: got %+v, want %+v", c.answer, got, c.want)
		}
	}
}

// Of a fault that is still hidden, an explanation names neither kind nor
// direction nor size.
func TestAWrongAnswerGivesNothingAway(t *testing.T) {
	for seed := range uint64(200) {
		fault := riddle.Choose(seed)
		for _, j := range []riddle.Judgement{{}, {Stream: true}, {Kind: true}, {Kind: true, Stream: true}, {Kind: true, Size: true}} {
			text := j.Explain(fault)
			for _, told := range []string{text.En, text.Fr} {
				for _, word := range []string{fault.Kind, fault.Stream, fault.Short("en"), fault.Short("fr")} {
					if strings.Contains(told, word) {
						t.Errorf("%+v of %s: %q tells %q", j, fault.Describe("en"), told, word)
					}
				}
			}
		}
		if told := (riddle.Judgement{Kind: true, Stream: true, Size: true}).Explain(fault); !strings.Contains(told.En, fault.Describe("en")) || !strings.Contains(told.Fr, fault.Describe("fr")) {
			t.Errorf("%q does not say what it was", told)
		}
	}
}
