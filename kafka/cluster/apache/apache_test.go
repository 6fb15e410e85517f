//go:build unix

package apache_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"
	"atelier/kafka/cluster/apache"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("ATELIER_TEST_START"); dir != "" {
		runAsStarter(dir)
	}
	goleak.VerifyTestMain(m)
}

// needsKafka skips a test where nobody asked for real brokers: they need Java,
// and the jars once.
func needsKafka(t testing.TB) {
	t.Helper()
	if os.Getenv("ATELIER_APACHE") == "" {
		t.Skip("real brokers: make test-apache")
	}
}

func start(t *testing.T, o apache.Options) *apache.Cluster {
	t.Helper()
	needsKafka(t)
	if o.TempDir == "" {
		o.TempDir = t.TempDir()
	}
	began := time.Now()
	c, err := apache.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %v", time.Since(began).Round(time.Millisecond))
	t.Cleanup(func() {
		began := time.Now()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		t.Logf("closed in %v", time.Since(began).Round(time.Millisecond))
	})
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// led collects who leads.
type led struct {
	mu   sync.Mutex
	of   map[int32]int32 // by partition of test-topic
	news chan struct{}
}

func newLed() *led { return &led{of: map[int32]int32{}, news: make(chan struct{}, 1)} }

func (l *led) hear(topic string, partition, broker int32) {
	if topic != "test-topic" {
		return
	}
	l.mu.Lock()
	l.of[partition] = broker
	l.mu.Unlock()
	select {
	case l.news <- struct{}{}:
	default:
	}
}

func (l *led) await(t *testing.T, partition int32, wanted func(int32) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		l.mu.Lock()
		now := l.of[partition]
		l.mu.Unlock()
		if wanted(now) {
			return
		}
		select {
		case <-l.news:
		case <-ctx.Done():
			t.Fatalf("partition %d is led by %d", partition, now)
		}
	}
}

func is(broker int32) func(int32) bool { return func(b int32) bool { return b == broker } }

// One cluster goes through everything that can happen to it.
func TestCluster(t *testing.T) {
	leaders := newLed()
	dir := t.TempDir()
	c := start(t, apache.Options{
		Led: leaders.hear, TempDir: dir, Progress: func(w words.Text) { t.Log(w.En, "/", w.Fr) },
	})
	ctx := t.Context()
	for p, want := range []int32{1, 2, 3} {
		leaders.await(t, int32(p), is(want))
	}
	inSync := func(want ...int32) {
		t.Helper()
		got, err := c.InSync(ctx, "test-topic", 0)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("in sync: got %v, %v; want %v", got, err, want)
		}
	}
	inSync(1, 2, 3)

	t.Run("move", func(t *testing.T) {
		must(t, c.MoveLeader("test-topic", 0, 2))
		leaders.await(t, 0, is(2))
		for name, err := range map[string]error{
			"no topic": c.MoveLeader("nonexistent", 0, 1), "no partition": c.MoveLeader("test-topic", 7, 1), "no broker": c.MoveLeader("test-topic", 0, 9),
		} {
			if err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		must(t, c.Restore())
		leaders.await(t, 0, is(1))
	})
	t.Run("stop", func(t *testing.T) {
		must(t, c.StopBroker(1))
		leaders.await(t, 0, func(b int32) bool { return b > 1 })
		inSync(2, 3)
		must(t, c.StartBroker(1))
		inSync(1, 2, 3)
	})
	t.Run("kill", func(t *testing.T) {
		must(t, c.KillBroker(2))
		leaders.await(t, 1, func(b int32) bool { return b > 0 && b != 2 })
		s, err := c.Standing(ctx, "test-topic")
		must(t, err)
		if s.Brokers[1].State != cluster.Stopped || s.Partitions[1].Leader == 2 || len(s.Partitions[1].Replicas) != 3 {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("freeze", func(t *testing.T) {
		must(t, c.FreezeBroker(3))
		leaders.await(t, 2, is(1))
		if err := c.StartBroker(3); err == nil {
			t.Error("a frozen broker was started")
		}
		must(t, c.ThawBroker(3))
		if c.ThawBroker(2) == nil || c.FreezeBroker(2) == nil {
			t.Error("a dead broker was frozen or thawed")
		}
	})
	t.Run("restore", func(t *testing.T) {
		must(t, c.Restore())
		inSync(1, 2, 3)
		for p, want := range []int32{1, 2, 3} {
			leaders.await(t, int32(p), is(want))
		}
	})
	t.Run("topics", func(t *testing.T) {
		must(t, c.CreateTopic(ctx, cluster.Topic{Name: "two", Partitions: 1, Replication: 2, MinInSync: 2}))
		must(t, c.CreateTopic(ctx, cluster.Topic{Name: "two", Partitions: 1}))
		if err := c.CreateTopic(ctx, cluster.Topic{Name: "two", Partitions: 2}); err == nil {
			t.Error("another topic of that name")
		}
		if err := c.CreateTopic(ctx, cluster.Topic{Name: "four", Partitions: 1, Replication: 4}); err == nil {
			t.Error("four replicas on three brokers")
		}
		if got, err := c.InSync(ctx, "two", 0); err != nil || !slices.Equal(got, []int32{1, 2}) {
			t.Errorf("got %v, %v", got, err)
		}
	})
	t.Run("all down", func(t *testing.T) {
		for id := int32(1); id <= 3; id++ {
			must(t, c.KillBroker(id))
		}
		if _, err := c.Leader(ctx, "test-topic", 0); err == nil {
			t.Error("who said so?")
		}
		must(t, c.Restore())
		if leader, err := c.Leader(ctx, "test-topic", 0); err != nil || leader != 1 {
			t.Errorf("led by %d, %v", leader, err)
		}
	})
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("beside the cluster's own folder: %v", left)
	}
}

// A start that is interrupted leaves nothing behind.
func TestStartIsInterrupted(t *testing.T) {
	needsKafka(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := apache.Start(ctx, apache.Options{TempDir: dir, Progress: func(words.Text) {
		time.AfterFunc(300*time.Millisecond, cancel) // the processes are there, and nobody answers yet
	}})
	if err == nil {
		t.Fatal("it started all the same")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
