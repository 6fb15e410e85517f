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
	front := func(broker int32, direct string) (string, error) {
		listen, err := b.proxies.Create(ctx, broker, direct)
		if err == nil {
			b.roads.Add(broker, direct, listen)
		}
		return listen, err
	}
	if len(o.Brokers) > 0 {
		external, err := cluster.Attach(ctx, o.Brokers, front)
		if err != nil {
			return err // a nil *External in the interface would not be nil
		}
		b.cluster = external
		return nil
	}
	embedded, err := cluster.Open(cluster.Options{
		Front: front, Wrap: b.tap.Broker, Led: b.leaderChanged, TempDir: o.TempDir,
	})
	if err != nil {
		return err
	}
	b.cluster, b.embedded = embedded, embedded
	return nil
}
