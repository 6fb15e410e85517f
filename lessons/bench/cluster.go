package bench

import (
	"context"

	"atelier/kafka/cluster"
)

// Cluster is the Kafka that a bench writes to.
type Cluster interface {
	Brokers() []cluster.Broker
	// Replicates is false where acks=all promises no more than acks=1.
	Replicates() bool
	CreateTopic(ctx context.Context, topic string, partitions int32) error
	MoveLeader(topic string, partition, to int32) error
	StopBroker(id int32) error
	StartBroker(id int32) error
	Restore() error
	Close() error
}

// openCluster starts the embedded cluster, or attaches to the one that is
// given, with a proxy in front of every broker.
func (b *Bench) openCluster(ctx context.Context, o Options) error {
	if len(o.Brokers) > 0 {
		return b.attach(ctx, o)
	}
	embedded, err := cluster.Open(cluster.Options{
		Front: func(broker int32, direct string) (string, error) { return b.front(ctx, broker, direct, direct) },
		Wrap:  b.tap.Broker, Led: b.leaderChanged, TempDir: o.TempDir,
	})
	if err != nil {
		return err
	}
	b.cluster, b.embedded = embedded, embedded
	return nil
}

// front puts a proxy before a broker, or leads the one that it has to where
// the broker went. The upstream is the broker's own address, or its gate's.
func (b *Bench) front(ctx context.Context, broker int32, direct, upstream string) (string, error) {
	listen, ok := b.proxies.Listens(broker)
	var err error
	if ok {
		err = b.proxies.Move(ctx, broker, upstream)
	} else {
		listen, err = b.proxies.Create(ctx, broker, upstream)
	}
	if err == nil {
		b.roads.Add(broker, direct, listen)
	}
	return listen, err
}
