package bench_test

import (
	"slices"
	"testing"

	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
)

// What module 1 has its learners read with their own eyes, since no check can
// say it: offsets count in each partition on its own.
func TestOffsetsCountInEachPartition(t *testing.T) {
	b := open(t)
	const topic = "offsets-of-a-lesson"
	must(t, b.CreateTopic(t.Context(), cluster.Topic{Name: topic, Partitions: 3}))
	for again := range int64(2) {
		keyless := batch(3, kafka.Plain, kafka.Sync, "A")
		keyless.Topic = topic
		must(t, b.Send(t.Context(), keyless))
		var partitions []int32
		for _, m := range b.Ledger().Snapshot().Messages[3*again:] {
			partitions = append(partitions, m.Partition)
			if m.Report != ledger.AckedReport || m.Offset != again {
				t.Errorf("told partition %d offset %d the %d. time", m.Partition, m.Offset, again+1)
			}
		}
		if slices.Sort(partitions); !slices.Equal(partitions, []int32{0, 1, 2}) {
			t.Errorf("went to partitions %v", partitions)
		}
	}
}

// An idempotent producer has an id and numbers its messages; a plain one
// leaves these fields empty.
func TestOnTheWire(t *testing.T) {
	b := open(t)
	key := "order-1"
	for _, mode := range []kafka.Mode{kafka.Plain, kafka.Idempotent} {
		keyed := batch(3, mode, kafka.Sync, "A")
		keyed.Key = &key
		must(t, b.Send(t.Context(), keyed))
	}
	snap := b.Ledger().Snapshot()
	var sequences []int32
	for _, m := range snap.Messages {
		if len(m.Attempts) != 1 {
			t.Fatalf("%d attempts of %v", len(m.Attempts), m.Ref)
		}
		a := snap.Attempt(m.Attempts[0])
		if m.Mode == string(kafka.Plain) != (a.ProducerID < 0) {
			t.Errorf("%s: producer id %d", m.Mode, a.ProducerID)
		}
		if a.ProducerID >= 0 {
			sequences = append(sequences, a.BaseSequence)
		}
	}
	if !slices.Equal(sequences, []int32{0, 1, 2}) {
		t.Errorf("base sequences %v", sequences)
	}
}
