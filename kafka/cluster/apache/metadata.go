package apache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const (
	look       = 20 * time.Millisecond // between two questions of who waits
	askTimeout = 2 * time.Second       // for one answer of one broker
	patience   = 15 * time.Second      // for what a command leads to
)

// view is the cluster as one broker sees it.
type view struct {
	brokers    []int32
	partitions map[partition]standing
}

// standing is how a partition stands.
type standing struct {
	leader, epoch    int32 // cluster.Nobody where none does
	replicas, inSync []int32
}

// ask sends one request to this broker, and to no other.
func (n *node) ask(ctx context.Context, request kmsg.Request) (kmsg.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	client, err := n.connect()
	if err != nil {
		return nil, err
	}
	return client.SeedBrokers()[0].Request(ctx, request)
}

func (n *node) connect() (*kgo.Client, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.client == nil {
		client, err := kgo.NewClient(
			kgo.SeedBrokers(n.address), kgo.ClientID("atelier-cluster"), kgo.DisableClientMetrics(), kgo.RequestRetries(0),
			kgo.DialTimeout(time.Second),
		)
		if err != nil {
			return nil, fmt.Errorf("client of broker %d: %w", n.id, err)
		}
		n.client = client
	}
	return n.client, nil
}

// look asks a broker for its view. All topics here are ours, so all are asked for.
func (n *node) look(ctx context.Context) (view, error) {
	request := kmsg.NewPtrMetadataRequest()
	request.Topics = nil
	answer, err := n.ask(ctx, request)
	if err != nil {
		return view{}, err
	}
	v := view{partitions: map[partition]standing{}}
	response := answer.(*kmsg.MetadataResponse)
	for _, b := range response.Brokers {
		v.brokers = append(v.brokers, b.NodeID)
	}
	for _, t := range response.Topics {
		if t.IsInternal || t.Topic == nil {
			continue
		}
		for _, p := range t.Partitions {
			v.partitions[partition{*t.Topic, p.Partition}] = standing{max(p.Leader, cluster.Nobody), p.LeaderEpoch, p.Replicas, p.ISR}
		}
	}
	return v, nil
}

// await looks until what a broker sees is as wanted, or its process is gone.
func (n *node) await(ctx context.Context, wanted func(view) bool) error {
	again := time.NewTicker(look)
	defer again.Stop()
	for {
		v, err := n.look(ctx)
		if err == nil && wanted(v) {
			return nil
		}
		select {
		case <-again.C:
		case <-n.gone():
			return n.died()
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// up lists the brokers that can answer.
func (c *Cluster) up() []*node {
	return slices.DeleteFunc(slices.Clone(c.brokers), func(n *node) bool { return n.state() != cluster.Up })
}

// ask sends a request to any broker that answers; what the controller has to
// do, they hand on.
func (c *Cluster) ask(ctx context.Context, request kmsg.Request) (kmsg.Response, error) {
	var errs []error
	for _, n := range c.up() {
		answer, err := n.ask(ctx, request)
		if err == nil {
			return answer, nil
		}
		errs = append(errs, fmt.Errorf("broker %d: %w", n.id, err))
	}
	return nil, c.noneAnswers(errs)
}

func (c *Cluster) noneAnswers(errs []error) error {
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for _, n := range c.brokers {
		if n.state() == cluster.Frozen {
			return words.Errorf(
				"no broker can answer: thaw one (broker thaw %d)", "aucun broker ne peut répondre : dégelez-en un (broker thaw %d)", n.id)
		}
	}
	return words.Errorf("no broker is up: start one (broker start 1)", "aucun broker n’est en service : démarrez-en un (broker start 1)")
}

// look asks any broker for its view, and tells of new leaders.
func (c *Cluster) look(ctx context.Context) (view, error) {
	var errs []error
	for _, n := range c.up() {
		v, err := n.look(ctx)
		if err == nil {
			c.tell(v)
			return v, nil
		}
		errs = append(errs, err)
	}
	return view{}, c.noneAnswers(errs)
}

// await looks until every broker that is up sees what is wanted.
func (c *Cluster) await(ctx context.Context, wanted func(view) bool) error {
	again := time.NewTicker(look)
	defer again.Stop()
	for {
		all := true
		var last error
		for _, n := range c.up() {
			v, err := n.look(ctx)
			if err == nil {
				c.tell(v)
			}
			if err != nil || !wanted(v) {
				all, last = false, err
				break
			}
		}
		if all {
			return nil
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), last)
		}
	}
}

// awaitBrokers waits until every broker answers, and lists them all.
func (c *Cluster) awaitBrokers(ctx context.Context) error {
	for _, n := range c.brokers {
		if err := n.await(ctx, func(v view) bool { return len(v.brokers) == brokers }); err != nil {
			if errors.Is(ctx.Err(), context.Canceled) {
				return ctx.Err()
			}
			if ctx.Err() != nil {
				return words.Errorf("the brokers did not find each other in time: %v", "les brokers ne se sont pas trouvés à temps : %v", err)
			}
			return err
		}
	}
	return nil
}
