package apache

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// layout is how a topic was laid out.
type layout struct {
	partitions  int32
	replication int16
}

// replicas are a partition's: its first leader is broker (p mod 3)+1, and the
// brokers after it follow.
func (l layout) replicas(partition int32) []int32 {
	list := make([]int32, l.replication)
	for i := range list {
		list[i] = (partition+int32(i))%brokers + 1
	}
	return list
}

// seed creates the topics of the course.
func (c *Cluster) seed(ctx context.Context) error {
	var topics []cluster.Topic
	for _, name := range cluster.Topics() {
		topics = append(topics, cluster.Topic{Name: name, Partitions: cluster.Partitions})
	}
	return c.create(ctx, topics...)
}

// CreateTopic creates a topic: with three replicas, of which one has to be in
// sync, where nothing else is asked for. One that is there already is left as
// it is; another one of that name is an error.
func (c *Cluster) CreateTopic(ctx context.Context, t cluster.Topic) error {
	if t.Replication > brokers {
		return words.Errorf(
			"replication=%d needs as many brokers, and there are %d: choose 1 to %[2]d",
			"replication=%d demande autant de brokers, et il y en a %d : choisissez de 1 à %[2]d", t.Replication, brokers)
	}
	c.mu.Lock()
	have, ok := c.topics[t.Name]
	c.mu.Unlock()
	if ok {
		if have.partitions != t.Partitions {
			return cluster.OtherTopic(t.Name, have.partitions, t.Partitions)
		}
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.create(ctx, t)
}

func (c *Cluster) create(ctx context.Context, topics ...cluster.Topic) error {
	request := kmsg.NewPtrCreateTopicsRequest()
	request.TimeoutMillis = int32(askTimeout.Milliseconds())
	layouts := map[string]layout{}
	for _, t := range topics {
		l := layout{t.Partitions, t.Replication}
		if l.replication == 0 {
			l.replication = brokers
		}
		layouts[t.Name] = l
		request.Topics = append(request.Topics, creation(t, l))
	}
	if err := c.carryOut(ctx, request); err != nil {
		return err
	}
	c.mu.Lock()
	for name, l := range layouts {
		c.topics[name] = l
	}
	c.mu.Unlock()
	return c.await(ctx, func(v view) bool {
		for name, l := range layouts {
			for p := range l.partitions {
				if at, there := v.partitions[partition{name, p}]; !there || at.leader == cluster.Nobody {
					return false
				}
			}
		}
		return true
	})
}

// carryOut asks until every topic of a request is there, or one is refused.
func (c *Cluster) carryOut(ctx context.Context, request *kmsg.CreateTopicsRequest) error {
	again := time.NewTicker(watchEvery)
	defer again.Stop()
	for {
		answer, err := c.ask(ctx, request)
		if err != nil {
			return fmt.Errorf("create topics: %w", err)
		}
		late, err := refused(answer.(*kmsg.CreateTopicsResponse))
		if !late {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return err
		}
	}
}

// refused says of which topic a broker says that it is not there now, and whether
// that may only be late.
func refused(answer *kmsg.CreateTopicsResponse) (late bool, err error) {
	for _, t := range answer.Topics {
		// A request that timed out may have been carried out all the same, and its
		// repetition finds the topic there. Nobody else creates any here.
		failed := kerr.ErrorForCode(t.ErrorCode)
		if failed == nil || errors.Is(failed, kerr.TopicAlreadyExists) {
			continue
		}
		err = words.Errorf("topic %s can't be created: %v", "le topic %s ne peut pas être créé : %v", t.Topic, failed)
		if late = kerr.IsRetriable(failed); !late {
			return false, err
		}
	}
	return late, err
}

func creation(t cluster.Topic, l layout) kmsg.CreateTopicsRequestTopic {
	one := kmsg.NewCreateTopicsRequestTopic()
	one.Topic, one.NumPartitions, one.ReplicationFactor = t.Name, -1, -1 // as assigned
	for p := range l.partitions {
		assigned := kmsg.NewCreateTopicsRequestTopicReplicaAssignment()
		assigned.Partition, assigned.Replicas = p, l.replicas(p)
		one.ReplicaAssignment = append(one.ReplicaAssignment, assigned)
	}
	if t.MinInSync > 0 {
		config := kmsg.NewCreateTopicsRequestTopicConfig()
		config.Name, config.Value = "min.insync.replicas", kmsg.StringPtr(strconv.Itoa(t.MinInSync))
		one.Configs = append(one.Configs, config)
	}
	return one
}
