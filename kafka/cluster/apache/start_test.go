//go:build unix

package apache_test

import (
	"slices"
	"testing"
	"time"

	"atelier/kafka/cluster/apache"
)

// BenchmarkStart starts and ends a cluster whose jars and class archive are
// there. The bound of its start is 4 s on two cores that have nothing else to
// do.
func BenchmarkStart(b *testing.B) {
	needsKafka(b)
	var starts []time.Duration
	var ending time.Duration
	for range b.N {
		began := time.Now()
		c, err := apache.Start(b.Context(), apache.Options{TempDir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		starts = append(starts, time.Since(began))
		began = time.Now()
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
		ending += time.Since(began)
	}
	b.ReportMetric(float64(slices.Min(starts).Milliseconds()), "quickest-ms")
	b.ReportMetric(float64(slices.Max(starts).Milliseconds()), "slowest-ms")
	b.ReportMetric(float64(ending.Milliseconds())/float64(b.N), "close-ms")
	b.ReportMetric(0, "ns/op")
}
