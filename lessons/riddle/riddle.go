// Package riddle holds the faults that a console sets without naming them: a
// seed chooses which, and the learner says what it is by its symptoms. Package
// bench hides one and shows it; this package knows which there are and judges
// an answer. It may import chaos and assets.
//
// Only faults are hidden that can be told from the attempts and the log, with a
// probe that is patient and does not retry, and whose sizes lie far enough apart
// to be measured on a busy machine.
package riddle

import (
	"math/rand/v2"

	"atelier/chaos"
)

// Name is what Toxiproxy calls a hidden toxic. It tells nothing; Toxiproxy's own
// API tells the rest to who asks it.
const Name = "hidden"

// MaxSeed is the largest seed that is drawn for who gives none.
const MaxSeed = 9999

// family is one kind in one direction, with the sizes that it comes in.
type family struct {
	kind, stream string
	sizes        []int64 // of its size, in the attribute's unit
}

// A bandwidth on the answers is not among them: they have some sixty bytes, and
// nobody notices.
var families = []family{
	{"latency", chaos.Downstream, []int64{300, 1000, 3000}},
	{"latency", chaos.Upstream, []int64{300, 1000, 3000}},
	{"timeout", chaos.Downstream, []int64{1000, 2000, 4000}},
	{"timeout", chaos.Upstream, []int64{1000, 2000, 4000}},
	{"bandwidth", chaos.Upstream, []int64{1, 2, 5}},
}

// Choose returns the fault of a seed, the same each time, for every broker.
func Choose(seed uint64) chaos.Toxic {
	draw := rand.New(rand.NewPCG(seed, 0x68696464656e))
	f := families[draw.IntN(len(families))]
	return chaos.Toxic{
		Name: Name, Kind: f.kind, Stream: f.stream, Toxicity: 1,
		Attributes: map[string]int64{Size(f.kind): f.sizes[draw.IntN(len(f.sizes))]},
	}
}

// Size names the attribute that is a kind's size; empty for a kind that is never
// hidden.
func Size(kind string) string {
	switch kind {
	case "latency", "timeout":
		return kind
	case "bandwidth":
		return "rate"
	}
	return ""
}
