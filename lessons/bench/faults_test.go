package bench_test

import (
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"
)

// Direction is the lesson: a lost request duplicates nothing, a slow one does.
func TestLostAndSlowRequests(t *testing.T) {
	t.Run("lost", func(t *testing.T) {
		t.Parallel()
		standstilltest.Try(t, func(t testing.TB) {
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
	})
	t.Run("slow", func(t *testing.T) {
		t.Parallel()
		standstilltest.Try(t, func(t testing.TB) {
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
	})
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
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.InFlight == 0 })
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
	must(t, b.SwitchProxy(t.Context(), chaos.On{}, false))
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
