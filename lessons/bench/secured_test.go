package bench_test

import (
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
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
)

// The heart experiment on a cluster that wants TLS and a password: toxics act
// on the requests and never on a handshake. How many attempts the budget holds
// is TestHeart's to count.
func TestHeartOnASecuredCluster(t *testing.T) {
	run := func(name string, door clustertest.Door, mechanism string) {
		t.Run(name, func(t *testing.T) {
			if !onApache() { // there they share brokers, whose first handshakes are slow
				t.Parallel()
			}
			c := clustertest.Start(t, door)
			b := openWith(t, bench.Options{Brokers: c.Addresses(), Access: c.Access(mechanism)})
			for _, mode := range []kafka.Mode{kafka.Plain, kafka.Idempotent} {
				warm := batch(3, mode, kafka.Sync, "warm")
				warm.Partition = 1
				must(t, b.Send(t.Context(), warm))
			}
			must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 5000}}))
			sendBoth(t, b)
			after(t, b, 2500*time.Millisecond)
			must(t, b.ClearToxics(t.Context(), chaos.Which{}))
			must(t, b.Audit(t.Context()))
			if got := totals(t, b, "A"); got.Copies < 2 || got.Copies != got.Attempts {
				t.Errorf("A: got %+v", got)
			}
			if got := totals(t, b, "B"); got.Copies != 1 || got.Attempts < 2 {
				t.Errorf("B: got %+v", got)
			}
		})
	}
	for _, mechanism := range access.Mechanisms() {
		run("TLS and "+mechanism, clustertest.TLSPassword, mechanism)
	}
	run("a password alone", clustertest.Password, access.ScramSHA512)
	run("TLS alone", clustertest.TLS, "")
	run("a certificate of ours", clustertest.Certificate, "")
}

// Closing a bench on a secured cluster ends everything, also what hangs in a
// gate.
func TestCloseOnASecuredCluster(t *testing.T) {
	c := clustertest.Start(t, clustertest.TLSPassword)
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", Brokers: c.Addresses(), Access: c.Access(access.Plain)})
	must(t, err)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}))
	must(t, b.Send(t.Context(), batch(50, kafka.Plain, kafka.Async, "A")))
	must(t, b.Close())
	if got := totals(t, b, "A"); got.Acked+got.Unknown+got.Failed != 50 {
		t.Errorf("got %+v", got)
	}
}

// A topic prefix is in front of every name that the cluster hears, and shown.
func TestTopicPrefix(t *testing.T) {
	c := clustertest.Start(t, clustertest.TLSPassword)
	prefix := clustertest.Name("lab-7.") + "."
	var mu sync.Mutex
	var said []string
	b := openWith(t, bench.Options{
		Brokers: c.Addresses(), Access: c.Access(access.ScramSHA512), TopicPrefix: prefix,
		Notice: func(w words.Text) { mu.Lock(); defer mu.Unlock(); said = append(said, w.En) },
	})
	must(t, b.Prepare(t.Context(), bench.Needs{Send: []string{"test-topic"}, Audit: true}))
	must(t, b.CreateTopic(t.Context(), cluster.Topic{Name: "mine", Partitions: 2}))
	one := unhurried(batch(3, kafka.Plain, kafka.Sync, "A"))
	must(t, b.Send(t.Context(), one))
	one.Topic = "mine"
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 6 {
		t.Errorf("got %+v", got)
	}
	snap := b.Ledger().Snapshot()
	for _, m := range snap.Messages {
		if !strings.HasPrefix(m.Topic, prefix) {
			t.Errorf("shown as %s", m.Topic)
		}
	}
	if snap.Leader(prefix+"mine", 1) < 0 || snap.Leader(prefix+"test-topic", 2) < 0 {
		t.Error("the leaders of the topics in use are not told")
	}
	if c.HasTopic(t, "mine") || !c.HasTopic(t, prefix+"mine") {
		t.Error("the topic was created under another name")
	}
	mu.Lock()
	defer mu.Unlock()
	if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, prefix+"test-topic was missing") }) {
		t.Errorf("said %q", said)
	}
}

// A broker that joins gets a proxy, and toxics act on what is sent to it; one
// that leaves is shown as gone; one that comes back elsewhere is found there,
// by the same proxy with the same toxics.
func TestBrokerJoinsLeavesAndMoves(t *testing.T) {
	embeddedOnly(t, "brokers of Apache Kafka don't join and leave in a moment")
	for _, door := range []clustertest.Door{clustertest.Open, clustertest.TLSPassword} {
		t.Run(string(door), func(t *testing.T) {
			t.Parallel()
			c := clustertest.StartFake(t, door)
			b := openWith(t, bench.Options{Brokers: c.Addresses(), Access: c.Access(access.ScramSHA256)})
			must(t, b.Prepare(t.Context(), bench.Needs{Send: []string{"test-topic"}}))
			join := func() {
				c.Join(t, 9)
				ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return up(s, 9) })
				c.MoveLeader(t, "test-topic", 1, 9)
				ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.Leader("test-topic", 1) == 9 })
				one := batch(1, kafka.Idempotent, kafka.Sync, "A")
				one.Partition = 1
				must(t, b.Send(t.Context(), one))
				messages := b.Ledger().Snapshot().Messages
				if m := messages[len(messages)-1]; m.Report != ledger.AckedReport || m.Reported-m.Sent < 300*time.Millisecond {
					t.Errorf("not acked, or not through the toxic: %+v", m)
				}
			}
			// Before there is a broker 9 the toxic can be on no proxy of its own.
			c.Join(t, 9)
			ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return up(s, 9) })
			must(t, b.AddToxic(t.Context(), chaos.Toxic{On: chaos.Broker(9), Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 300}}))
			for range 2 {
				c.Leave(t, 9)
				ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return !up(s, 9) })
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

// A password that stops working while we are at it: the producer's connection
// ends, and the learner hears why.
func TestRefusalAtTheGate(t *testing.T) {
	c := clustertest.Start(t, clustertest.TLSPassword)
	in := c.AddUser(t, clustertest.Name("carol"), "for-a-while")
	said := make(chan string, 64)
	b := openWith(t, bench.Options{
		Brokers: c.Addresses(), Access: in,
		Notice: func(w words.Text) { said <- fmt.Sprint(w.En, w.Fr) },
	})
	c.RemoveUser(t, in)
	states, err := b.Proxies(t.Context())
	must(t, err)
	conn, err := net.Dial("tcp", states[0].Listen)
	must(t, err)
	defer conn.Close()
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the gate let it in")
	}
	if text := <-said; !strings.Contains(text, "refuses the user") || !strings.Contains(text, "refuse l’utilisateur") || strings.Contains(text, "for-a-while") {
		t.Errorf("said %q", text)
	}
	if dials := b.Ledger().Snapshot().Dials; len(dials) == 0 {
		t.Error("a refused dial is an event of its own")
	}
}

// Whoever is on the straight road (control, audit, watch), nobody asks a
// cluster that others use for all of its topics.
func TestNobodyAsksForAllTopics(t *testing.T) {
	embeddedOnly(t, "Apache Kafka does not tell what it is asked")
	c := clustertest.StartFake(t, clustertest.TLSPassword)
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("others-%d", i)
	}
	c.CreateTopics(t, names...)
	asked := c.Asked()
	b := openWith(t, bench.Options{Brokers: c.Addresses(), Access: c.Access(access.Plain)})
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
