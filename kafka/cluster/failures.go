package cluster

import (
	"errors"
	"fmt"
	"slices"

	"atelier/assets/words"
)

// MoveLeader makes a broker lead a partition.
func (e *Embedded) MoveLeader(topic string, partition, to int32) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	partitions, ok := e.topics[topic]
	switch {
	case !ok:
		return NoTopic(topic)
	case partition < 0 || partition >= partitions:
		return NoPartition(topic, partition, partitions)
	case e.listeners[to] == nil:
		return NoBroker(to)
	case e.down[to]:
		return NotUp(to)
	}
	return e.lead(topic, partition, to)
}

// lead moves a partition; the lock is held.
func (e *Embedded) lead(topic string, partition, to int32) error {
	if err := e.kafka.MoveTopicPartition(topic, partition, to); err != nil {
		return fmt.Errorf("move %s/%d to broker %d: %w", topic, partition, to, err)
	}
	e.leaders[topic][partition] = to
	if e.options.Led != nil {
		e.options.Led(topic, partition, to)
	}
	return nil
}

// StopBroker cuts a broker's connections and refuses new ones. The partitions
// that it led are led by the next broker that is up, if there is one.
func (e *Embedded) StopBroker(id int32) error {
	l := e.listeners[id]
	if l == nil {
		return NoBroker(id)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.down[id] {
		return nil
	}
	e.down[id] = true
	l.stop()
	next := e.nextUp(id)
	if next == 0 {
		return nil // nobody is left to lead
	}
	for topic, leaders := range e.leaders {
		for p, leader := range leaders {
			if leader == id {
				if err := e.lead(topic, int32(p), next); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (e *Embedded) nextUp(id int32) int32 {
	for step := int32(1); step < brokers; step++ {
		if next := (id-1+step)%brokers + 1; !e.down[next] {
			return next
		}
	}
	return 0
}

// StartBroker makes a stopped broker listen again, at its old address. It
// leads nothing until a leader is moved to it, unless nobody else was up.
func (e *Embedded) StartBroker(id int32) error {
	l := e.listeners[id]
	if l == nil {
		return NoBroker(id)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.down[id] {
		return nil
	}
	if err := l.start(); err != nil {
		return fmt.Errorf("start broker %d: %w", id, err)
	}
	delete(e.down, id)
	for topic, leaders := range e.leaders {
		for p, leader := range leaders {
			if e.down[leader] {
				if err := e.lead(topic, int32(p), id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Restore starts every broker and gives every partition its first leader.
func (e *Embedded) Restore() error {
	var errs []error
	for id := int32(1); id <= brokers; id++ {
		errs = append(errs, e.StartBroker(id))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for topic, leaders := range e.leaders {
		for p, leader := range slices.Clone(leaders) {
			if first := int32(p)%brokers + 1; leader != first {
				errs = append(errs, e.lead(topic, int32(p), first))
			}
		}
	}
	return errors.Join(errs...)
}

// KillBroker stops a broker: it has nothing that a kill would lose.
func (e *Embedded) KillBroker(id int32) error { return e.StopBroker(id) }

// FreezeBroker refuses: a broker of this process can't be frozen alone.
func (e *Embedded) FreezeBroker(int32) error { return ErrNoFreezing }

// ThawBroker refuses: nothing was frozen.
func (e *Embedded) ThawBroker(int32) error { return ErrNoFreezing }

// ErrNoFreezing refuses to freeze or thaw an embedded broker.
var ErrNoFreezing = NeedsReal(words.Text{En: "freezing a broker", Fr: "geler un broker"})
