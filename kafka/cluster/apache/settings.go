package apache

import (
	"crypto/rand"
	_ "embed"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atelier/assets/words"
)

// checkpoint is what `StorageTool format` of Version writes: the feature
// levels, the same for every node and every cluster. With it a node is
// formatted without a JVM, which would take half a second each.
//
//go:embed bootstrap.checkpoint
var checkpoint []byte

// Common settings are those that made three brokers on one machine quick to
// start and steady: small pools, no metrics for JMX, and failures that are noticed
// within seconds.
const common = `log.dirs=log
controller.listener.names=CONTROLLER
num.network.threads=2
num.io.threads=2
background.threads=2
log.cleaner.dedupe.buffer.size=2097152
log.cleaner.io.buffer.size=65536
metric.reporters=
metrics.jmx.exclude=.*
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=100
`

const ofBroker = `process.roles=broker
auto.create.topics.enable=false
auto.leader.rebalance.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=3
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
controlled.shutdown.enable=true
replica.fetch.wait.max.ms=100
replica.lag.time.max.ms=2000
replica.socket.timeout.ms=2000
replica.fetch.backoff.ms=100
`

// settingsOf are a node's server.properties. Of two lines for one setting Kafka
// takes the later.
func settingsOf(n *node, controller string, o Options) string {
	var b strings.Builder
	b.WriteString(common)
	fmt.Fprintf(&b, "node.id=%d\ncontroller.quorum.voters=%d@%s\n", n.id, controllerID, controller)
	if n.id == controllerID {
		fmt.Fprintf(&b, "process.roles=controller\nlisteners=CONTROLLER://%s\n", n.address)
	} else {
		b.WriteString(ofBroker)
		b.WriteString(n.listeners(o.Doors))
	}
	for _, key := range slices.Sorted(maps.Keys(o.Settings)) {
		fmt.Fprintf(&b, "%s=%s\n", key, escaped(o.Settings[key]))
	}
	return b.String()
}

// format lays a node's folder out, as StorageTool would.
func (n *node) format(clusterID, settings string) error {
	meta := fmt.Sprintf("version=1\nnode.id=%d\ncluster.id=%s\ndirectory.id=%s\n", n.id, clusterID, randomID())
	err := os.MkdirAll(filepath.Join(n.dir, "log"), 0o700)
	for name, content := range map[string][]byte{
		"server.properties":                          []byte(settings),
		filepath.Join("log", "meta.properties"):      []byte(meta),
		filepath.Join("log", "bootstrap.checkpoint"): checkpoint,
	} {
		if err == nil {
			err = os.WriteFile(filepath.Join(n.dir, name), content, 0o600)
		}
	}
	if err != nil {
		return words.Errorf("the folder of node %d can't be made: %v", "le dossier du nœud %d ne peut pas être créé : %v", n.id, err)
	}
	return nil
}

// randomID is 16 random bytes as Kafka writes them. It has no leading dash,
// which Kafka would not take.
func randomID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	id[0] &= 0x7f
	return base64.RawURLEncoding.EncodeToString(id[:])
}
