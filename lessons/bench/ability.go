package bench

import "atelier/assets/words"

// Ability is what some experiments ask of a cluster, and not every cluster has.
type Ability string

// The abilities. Whoever has the last has all.
const (
	// Leaders: leaders that can be moved, and brokers that can be stopped and
	// started. Those of --brokers may have other users.
	Leaders Ability = "leaders"
	// Replication: acks=all waits for replicas, and min.insync.replicas counts
	// them. The embedded cluster keeps one copy of everything.
	Replication Ability = "replication"
	// Control: brokers that replicate and are ours to kill, to freeze and to
	// start again.
	Control Ability = "brokers"
)

// Abilities lists them.
func Abilities() []Ability { return []Ability{Leaders, Replication, Control} }

var (
	errOneCopy = words.Errorf(
		"needs a cluster that replicates: atelier --cluster apache, or --brokers",
		"demande un cluster qui réplique : atelier --cluster apache, ou --brokers")
	errNoDeaths = words.Errorf(
		"needs a real cluster, whose brokers can be killed: atelier --cluster apache",
		"demande un vrai cluster, dont on puisse tuer les brokers : atelier --cluster apache")
	errNotLed = words.Errorf(
		"needs brokers that are ours to stop and leaders to move, and this cluster may have other users: run the atelier without --brokers",
		"demande des brokers que l’on puisse arrêter et des leaders que l’on puisse déplacer, et ce cluster a peut-être d’autres utilisateurs : lancez l’atelier sans --brokers")
	errNotOurs = words.Errorf(
		"needs brokers that are ours to kill, and this cluster may have other users: atelier --cluster apache",
		"demande des brokers que l’on puisse tuer, et ce cluster a peut-être d’autres utilisateurs : atelier --cluster apache")
)

// Lacks says why the bench's cluster has not an ability, and where to find it;
// nil where it has.
func (b *Bench) Lacks(a Ability) error {
	switch {
	case a == "" || b.cluster.Replicates() && (a == Replication || b.external == nil):
		return nil
	case a == Leaders && b.external == nil:
		return nil
	case a == Leaders:
		return errNotLed
	case b.external != nil:
		return errNotOurs
	case a == Replication:
		return errOneCopy
	}
	return errNoDeaths
}
