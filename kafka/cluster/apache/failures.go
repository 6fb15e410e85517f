package apache

import (
	"context"
	"errors"
	"slices"
	"sync"

	"atelier/assets/words"
	"atelier/kafka/cluster"
)

func (c *Cluster) broker(id int32) (*node, error) {
	if id < 1 || id > brokers {
		return nil, cluster.NoBroker(id)
	}
	return c.brokers[id-1], nil
}

// StopBroker has a broker shut down in order: it hands its leaderships over
// first. It returns when others lead, where there is anybody to.
func (c *Cluster) StopBroker(id int32) error {
	n, err := c.broker(id)
	if err != nil {
		return err
	}
	defer c.stir()
	if err := n.stop(); err != nil {
		return err
	}
	if len(c.up()) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.await(ctx, func(v view) bool {
		for _, p := range v.partitions {
			if p.leader == id {
				return false
			}
		}
		return true
	})
}

// KillBroker ends a broker at once, with all that only it knew. Others lead
// when the cluster has noticed, a second or two later.
func (c *Cluster) KillBroker(id int32) error {
	n, err := c.broker(id)
	if err != nil {
		return err
	}
	defer c.stir()
	return n.kill()
}

// FreezeBroker stops a broker's clock: its connections stay, and nobody
// answers. The cluster takes it for dead after a second and a half.
func (c *Cluster) FreezeBroker(id int32) error {
	n, err := c.broker(id)
	if err != nil {
		return err
	}
	defer c.stir()
	return n.freeze()
}

// ThawBroker lets a frozen broker go on.
func (c *Cluster) ThawBroker(id int32) error {
	n, err := c.broker(id)
	if err != nil {
		return err
	}
	if n.state() == cluster.Stopped {
		return cluster.NotUp(id)
	}
	defer c.stir()
	return n.thaw()
}

// StartBroker starts a broker that was stopped or killed, with the log that it
// left, and waits until it is in sync again. It leads nothing until a leader is
// moved to it, unless nobody else could.
func (c *Cluster) StartBroker(id int32) error {
	n, err := c.broker(id)
	if err != nil {
		return err
	}
	switch n.state() {
	case cluster.Up:
		return nil
	case cluster.Frozen:
		return words.Errorf("broker %d is frozen, not stopped: broker thaw %[1]d", "le broker %d est gelé, pas arrêté : broker thaw %[1]d", id)
	}
	defer c.stir()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if err := n.start(); err != nil {
		return err
	}
	if err := n.await(ctx, func(v view) bool { return slices.Contains(v.brokers, id) }); err != nil {
		return err
	}
	err = c.await(ctx, func(v view) bool {
		for _, p := range v.partitions {
			if slices.Contains(p.replicas, id) && !slices.Contains(p.inSync, id) {
				return false
			}
		}
		return true
	})
	if err != nil {
		return notInSync(err)
	}
	return nil
}

// Restore brings every broker up and gives every partition its first replicas
// and its first leader.
func (c *Cluster) Restore() error {
	errs := make([]error, brokers)
	var starts sync.WaitGroup
	for i, n := range c.brokers {
		starts.Go(func() { errs[i] = errors.Join(n.thaw(), c.StartBroker(n.id)) })
	}
	starts.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	v, err := c.look(ctx)
	if err != nil {
		return err
	}
	amiss := map[partition][]int32{}
	c.mu.Lock()
	for name, l := range c.topics {
		for id := range l.partitions {
			p, want := partition{name, id}, l.replicas(id)
			if now := v.partitions[p]; !slices.Equal(now.replicas, want) || now.leader != want[0] || len(now.inSync) < len(want) {
				amiss[p] = want
			}
		}
	}
	c.mu.Unlock()
	if len(amiss) == 0 {
		return nil
	}
	return c.prefer(ctx, amiss)
}
