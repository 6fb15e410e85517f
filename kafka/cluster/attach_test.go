package cluster_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"

	"github.com/twmb/franz-go/pkg/kgo"
)

// BenchmarkAttach attaches to a cluster that has some ten topics, then to the
// same one when it has a thousand more, and reports the median times and their
// ratio. The bound is 1: nobody asks for topics that nobody uses. On Apache
// Kafka brokers that keep a thousand logs are slower at anything; so beside each
// attaching stands a bare one, which connects to one broker and asks for no more
// than its name, and the ratio is of the times in bare ones.
func BenchmarkAttach(b *testing.B) {
	if b.N == 1 {
		return // Go's trial run: it would leave its topics on a cluster that is shared
	}
	c := clustertest.Start(b, clustertest.Open)
	attach := func() {
		e, err := cluster.Attach(b.Context(), cluster.AttachOptions{
			Addresses: c.Addresses(), Front: func(context.Context, int32, string) error { return nil },
		})
		if err != nil {
			b.Fatal(err)
		}
		_ = e.Close()
	}
	bare := func() {
		client, err := kgo.NewClient(kgo.SeedBrokers(c.Addresses()[0]), kgo.DisableClientMetrics())
		if err != nil {
			b.Fatal(err)
		}
		defer client.Close()
		if err := client.Ping(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	measure := func() (attaching, baring time.Duration) {
		times := [2][]time.Duration{}
		for range b.N {
			for i, act := range []func(){attach, bare} {
				began := time.Now()
				act()
				times[i] = append(times[i], time.Since(began))
			}
		}
		for i := range times {
			slices.Sort(times[i])
		}
		return times[0][b.N/2], times[1][b.N/2]
	}
	measure() // the brokers are warm
	few, fewBare := measure()
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("%s-%d", clustertest.Name("others-"), i)
	}
	c.CreateTopics(b, names...)
	measure() // they have laid out a thousand logs
	many, manyBare := measure()
	b.ReportMetric(float64(few.Microseconds())/1000, "ten-topics-ms")
	b.ReportMetric(float64(many.Microseconds())/1000, "thousand-topics-ms")
	b.ReportMetric(float64(many)/float64(manyBare)/(float64(few)/float64(fewBare)), "ratio")
	b.ReportMetric(float64(manyBare)/float64(fewBare), "bare-ratio")
	b.ReportMetric(0, "ns/op")
}
