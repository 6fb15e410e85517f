// Package cluster holds the Kafka that a bench writes to. Embedded runs three
// brokers in this process (kfake). It may import nothing of this project but
// words.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"

	"atelier/assets/words"

	"github.com/twmb/franz-go/pkg/kfake"
)

// brokers is how many brokers the embedded cluster has: 1, 2, 3, as the course
// counts them.
const brokers = 3

// Partitions is how many partitions a topic of the course has.
const Partitions = 3

// Topics are those of the course, there from the start.
func Topics() []string {
	return []string{
		"atelier", "test-topic", "reliability-test", "performance-test", "load-test",
		"latency-test", "timeout-test", "bandwidth-test", "bhf-transactions",
	}
}

// Options are what an embedded cluster needs.
type Options struct {
	// Front stands before a broker: given the address that it listens on, it
	// returns the one to advertise. Nil: the broker advertises itself.
	Front func(broker int32, direct string) (advertised string, err error)
	// Wrap sees each connection that a broker accepts. Nil: none.
	Wrap func(conn net.Conn, broker int32) net.Conn
	// Led hears who leads a partition: of all at the start, then of changes.
	Led func(topic string, partition, broker int32)
	// TempDir is where the log's folder is made; empty: the system's own.
	TempDir string
}

// Embedded is a cluster in this process. Its log lies in a folder of its own,
// which Close removes; one that a killed process left is removed at the next
// start. It does not replicate.
type Embedded struct {
	options Options
	dir     string
	kafka   *kfake.Cluster

	opening   int // how many listeners have been opened
	listeners map[int32]*listener

	mu      sync.Mutex
	topics  map[string]int32 // partitions by topic
	names   map[[16]byte]string
	leaders map[string][]int32
	down    map[int32]bool
}

// Broker is where a broker is reached.
type Broker struct {
	ID                 int32
	Direct, Advertised string
}

// Open starts the brokers. The caller closes the cluster.
func Open(o Options) (*Embedded, error) {
	sweep(o.TempDir)
	dir, err := MakeFolder(o.TempDir, "")
	if err != nil {
		return nil, err
	}
	e := &Embedded{
		options: o, dir: dir, listeners: map[int32]*listener{},
		topics: map[string]int32{}, names: map[[16]byte]string{}, leaders: map[string][]int32{}, down: map[int32]bool{},
	}
	if err := e.start(); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// start makes the brokers 1 to 3. kfake counts from 0, so a fourth is added
// and the first one goes.
func (e *Embedded) start() error {
	var err error
	e.kafka, err = kfake.NewCluster(
		kfake.NumBrokers(brokers),
		kfake.DataDir(e.dir),
		kfake.ListenFn(e.listen),
		kfake.SeedTopics(Partitions, Topics()...),
	)
	if err != nil {
		return fmt.Errorf("start the embedded cluster: %w", err)
	}
	if _, _, err := e.kafka.AddNode(brokers, 0); err != nil {
		return fmt.Errorf("add broker %d: %w", brokers, err)
	}
	if err := e.kafka.RemoveNode(0); err != nil {
		return fmt.Errorf("remove broker 0: %w", err)
	}
	for _, topic := range Topics() {
		if err := e.spread(topic, Partitions); err != nil {
			return err
		}
	}
	return nil
}

// listen is called by kfake for the nodes 0, 1, 2 and 3, in this order.
func (e *Embedded) listen(_, _ string) (net.Listener, error) {
	id := int32(e.opening)
	e.opening++
	l, err := newListener(func(c net.Conn) net.Conn {
		if e.options.Wrap == nil {
			return c
		}
		return e.options.Wrap(c, id)
	})
	if err != nil {
		return nil, fmt.Errorf("listen for broker %d: %w", id, err)
	}
	if id == 0 {
		return l, nil // it is gone before anybody connects
	}
	if e.options.Front != nil {
		advertised, err := e.options.Front(id, l.direct)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("front of broker %d: %w", id, err), l.Close())
		}
		if l.advertised, err = net.ResolveTCPAddr("tcp", advertised); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	e.listeners[id] = l
	return l, nil
}

// spread makes the brokers lead a topic's partitions in turn: 0 by broker 1.
func (e *Embedded) spread(topic string, partitions int32) error {
	info := e.kafka.TopicInfo(topic)
	if info == nil {
		return fmt.Errorf("topic %s is not there", topic)
	}
	e.mu.Lock()
	e.names[info.TopicID] = topic
	e.topics[topic] = partitions
	e.leaders[topic] = make([]int32, partitions)
	e.mu.Unlock()
	for p := range partitions {
		if err := e.MoveLeader(topic, p, p%brokers+1); err != nil {
			return err
		}
	}
	return nil
}

// Brokers lists the brokers by id.
func (e *Embedded) Brokers() []Broker {
	list := make([]Broker, 0, brokers)
	for id := int32(1); id <= brokers; id++ {
		l := e.listeners[id]
		list = append(list, Broker{ID: id, Direct: l.direct, Advertised: l.Addr().String()})
	}
	return list
}

// CreateTopic creates a topic. One that is there already is left as it is;
// with another number of partitions it is an error.
func (e *Embedded) CreateTopic(_ context.Context, t Topic) error {
	topic, partitions := t.Name, t.Partitions
	if t.Replication != 0 || t.MinInSync != 0 {
		return NeedsReal(words.Text{En: "replication", Fr: "la réplication"})
	}
	e.mu.Lock()
	have, ok := e.topics[topic]
	e.mu.Unlock()
	if ok {
		if have != partitions {
			return OtherTopic(topic, have, partitions)
		}
		return nil
	}
	if err := e.kafka.CreateTopic(topic, partitions, nil); err != nil {
		return fmt.Errorf("create topic %s: %w", topic, err)
	}
	return e.spread(topic, partitions)
}

// Standing says how the brokers and a topic's partitions stand.
func (e *Embedded) Standing(_ context.Context, topic string) (Standing, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := Standing{Topic: topic}
	for id := int32(1); id <= brokers; id++ {
		state := Up
		if e.down[id] {
			state = Stopped
		}
		s.Brokers = append(s.Brokers, BrokerState{ID: id, State: state})
	}
	leaders, ok := e.leaders[topic]
	if !ok {
		return s, NoTopic(topic)
	}
	for p, leader := range leaders {
		if e.down[leader] {
			leader = Nobody
		}
		s.Partitions = append(s.Partitions, PartitionState{Partition: int32(p), Leader: leader})
	}
	return s, nil
}

// TopicName names a topic that a newer client speaks of by its id; empty where
// there is none.
func (e *Embedded) TopicName(id [16]byte) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.names[id]
}

// Replicates is false: every partition has one copy, whatever acks says.
func (e *Embedded) Replicates() bool { return false }

// Close stops the brokers and removes their log.
func (e *Embedded) Close() error {
	if e.kafka != nil {
		e.kafka.Close()
	}
	for _, l := range e.listeners {
		_ = l.Close()
	}
	if err := os.RemoveAll(e.dir); err != nil {
		return fmt.Errorf("remove the log's folder: %w", err)
	}
	return nil
}
