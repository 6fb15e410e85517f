package kafka_test

import (
	"io"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/apache"
	"atelier/kafka/cluster/clustertest"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/kafka/tap"

	"github.com/IBM/sarama"
)

// load is one asynchronous load of the throughput benchmarks.
const load = 200_000

var payload = make([]byte, 100)

// BenchmarkTapAndLedger sends the same load with bare sarama and through the
// tap and the ledger, in turn, to two clusters of the same make (with
// ATELIER_APACHE=1 to one of Apache Kafka), and reports how much of bare
// sarama's throughput is left. The bound is 0.85.
func BenchmarkTapAndLedger(b *testing.B) {
	start := starter(b)
	bare, tapped := newBareLoad(b, start(nil)), newTappedLoad(b, start, nil)
	bare()
	tapped() // both are warm
	var bareTime, tappedTime time.Duration
	b.ResetTimer()
	for range b.N {
		bareTime += bare()
		tappedTime += tapped()
	}
	b.ReportMetric(float64(bareTime)/float64(tappedTime), "ratio")
	b.ReportMetric(float64(load*b.N)/bareTime.Seconds(), "bare-msg/s")
	b.ReportMetric(float64(load*b.N)/tappedTime.Seconds(), "tapped-msg/s")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkListening sends the same load while nobody listens to the ledger, and
// while somebody does, in turn, and reports how much throughput that leaves. The
// bound is 0.85 for a reel, which the console always has, and 0.7 for a recorder.
func BenchmarkListening(b *testing.B) {
	b.Run("reel", func(b *testing.B) {
		listening(b, tape.NewReel(1<<30).Hear) // so large that it keeps all of them
	})
	b.Run("recorder", func(b *testing.B) {
		recorder, err := tape.Create(filepath.Join(b.TempDir(), "r.jsonl"), func(w words.Text) { b.Error(w.En) })
		if err != nil {
			b.Fatal(err)
		}
		listening(b, recorder.Hear)
		if err := recorder.Close(); err != nil {
			b.Error(err)
		}
	})
}

func listening(b *testing.B, hear func(ledger.Event)) {
	start := starter(b)
	quiet := newTappedLoad(b, start, nil)
	heard := newTappedLoad(b, start, func(l *ledger.Ledger) { l.Listen(hear) })
	quiet()
	heard() // both are warm
	var quietTime, heardTime time.Duration
	b.ResetTimer()
	for range b.N {
		quietTime += quiet()
		heardTime += heard()
	}
	b.ReportMetric(float64(quietTime)/float64(heardTime), "ratio")
	b.ReportMetric(float64(load*b.N)/heardTime.Seconds(), "heard-msg/s")
	b.ReportMetric(0, "ns/op")
}

// newBareLoad returns a load by a sarama producer with the settings of plain.
func newBareLoad(b *testing.B, brokers []string) func() time.Duration {
	config := sarama.NewConfig()
	config.Version = sarama.V2_8_0_0
	config.Producer.RequiredAcks = sarama.WaitForLocal
	config.Producer.Retry.Max = 2
	config.Producer.Return.Successes = true
	config.Producer.Partitioner = sarama.NewRoundRobinPartitioner
	config.Net.MaxOpenRequests = kafka.Plain.Settings().InFlight
	p, err := sarama.NewAsyncProducer(brokers, config)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = p.Close() })
	return func() time.Duration {
		start := time.Now()
		var heard sync.WaitGroup
		heard.Go(func() {
			for range load {
				select {
				case <-p.Successes():
				case err := <-p.Errors():
					b.Error(err)
				}
			}
		})
		for n := range load {
			p.Input() <- &sarama.ProducerMessage{
				Topic: topic, Value: sarama.ByteEncoder(payload), Headers: []sarama.RecordHeader{
					{Key: []byte(tap.HeaderEventID), Value: []byte("run123-1-" + strconv.Itoa(n))},
					{Key: []byte(kafka.HeaderMode), Value: []byte("plain")},
					{Key: []byte(kafka.HeaderSending), Value: []byte("async")},
					{Key: []byte(tap.HeaderTimestamp), Value: []byte(kafka.FormatTimestamp(time.Now()))},
				},
			}
		}
		heard.Wait()
		return time.Since(start)
	}
}

// newTappedLoad returns the same load as the bench sends it, on the straight
// road: with the ledger and every tap that there is.
func newTappedLoad(b *testing.B, start start, listen func(*ledger.Ledger)) func() time.Duration {
	w := openWorld(b, start)
	if listen != nil {
		listen(w.ledger)
	}
	batch := uint32(0)
	return func() time.Duration {
		start := time.Now()
		batch++
		w.ledger.Apply(ledger.BatchOpened{Batch: batch, Mode: "plain", Sending: "async", Topic: topic, Count: load})
		w.send(b, kafka.Plain.Settings(), batch, load)
		w.ledger.Apply(ledger.BatchClosed{Batch: batch, Count: load})
		w.quiet(b)
		return time.Since(start)
	}
}

// world is a cluster with producers, a tap and a ledger, without proxies.
type world struct {
	ledger    *ledger.Ledger
	identity  *ledger.Identity
	producers *kafka.Producers
	tap       *tap.Tap
}

func openWorld(tb testing.TB, start start) *world {
	w := &world{ledger: ledger.New(), identity: ledger.NewIdentity("run123")}
	began := time.Now()
	now := func() time.Duration { return time.Since(began) }
	w.tap = tap.New(tap.Options{
		Emit: func(e ledger.Event) { w.ledger.Apply(e) }, Now: now, Resolve: w.identity.Resolve,
	})
	control, err := kafka.Connect(start(w.tap.Broker), direct{}, "control")
	if err != nil {
		tb.Fatal(err)
	}
	w.ledger.Apply(ledger.RunBegan{Run: w.identity.Run()})
	w.producers = kafka.NewProducers(kafka.Options{
		Control: control, Proxied: direct{}, Tap: w.tap, BrokerAt: func(string) int32 { return 1 },
		Emit: w.ledger.Apply, Now: now, Run: w.identity.Run(),
	})
	tb.Cleanup(func() {
		w.producers.Close()
		_ = control.Close()
	})
	return w
}

// send hands over a batch of messages without a key.
func (w *world) send(tb testing.TB, s kafka.Settings, batch uint32, count int) {
	for from := 0; from < count; from += 256 {
		messages := make([]kafka.Message, min(256, count-from))
		for i := range messages {
			ref := ledger.Ref{Batch: batch, N: uint32(from + i)}
			messages[i] = kafka.Message{
				Ref: ref, ID: w.identity.AppendID(nil, ref), Topic: topic, Partition: -1,
				Value: payload, Sending: kafka.Async, Time: time.Now(),
			}
		}
		if _, err := w.producers.Send(tb.Context(), s, messages, false); err != nil {
			tb.Fatal(err)
		}
	}
}

// quiet waits until everything has its report.
func (w *world) quiet(tb testing.TB) {
	for {
		version := w.ledger.Version()
		if w.ledger.Quiet() {
			return
		}
		select {
		case <-w.ledger.Changed(version):
		case <-tb.Context().Done():
			tb.Fatal("never quiet")
		}
	}
}

// topic is what the loads are sent to.
const topic = "performance-test"

// start returns the addresses of a cluster's brokers, to whose connections a
// tap may be put.
type start func(tap func(net.Conn, int32) net.Conn) (addresses []string)

// starter starts a cluster each time, but for Apache Kafka's: of those there is
// one, and there is no tap at its brokers.
func starter(tb testing.TB) start {
	if clustertest.OnApache() {
		c, err := apache.Start(tb.Context(), apache.Options{TempDir: tb.TempDir(), Settings: map[string]string{
			"broker.session.timeout.ms": "30000", // a load takes all that the machine has: a slow broker is not a dead one
		}})
		if err != nil {
			tb.Fatal(err)
		}
		closing(tb, c)
		return func(func(net.Conn, int32) net.Conn) []string { return direct{}.addresses(c.Brokers()) }
	}
	return func(tap func(net.Conn, int32) net.Conn) []string {
		c, err := cluster.Open(cluster.Options{Wrap: tap, TempDir: tb.TempDir()})
		if err != nil {
			tb.Fatal(err)
		}
		closing(tb, c)
		return direct{}.addresses(c.Brokers())
	}
}

func closing(tb testing.TB, c io.Closer) {
	tb.Cleanup(func() {
		if err := c.Close(); err != nil {
			tb.Error(err)
		}
	})
}

// direct dials what it is given: the road past everything.
type direct struct{}

func (direct) addresses(brokers []cluster.Broker) (list []string) {
	for _, b := range brokers {
		list = append(list, b.Direct)
	}
	return list
}

func (direct) Dial(network, address string) (net.Conn, error) { return net.Dial(network, address) }
