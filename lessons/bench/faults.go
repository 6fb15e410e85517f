package bench

import (
	"context"
	"errors"
	"slices"

	"atelier/chaos"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
)

// AddToxic puts a toxic in force.
func (b *Bench) AddToxic(ctx context.Context, t chaos.Toxic) error { return b.proxies.Add(ctx, t) }

// ClearToxics removes toxics; the zero Which is all of them.
func (b *Bench) ClearToxics(ctx context.Context, which chaos.Which) error {
	return b.proxies.Clear(ctx, which)
}

// Proxies lists the proxies and what is in force on them, but for what is hidden.
func (b *Bench) Proxies(ctx context.Context) ([]chaos.State, error) {
	states, err := b.proxies.List(ctx)
	return b.spare(states), err
}

// SwitchProxy takes a broker's proxy up or down, or each.
func (b *Bench) SwitchProxy(ctx context.Context, on chaos.On, up bool) error {
	if up {
		return b.proxies.Up(ctx, on)
	}
	return b.proxies.Down(ctx, on)
}

// Action is what can be done to a broker.
type Action string

// The actions on a broker: it is asked to end, ended at once, started again,
// stopped in the middle of what it does, and let go on.
const (
	Stop   Action = "stop"
	Kill   Action = "kill"
	Start  Action = "start"
	Freeze Action = "freeze"
	Thaw   Action = "thaw"
)

// Actions lists them.
func Actions() []Action { return []Action{Stop, Kill, Start, Freeze, Thaw} }

// CanSwitch says why an action on a broker can't be had on this cluster,
// whatever its brokers are doing; nil where it can.
func (b *Bench) CanSwitch(broker int32, action Action) error {
	if b.external == nil && b.embedded != nil && (action == Freeze || action == Thaw) {
		return cluster.ErrNoFreezing
	}
	return b.CanLead(broker)
}

// CanLead says why no leader can be moved to a broker of this cluster, whatever
// its brokers are doing; nil where one can.
func (b *Bench) CanLead(broker int32) error {
	switch {
	case b.external != nil:
		return cluster.ErrForeign
	case !slices.ContainsFunc(b.cluster.Brokers(), func(x cluster.Broker) bool { return x.ID == broker }):
		return cluster.NoBroker(broker)
	}
	return nil
}

// SwitchBroker does something to a broker, and stops or starts its proxy with
// it: a proxy would go on accepting connections for a broker that is not there.
// A frozen broker is there; its proxy stays.
func (b *Bench) SwitchBroker(ctx context.Context, broker int32, action Action) error {
	do := map[Action]func(int32) error{
		Stop: b.cluster.StopBroker, Kill: b.cluster.KillBroker, Start: b.cluster.StartBroker,
		Freeze: b.cluster.FreezeBroker, Thaw: b.cluster.ThawBroker,
	}[action]
	if err := do(broker); err != nil {
		return err
	}
	gone := action == Stop || action == Kill
	b.ledger.Apply(ledger.BrokerChanged{At: b.at(), Broker: broker, Up: !gone, Frozen: action == Freeze})
	switch {
	case gone:
		return b.proxies.Down(ctx, chaos.Broker(broker))
	case action == Start:
		return b.proxies.Up(ctx, chaos.Broker(broker))
	}
	return nil
}

// Standing says how the brokers and a topic's partitions stand: who is up, who
// leads, who is in sync.
func (b *Bench) Standing(ctx context.Context, topic string) (cluster.Standing, error) {
	return b.cluster.Standing(ctx, b.topic(topic))
}

// MoveLeader makes a broker lead a partition.
func (b *Bench) MoveLeader(_ context.Context, topic string, partition, to int32) error {
	return b.cluster.MoveLeader(b.topic(topic), partition, to)
}

// CreateTopic creates a topic, where it is absent.
func (b *Bench) CreateTopic(ctx context.Context, topic cluster.Topic) error {
	topic.Name = b.topic(topic.Name)
	return b.cluster.CreateTopic(ctx, topic)
}

// restoreProxies makes the proxies as they were at first. A Toxiproxy that
// doesn't answer says so once.
func (b *Bench) restoreProxies(ctx context.Context) error {
	err := b.proxies.Repair(ctx)
	if chaos.IsAway(err) {
		return err
	}
	b.paveRoads()
	return errors.Join(err, b.proxies.Clear(ctx, chaos.Which{}), b.proxies.Restore(ctx))
}

func (b *Bench) restoreBrokers() error {
	err := b.cluster.Restore()
	for _, broker := range b.cluster.Brokers() {
		b.ledger.Apply(ledger.BrokerChanged{At: b.at(), Broker: broker.ID, Up: true})
	}
	return err
}

func (b *Bench) leaderChanged(topic string, partition, broker int32) {
	b.ledger.Apply(ledger.LeaderChanged{At: b.at(), Topic: topic, Partition: partition, Broker: broker})
}

// faultChanged hears of each change on the Toxiproxy, whoever asked for it.
func (b *Bench) faultChanged(c chaos.Change) {
	if c.Broker == chaos.NoBroker {
		return // a proxy that is not in front of a broker of ours
	}
	switch c.What {
	case chaos.ToxicAdded, chaos.ToxicChanged, chaos.ToxicRemoved:
		if b.conceals(c) {
			return
		}
	}
	switch c.What {
	case chaos.ToxicAdded, chaos.ToxicChanged:
		t := c.Toxic
		b.ledger.Apply(ledger.ToxicAdded{At: b.at(), Toxic: ledger.Toxic{
			Broker: c.Broker, Name: t.Name, Kind: t.Kind, Stream: t.Stream, Toxicity: t.Toxicity, Attributes: t.Attributes, Foreign: t.Foreign,
		}, Approximate: c.Approximate})
		if t.Foreign {
			b.tellForeign(t)
		}
	case chaos.ToxicRemoved:
		b.ledger.Apply(ledger.ToxicRemoved{At: b.at(), Broker: c.Broker, Name: c.Toxic.Name, Foreign: c.Toxic.Foreign, Approximate: c.Approximate})
	case chaos.ProxyAdded:
		if !b.knows(c.Broker) {
			return // whoever makes it tells when the broker can be used
		}
		b.ledger.Apply(ledger.ProxyChanged{At: b.at(), Broker: c.Broker, Up: c.State.Up, Approximate: c.Approximate})
	case chaos.ProxyUp, chaos.ProxyMoved:
		b.ledger.Apply(ledger.ProxyChanged{At: b.at(), Broker: c.Broker, Up: c.State.Up, Approximate: c.Approximate})
	case chaos.ProxyDown, chaos.ProxyRemoved:
		b.ledger.Apply(ledger.ProxyChanged{At: b.at(), Broker: c.Broker, Up: false, Approximate: c.Approximate})
	}
}

// knows says whether the ledger has heard of a broker.
func (b *Bench) knows(broker int32) bool {
	return slices.ContainsFunc(b.ledger.Snapshot().Brokers, func(x ledger.Broker) bool { return x.ID == broker })
}
