package apache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// pupil is a node that is broker and controller in one, and writes down at its
// end which classes it loaded. The caller calls end.
func (j java) pupil(o Options, archive string) (n *node, end func() error, err error) {
	if err := os.MkdirAll(filepath.Dir(archive), 0o700); err != nil {
		return nil, nil, fmt.Errorf("cache: %w", err)
	}
	ports, err := freePorts(2)
	if err != nil {
		return nil, nil, err
	}
	dir, err := cluster.MakeFolder(o.TempDir, folders)
	if err != nil {
		return nil, nil, err
	}
	j.sharing = []string{"-XX:ArchiveClassesAtExit=" + archive}
	n = &node{
		id: 1, dir: filepath.Join(dir, "node-1"), address: fmt.Sprintf("127.0.0.1:%d", ports[0]), java: j, starter: newStarter(),
	}
	end = func() error {
		n.close()
		n.starter.close()
		_ = os.Remove(archive) // where it has not been put in place
		return os.RemoveAll(dir)
	}
	settings := fmt.Sprintf(`%s%sprocess.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%d
listeners=PLAINTEXT://%s,CONTROLLER://127.0.0.1:%[3]d
advertised.listeners=PLAINTEXT://%[4]s
`, common, ofBroker, ports[1], n.address)
	if err := n.format(randomID(), settings); err != nil {
		return nil, nil, errors.Join(err, end())
	}
	return n, end, nil
}

// practise has a pupil do what every cluster does first: create a topic, and take
// a message.
func (n *node) practise(ctx context.Context) error {
	t := cluster.Topic{Name: "pupil", Partitions: 1, Replication: 1}
	request := kmsg.NewPtrCreateTopicsRequest()
	request.TimeoutMillis = int32(askTimeout.Milliseconds())
	request.Topics = append(request.Topics, creation(t, layout{t.Partitions, t.Replication}))
	if _, err := n.ask(ctx, request); err != nil {
		return fmt.Errorf("create a topic: %w", err)
	}
	led := func(v view) bool { at, there := v.partitions[partition{t.Name, 0}]; return there && at.leader == n.id }
	if err := n.await(ctx, led); err != nil {
		return err
	}
	client, err := n.connect()
	if err != nil {
		return err
	}
	return client.ProduceSync(ctx, &kgo.Record{Topic: t.Name, Value: []byte("practice")}).FirstErr()
}
