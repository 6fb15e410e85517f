package bench_test

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

func batch(count int, mode kafka.Mode, sending kafka.Sending, label string) bench.Batch {
	return bench.Batch{
		Count: count, Mode: mode, Sending: sending, Settings: mode.Settings(),
		Topic: "test-topic", Partition: -1, Label: label,
	}
}

// unhurried has a batch wait for its answers however long the machine takes:
// nobody retries where that is not what a test is about.
func unhurried(b bench.Batch) bench.Batch {
	b.Settings.Request, b.Settings.Total = time.Minute, time.Minute
	return b
}

func totals(t testing.TB, b *bench.Bench, label string) ledger.Totals {
	t.Helper()
	got, ok := b.Ledger().Snapshot().Label(label)
	if !ok {
		t.Fatalf("no label %s", label)
	}
	return got
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
