package cluster

import "atelier/assets/words"

// State is what a broker is doing.
type State string

// The states of a broker.
const (
	Up      State = "up"
	Stopped State = "stopped"
	Frozen  State = "frozen"
	Silent  State = "silent" // it does not answer, and is not ours to know why
)

// Standing is who is up, who leads, and which replicas are in sync.
type Standing struct {
	Topic      string
	Brokers    []BrokerState
	Partitions []PartitionState
}

// BrokerState is one broker's.
type BrokerState struct {
	ID    int32 `json:"id"`
	State State `json:"state"`
}

// Nobody is who leads a partition that has no leader.
const Nobody int32 = -1

// PartitionState is one partition's. A cluster that does not replicate has no
// replicas, not even one.
type PartitionState struct {
	Partition int32   `json:"partition"`
	Leader    int32   `json:"leader"` // Nobody where none does
	Replicas  []int32 `json:"replicas,omitempty"`
	InSync    []int32 `json:"in_sync,omitempty"`
}

// Topic is a topic to create. Replication and MinInSync may be 0: the
// cluster's own.
type Topic struct {
	Name        string
	Partitions  int32
	Replication int16
	MinInSync   int
}

// NeedsReal says that what was asked for shows on a cluster that replicates.
func NeedsReal(what words.Text) error {
	return words.Errorf(
		"%s needs a real cluster, and the embedded one is a simulation: atelier --cluster apache",
		"%s demande un vrai cluster, et celui-ci, embarqué, n’est qu’une simulation : atelier --cluster apache", what)
}

// NoTopic says that a topic is not there.
func NoTopic(topic string) error {
	return words.Errorf("no topic %q: create it with the command topic", "pas de topic %q : créez-le avec la commande topic", topic)
}

// NoPartition says that a topic has not so many partitions.
func NoPartition(topic string, partition, partitions int32) error {
	return words.Errorf(
		"topic %s has no partition %d: choose 0 to %d",
		"le topic %s n’a pas de partition %d : choisissez de 0 à %d", topic, partition, partitions-1)
}

// NoBroker says that there is no broker of that id.
func NoBroker(id int32) error {
	return words.Errorf("no broker %d: choose 1 to %d", "pas de broker %d : choisissez de 1 à %d", id, brokers)
}

// NotUp says that a broker must be started first.
func NotUp(id int32) error {
	return words.Errorf(
		"broker %d is stopped: start it first (broker start %[1]d)",
		"le broker %d est arrêté : démarrez-le d’abord (broker start %[1]d)", id)
}

// OtherTopic says that a topic is there, and is another one.
func OtherTopic(topic string, have, want int32) error {
	return words.Errorf(
		"topic %s is there already, with %d partitions, not %d: choose another name",
		"le topic %s existe déjà, avec %d partitions et non %d : choisissez un autre nom", topic, have, want)
}
