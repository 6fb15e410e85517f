package cluster

import (
	"context"
	"time"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// watchEvery is how often a cluster that others run is looked at.
const watchEvery = 2 * time.Second

// Watch follows the brokers that join, leave and move, and who leads the
// topics in use, until Close. It does not wait. Call it once.
func (e *External) Watch() {
	every := e.options.Every
	if every == 0 {
		every = watchEvery
	}
	e.watching.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-e.ctx.Done():
				return
			case <-ticker.C:
			case <-e.wake:
			}
			e.look(e.ctx)
		}
	})
}

// Use counts a topic among those whose leaders are told.
func (e *External) Use(topics ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, topic := range topics {
		if e.topics[topic] != nil {
			continue
		}
		e.topics[topic] = map[int32]int32{}
		select {
		case e.wake <- struct{}{}:
		default:
		}
	}
}

// look asks the cluster once and tells what is new. One that does not answer
// is asked again later: what hangs on it is told by those who use it.
func (e *External) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	e.mu.Lock()
	topics := make([]string, 0, len(e.topics))
	for topic := range e.topics {
		topics = append(topics, topic)
	}
	e.mu.Unlock()
	answer, err := e.metadata(ctx, topics)
	if err != nil || len(answer.Brokers) == 0 {
		return
	}
	e.tell(ctx, answer)
}

// tell takes over what an answer says, and tells what changed.
func (e *External) tell(ctx context.Context, answer *kmsg.MetadataResponse) {
	e.looking.Lock()
	defer e.looking.Unlock()
	e.tellBrokers(ctx, answer)
	e.tellLeaders(answer)
}

func (e *External) tellBrokers(ctx context.Context, answer *kmsg.MetadataResponse) {
	now := map[int32]Broker{}
	for _, b := range brokersOf(answer) {
		e.mu.Lock()
		have, there := e.brokers[b.ID]
		e.mu.Unlock()
		now[b.ID] = b
		if there && have == b {
			continue
		}
		if err := e.front(ctx, b); err != nil {
			delete(now, b.ID) // so the next look tries again
			e.notice("broker %d (%s) has no proxy: %v", "le broker %d (%s) n’a pas de proxy : %v", b.ID, b.Direct, err)
			continue
		}
		if !there && e.options.Seen != nil {
			e.options.Seen(b.ID, true)
		}
	}
	e.mu.Lock()
	before := e.brokers
	e.brokers = now
	e.mu.Unlock()
	for id := range before {
		if _, there := now[id]; !there && e.options.Seen != nil {
			e.options.Seen(id, false)
		}
	}
}

func (e *External) tellLeaders(answer *kmsg.MetadataResponse) {
	for _, topic := range answer.Topics {
		if topic.Topic == nil || topic.ErrorCode != 0 {
			continue
		}
		for _, p := range topic.Partitions {
			e.mu.Lock()
			leaders := e.topics[*topic.Topic]
			old, told := leaders[p.Partition]
			changed := leaders != nil && p.Leader >= 0 && (!told || old != p.Leader)
			if changed {
				leaders[p.Partition] = p.Leader
			}
			e.mu.Unlock()
			if changed && e.options.Led != nil {
				e.options.Led(*topic.Topic, p.Partition, p.Leader)
			}
		}
	}
}
