package bench_test

import (
	"net"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

// load is one asynchronous load of the throughput benchmark.
const load = 200_000

// BenchmarkProxied sends the same load through proxies, taps and ledger, and
// directly without any of them, in turn, and reports how much of the direct
// throughput is left. The bound is 0.75.
func BenchmarkProxied(b *testing.B) {
	proxied, direct := proxiedLoad(b), directLoad(b)
	proxied()
	direct() // both are warm
	var proxiedTime, directTime time.Duration
	b.ResetTimer()
	for range b.N {
		directTime += direct()
		proxiedTime += proxied()
	}
	b.ReportMetric(float64(directTime)/float64(proxiedTime), "ratio")
	b.ReportMetric(float64(load*b.N)/directTime.Seconds(), "direct-msg/s")
	b.ReportMetric(float64(load*b.N)/proxiedTime.Seconds(), "proxied-msg/s")
	b.ReportMetric(0, "ns/op")
}

func proxiedLoad(b *testing.B) func() time.Duration {
	bb := open(b)
	return func() time.Duration {
		start := time.Now()
		many := batch(load, kafka.Plain, kafka.Async, "A")
		many.Size = 100
		if err := bb.Send(b.Context(), many); err != nil {
			b.Fatal(err)
		}
		wait(b, bb.Ledger())
		return time.Since(start)
	}
}

// directLoad sends with the same producers, but nobody listens: no proxy, no
// tap, and a ledger that only counts reports.
func directLoad(b *testing.B) func() time.Duration {
	c, err := cluster.Open(cluster.Options{TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	var addresses []string
	for _, broker := range c.Brokers() {
		addresses = append(addresses, broker.Direct)
	}
	control, err := kafka.Connect(addresses, straight{}, "control")
	if err != nil {
		b.Fatal(err)
	}
	l, began := ledger.New(), time.Now()
	producers := kafka.NewProducers(kafka.Options{
		Control: control, Proxied: straight{}, BrokerAt: func(string) int32 { return 1 },
		Emit: l.Apply, Now: func() time.Duration { return time.Since(began) }, Run: "direct",
	})
	b.Cleanup(func() {
		producers.Close()
		_ = control.Close()
		_ = c.Close()
	})
	number := uint32(0)
	return func() time.Duration {
		start := time.Now()
		number++
		l.Apply(ledger.BatchOpened{Batch: number, Count: load})
		value := make([]byte, 100)
		identity := ledger.NewIdentity("direct")
		for from := uint32(0); from < load; from += 256 {
			messages := make([]kafka.Message, min(256, load-from))
			for i := range messages {
				ref := ledger.Ref{Batch: number, N: from + uint32(i)}
				messages[i] = kafka.Message{
					Ref: ref, ID: identity.AppendID(nil, ref), Topic: "test-topic", Partition: -1,
					Value: value, Sending: kafka.Async, Time: time.Now(),
				}
			}
			if _, err := producers.Send(b.Context(), kafka.Plain.Settings(), messages, false); err != nil {
				b.Fatal(err)
			}
		}
		l.Apply(ledger.BatchClosed{Batch: number, Count: load})
		wait(b, l)
		return time.Since(start)
	}
}

func wait(b testing.TB, l *ledger.Ledger) {
	for {
		version := l.Version()
		if l.Quiet() {
			return
		}
		select {
		case <-l.Changed(version):
		case <-b.Context().Done():
			b.Fatal("never quiet")
		}
	}
}

type straight struct{}

func (straight) Dial(network, address string) (net.Conn, error) { return net.Dial(network, address) }

// BenchmarkOpen opens and closes a bench on which nothing happens. The bound
// of opening is 50 ms.
func BenchmarkOpen(b *testing.B) {
	var opening, closing time.Duration
	for range b.N {
		start := time.Now()
		bb, err := bench.Open(b.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		opening += time.Since(start)
		start = time.Now()
		if err := bb.Close(); err != nil {
			b.Fatal(err)
		}
		closing += time.Since(start)
	}
	b.ReportMetric(float64(opening.Milliseconds())/float64(b.N), "open-ms")
	b.ReportMetric(float64(closing.Milliseconds())/float64(b.N), "close-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkCloseUnder closes a bench with 150 messages in flight under each
// toxic. The bound is 1 s.
func BenchmarkCloseUnder(b *testing.B) {
	for _, kind := range chaos.Kinds() {
		for _, stream := range kind.Streams {
			b.Run(kind.Name+" "+stream, func(b *testing.B) {
				var closing, slowest time.Duration
				for range b.N {
					d := closeUnder(b, kind, stream)
					closing += d
					slowest = max(slowest, d)
				}
				b.ReportMetric(float64(closing.Milliseconds())/float64(b.N), "close-ms")
				b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

func closeUnder(b *testing.B, kind chaos.Kind, stream string) time.Duration {
	bb, err := bench.Open(b.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	attributes := map[string]int64{}
	for _, a := range kind.Attributes {
		attributes[a.Name] = worst(a)
	}
	if err := bb.AddToxic(b.Context(), chaos.Toxic{Kind: kind.Name, Stream: stream, Attributes: attributes}); err != nil {
		b.Fatal(err)
	}
	for _, mode := range kafka.Modes() {
		if err := bb.Send(b.Context(), batch(50, mode, kafka.Async, string(mode))); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	_ = bb.Close() // a reset_peer can't be hurried, and says so
	return time.Since(start)
}

// BenchmarkCloseUnderLoad closes a bench under a black hole in both directions
// while tens of thousands of messages are in flight. The bound is 1 s.
func BenchmarkCloseUnderLoad(b *testing.B) {
	var closing, slowest time.Duration
	for range b.N {
		bb := loaded(b)
		start := time.Now()
		if err := bb.Close(); err != nil {
			b.Fatal(err)
		}
		d := time.Since(start)
		closing += d
		slowest = max(slowest, d)
	}
	b.ReportMetric(float64(closing.Milliseconds())/float64(b.N), "close-ms")
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
	b.ReportMetric(0, "ns/op")
}
