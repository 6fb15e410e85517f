package kafka

import (
	"encoding/binary"
	"sync"

	"github.com/IBM/sarama"
)

// partitioner chooses as Java's producer does: the asked-for partition, else
// murmur2 of the key, else round robin. (Sarama's own would hash with FNV-1a,
// librdkafka's default is CRC32: the same key, another partition.)
type partitioner struct{}

// turns counts the keyless messages of each topic, for all producers of a
// bench together, so that a new producer goes on where the last one stopped.
// What is handed over together takes its turns together: of two sends at the
// same time, each has its own spread.
type turns struct {
	mu   sync.Mutex
	next map[string]uint64
}

// take gives the messages that have no key, and no partition of their own, their
// turns.
func (t *turns) take(topic string, flights []flight) {
	t.mu.Lock()
	defer t.mu.Unlock()
	turn := t.next[topic]
	for i := range flights {
		if m := &flights[i].message; m.Key == nil && m.Partition < 0 {
			flights[i].turn = turn
			turn++
		}
	}
	t.next[topic] = turn
}

// Partition implements sarama.Partitioner.
func (partitioner) Partition(m *sarama.ProducerMessage, partitions int32) (int32, error) {
	f := m.Metadata.(*flight)
	if asked := f.message.Partition; asked >= 0 {
		if asked >= partitions {
			return -1, errNoSuchPartition
		}
		return asked, nil
	}
	if m.Key == nil {
		return int32(f.turn % uint64(partitions)), nil
	}
	key, err := m.Key.Encode()
	if err != nil {
		return -1, err
	}
	return int32(murmur2(key)&0x7fffffff) % partitions, nil
}

// RequiresConsistency makes sarama count all partitions, also those without a
// leader: a key never moves because a broker is down.
func (partitioner) RequiresConsistency() bool { return true }

// murmur2 is the hash of Java's DefaultPartitioner
// (org.apache.kafka.common.utils.Utils.murmur2), with its seed.
func murmur2(data []byte) uint32 {
	const (
		seed = 0x9747b28c
		m    = 0x5bd1e995
		r    = 24
	)
	h := uint32(seed) ^ uint32(len(data))
	for ; len(data) >= 4; data = data[4:] {
		k := binary.LittleEndian.Uint32(data)
		k *= m
		k ^= k >> r
		k *= m
		h *= m
		h ^= k
	}
	switch len(data) {
	case 3:
		h ^= uint32(data[2]) << 16
		fallthrough
	case 2:
		h ^= uint32(data[1]) << 8
		fallthrough
	case 1:
		h ^= uint32(data[0])
		h *= m
	}
	h ^= h >> 13
	h *= m
	h ^= h >> 15
	return h
}
