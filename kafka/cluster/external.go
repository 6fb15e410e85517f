package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

// attachTimeout is how long a cluster may take to answer at all.
const attachTimeout = 5 * time.Second

// External is a cluster that was there before us, and that others may use: we
// stop nothing in it and remove nothing from it.
type External struct {
	client  *kgo.Client
	admin   *kadm.Client
	brokers []Broker
}

// Attach reaches a cluster by any of its addresses and learns its brokers. Its
// error says which address failed, and how. The caller closes the cluster.
func Attach(ctx context.Context, addresses []string, front func(broker int32, direct string) (string, error)) (*External, error) {
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	reachable, err := probe(ctx, addresses)
	if err != nil {
		return nil, err
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(reachable...), kgo.ClientID("atelier"), kgo.DisableClientMetrics(),
		kgo.RequestRetries(1), kgo.RetryTimeout(attachTimeout),
	)
	if err != nil {
		return nil, fmt.Errorf("attach to %v: %w", reachable, err)
	}
	e := &External{client: client, admin: kadm.NewClient(client)}
	if err := e.learn(ctx, reachable, front); err != nil {
		client.Close()
		return nil, err
	}
	return e, nil
}

// probe tries every address and returns those that somebody listens on.
func probe(ctx context.Context, addresses []string) ([]string, error) {
	var reachable, failed []string
	var cause error
	for _, address := range addresses {
		d := net.Dialer{Timeout: 2 * time.Second}
		conn, err := d.DialContext(ctx, "tcp", address)
		if err != nil {
			failed, cause = append(failed, address), err
			continue
		}
		_ = conn.Close()
		reachable = append(reachable, address)
	}
	if len(reachable) > 0 {
		return reachable, nil
	}
	return nil, words.Errorf(
		"no broker answers at %s: %v. Is the cluster up, and is this an address of a listener?",
		"aucun broker ne répond à %s : %v. Le cluster est-il démarré, et est-ce l’adresse d’un listener ?",
		strings.Join(failed, ", "), cause)
}

func (e *External) learn(ctx context.Context, reachable []string, front func(int32, string) (string, error)) error {
	meta, err := e.admin.BrokerMetadata(ctx)
	if err != nil {
		return words.Errorf(
			"%s accepts connections, but does not answer as Kafka does: %v",
			"%s accepte les connexions mais ne répond pas comme Kafka : %v", strings.Join(reachable, ", "), err)
	}
	for _, b := range meta.Brokers {
		direct := net.JoinHostPort(b.Host, strconv.Itoa(int(b.Port)))
		proxied, err := front(b.NodeID, direct)
		if err != nil {
			return fmt.Errorf("front of broker %d: %w", b.NodeID, err)
		}
		_ = proxied // producers find it by the direct address, which the cluster goes on advertising
		e.brokers = append(e.brokers, Broker{ID: b.NodeID, Direct: direct, Advertised: direct})
	}
	slices.SortFunc(e.brokers, func(a, b Broker) int { return cmp.Compare(a.ID, b.ID) })
	return nil
}

// Brokers lists the brokers by id.
func (e *External) Brokers() []Broker { return e.brokers }

// CreateTopic creates a topic, with the cluster's own replication where none is
// asked for. One that is there already is left as it is.
func (e *External) CreateTopic(ctx context.Context, t Topic) error {
	replication, configs := t.Replication, map[string]*string{}
	if replication == 0 {
		replication = -1
	}
	if t.MinInSync > 0 {
		configs["min.insync.replicas"] = kadm.StringPtr(strconv.Itoa(t.MinInSync))
	}
	_, err := e.admin.CreateTopic(ctx, t.Partitions, replication, configs, t.Name)
	if err == nil || errors.Is(err, kerr.TopicAlreadyExists) {
		return nil
	}
	return words.Errorf("topic %s can't be created: %v", "le topic %s ne peut pas être créé : %v", t.Name, err)
}

// errForeign is what a cluster that others use is asked in vain.
var errForeign = words.Errorf(
	"brokers can be stopped and leaders moved on the embedded cluster only: this one may have other users",
	"on n’arrête un broker et on ne déplace un leader que sur le cluster embarqué : celui-ci a peut-être d’autres utilisateurs")

// StopBroker refuses: the cluster is not ours.
func (e *External) StopBroker(int32) error { return errForeign }

// StartBroker refuses: the cluster is not ours.
func (e *External) StartBroker(int32) error { return errForeign }

// MoveLeader refuses: the cluster is not ours.
func (e *External) MoveLeader(string, int32, int32) error { return errForeign }

// KillBroker refuses: the cluster is not ours.
func (e *External) KillBroker(int32) error { return errForeign }

// FreezeBroker refuses: the cluster is not ours.
func (e *External) FreezeBroker(int32) error { return errForeign }

// ThawBroker refuses: the cluster is not ours.
func (e *External) ThawBroker(int32) error { return errForeign }

// Standing says how the brokers and a topic's partitions stand. A broker that
// the cluster no longer lists is taken for stopped.
func (e *External) Standing(ctx context.Context, topic string) (Standing, error) {
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	s := Standing{Topic: topic}
	meta, err := e.admin.Metadata(ctx, topic)
	if err != nil {
		return s, words.Errorf("the cluster does not answer: %v", "le cluster ne répond pas : %v", err)
	}
	listed := meta.Brokers.NodeIDs()
	for _, b := range e.brokers {
		state := Up
		if !slices.Contains(listed, b.ID) {
			state = Stopped
		}
		s.Brokers = append(s.Brokers, BrokerState{ID: b.ID, State: state})
	}
	detail := meta.Topics[topic]
	if errors.Is(detail.Err, kerr.UnknownTopicOrPartition) {
		return s, NoTopic(topic)
	}
	for _, p := range detail.Partitions.Sorted() {
		s.Partitions = append(s.Partitions, PartitionState{
			Partition: p.Partition, Leader: max(p.Leader, 0), Replicas: p.Replicas, InSync: slices.Sorted(slices.Values(p.ISR)),
		})
	}
	return s, nil
}

// Restore has nothing to restore.
func (e *External) Restore() error { return nil }

// Replicates is true: a cluster of one broker is the exception, and says so itself.
func (e *External) Replicates() bool { return true }

// Close leaves the cluster.
func (e *External) Close() error {
	e.client.Close()
	return nil
}
