package cluster_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"
)

// BenchmarkAttach attaches to a cluster that has some ten topics, then to the
// same one when it has a thousand more, and reports the median times and their
// ratio. The bound is 1: nobody asks for topics that nobody uses.
func BenchmarkAttach(b *testing.B) {
	if b.N == 1 {
		return // Go's trial run: it would leave its topics on a cluster that is shared
	}
	c := clustertest.Start(b, clustertest.Open)
	median := func() time.Duration {
		times := make([]time.Duration, b.N)
		for i := range times {
			began := time.Now()
			e, err := cluster.Attach(b.Context(), cluster.AttachOptions{
				Addresses: c.Addresses(), Front: func(context.Context, int32, string) error { return nil },
			})
			if err != nil {
				b.Fatal(err)
			}
			times[i] = time.Since(began)
			_ = e.Close()
		}
		slices.Sort(times)
		return times[len(times)/2]
	}
	median() // the brokers are warm
	few := median()
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("%s-%d", clustertest.Name("others-"), i)
	}
	c.CreateTopics(b, names...)
	many := median()
	b.ReportMetric(float64(few.Microseconds())/1000, "ten-topics-ms")
	b.ReportMetric(float64(many.Microseconds())/1000, "thousand-topics-ms")
	b.ReportMetric(float64(many)/float64(few), "ratio")
	b.ReportMetric(0, "ns/op")
}
