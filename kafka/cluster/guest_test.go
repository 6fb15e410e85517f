package cluster_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// asked records what a cluster is asked for.
type asked struct {
	mu       sync.Mutex
	requests []kmsg.Request
	metadata chan struct{} // one for each question for metadata
}

func record(c *kfake.Cluster) *asked {
	a := &asked{metadata: make(chan struct{}, 1024)}
	c.Control(func(r kmsg.Request) (kmsg.Response, error, bool) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.requests = append(a.requests, r)
		if _, ok := r.(*kmsg.MetadataRequest); ok {
			a.metadata <- struct{}{}
		}
		c.KeepControl()
		return nil, nil, false
	})
	return a
}

func (a *asked) all() []kmsg.Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.requests)
}

// Attaching asks for brokers, never for topics: it does the same, and hears
// the same, whether a cluster has ten topics or a thousand.
func TestAttachingAsksForNoTopics(t *testing.T) {
	for _, count := range []int{10, 1000} {
		names := make([]string, count)
		for i := range names {
			names[i] = fmt.Sprintf("others-%d", i)
		}
		c, addresses := fake(t, kfake.SeedTopics(1, names...))
		a := record(c)
		e, err := attach(t, cluster.AttachOptions{Addresses: addresses, Every: 5 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		must(t, e.Prepare(t.Context(), cluster.Needs{Send: []string{"others-3"}}))
		e.Watch()
		for range 8 { // some of them beyond those of attaching
			<-a.metadata
		}
		for _, r := range a.all() {
			if m, ok := r.(*kmsg.MetadataRequest); ok && (m.Topics == nil || len(m.Topics) > 1 || m.AllowAutoTopicCreation) {
				t.Fatalf("it asked for topics: %+v", m)
			}
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What a script needs is looked up before it sends: topics of the course are
// made where they are missing, others are not, and the learner hears of both.
func TestPreparing(t *testing.T) {
	c, addresses := fake(t, kfake.NumBrokers(3), kfake.SeedTopics(2, "team-orders"))
	var said []string
	leaders := map[string]int{}
	e, err := attach(t, cluster.AttachOptions{
		Addresses: addresses[:1], Notice: func(w words.Text) { said = append(said, w.En) },
		Led: func(topic string, _, by int32) {
			if by < 0 {
				t.Errorf("%s is led by %d", topic, by)
			}
			leaders[topic]++
		},
	})
	must(t, err)
	a := record(c)
	must(t, e.Prepare(t.Context(), cluster.Needs{
		Send:   []string{"p-test-topic", "team-orders", "nonexistent-topic", "p-mine"},
		Create: map[string]int32{"p-mine": 4},
		Course: map[string]int32{"p-test-topic": 3, "p-load-test": 3},
		Read:   true,
	}))
	if want := map[string]int{"p-test-topic": 3, "team-orders": 2}; !maps.Equal(leaders, want) {
		t.Errorf("leaders of %v, want %v", leaders, want)
	}
	if all := strings.Join(said, "\n"); len(said) != 2 || !strings.Contains(all, "p-test-topic was missing and has been created") ||
		!strings.Contains(all, "nonexistent-topic is not there") {
		t.Errorf("said %q", said)
	}
	must(t, e.CreateTopic(t.Context(), cluster.Topic{Name: "p-mine", Partitions: 4}))
	must(t, e.CreateTopic(t.Context(), cluster.Topic{Name: "p-mine", Partitions: 4}))
	if leaders["p-mine"] != 4 {
		t.Errorf("leaders of %v", leaders)
	}
	for _, r := range a.all() {
		switch r := r.(type) {
		case *kmsg.DeleteTopicsRequest, *kmsg.DeleteRecordsRequest:
			t.Errorf("a guest deletes: %+v", r)
		case *kmsg.CreateTopicsRequest:
			for _, topic := range r.Topics {
				if topic.Topic != "p-test-topic" && topic.Topic != "p-mine" {
					t.Errorf("it created %s", topic.Topic)
				}
			}
		}
	}
}

// Rights that are lacking are said before anything is sent, by name.
func TestRights(t *testing.T) {
	kafka := clustertest.Start(t, clustertest.Password)
	of := clustertest.Name("")
	full, readOnly, writeOnly, hidden := "full"+of, "read-only"+of, "write-only"+of, "hidden"+of
	missing, creatable := "missing"+of, "creatable"+of
	kafka.CreateTopics(t, full, readOnly, writeOnly, hidden)
	kafka.Grant(t, clustertest.Bob, full, clustertest.Read, clustertest.Write)
	kafka.Grant(t, clustertest.Bob, readOnly, clustertest.Read)
	kafka.Grant(t, clustertest.Bob, writeOnly, clustertest.Write)
	kafka.Grant(t, clustertest.Bob, missing, clustertest.Describe)
	kafka.Grant(t, clustertest.Bob, creatable, clustertest.Create, clustertest.Describe, clustertest.Write, clustertest.Read)
	bob := kafka.AccessOf(clustertest.Bob, clustertest.BobPassword, access.ScramSHA256)
	for _, c := range []struct {
		name  string
		needs cluster.Needs
		says  []string // nothing: it may
	}{
		{"all there", cluster.Needs{Send: []string{full}, Read: true}, nil},
		{"no need to read", cluster.Needs{Send: []string{writeOnly}}, nil},
		{"no WRITE", cluster.Needs{Send: []string{full, readOnly}, Read: true}, []string{"the user bob", readOnly + ": WRITE", "ACL"}},
		{"no READ", cluster.Needs{Send: []string{writeOnly}, Read: true}, []string{writeOnly + ": READ"}},
		{"nothing", cluster.Needs{Send: []string{hidden}}, []string{hidden + ": DESCRIBE"}},
		{"no CREATE for the course", cluster.Needs{Send: []string{missing}, Course: map[string]int32{missing: 3}}, []string{missing, "CREATE", "bob"}},
		{"no CREATE for a line", cluster.Needs{Create: map[string]int32{missing: 3}}, []string{missing, "CREATE"}},
		{"CREATE", cluster.Needs{Send: []string{creatable}, Course: map[string]int32{creatable: 3}, Read: true}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := attach(t, cluster.AttachOptions{Addresses: kafka.Addresses(), Access: bob})
			must(t, err)
			err = e.Prepare(t.Context(), c.needs)
			if (err == nil) != (c.says == nil) {
				t.Fatalf("got %v", err)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}

// Brokers that join, leave, come back and move are followed, and so are the
// leaders of the topics in use.
func TestFollowing(t *testing.T) {
	c, addresses := fake(t, kfake.NumBrokers(2), kfake.SeedTopics(6, "used", "other"))
	news := make(chan string, 256)
	e, err := attach(t, cluster.AttachOptions{
		Addresses: addresses, Every: 5 * time.Millisecond,
		Front: func(_ context.Context, broker int32, _ string) error {
			news <- fmt.Sprintf("front %d", broker)
			return nil
		},
		Seen: func(broker int32, up bool) { news <- fmt.Sprintf("broker %d %v", broker, up) },
		Led: func(topic string, _, by int32) {
			if topic != "used" {
				t.Errorf("a leader of %s", topic)
			}
			news <- fmt.Sprintf("led by %d", by)
		},
	})
	must(t, err)
	e.Use("used")
	e.Watch()
	await := func(want string) {
		t.Helper()
		for {
			select {
			case got := <-news:
				if got == want {
					return
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("never heard: %s", want)
			}
		}
	}
	await("front 1")
	_, port, err := c.AddNode(7, 0)
	must(t, err)
	await("front 7")
	await("broker 7 true")
	must(t, c.MoveTopicPartition("used", 0, 7))
	await("led by 7")
	must(t, c.RemoveNode(7))
	await("broker 7 false")
	if len(e.Brokers()) != 2 {
		t.Errorf("brokers %v", e.Brokers())
	}
	_, moved, err := c.AddNode(7, 0)
	must(t, err)
	if moved != port {
		await("front 7")
	}
	await("broker 7 true")
}
