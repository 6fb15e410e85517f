package cluster

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"atelier/assets/words"
	"atelier/kafka/access"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Standing says how the brokers and a topic's partitions stand. Every broker
// that the cluster ever named is asked anew, each at its own address: of one
// that is gone or hangs, the others may still say what was.
func (e *External) Standing(ctx context.Context, topic string) (Standing, error) {
	s := Standing{Topic: topic}
	answers, err := e.callRoll(ctx, topic)
	if err != nil {
		return s, err
	}
	var answer *kmsg.MetadataResponse
	states := map[int32]State{}
	for id, a := range answers {
		states[id] = Silent
		if a != nil {
			states[id], answer = Up, a
		}
	}
	if len(answer.Topics) == 0 || answer.Topics[0].ErrorCode == kerr.UnknownTopicOrPartition.Code {
		return s, NoTopic(topic)
	}
	for _, p := range answer.Topics[0].Partitions {
		for _, id := range p.Replicas {
			if states[id] == "" {
				states[id] = Silent
			}
		}
		s.Partitions = append(s.Partitions, PartitionState{
			Partition: p.Partition, Leader: max(p.Leader, Nobody), Replicas: p.Replicas, InSync: slices.Sorted(slices.Values(p.ISR)),
		})
	}
	slices.SortFunc(s.Partitions, func(a, b PartitionState) int { return int(a.Partition - b.Partition) })
	for _, id := range slices.Sorted(maps.Keys(states)) {
		s.Brokers = append(s.Brokers, BrokerState{ID: id, State: states[id]})
	}
	return s, nil
}

// callRoll asks all brokers at once about a topic. The answers are by broker,
// nil where none came; that none came at all is an error.
func (e *External) callRoll(ctx context.Context, topic string) (map[int32]*kmsg.MetadataResponse, error) {
	e.mu.Lock()
	addresses := maps.Clone(e.known)
	for id, b := range e.brokers {
		addresses[id] = b.Direct
	}
	e.mu.Unlock()
	var mu sync.Mutex
	var all sync.WaitGroup
	answers := map[int32]*kmsg.MetadataResponse{}
	some := false
	for id, address := range addresses {
		all.Go(func() {
			answer, err := inquire(ctx, e.options.Access, address, topic)
			mu.Lock()
			defer mu.Unlock()
			answers[id] = answer
			some = some || err == nil
		})
	}
	all.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case !some:
		return nil, words.Errorf(
			"no broker of the cluster answers (%v). What runs it is the place to look: this lab starts and stops only brokers of its own",
			"aucun broker du cluster ne répond (%v). C’est du côté de ce qui le fait tourner qu’il faut voir : ce labo n’arrête et ne démarre que ses propres brokers",
			strings.Join(slices.Sorted(maps.Values(addresses)), ", "))
	}
	return answers, nil
}

// inquire asks one broker about one topic, by a connection of its own.
func inquire(ctx context.Context, a *access.Access, address, topic string) (*kmsg.MetadataResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	conn, err := a.Dial(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	defer access.Bound(ctx, conn, answerTimeout)()
	request := kmsg.NewPtrMetadataRequest()
	request.Version = 4 // the first that does not create what it asks about
	asked := kmsg.NewMetadataRequestTopic()
	asked.Topic = kmsg.StringPtr(topic)
	request.Topics = []kmsg.MetadataRequestTopic{asked}
	answer, err := access.Ask(conn, request)
	if err != nil {
		return nil, err
	}
	return answer.(*kmsg.MetadataResponse), nil
}
