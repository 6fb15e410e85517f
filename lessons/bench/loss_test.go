package bench_test

import (
	"testing"
	"time"

	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"
)

// What acks=1 can lose, and acks=all with two replicas in sync does not: the
// followers stand still while the leader acknowledges, then the leader dies and
// they go on. The freeze is shorter than the cluster's patience with a broker.
func TestLossAtALeadersDeath(t *testing.T) {
	apacheOnly(t)
	for _, c := range []struct {
		name      string
		acks      kafka.Acks
		minInSync int
		check     func(testing.TB, ledger.Totals)
	}{
		{"acks=1", 1, 1, func(t testing.TB, got ledger.Totals) {
			if got.Acked != 10 || got.Lost != 10 || got.Copies != 0 {
				t.Errorf("got %+v", got)
			}
		}},
		{"acks=all", -1, 2, func(t testing.TB, got ledger.Totals) {
			if got.Lost != 0 || got.Acked+got.Failed+got.Unknown != 10 {
				t.Errorf("got %+v", got)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			standstilltest.Try(t, func(t testing.TB) {
				b := open(t)
				ctx := t.Context()
				topic := "loss-" + b.Ledger().Snapshot().Run
				must(t, b.CreateTopic(ctx, cluster.Topic{Name: topic, Partitions: 1, Replication: 3, MinInSync: c.minInSync}))
				some := func(count int, mode kafka.Mode, acks kafka.Acks, label string) {
					t.Helper()
					many := batch(count, mode, kafka.Async, label)
					many.Topic, many.Settings.Acks = topic, acks
					must(t, b.Send(ctx, many))
				}
				some(1, kafka.Plain, c.acks, "route") // A's producer knows its way
				some(5, kafka.Idempotent, -1, "warm") // the followers have these
				wait(t, b.Ledger())
				for _, follower := range []int32{2, 3} {
					must(t, b.SwitchBroker(ctx, follower, bench.Freeze))
				}
				pause(t, 300*time.Millisecond) // the fetches that are pending end
				some(10, kafka.Plain, c.acks, "A")
				if c.acks == 1 {
					wait(t, b.Ledger())
				}
				must(t, b.SwitchBroker(ctx, 1, bench.Kill))
				for _, follower := range []int32{2, 3} {
					must(t, b.SwitchBroker(ctx, follower, bench.Thaw))
				}
				must(t, b.Audit(ctx))
				c.check(t, totals(t, b, "A"))
				if got := totals(t, b, "warm"); got.Once != 5 {
					t.Errorf("warm: got %+v", got)
				}
				// The old leader comes back, and cuts its log: lost is lost.
				must(t, b.SwitchBroker(ctx, 1, bench.Start))
				must(t, b.Audit(ctx))
				c.check(t, totals(t, b, "A"))
			})
		})
	}
}

// What a leader acknowledged under acks=1, and its followers lack for now, is
// not lost: an audit waits until Kafka shows it.
func TestAuditWaitsForFollowers(t *testing.T) {
	apacheOnly(t)
	standstilltest.Try(t, func(t testing.TB) {
		b := open(t)
		ctx := t.Context()
		topic := "late-" + b.Ledger().Snapshot().Run
		must(t, b.CreateTopic(ctx, cluster.Topic{Name: topic, Partitions: 1, Replication: 3, MinInSync: 1}))
		route := batch(1, kafka.Plain, kafka.Sync, "route") // A's producer knows its way
		route.Topic = topic
		must(t, b.Send(ctx, route))
		for _, follower := range []int32{2, 3} {
			must(t, b.SwitchBroker(ctx, follower, bench.Freeze))
		}
		pause(t, 300*time.Millisecond) // the fetches that are pending end
		many := batch(10, kafka.Plain, kafka.Async, "A")
		many.Topic = topic
		must(t, b.Send(ctx, many))
		wait(t, b.Ledger())
		audited := make(chan error, 1)
		go func() { audited <- b.Audit(ctx) }()
		pause(t, 900*time.Millisecond) // longer than an end that stands still is waited for
		for _, follower := range []int32{2, 3} {
			must(t, b.SwitchBroker(ctx, follower, bench.Thaw))
		}
		must(t, <-audited)
		if got := totals(t, b, "A"); got.Acked != 10 || got.Once != 10 || got.Lost != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

// Acked is kept while the leader dies under a load with acks=all.
func TestNothingIsLostUnderAcksAll(t *testing.T) {
	apacheOnly(t)
	standstilltest.Try(t, func(t testing.TB) {
		b := open(t)
		ctx := t.Context()
		topic := "kept-" + b.Ledger().Snapshot().Run
		must(t, b.CreateTopic(ctx, cluster.Topic{Name: topic, Partitions: 1, Replication: 3, MinInSync: 2}))
		stream := batch(600, kafka.Idempotent, kafka.Async, "A")
		stream.Topic, stream.Rate = topic, 200
		sent := make(chan error, 1)
		go func() { sent <- b.Send(ctx, stream) }()
		ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Acked >= 50 })
		must(t, b.SwitchBroker(ctx, 1, bench.Kill))
		must(t, <-sent)
		must(t, b.Audit(ctx))
		got := totals(t, b, "A")
		if got.Lost != 0 || got.Duplicates != 0 || got.Acked < 50 {
			t.Errorf("got %+v", got)
		}
		t.Logf("%d of %d acked, %d lost, %d duplicates", got.Acked, got.Sent, got.Lost, got.Duplicates)
	})
}

// With too few replicas in sync the leader refuses, in as many words.
func TestNotEnoughReplicas(t *testing.T) {
	apacheOnly(t)
	b := open(t)
	ctx := t.Context()
	topic := "few-" + b.Ledger().Snapshot().Run
	must(t, b.CreateTopic(ctx, cluster.Topic{Name: topic, Partitions: 1, Replication: 3, MinInSync: 2}))
	must(t, b.SwitchBroker(ctx, 2, bench.Stop))
	must(t, b.SwitchBroker(ctx, 3, bench.Stop))
	one := batch(1, kafka.Plain, kafka.Sync, "A")
	one.Topic, one.Settings.Acks = topic, -1
	must(t, b.Send(ctx, one))
	m := b.Ledger().Snapshot().Messages[0]
	if m.Report != ledger.FailedReport || m.Reason != ledger.RefusedBy {
		t.Errorf("got %+v", m)
	}
	s, err := b.Standing(ctx, topic)
	must(t, err)
	if len(s.Partitions) != 1 || len(s.Partitions[0].InSync) != 1 || s.Brokers[1].State != cluster.Stopped {
		t.Errorf("got %+v", s)
	}
}

// pause lets time pass that is part of the experiment.
func pause(t testing.TB, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
	}
}
