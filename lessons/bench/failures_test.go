//go:build unix

package bench_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
)

// Brokers are killed, frozen, stopped and started again under a load, one at a
// time, so that two replicas of three are always there. Every message has one
// report, and what was acked with acks=all is in the log: once, where the
// producer is idempotent.
func TestFailuresUnderLoad(t *testing.T) {
	apacheOnly(t)
	b := open(t)
	ctx := t.Context()
	topic := "load-" + b.Ledger().Snapshot().Run
	must(t, b.CreateTopic(ctx, cluster.Topic{Name: topic, Partitions: 3, Replication: 3, MinInSync: 2}))
	loading, end := context.WithCancel(ctx)
	defer end()
	sent := make(chan error, 2)
	for label, mode := range map[string]kafka.Mode{"plain": kafka.Plain, "idempotent": kafka.Idempotent} {
		stream := batch(1_000_000, mode, kafka.Async, label)
		stream.Topic, stream.Rate, stream.Settings.Acks = topic, 150, -1
		go func() { sent <- b.Send(loading, stream) }()
	}
	flows := func() {
		t.Helper()
		from := b.Ledger().Snapshot().All.Acked
		ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Acked >= from+100 })
	}
	do := func(broker int32, action bench.Action) {
		t.Helper()
		must(t, b.SwitchBroker(ctx, broker, action))
		flows()
	}
	flows()
	do(1, bench.Kill)
	do(1, bench.Start)
	must(t, b.SwitchBroker(ctx, 2, bench.Freeze))
	pause(t, 500*time.Millisecond) // the cluster does not take it for dead
	do(2, bench.Thaw)
	do(3, bench.Freeze) // and here it does: others lead before anything flows
	do(3, bench.Thaw)
	do(2, bench.Stop)
	do(2, bench.Start)
	crash(t, b, 3)
	flows()
	do(3, bench.Start)
	end()
	for range 2 {
		if err := <-sent; !errors.Is(err, context.Canceled) {
			t.Errorf("a stream ended with %v", err)
		}
	}
	must(t, b.Audit(ctx))
	for _, label := range []string{"plain", "idempotent"} {
		got := totals(t, b, label)
		t.Logf("%-10s %d sent: %d acked, %d failed, %d unknown; %d once, %d duplicates, %d lost, %d not written, %d ghosts; %d attempts",
			label, got.Sent, got.Acked, got.Failed, got.Unknown, got.Once, got.Duplicates, got.Lost, got.Absent, got.Ghosts, got.Attempts)
		if got.Acked+got.Failed+got.Unknown != got.Sent || !got.Done {
			t.Errorf("%s: messages without a report, or with two: %+v", label, got)
		}
		if got.Once+got.Duplicates+got.Lost+got.Absent != got.Sent || got.Lost != 0 {
			t.Errorf("%s: acked and lost, or not judged: %+v", label, got)
		}
		if label == "idempotent" && got.Duplicates != 0 {
			t.Errorf("%d duplicates", got.Duplicates)
		}
	}
}

// crash kills a broker's process behind the bench's back. The bench notices,
// and says so.
func crash(t *testing.T, b *bench.Bench, broker int32) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared.dir, "*", "node-"+strconv.Itoa(int(broker)), "pid"))
	if err != nil || len(files) != 1 {
		t.Fatalf("pid files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	must(t, err)
	pid, err := strconv.Atoi(string(text))
	must(t, err)
	must(t, syscall.Kill(pid, syscall.SIGKILL))
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return !up(s, broker) })
	select {
	case said := <-shared.notices:
		if !strings.Contains(said.En, "broker start "+strconv.Itoa(int(broker))) || !strings.Contains(said.En, "killed") || !strings.Contains(said.Fr, "sans qu’on le lui demande") {
			t.Errorf("said %q, %q", said.En, said.Fr)
		}
	case <-time.After(20 * time.Second):
		t.Error("nobody said so")
	}
}

// A broker that dies by itself is to the ledger as one that was killed, and
// can be started again.
func TestCrash(t *testing.T) {
	apacheOnly(t)
	b := open(t)
	crash(t, b, 2)
	snap := b.Ledger().Snapshot()
	for _, x := range snap.Brokers {
		if x.Up != (x.ID != 2) || x.ProxyUp != (x.ID != 2) {
			t.Errorf("got %+v", x)
		}
	}
	must(t, b.SwitchBroker(t.Context(), 2, bench.Start))
	one := batch(3, kafka.Idempotent, kafka.Sync, "A")
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 3 || !up(b.Ledger().Snapshot(), 2) {
		t.Errorf("got %+v", got)
	}
}
