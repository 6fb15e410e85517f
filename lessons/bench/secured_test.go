package bench_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/access"
	"atelier/kafka/access/accesstest"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// secured starts three brokers that want TLS and a password, and returns how
// they let us in.
func secured(t *testing.T, mechanism string, o ...kfake.Opt) (*kfake.Cluster, *access.Access) {
	t.Helper()
	authority := accesstest.NewAuthority(t)
	c, err := kfake.NewCluster(append([]kfake.Opt{
		kfake.NumBrokers(3), kfake.TLS(authority.Server()), kfake.SeedTopics(3, "test-topic"),
		kfake.EnableSASL(), kfake.Superuser(mechanism, "alice", "wonder-land"),
	}, o...)...)
	must(t, err)
	t.Cleanup(c.Close)
	return c, &access.Access{
		Protocol: access.SASLSSL, Mechanism: mechanism, Username: "alice", Password: access.NewSecret("wonder-land"),
		TLS: &tls.Config{RootCAs: authority.Pool()},
	}
}

// The heart experiment on a cluster that wants TLS and a password: toxics act
// on the requests and never on a handshake, so it is the same to the attempt.
func TestHeartOnASecuredCluster(t *testing.T) {
	for _, mechanism := range access.Mechanisms() {
		t.Run(mechanism, func(t *testing.T) {
			t.Parallel()
			c, in := secured(t, mechanism)
			b := openWith(t, bench.Options{Brokers: c.ListenAddrs(), Access: in})
			must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 5000}}))
			sendBoth(t, b)
			after(t, b, 2500*time.Millisecond)
			must(t, b.ClearToxics(t.Context(), ""))
			must(t, b.Audit(t.Context()))
			if got := totals(t, b, "A"); got.Acked != 1 || got.Copies != 3 || got.Attempts != 3 {
				t.Errorf("A: got %+v", got)
			}
			if got := totals(t, b, "B"); got.Acked != 1 || got.Copies != 1 || got.Attempts != 3 {
				t.Errorf("B: got %+v", got)
			}
		})
	}
}

// Closing a bench on a secured cluster ends everything, also what hangs in a
// gate.
func TestCloseOnASecuredCluster(t *testing.T) {
	c, in := secured(t, access.Plain)
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", Brokers: c.ListenAddrs(), Access: in})
	must(t, err)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}))
	must(t, b.Send(t.Context(), batch(50, kafka.Plain, kafka.Async, "A")))
	began := time.Now()
	must(t, b.Close())
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("closing took %v", took)
	}
	if got := totals(t, b, "A"); got.Acked+got.Unknown+got.Failed != 50 {
		t.Errorf("got %+v", got)
	}
}

// A topic prefix is in front of every name that the cluster hears, and shown.
func TestTopicPrefix(t *testing.T) {
	c, in := secured(t, access.ScramSHA512)
	var mu sync.Mutex
	var said []string
	b := openWith(t, bench.Options{
		Brokers: c.ListenAddrs(), Access: in, TopicPrefix: "lab-7.",
		Notice: func(w words.Text) { mu.Lock(); defer mu.Unlock(); said = append(said, w.En) },
	})
	must(t, b.Prepare(t.Context(), bench.Needs{Send: []string{"test-topic"}, Audit: true}))
	must(t, b.CreateTopic(t.Context(), cluster.Topic{Name: "mine", Partitions: 2}))
	one := batch(3, kafka.Plain, kafka.Sync, "A")
	must(t, b.Send(t.Context(), one))
	one.Topic = "mine"
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 6 {
		t.Errorf("got %+v", got)
	}
	snap := b.Ledger().Snapshot()
	for _, m := range snap.Messages {
		if !strings.HasPrefix(m.Topic, "lab-7.") {
			t.Errorf("shown as %s", m.Topic)
		}
	}
	if snap.Leader("lab-7.mine", 1) < 0 || snap.Leader("lab-7.test-topic", 2) < 0 {
		t.Error("the leaders of the topics in use are not told")
	}
	if c.TopicInfo("mine") != nil || c.TopicInfo("lab-7.mine") == nil {
		t.Error("the topic was created under another name")
	}
	mu.Lock()
	defer mu.Unlock()
	if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "lab-7.test-topic was missing") }) {
		t.Errorf("said %q", said)
	}
}

// A broker that joins gets a proxy, and toxics act on what is sent to it; one
// that leaves is shown as gone; one that comes back elsewhere is found there,
// by the same proxy with the same toxics.
func TestBrokerJoinsLeavesAndMoves(t *testing.T) {
	plain, err := kfake.NewCluster(kfake.NumBrokers(3), kfake.SeedTopics(3, "test-topic"))
	must(t, err)
	t.Cleanup(plain.Close)
	gated, in := secured(t, access.ScramSHA256)
	for _, c := range []struct {
		name  string
		kafka *kfake.Cluster
		in    *access.Access
	}{{"plain", plain, nil}, {"secured", gated, in}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := openWith(t, bench.Options{Brokers: c.kafka.ListenAddrs(), Access: c.in})
			must(t, b.Prepare(t.Context(), bench.Needs{Send: []string{"test-topic"}}))
			join := func() {
				_, _, err := c.kafka.AddNode(9, 0)
				must(t, err)
				await(t, b, "broker 9 joins", func(s *ledger.Snapshot) bool { return up(s, 9) })
				must(t, c.kafka.MoveTopicPartition("test-topic", 1, 9))
				await(t, b, "9 leads", func(s *ledger.Snapshot) bool { return s.Leader("test-topic", 1) == 9 })
				one := batch(1, kafka.Idempotent, kafka.Sync, "A")
				one.Partition = 1
				must(t, b.Send(t.Context(), one))
				messages := b.Ledger().Snapshot().Messages
				if m := messages[len(messages)-1]; m.Report != ledger.AckedReport || m.Reported-m.Sent < 300*time.Millisecond {
					t.Errorf("not acked, or not through the toxic: %+v", m)
				}
			}
			// Before there is a broker 9 the toxic can be on no proxy of its own.
			_, _, err := c.kafka.AddNode(9, 0)
			must(t, err)
			await(t, b, "broker 9 joins", func(s *ledger.Snapshot) bool { return up(s, 9) })
			must(t, b.AddToxic(t.Context(), chaos.Toxic{Broker: 9, Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 300}}))
			for range 2 {
				must(t, c.kafka.RemoveNode(9))
				await(t, b, "broker 9 leaves", func(s *ledger.Snapshot) bool { return !up(s, 9) })
				join()
			}
			states, err := b.Proxies(t.Context())
			must(t, err)
			if len(states) != 4 || len(states[3].Toxics) != 1 {
				t.Errorf("proxies: %+v", states)
			}
		})
	}
}

func up(s *ledger.Snapshot, broker int32) bool {
	return slices.ContainsFunc(s.Brokers, func(b ledger.Broker) bool { return b.ID == broker && b.Up && b.ProxyUp })
}

func await(t *testing.T, b *bench.Bench, what string, holds func(*ledger.Snapshot) bool) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for {
		snap := b.Ledger().Snapshot()
		if holds(snap) {
			return
		}
		select {
		case <-b.Ledger().Changed(snap.Version):
		case <-patience:
			t.Fatalf("never: %s", what)
		}
	}
}

// A password that stops working while we are at it: the producer's connection
// ends, and the learner hears why.
func TestRefusalAtTheGate(t *testing.T) {
	c, in := secured(t, access.ScramSHA256)
	said := make(chan string, 64)
	b := openWith(t, bench.Options{
		Brokers: c.ListenAddrs(), Access: in,
		Notice: func(w words.Text) { said <- fmt.Sprint(w.En, w.Fr) },
	})
	c.ControlKey(kmsg.SASLAuthenticate.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
		c.KeepControl()
		answer := r.ResponseKind().(*kmsg.SASLAuthenticateResponse)
		answer.ErrorCode = 58
		return answer, nil, true
	})
	states, err := b.Proxies(t.Context())
	must(t, err)
	conn, err := net.Dial("tcp", states[0].Listen)
	must(t, err)
	defer conn.Close()
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the gate let it in")
	}
	if text := <-said; !strings.Contains(text, `refuses the user "alice"`) || !strings.Contains(text, "refuse l’utilisateur") {
		t.Errorf("said %q", text)
	}
	if dials := b.Ledger().Snapshot().Dials; len(dials) == 0 {
		t.Error("a refused dial is an event of its own")
	}
}

// Whoever is on the straight road (control, audit, watch), nobody asks a
// cluster that others use for all of its topics.
func TestNobodyAsksForAllTopics(t *testing.T) {
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("others-%d", i)
	}
	c, in := secured(t, access.Plain, kfake.SeedTopics(1, names...))
	asked := make(chan []kmsg.MetadataRequestTopic, 1024)
	c.ControlKey(kmsg.Metadata.Int16(), func(r kmsg.Request) (kmsg.Response, error, bool) {
		c.KeepControl()
		asked <- r.(*kmsg.MetadataRequest).Topics
		return nil, nil, false
	})
	b := openWith(t, bench.Options{Brokers: c.ListenAddrs(), Access: in})
	must(t, b.Prepare(t.Context(), bench.Needs{Send: []string{"test-topic"}, Audit: true}))
	sendBoth(t, b)
	must(t, b.Audit(t.Context()))
	must(t, b.Reset(t.Context()))
	sendBoth(t, b)
	must(t, b.Audit(t.Context()))
	if len(asked) == 0 {
		t.Error("nobody asked for anything")
	}
	for len(asked) > 0 {
		if topics := <-asked; topics == nil || len(topics) > 1 {
			t.Errorf("somebody asked for %d topics (none at all is everything)", len(topics))
		}
	}
}
