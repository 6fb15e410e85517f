//go:build unix

package apache_test

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"atelier/kafka/cluster/apache"
)

// BenchmarkStart starts and ends a cluster whose jars and class archive are
// there. The bound of its start, in the middle of several, is 4 s on two cores
// that have nothing else to do. Four nodes start at once, so what two cores
// take is half of their CPU time, told beside it.
func BenchmarkStart(b *testing.B) {
	needsKafka(b)
	var starts []time.Duration
	var ending time.Duration
	spent := childrenCPU(b)
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
	slices.Sort(starts)
	b.ReportMetric(float64(starts[0].Milliseconds()), "quickest-ms")
	b.ReportMetric(float64(starts[len(starts)/2].Milliseconds()), "median-ms")
	b.ReportMetric(float64(starts[len(starts)-1].Milliseconds()), "slowest-ms")
	b.ReportMetric((childrenCPU(b)-spent).Seconds()/float64(b.N), "cpu-s")
	b.ReportMetric(float64(ending.Milliseconds())/float64(b.N), "close-ms")
	b.ReportMetric(0, "ns/op")
}

// childrenCPU is what the processes that we started, and that have ended, took
// of all cores.
func childrenCPU(b *testing.B) time.Duration {
	var spent syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &spent); err != nil {
		b.Fatal(err)
	}
	return time.Duration(spent.Utime.Nano() + spent.Stime.Nano())
}
