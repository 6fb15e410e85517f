package bench_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

func batch(count int, mode kafka.Mode, sending kafka.Sending, label string) bench.Batch {
	return bench.Batch{
		Count: count, Mode: mode, Sending: sending, Settings: mode.Settings(),
		Topic: "test-topic", Partition: -1, Label: label,
	}
}

func totals(t testing.TB, b *bench.Bench, label string) ledger.Totals {
	t.Helper()
	got, ok := b.Ledger().Snapshot().Label(label)
	if !ok {
		t.Fatalf("no label %s", label)
	}
	return got
}

func TestReportsAreTrue(t *testing.T) {
	b := open(t)
	must(t, b.Send(t.Context(), batch(6, kafka.Plain, kafka.Sync, "A")))
	must(t, b.Audit(t.Context()))
	snap := b.Ledger().Snapshot()
	where := map[ledger.Partition][]int64{}
	for _, tail := range snap.Tails {
		for _, r := range tail.Records {
			where[tail.Partition] = append(where[tail.Partition], r.Offset)
			for _, m := range snap.Messages {
				if m.Ref == r.Ref && (m.Partition != tail.Partition.ID || m.Offset != r.Offset) {
					t.Errorf("told partition %d offset %d, found in %v at %d", m.Partition, m.Offset, tail.Partition, r.Offset)
				}
			}
		}
	}
	if len(where) != 3 {
		t.Errorf("round robin over three partitions: found %v", where)
	}
	if got := totals(t, b, "A"); got.Once != 6 || got.Partitions != 3 || got.Reordered != 0 {
		t.Errorf("got %+v", got)
	}
}

// Keys go where Java's producer would send them, and stay there.
func TestKeysChoosePartitions(t *testing.T) {
	b := open(t)
	keyed := batch(12, kafka.Plain, kafka.Async, "A")
	keyed.Keys = 4
	must(t, b.Send(t.Context(), keyed))
	must(t, b.Audit(t.Context()))
	of := map[string]int32{}
	for _, m := range b.Ledger().Snapshot().Messages {
		if m.Report != ledger.AckedReport {
			t.Fatalf("not acked: %+v", m)
		}
		if p, ok := of[m.Key]; ok && m.Key != "" && p != m.Partition {
			t.Errorf("key %s in %d and %d", m.Key, p, m.Partition)
		}
		of[m.Key] = m.Partition
	}
}

func TestFireAndForget(t *testing.T) {
	b := open(t)
	must(t, b.Send(t.Context(), batch(5, kafka.FireAndForget, kafka.Async, "A")))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Fired != 5 || got.Acked != 0 || got.Once != 5 || got.Attempts != 5 {
		t.Errorf("got %+v", got)
	}
}

// Direction is the lesson: a lost request duplicates nothing, a slow one does.
func TestLostAndSlowRequests(t *testing.T) {
	t.Run("lost", func(t *testing.T) {
		t.Parallel()
		b := open(t)
		must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Upstream, Attributes: map[string]int64{"timeout": 0}}))
		must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Async, "A")))
		must(t, b.Audit(t.Context()))
		if got := totals(t, b, "A"); got.Unknown != 1 || got.Absent != 1 || got.Copies != 0 || got.Attempts != 3 {
			t.Errorf("got %+v", got)
		}
		for _, m := range b.Ledger().Snapshot().Messages {
			for _, id := range m.Attempts {
				if a := b.Ledger().Snapshot().Attempt(id); a.Arrived != -1 || a.Answered != -1 {
					t.Errorf("a lost request arrived: %+v", a)
				}
			}
		}
	})
	t.Run("slow", func(t *testing.T) {
		t.Parallel()
		b := open(t)
		must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Upstream, Attributes: map[string]int64{"latency": 1000}}))
		sendBoth(t, b)
		must(t, b.Audit(t.Context()))
		if got := totals(t, b, "A"); got.Unknown != 1 || got.Copies != 3 || got.Ghosts != 1 || got.Attempts != 3 {
			t.Errorf("A: got %+v", got)
		}
		if got := totals(t, b, "B"); got.Unknown != 1 || got.Copies != 1 || got.Ghosts != 1 || got.Attempts != 4 {
			t.Errorf("B: got %+v", got)
		}
	})
}

// Where the budget ends first, it wins: the report comes, and no attempt
// departs after it.
func TestBudgetWins(t *testing.T) {
	t.Parallel()
	b := open(t)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 60_000}}))
	many := batch(1, kafka.Plain, kafka.Sync, "A")
	many.Settings.Retries, many.Settings.Request, many.Settings.Backoff, many.Settings.Total = 100, 100*time.Millisecond, 5*time.Millisecond, time.Second
	must(t, b.Send(t.Context(), many))
	must(t, b.Audit(t.Context()))
	snap := b.Ledger().Snapshot()
	m := snap.Messages[0]
	if m.Report != ledger.UnknownReport || m.Reason != ledger.BudgetSpent || m.Reported-m.Sent < time.Second {
		t.Errorf("got %+v", m)
	}
	for _, id := range m.Attempts {
		if a := snap.Attempt(id); a.Departed > m.Reported {
			t.Errorf("an attempt departed at %v, after the report at %v", a.Departed, m.Reported)
		}
	}
	if got := totals(t, b, "A"); got.Attempts < 3 || got.Attempts > 12 {
		t.Errorf("%d attempts in a second of 100 ms each", got.Attempts)
	}
}

func TestUnknownTopic(t *testing.T) {
	b := open(t)
	one := batch(1, kafka.Idempotent, kafka.Sync, "A")
	one.Topic = "nonexistent-topic"
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	m := b.Ledger().Snapshot().Messages[0]
	if m.Report != ledger.FailedReport || m.Reason != ledger.UnknownTopic || len(m.Attempts) != 0 {
		t.Errorf("got %+v", m)
	}
	if got := totals(t, b, "A"); got.Absent != 1 || got.Failed != 1 {
		t.Errorf("got %+v", got)
	}
	many := batch(20, kafka.Plain, kafka.Async, "B")
	many.Topic = "nonexistent-topic"
	must(t, b.Send(t.Context(), many))
	must(t, b.Audit(t.Context()))
	for _, m := range b.Ledger().Snapshot().Messages {
		if m.Report != ledger.FailedReport || m.Reason != ledger.UnknownTopic {
			t.Errorf("got %+v", m)
		}
	}
}

// With every broker stopped, messages are tried as the settings say and fail;
// with the brokers back, the same producers go on.
func TestEveryBrokerStopped(t *testing.T) {
	embeddedOnly(t, "brokers of Apache Kafka take seconds to come back")
	b := open(t)
	ctx := t.Context()
	must(t, b.Send(ctx, batch(3, kafka.Plain, kafka.Sync, "before")))
	for id := int32(1); id <= 3; id++ {
		must(t, b.SwitchBroker(ctx, id, bench.Stop))
	}
	gone := batch(30, kafka.Plain, kafka.Async, "gone")
	gone.Settings.Backoff = 20 * time.Millisecond
	must(t, b.Send(ctx, gone))
	for b.Ledger().Snapshot().InFlight > 0 {
		<-b.Ledger().Changed(b.Ledger().Version())
	}
	if got := totals(t, b, "gone"); got.Failed != 30 || got.Attempts != 0 {
		t.Errorf("got %+v", got)
	}
	for id := int32(1); id <= 3; id++ {
		must(t, b.SwitchBroker(ctx, id, bench.Start))
	}
	must(t, b.Send(ctx, batch(30, kafka.Plain, kafka.Async, "after")))
	must(t, b.Audit(ctx))
	if got := totals(t, b, "after"); got.Acked != 30 || got.Once != 30 {
		t.Errorf("got %+v", got)
	}
	if got := totals(t, b, "gone"); got.Absent != 30 {
		t.Errorf("got %+v", got)
	}
}

func TestSizeLimits(t *testing.T) {
	b := open(t)
	for _, c := range []struct {
		size   int
		report ledger.Kind
	}{{kafka.MaxMessageBytes, ledger.AckedReport}, {10_000_000, ledger.FailedReport}} {
		big := batch(1, kafka.Plain, kafka.Sync, "A")
		big.Size = c.size
		must(t, b.Send(t.Context(), big))
		messages := b.Ledger().Snapshot().Messages
		if m := messages[len(messages)-1]; m.Report != c.report {
			t.Errorf("%d bytes: got %+v", c.size, m)
		}
	}
}

func TestNamedMessageSentAgain(t *testing.T) {
	b := open(t)
	named := batch(2, kafka.Idempotent, kafka.Sync, "A")
	named.ID = "transfer-42"
	must(t, b.Send(t.Context(), named))
	must(t, b.Send(t.Context(), named))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Sent != 4 || got.Acked != 4 || got.Copies != 4 || got.Duplicates != 1 || got.Attempts != 4 || got.Retries != 0 {
		t.Errorf("got %+v", got)
	}
	must(t, b.Reset(t.Context()))
	must(t, b.Send(t.Context(), named))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Copies != 2 {
		t.Errorf("copies of the run before count: %+v", got)
	}
}

func TestBrokerStopsAndStarts(t *testing.T) {
	b := open(t)
	ctx := t.Context()
	must(t, b.Send(ctx, batch(3, kafka.Idempotent, kafka.Sync, "before")))
	must(t, b.SwitchBroker(ctx, 2, bench.Stop))
	if conn, err := net.Dial("tcp", b.Brokers()[1].Direct); err == nil {
		_ = conn.Close()
		t.Error("a stopped broker accepts connections")
	}
	if leader := b.Ledger().Snapshot().Leader("test-topic", 1); leader != 3 {
		t.Errorf("partition 1 is led by %d while broker 2 is stopped", leader)
	}
	must(t, b.Send(ctx, batch(6, kafka.Idempotent, kafka.Async, "during")))
	must(t, b.Audit(ctx))
	if got := totals(t, b, "during"); got.Acked != 6 || got.Once != 6 || got.Partitions != 3 {
		t.Errorf("during: got %+v", got)
	}
	must(t, b.SwitchBroker(ctx, 2, bench.Start))
	must(t, b.MoveLeader(ctx, "test-topic", 1, 2))
	must(t, b.Send(ctx, batch(3, kafka.Plain, kafka.Sync, "after")))
	must(t, b.Audit(ctx))
	if got := totals(t, b, "after"); got.Acked != 3 || got.Once != 3 {
		t.Errorf("after: got %+v", got)
	}
	snap := b.Ledger().Snapshot()
	if len(snap.Brokers) != 3 || !snap.Brokers[1].Up || !snap.Brokers[1].ProxyUp || snap.Leader("test-topic", 1) != 2 {
		t.Errorf("got %+v, leader %d", snap.Brokers, snap.Leader("test-topic", 1))
	}
}

func TestProxyDownIsRefused(t *testing.T) {
	b := open(t)
	must(t, b.SwitchProxy(t.Context(), 0, false))
	must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Sync, "A")))
	snap := b.Ledger().Snapshot()
	if m := snap.Messages[0]; m.Report != ledger.FailedReport || len(m.Attempts) != 0 {
		t.Errorf("got %+v", m)
	}
	if len(snap.Dials) == 0 {
		t.Error("a refused dial is an event of its own")
	}
}

func TestLeaderMoves(t *testing.T) {
	b := open(t)
	for name, err := range map[string]error{
		"no topic":     b.MoveLeader(t.Context(), "nonexistent", 0, 1),
		"no partition": b.MoveLeader(t.Context(), "test-topic", 7, 1),
		"no broker":    b.MoveLeader(t.Context(), "test-topic", 0, 9),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	one := batch(1, kafka.Plain, kafka.Sync, "A")
	one.Partition = 0
	must(t, b.Send(t.Context(), one))
	must(t, b.MoveLeader(t.Context(), "test-topic", 0, 3))
	must(t, b.Send(t.Context(), one))
	messages := b.Ledger().Snapshot().Messages
	last := messages[len(messages)-1]
	if last.Report != ledger.AckedReport {
		t.Fatalf("got %+v", last)
	}
	if a := b.Ledger().Snapshot().Attempt(last.Attempts[len(last.Attempts)-1]); a.Broker != 3 {
		t.Errorf("acked by %d, not by the new leader", a.Broker)
	}
}

// A toxic that somebody adds through Toxiproxy's own API is on the bench too.
func TestToxicFromOutside(t *testing.T) {
	b := open(t)
	url, _ := b.Toxiproxy()
	v := b.Ledger().Version()
	resp, err := http.Post(url+"/proxies/broker-2/toxics", "application/json",
		strings.NewReader(`{"name":"mine","type":"latency","stream":"upstream","attributes":{"latency":7}}`))
	must(t, err)
	_ = resp.Body.Close()
	<-b.Ledger().Changed(v)
	toxics := b.Ledger().Snapshot().Toxics
	if len(toxics) != 1 || toxics[0].Broker != 2 || toxics[0].Name != "mine" || toxics[0].Attributes["latency"] != 7 || toxics[0].Stream != "upstream" {
		t.Errorf("got %+v", toxics)
	}
}

// An audit of something that can still arrive waits, and says so in the end.
func TestAuditThatDoesNotSettle(t *testing.T) {
	embeddedOnly(t, "elsewhere nobody sees what is still under way")
	if testing.Short() {
		t.Skip("waits out the audit's patience of ten seconds")
	}
	t.Parallel()
	b := open(t)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Upstream, Attributes: map[string]int64{"latency": 60_000}}))
	must(t, b.Send(t.Context(), batch(1, kafka.FireAndForget, kafka.Async, "A")))
	err := b.Audit(t.Context())
	if !errors.Is(err, bench.ErrNotSettled) {
		t.Fatalf("got %v", err)
	}
	if got := totals(t, b, "A"); got.Audited {
		t.Errorf("it judged all the same: %+v", got)
	}
}

func TestInterruptedSend(t *testing.T) {
	b := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	slow := batch(1000, kafka.Plain, kafka.Async, "A")
	slow.Rate = 50
	failed := make(chan error, 1)
	go func() { failed <- b.Send(ctx, slow) }()
	for b.Ledger().Snapshot().All.Sent < 3 {
		<-b.Ledger().Changed(b.Ledger().Version())
	}
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); !got.Done || got.Sent >= 1000 || got.Once != got.Sent {
		t.Errorf("got %+v", got)
	}
}

// A cluster that is there already: no tap at its brokers, so two of the four
// moments are not known, and the same verdicts.
func TestExternalCluster(t *testing.T) {
	there, err := cluster.Open(cluster.Options{TempDir: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { must(t, there.Close()) })
	b := openWith(t, bench.Options{Brokers: []string{"127.0.0.1:1", there.Brokers()[0].Direct}}) // one dead, one alive
	if b.Lacks(bench.Replication) != nil || b.Lacks(bench.Control) == nil {
		t.Errorf("replication: %v, brokers of our own: %v", b.Lacks(bench.Replication), b.Lacks(bench.Control))
	}
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
	snap := b.Ledger().Snapshot()
	for _, m := range snap.Messages {
		for _, id := range m.Attempts {
			if a := snap.Attempt(id); a.Arrived != -1 || a.Answered != -1 || a.Departed < 0 {
				t.Errorf("a moment that nobody saw: %+v", a)
			}
		}
	}
	if snap.Simulated {
		t.Error("a real cluster is not simulated")
	}
	if err := b.SwitchBroker(t.Context(), 1, bench.Stop); err == nil {
		t.Error("we stopped a broker of a cluster that is not ours")
	}
}

// On an external cluster, too, an audit waits for what its proxies still carry.
func TestExternalAuditWaitsForItsProxies(t *testing.T) {
	there, err := cluster.Open(cluster.Options{TempDir: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { must(t, there.Close()) })
	b := openWith(t, bench.Options{Brokers: []string{there.Brokers()[0].Direct}})
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Upstream, Attributes: map[string]int64{"latency": 2000}}))
	must(t, b.Send(t.Context(), batch(3, kafka.FireAndForget, kafka.Async, "A")))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 3 {
		t.Errorf("got %+v", got)
	}
}

func TestNobodyThere(t *testing.T) {
	_, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", Brokers: []string{"127.0.0.1:1"}})
	if err == nil || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("got %v", err)
	}
}

func TestToxiproxyPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	_, err = bench.Open(t.Context(), bench.Options{Toxiproxy: taken.Addr().String(), ToxiproxyAsked: true, TempDir: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Errorf("got %v", err)
	}
	b := openWith(t, bench.Options{})
	if _, announce := b.Toxiproxy(); !announce {
		t.Error("a port that nobody asked for is announced")
	}
}

func TestSeedRepeatsRunIDs(t *testing.T) {
	ids := func() (list [2]string) {
		b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir(), Seed: 7})
		must(t, err)
		list[0] = b.Ledger().Snapshot().Run
		must(t, b.Reset(t.Context()))
		list[1] = b.Ledger().Snapshot().Run
		must(t, b.Close())
		return list
	}
	a, b := ids(), ids()
	if a != b || a[0] == a[1] {
		t.Errorf("got %v and %v", a, b)
	}
}

// What fire-and-forget lost can be judged: nobody waits for an answer that was
// never asked for.
func TestLostFireAndForget(t *testing.T) {
	embeddedOnly(t, "a bench for each fault")
	for _, c := range []struct {
		kind       string
		attributes map[string]int64
	}{
		{"timeout", map[string]int64{"timeout": 0}},
		{"timeout", map[string]int64{"timeout": 200}},
		{"limit_data", map[string]int64{"bytes": 10}},
	} {
		b := open(t)
		must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: c.kind, Stream: chaos.Upstream, Attributes: c.attributes}))
		must(t, b.Send(t.Context(), batch(30, kafka.FireAndForget, kafka.Async, "A")))
		must(t, b.Audit(t.Context()))
		// A toxic that cuts may cut while sarama still writes: such a message's
		// fate is unknown, and it is not in the log either.
		got := totals(t, b, "A")
		if got.Acked != 0 || got.Absent != 30 || got.Lost != 0 {
			t.Errorf("%s: got %+v", c.kind, got)
		}
		if c.kind == "timeout" && c.attributes["timeout"] == 0 && got.Fired != 30 {
			t.Errorf("nothing was cut: got %+v", got)
		}
	}
}

// Messages heavier together than all that may be in flight go out in turn.
func TestHeavyBurst(t *testing.T) {
	b := open(t)
	heavy := batch(50, kafka.Plain, kafka.Async, "A")
	heavy.Size = 1_000_000
	must(t, b.Send(t.Context(), heavy))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 50 {
		t.Errorf("got %+v", got)
	}
}

// An impatient budget never makes the next message pay for the one before.
func TestSendAgainAtOnceAfterTheBudget(t *testing.T) {
	b := open(t)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}))
	hasty := batch(60, kafka.Plain, kafka.Sync, "A")
	hasty.Settings.Retries, hasty.Settings.Request, hasty.Settings.Total = 0, 5*time.Second, 20*time.Millisecond
	must(t, b.Send(t.Context(), hasty))
	for _, m := range b.Ledger().Snapshot().Messages {
		if m.Reason != ledger.BudgetSpent {
			t.Errorf("nothing but its own budget ended it: got %+v", m)
		}
	}
}

// A reset leaves a bench on which nothing of the run before is felt.
func TestResetIsClean(t *testing.T) {
	embeddedOnly(t, "leaders go back to their first brokers at once")
	b := open(t)
	ctx := t.Context()
	must(t, b.Send(ctx, batch(3, kafka.Plain, kafka.Sync, "A")))
	must(t, b.MoveLeader(ctx, "test-topic", 1, 3))
	must(t, b.Send(ctx, batch(3, kafka.Plain, kafka.Sync, "A")))
	url, _ := b.Toxiproxy()
	request, err := http.NewRequestWithContext(ctx, http.MethodDelete, url+"/proxies/broker-2", nil)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	_ = response.Body.Close()
	must(t, b.Reset(ctx))
	must(t, b.Send(ctx, batch(6, kafka.Plain, kafka.Sync, "A")))
	if got := totals(t, b, "A"); got.Acked != 6 || got.Attempts != 6 {
		t.Errorf("got %+v", got)
	}
	if snap := b.Ledger().Snapshot(); !snap.Brokers[1].ProxyUp {
		t.Errorf("the proxy of broker 2 is back, and shown as %+v", snap.Brokers[1])
	}
}
