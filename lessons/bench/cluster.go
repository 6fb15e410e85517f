package bench

import (
	"context"

	"atelier/assets/words"
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/apache"
)

// Cluster is the Kafka that a bench writes to.
type Cluster interface {
	Brokers() []cluster.Broker
	// Replicates is false where acks=all promises no more than acks=1.
	Replicates() bool
	CreateTopic(ctx context.Context, topic cluster.Topic) error
	MoveLeader(topic string, partition, to int32) error
	StopBroker(id int32) error
	KillBroker(id int32) error
	StartBroker(id int32) error
	FreezeBroker(id int32) error
	ThawBroker(id int32) error
	Standing(ctx context.Context, topic string) (cluster.Standing, error)
	Restore() error
	Close() error
}

// Kind is which cluster a bench starts.
type Kind string

// The clusters that a bench can start.
const (
	Embedded Kind = "embedded"
	Apache   Kind = "apache"
)

// External is a cluster that a bench attaches to, as evidence names it.
const External Kind = "external"

// ParseKind reads what --cluster takes; nothing is the embedded cluster.
func ParseKind(s string) (Kind, error) {
	switch k := Kind(s); k {
	case "":
		return Embedded, nil
	case Embedded, Apache:
		return k, nil
	}
	return "", words.Errorf("unknown cluster %q: choose embedded or apache", "cluster %q inconnu : choisissez embedded ou apache", s)
}

// openCluster starts the cluster that is asked for, or attaches to the one that
// is given, with a proxy in front of every broker.
func (b *Bench) openCluster(ctx context.Context, o Options) error {
	if len(o.Brokers) > 0 {
		return b.attach(ctx, o)
	}
	front := func(broker int32, direct string) (string, error) { return b.front(ctx, broker, direct, direct) }
	if o.Cluster == Apache {
		kafka, err := apache.Start(ctx, apache.Options{Front: front, Led: b.leaderChanged, Died: b.brokerDied, Progress: o.Progress, TempDir: o.TempDir})
		if err != nil {
			return err
		}
		b.cluster = kafka
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

// front puts a proxy before a broker, or leads the one that it has to where
// the broker went. The upstream is the broker's own address, or its gate's.
func (b *Bench) front(ctx context.Context, broker int32, direct, upstream string) (string, error) {
	listen, err := b.proxies.Front(ctx, broker, upstream)
	if err == nil {
		b.roads.Add(broker, direct, listen)
	}
	return listen, err
}
