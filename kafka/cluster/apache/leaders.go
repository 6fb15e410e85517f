package apache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const (
	watchEvery = 200 * time.Millisecond
	// After a command leaders may go on moving for a while.
	watchAfter = 10 * time.Second
	// electEvery is how long an election may take to show before the next one.
	electEvery = 500 * time.Millisecond
)

// watch tells of new leaders while any may come: where a broker is not up, and
// for a while after each command.
func (c *Cluster) watch() {
	again := time.NewTicker(watchEvery)
	defer again.Stop()
	var until time.Time
	for {
		select {
		case <-c.watching.Done():
			return
		case <-c.stirred:
			until = time.Now().Add(watchAfter)
		case <-again.C:
		}
		if time.Now().Before(until) || len(c.up()) < brokers {
			_, _ = c.look(c.watching) // who can't be asked now is asked again
		}
	}
}

func (c *Cluster) stir() {
	select {
	case c.stirred <- struct{}{}:
	default: // it will look anyway
	}
}

// tell tells of the leaders that a view shows and that nobody was told of. The
// epoch says which of two views is older.
func (c *Cluster) tell(v view) {
	c.leading.Lock()
	defer c.leading.Unlock()
	for p, now := range v.partitions {
		before, known := c.leaders[p]
		if known && (now.epoch < before.epoch || now.leader == before.leader) {
			continue
		}
		c.leaders[p] = now
		c.options.Led(p.topic, p.id, now.leader)
	}
}

// Leader is who leads a partition, or cluster.Nobody.
func (c *Cluster) Leader(ctx context.Context, topic string, id int32) (int32, error) {
	s, err := c.standing(ctx, topic, id)
	return s.leader, err
}

// InSync lists the replicas of a partition that are in sync.
func (c *Cluster) InSync(ctx context.Context, topic string, id int32) ([]int32, error) {
	s, err := c.standing(ctx, topic, id)
	return slices.Sorted(slices.Values(s.inSync)), err
}

func (c *Cluster) standing(ctx context.Context, topic string, id int32) (standing, error) {
	v, err := c.look(ctx)
	if err != nil {
		return standing{}, err
	}
	return v.of(topic, id)
}

func (v view) of(topic string, id int32) (standing, error) {
	if s, ok := v.partitions[partition{topic, id}]; ok {
		return s, nil
	}
	count := v.count(topic)
	if count == 0 {
		return standing{}, cluster.NoTopic(topic)
	}
	return standing{}, cluster.NoPartition(topic, id, count)
}

func (v view) count(topic string) (count int32) {
	for p := range v.partitions {
		if p.topic == topic {
			count++
		}
	}
	return count
}

// Standing says how the brokers and a topic's partitions stand.
func (c *Cluster) Standing(ctx context.Context, topic string) (cluster.Standing, error) {
	s := cluster.Standing{Topic: topic}
	for _, n := range c.brokers {
		s.Brokers = append(s.Brokers, cluster.BrokerState{ID: n.id, State: n.state()})
	}
	v, err := c.look(ctx)
	if err != nil {
		return s, err
	}
	if _, err := v.of(topic, 0); err != nil {
		return s, err
	}
	for id := range v.count(topic) {
		p := v.partitions[partition{topic, id}]
		s.Partitions = append(s.Partitions, cluster.PartitionState{
			Partition: id, Leader: p.leader, Replicas: p.replicas, InSync: slices.Sorted(slices.Values(p.inSync)),
		})
	}
	return s, nil
}

// MoveLeader makes a broker lead a partition, and the first of its replicas.
func (c *Cluster) MoveLeader(topic string, id, to int32) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	n, err := c.broker(to)
	if err != nil {
		return err
	}
	now, err := c.standing(ctx, topic, id)
	if err != nil {
		return err
	}
	if n.state() != cluster.Up {
		return cluster.NotUp(to)
	}
	others := slices.DeleteFunc(slices.Clone(now.replicas), func(r int32) bool { return r == to })
	replicas := append([]int32{to}, others...)[:max(len(now.replicas), 1)]
	return c.prefer(ctx, map[partition][]int32{{topic, id}: replicas})
}

// prefer gives partitions their replicas, in that order, and makes the first
// of each lead.
func (c *Cluster) prefer(ctx context.Context, want map[partition][]int32) error {
	if err := c.assign(ctx, want); err != nil {
		return err
	}
	ready := func(v view) bool { // a leader has to be in sync
		for p, replicas := range want {
			if now := v.partitions[p]; !slices.Equal(now.replicas, replicas) || !slices.Contains(now.inSync, replicas[0]) {
				return false
			}
		}
		return true
	}
	if err := c.await(ctx, ready); err != nil {
		return notInSync(err)
	}
	return c.lead(ctx, want)
}

// lead makes the first replicas lead. Who fell behind again, or was taken for
// dead, just before the election can be elected a moment later.
func (c *Cluster) lead(ctx context.Context, want map[partition][]int32) error {
	led := func(v view) bool {
		for p, replicas := range want {
			if v.partitions[p].leader != replicas[0] {
				return false
			}
		}
		return true
	}
	for {
		failed := c.elect(ctx, want)
		if failed != nil && !kerr.IsRetriable(failed) {
			return failed
		}
		soon, cancel := context.WithTimeout(ctx, electEvery)
		err := c.await(soon, led)
		cancel()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return notInSync(errors.Join(err, failed))
		}
	}
}

func notInSync(err error) error {
	return words.Errorf(
		"a broker did not come back in sync within %s: %v. Look with brokers", "un broker n’a pas rattrapé son retard en %s : %v. Regardez avec brokers", patience, err)
}

func (c *Cluster) assign(ctx context.Context, want map[partition][]int32) error {
	request := kmsg.NewPtrAlterPartitionAssignmentsRequest()
	request.TimeoutMillis = int32(askTimeout.Milliseconds())
	for p, replicas := range want {
		one := kmsg.NewAlterPartitionAssignmentsRequestTopic()
		one.Topic = p.topic
		place := kmsg.NewAlterPartitionAssignmentsRequestTopicPartition()
		place.Partition, place.Replicas = p.id, replicas
		one.Partitions = append(one.Partitions, place)
		request.Topics = append(request.Topics, one)
	}
	answer, err := c.ask(ctx, request)
	if err != nil {
		return fmt.Errorf("assign replicas: %w", err)
	}
	response := answer.(*kmsg.AlterPartitionAssignmentsResponse)
	errs := []error{kerr.ErrorForCode(response.ErrorCode)}
	for _, t := range response.Topics {
		for _, p := range t.Partitions {
			errs = append(errs, kerr.ErrorForCode(p.ErrorCode))
		}
	}
	return errors.Join(errs...)
}

// elect makes the first replicas lead. Who leads already is no error.
func (c *Cluster) elect(ctx context.Context, want map[partition][]int32) error {
	request := kmsg.NewPtrElectLeadersRequest()
	request.TimeoutMillis = int32(askTimeout.Milliseconds())
	for p := range want {
		one := kmsg.NewElectLeadersRequestTopic()
		one.Topic, one.Partitions = p.topic, []int32{p.id}
		request.Topics = append(request.Topics, one)
	}
	answer, err := c.ask(ctx, request)
	if err != nil {
		return fmt.Errorf("elect leaders: %w", err)
	}
	var errs []error
	for _, t := range answer.(*kmsg.ElectLeadersResponse).Topics {
		for _, p := range t.Partitions {
			if err := kerr.ErrorForCode(p.ErrorCode); err != nil && !errors.Is(err, kerr.ElectionNotNeeded) {
				errs = append(errs, fmt.Errorf("elect a leader of %s/%d: %w", t.Topic, p.Partition, err))
			}
		}
	}
	return errors.Join(errs...)
}
