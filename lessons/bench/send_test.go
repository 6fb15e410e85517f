package bench_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/standstill/standstilltest"
)

func TestReportsAreTrue(t *testing.T) {
	b := open(t)
	must(t, b.Send(t.Context(), unhurried(batch(6, kafka.Plain, kafka.Sync, "A"))))
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

// Where the budget ends first, it wins: the report comes, and no attempt
// departs after it.
func TestBudgetWins(t *testing.T) {
	t.Parallel()
	standstilltest.Try(t, func(t testing.TB) {
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
	})
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
	named := unhurried(batch(2, kafka.Idempotent, kafka.Sync, "A"))
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

func TestInterruptedSend(t *testing.T) {
	b := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	slow := batch(1000, kafka.Plain, kafka.Async, "A")
	slow.Rate = 50
	failed := make(chan error, 1)
	go func() { failed <- b.Send(ctx, slow) }()
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Sent >= 3 })
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); !got.Done || got.Sent >= 1000 || got.Once != got.Sent {
		t.Errorf("got %+v", got)
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
	heavy := unhurried(batch(50, kafka.Plain, kafka.Async, "A"))
	heavy.Size = 1_000_000
	must(t, b.Send(t.Context(), heavy))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 50 {
		t.Errorf("got %+v", got)
	}
}

// An impatient budget never makes the next message pay for the one before.
func TestSendAgainAtOnceAfterTheBudget(t *testing.T) {
	t.Parallel()
	b := open(t)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}))
	hasty := batch(60, kafka.Plain, kafka.Sync, "A")
	hasty.Settings.Retries, hasty.Settings.Request, hasty.Settings.Total = 0, time.Minute, 20*time.Millisecond
	must(t, b.Send(t.Context(), hasty))
	for _, m := range b.Ledger().Snapshot().Messages {
		if m.Reason != ledger.BudgetSpent {
			t.Errorf("nothing but its own budget ended it: got %+v", m)
		}
	}
}
