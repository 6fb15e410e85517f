package bench_test

import (
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/lessons/bench"
)

// A cluster that is there already: no tap at its brokers, so two of the four
// moments are not known, and the same verdicts.
func TestExternalCluster(t *testing.T) {
	t.Parallel()
	there, err := cluster.Open(cluster.Options{TempDir: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { must(t, there.Close()) })
	b := openWith(t, bench.Options{Brokers: []string{"127.0.0.1:1", there.Brokers()[0].Direct}}) // one dead, one alive
	if b.Lacks(bench.Replication) != nil || b.Lacks(bench.Leaders) == nil || b.Lacks(bench.Control) == nil {
		t.Errorf("replication: %v, leaders: %v, brokers of our own: %v", b.Lacks(bench.Replication), b.Lacks(bench.Leaders), b.Lacks(bench.Control))
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
	if b.CanSwitch(1, bench.Stop) == nil || b.CanLead(1) == nil {
		t.Error("a script hears of it only when it comes to that line")
	}
}

// On an external cluster, too, an audit waits for what its proxies still carry.
func TestExternalAuditWaitsForItsProxies(t *testing.T) {
	t.Parallel()
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

// Brokers that are not ours are not ours to start, and the audit does not
// advise it; nor does it say twice where nobody listens.
func TestExternalAuditWithoutBrokers(t *testing.T) {
	t.Parallel()
	there, err := cluster.Open(cluster.Options{TempDir: t.TempDir()})
	must(t, err)
	b := openWith(t, bench.Options{Brokers: []string{there.Brokers()[0].Direct}})
	must(t, b.Send(t.Context(), batch(1, kafka.FireAndForget, kafka.Async, "A")))
	must(t, there.Close())
	err = b.Audit(t.Context())
	if err == nil || strings.Contains(err.Error(), "broker start") || strings.Contains(err.Error(), "dial tcp") {
		t.Errorf("got %v", err)
	}
}
