package bench_test

import (
	"slices"
	"testing"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/cluster/clustertest"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

// Node ids begin at 0 on many clusters: 0 is a broker's, and nothing else.
func TestBrokerZero(t *testing.T) {
	t.Parallel()
	there := clustertest.StartFake(t, clustertest.Open)
	there.MoveLeader(t, "test-topic", 1, 0)
	b := openWith(t, bench.Options{Brokers: there.Addresses(), Access: there.Access("")})
	latency := chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 300}}
	latency.On = chaos.Broker(0)
	must(t, b.AddToxic(t.Context(), latency))
	latency.On, latency.Name = chaos.Broker(2), "another"
	must(t, b.AddToxic(t.Context(), latency))

	to := batch(1, kafka.Plain, kafka.Sync, "A")
	to.Partition = 1
	must(t, b.Send(t.Context(), to))
	must(t, b.Audit(t.Context()))
	snap := b.Ledger().Snapshot()
	if got := totals(t, b, "A"); got.Once != 1 {
		t.Errorf("got %+v", got)
	}
	if at := snap.Attempt(snap.Messages[0].Attempts[0]); at.Broker != 0 {
		t.Errorf("the message went to broker %d", at.Broker)
	}
	if leader := snap.Leader("test-topic", 1); leader != 0 {
		t.Errorf("partition 1 is led by %d", leader)
	}
	if leader := snap.Leader("no-topic", 0); leader != ledger.Nobody {
		t.Errorf("what is unknown is led by %d", leader)
	}
	must(t, b.ClearToxics(t.Context(), chaos.Which{On: chaos.Broker(0)}))
	snap = b.Ledger().Snapshot()
	if len(snap.Toxics) != 1 || snap.Toxics[0].Broker != 2 {
		t.Errorf("in force are %+v", snap.Toxics)
	}
	must(t, b.SwitchProxy(t.Context(), chaos.Broker(0), false))
	up := slices.Collect(func(yield func(bool) bool) {
		for _, broker := range b.Ledger().Snapshot().Brokers {
			yield(broker.ProxyUp)
		}
	})
	if !slices.Equal(up, []bool{false, true, true}) {
		t.Errorf("proxies that are up: %v", up)
	}
}
