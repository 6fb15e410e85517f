package clustertest

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// OnApache says whether the clusters are Apache Kafka's.
func OnApache() bool { return os.Getenv("ATELIER_APACHE") != "" }

// Cluster is three brokers behind a door. They have a topic test-topic.
type Cluster struct {
	Authority *accesstest.Authority // that the brokers' certificates are of
	Door      Door
	addresses []string
	client    *kgo.Client // of Alice, or of whoever may everything
	admin     *kadm.Client
}

// Start returns a cluster, of kfake until the test ends. On Apache Kafka all
// tests of a program share one: its topics and its users' rights stay, so a
// test gives its own a name that nobody else has; see Name.
func Start(t testing.TB, door Door) *Cluster {
	t.Helper()
	if OnApache() {
		return startApache(t, door)
	}
	return &StartFake(t, door).Cluster
}

// Addresses are where the door is, by broker.
func (c *Cluster) Addresses() []string { return c.addresses }

// Access is how Alice gets in, who may do everything.
func (c *Cluster) Access(mechanism string) *access.Access {
	return c.AccessOf(Alice, AlicePassword, mechanism)
}

// AccessOf is how somebody tries to get in.
func (c *Cluster) AccessOf(user, password, mechanism string) *access.Access {
	return c.Door.Access(c.Authority, mechanism, user, password)
}

// Name is a name that no other test has taken.
func Name(stem string) string { return stem + time.Now().Format("150405.000000000") }

// patience is how long anything may take, also a thousand new topics on a busy
// machine.
const patience = time.Minute

func hurry(t testing.TB) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), patience)
}

// HasTopic says whether a topic is there.
func (c *Cluster) HasTopic(t testing.TB, topic string) bool {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	topics, err := c.admin.ListTopics(ctx, topic)
	if err != nil {
		t.Fatal(err)
	}
	return topics.Has(topic)
}

// CreateTopics creates topics of one partition.
func (c *Cluster) CreateTopics(t testing.TB, topics ...string) {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	answers, err := c.admin.CreateTopics(ctx, 1, -1, nil, topics...)
	for _, answer := range answers {
		if err == nil {
			err = answer.Err
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	request := kmsg.NewPtrMetadataRequest()
	for _, name := range topics {
		topic := kmsg.NewMetadataRequestTopic()
		topic.Topic = kmsg.StringPtr(name)
		request.Topics = append(request.Topics, topic)
	}
	c.everywhere(t, request, func(r kmsg.Response) bool {
		return !slices.ContainsFunc(r.(*kmsg.MetadataResponse).Topics, func(topic kmsg.MetadataResponseTopic) bool {
			return topic.ErrorCode != 0 || topic.Partitions[0].Leader < 0
		})
	})
}

// Grant lets a user do something to a topic.
func (c *Cluster) Grant(t testing.TB, user, topic string, operations ...kadm.ACLOperation) {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	rights := kadm.NewACLs().Topics(topic).Allow("User:" + user).Operations(operations...).ResourcePatternType(kadm.ACLPatternLiteral)
	answers, err := c.admin.CreateACLs(ctx, rights)
	for _, answer := range answers {
		if err == nil {
			err = answer.Err
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	request := kmsg.NewPtrDescribeACLsRequest()
	request.ResourceType, request.ResourceName, request.ResourcePatternType = kmsg.ACLResourceTypeTopic, &topic, kmsg.ACLResourcePatternTypeLiteral
	request.Principal, request.Operation, request.PermissionType = kmsg.StringPtr("User:"+user), kmsg.ACLOperationAny, kmsg.ACLPermissionTypeAny
	c.everywhere(t, request, func(r kmsg.Response) bool {
		granted := r.(*kmsg.DescribeACLsResponse).Resources
		return len(granted) == 1 && len(granted[0].ACLs) == len(operations)
	})
}

// everywhere waits until the news has come to every broker.
func (c *Cluster) everywhere(t testing.TB, request kmsg.Request, came func(kmsg.Response) bool) {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	for _, broker := range c.client.SeedBrokers() {
		err := again(ctx, func() bool {
			answer, err := broker.Request(ctx, request)
			return err == nil && came(answer)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// again tries until it works: nothing tells when a broker has heard of what
// the cluster decided.
func again(ctx context.Context, works func() bool) error {
	pause := time.NewTicker(20 * time.Millisecond)
	defer pause.Stop()
	for !works() {
		select {
		case <-pause.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// AddUser gives a new user a password, for SCRAM-SHA-256, and returns how they
// get in.
func (c *Cluster) AddUser(t testing.TB, user, password string) *access.Access {
	t.Helper()
	c.alterUsers(t, nil, []kadm.UpsertSCRAM{{User: user, Mechanism: kadm.ScramSha256, Iterations: 4096, Password: password}})
	in := c.AccessOf(user, password, access.ScramSHA256)
	c.awaitUser(t, in, true)
	return in
}

// RemoveUser takes a user's password away.
func (c *Cluster) RemoveUser(t testing.TB, in *access.Access) {
	t.Helper()
	c.alterUsers(t, []kadm.DeleteSCRAM{{User: in.Username, Mechanism: kadm.ScramSha256}}, nil)
	c.awaitUser(t, in, false)
}

func (c *Cluster) alterUsers(t testing.TB, remove []kadm.DeleteSCRAM, upsert []kadm.UpsertSCRAM) {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	answers, err := c.admin.AlterUserSCRAMs(ctx, remove, upsert)
	if err == nil {
		err = answers.Error()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// awaitUser waits until every broker knows a user, or none does.
func (c *Cluster) awaitUser(t testing.TB, in *access.Access, known bool) {
	t.Helper()
	ctx, cancel := hurry(t)
	defer cancel()
	if err := awaitDoors(ctx, in, c.addresses, known); err != nil {
		t.Fatal(err)
	}
}

// awaitDoors waits until every address lets somebody in, or none does.
func awaitDoors(ctx context.Context, in *access.Access, addresses []string, open bool) error {
	for _, address := range addresses {
		err := again(ctx, func() bool {
			conn, err := in.Dial(ctx, "tcp", address)
			if err == nil {
				_ = conn.Close()
			}
			return (err == nil) == open
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// connect makes the client of somebody who may do everything.
func connect(addresses []string, in *access.Access) (*kgo.Client, error) {
	return kgo.NewClient(kgo.SeedBrokers(addresses...), kgo.ClientID("tests"), kgo.DisableClientMetrics(), kgo.Dialer(in.Dial))
}

// administer is for what a client asks of a cluster as its owner.
func administer(client *kgo.Client) *kadm.Client {
	admin := kadm.NewClient(client)
	admin.SetTimeoutMillis(int32(patience.Milliseconds()))
	return admin
}

// The operations that a test grants.
const (
	Read     = kmsg.ACLOperationRead
	Write    = kmsg.ACLOperationWrite
	Create   = kmsg.ACLOperationCreate
	Describe = kmsg.ACLOperationDescribe
)
