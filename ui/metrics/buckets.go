package metrics

import (
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// buckets is how long acks took, by mode and sending, so that it can be added up
// over several runs, or several ateliers.
func buckets(s *ledger.Snapshot) Family {
	f := Family{Name: ackedDuration, Kind: Histogram, Help: words.Text{
		En: "From hand-over to acknowledgement, by mode and sending.", Fr: "De la remise à l’acquittement, par mode et envoi.",
	}}
	for i := range s.Ways {
		w := &s.Ways[i]
		f.Samples = append(f.Samples, Buckets(wayLabels(w), w.Latencies.Bounds(), w.Latencies.Counts[:], w.Latencies.Waited.Seconds())...)
	}
	return f
}

// Buckets are the samples of one histogram: counts by class, each without those
// below, and one more class than there are bounds.
func Buckets(labels []Label, bounds []time.Duration, counts []int64, sum float64) []Sample {
	labels = labels[:len(labels):len(labels)]
	list := make([]Sample, 0, len(counts)+2)
	total := int64(0)
	for i, n := range counts {
		total += n
		end := "+Inf"
		if i < len(bounds) {
			end = strconv.FormatFloat(bounds[i].Seconds(), 'f', -1, 64)
		}
		list = append(list, Sample{Suffix: "_bucket", Labels: append(labels, Label{"le", end}), Value: float64(total)})
	}
	return append(list, Sample{Suffix: "_sum", Labels: labels, Value: sum}, Sample{Suffix: "_count", Labels: labels, Value: float64(total)})
}
