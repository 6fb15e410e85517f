package bench

import (
	"context"

	"atelier/assets/words"
	"atelier/kafka/cluster"
	"atelier/kafka/gate"
	"atelier/kafka/ledger"
)

// attach reaches the cluster that is given. Where it is secured, a gate stands
// between each broker and its proxy, so that toxics act on Kafka's requests
// and not on handshakes.
func (b *Bench) attach(ctx context.Context, o Options) error {
	if o.Access.Secured() {
		b.gates = gate.New(gate.Options{Dial: o.Access.Dial, Refused: b.refused})
	}
	external, err := cluster.Attach(ctx, cluster.AttachOptions{
		Addresses: o.Brokers, Access: o.Access, Front: b.frontExternal,
		Notice: b.notice, Seen: b.brokerSeen, Led: b.leaderChanged,
	})
	if err != nil {
		return err // a nil *External in the interface would not be nil
	}
	b.cluster, b.external = external, external
	return nil
}

func (b *Bench) frontExternal(ctx context.Context, broker int32, direct string) error {
	upstream := direct
	if b.gates != nil {
		var err error
		if upstream, err = b.gates.Open(broker, direct); err != nil {
			return err
		}
		b.beforeGate(ctx, broker, direct)
	}
	_, err := b.front(ctx, broker, direct, upstream)
	return err
}

// refused hears from a gate that its broker did not let us in: to a producer
// that is a connection which ends at once.
func (b *Bench) refused(broker int32, err error) {
	err = cluster.InWords(b.straight.ctx, b.options.Access, err)
	b.ledger.Apply(ledger.DialRefused{At: b.at(), Broker: broker, Reason: err.Error()})
	b.notice(words.Textf("broker %d: %v", "broker %d : %v", broker, err))
}

func (b *Bench) notice(text words.Text) {
	if b.options.Notice != nil {
		b.options.Notice(text)
	}
}

// brokerSeen hears of brokers that join, leave and come back.
func (b *Bench) brokerSeen(broker int32, up bool) {
	b.ledger.Apply(ledger.BrokerChanged{At: b.at(), Broker: broker, Up: up})
}

// Needs are what a script is going to ask of a cluster.
type Needs struct {
	Send   []string         // the topics that it sends to
	Create map[string]int32 // those that its own lines create, with their partitions
	Audit  bool
}

// Prepare sees to what a script needs before it sends anything. On a cluster
// that others use, topics of the course that it sends to are created where
// they are missing, and what is lacking is an error. The embedded cluster
// lacks nothing.
func (b *Bench) Prepare(ctx context.Context, n Needs) error {
	if b.external == nil {
		return nil
	}
	needs := cluster.Needs{Create: map[string]int32{}, Course: map[string]int32{}, Read: n.Audit}
	for _, topic := range n.Send {
		needs.Send = append(needs.Send, b.topic(topic))
	}
	for topic, partitions := range n.Create {
		needs.Create[b.topic(topic)] = partitions
	}
	for _, topic := range cluster.Topics() {
		needs.Course[b.topic(topic)] = cluster.Partitions
	}
	return b.external.Prepare(ctx, needs)
}

// topic is a topic's name towards the cluster.
func (b *Bench) topic(name string) string {
	if b.external == nil {
		return name
	}
	return b.options.TopicPrefix + name
}
