package kafka

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/IBM/sarama"
	"github.com/rcrowley/go-metrics"
)

func init() {
	// Sarama keeps go-metrics histograms of its own for each request; nobody
	// reads them here, and they cost 15 % of its CPU.
	metrics.UseNilMetrics = true
}

// protocol is the Kafka version whose requests the client speaks: Produce v9.
// Apache Kafka 2.8 and everything newer understands them.
var protocol = sarama.V2_8_0_0

// Dialer opens connections to brokers. A dialer that comes from outside this
// room decides by which road an address is reached.
type Dialer interface {
	Dial(network, address string) (net.Conn, error)
}

// controlConfig is the configuration of everything but Produce requests:
// metadata, producer ids. It takes the straight road and is quick to give up.
func controlConfig(clientID string, straight Dialer) *sarama.Config {
	c := sarama.NewConfig()
	c.Version = protocol
	c.ClientID = clientID
	c.Net.Proxy.Enable, c.Net.Proxy.Dialer = true, straight
	c.Net.DialTimeout, c.Net.ReadTimeout, c.Net.WriteTimeout = time.Second, time.Second, time.Second
	c.Metadata.Full = false
	c.Metadata.AllowAutoTopicCreation = false
	c.Metadata.Timeout = time.Second
	c.Metadata.Retry.Max = 2
	c.Metadata.Retry.Backoff = 50 * time.Millisecond
	c.Metadata.RefreshFrequency = 0 // refreshed when an error asks for it
	return c
}

// produceConfig is the configuration of a producer with some settings. Client
// id and dialer differ from connection to connection; see roads.
func (s Settings) produceConfig(backoff func(time.Duration)) *sarama.Config {
	c := controlConfig("", nil)
	c.ApiVersionsRequest = false // a handshake through a toxic would be an attempt that nobody ordered
	c.Net.WriteTimeout = s.Request
	// lesson: config
	c.Net.ReadTimeout = s.Request
	c.Net.MaxOpenRequests = s.InFlight
	p := &c.Producer
	p.RequiredAcks = sarama.RequiredAcks(s.Acks)
	p.Idempotent = s.Mode == Idempotent
	p.Timeout = s.Request
	p.Retry.Max = s.Retries
	p.Flush.Frequency = s.Linger
	p.Return.Successes = true
	p.Return.Errors = true
	// end
	// Sarama sleeps what the function returns; waiting inside it instead can
	// be cut short when the producer closes.
	p.Retry.BackoffFunc = func(int, int) time.Duration { backoff(s.Backoff); return 0 }
	p.Retry.Backoff = 0
	p.Compression = map[Compression]sarama.CompressionCodec{
		"none": sarama.CompressionNone, "gzip": sarama.CompressionGZIP, "snappy": sarama.CompressionSnappy,
		"lz4": sarama.CompressionLZ4, "zstd": sarama.CompressionZSTD,
	}[s.Compression]
	p.MaxMessageBytes = MaxMessageBytes + overhead
	p.Transaction.Retry.Max, p.Transaction.Retry.Backoff = 3, 50*time.Millisecond
	return c
}

// MaxMessageBytes is the largest message that a learner may send: key, value
// and headers together. With what the client adds to it (overhead, at most) it
// stays below the brokers' default of 1,048,588 bytes a batch.
const (
	MaxMessageBytes = 1_000_000
	overhead        = 4096
)

// roads is a sarama client whose Produce requests take another road than the
// rest. Metadata through a toxic would drown the retries that a lesson counts.
// Config, Leader and LeaderAndEpoch answer for the producer, RefreshMetadata
// never fails; everything else is the straight client's.
type roads struct {
	sarama.Client
	config *sarama.Config
	conns  *connections

	mu      sync.Mutex
	brokers map[int32]*sarama.Broker
	moved   []*sarama.Broker // whose address has changed since
	closed  bool
}

func newRoads(straight sarama.Client, config *sarama.Config, conns *connections) *roads {
	return &roads{Client: straight, config: config, conns: conns, brokers: map[int32]*sarama.Broker{}}
}

// Config returns the producer's configuration.
func (r *roads) Config() *sarama.Config { return r.config }

// Leader returns the leader of a partition, on the producer's road.
func (r *roads) Leader(topic string, partition int32) (*sarama.Broker, error) {
	b, _, err := r.LeaderAndEpoch(topic, partition)
	return b, err
}

// LeaderAndEpoch returns the leader of a partition, on the producer's road.
func (r *roads) LeaderAndEpoch(topic string, partition int32) (*sarama.Broker, int32, error) {
	leader, epoch, err := r.Client.LeaderAndEpoch(topic, partition)
	if err != nil {
		return r.nobody(err), -1, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, -1, sarama.ErrClosedClient
	}
	b := r.brokers[leader.ID()]
	if b == nil || b.Addr() != leader.Addr() {
		if b != nil {
			r.moved = append(r.moved, b)
		}
		b = sarama.NewBroker(leader.Addr())
		r.brokers[leader.ID()] = b
	}
	config := *r.config
	next := r.conns.next()
	config.ClientID, config.Net.Proxy.Dialer = next.clientID, next
	if err := b.Open(&config); err != nil && !errors.Is(err, sarama.ErrAlreadyConnected) {
		return nil, -1, fmt.Errorf("open broker %d: %w", leader.ID(), err)
	}
	return b, epoch, nil
}

// RefreshMetadata refreshes what can be refreshed. An error is none to sarama:
// what was known stays, and whoever is not there any more is found out by
// dialling. Once the producer is severed nothing is asked any more: every
// message that it holds goes through here on its way back.
func (r *roads) RefreshMetadata(topics ...string) error {
	if r.conns.gone() {
		return nil
	}
	_ = r.Client.RefreshMetadata(topics...)
	return nil
}

// nobody is a broker that can't be connected to. Where a partition has no
// leader (for now), sarama would fail its messages on the spot, and after
// three of them open a circuit breaker that fails all others for ten seconds;
// a broker that does not answer is tried again as the settings say.
func (r *roads) nobody(cause error) *sarama.Broker {
	config := *r.config
	config.Net.Proxy.Dialer = refusing{cause}
	b := sarama.NewBroker("")
	_ = b.Open(&config) // its error comes with the first request
	return b
}

// refusing is a dialer that opens nothing.
type refusing struct{ cause error }

// Dial implements Dialer.
func (r refusing) Dial(string, string) (net.Conn, error) { return nil, r.cause }

// close closes the producer's brokers; the straight client stays open.
func (r *roads) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for _, b := range r.brokers {
		r.moved = append(r.moved, b)
	}
	for _, b := range r.moved {
		_ = b.Close() // ErrNotConnected is as good
	}
}
