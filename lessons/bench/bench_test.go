package bench_test

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open returns a bench that is closed at the test's end.
func open(t *testing.T) *bench.Bench {
	t.Helper()
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return b
}

func batch(count int, mode kafka.Mode, sending kafka.Sending, label string) bench.Batch {
	return bench.Batch{
		Count: count, Mode: mode, Sending: sending, Settings: mode.Settings(),
		Topic: "test-topic", Partition: -1, Label: label,
	}
}

func totals(t *testing.T, b *bench.Bench, label string) ledger.Totals {
	t.Helper()
	got, ok := b.Ledger().Snapshot().Label(label)
	if !ok {
		t.Fatalf("no label %s", label)
	}
	return got
}

func TestFirstMessage(t *testing.T) {
	start := time.Now()
	b := open(t)
	t.Logf("open %v", time.Since(start))
	if err := b.Send(t.Context(), batch(3, kafka.Plain, kafka.Sync, "A")); err != nil {
		t.Fatal(err)
	}
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := totals(t, b, "A")
	t.Logf("%+v", got)
	if got.Acked != 3 || got.Once != 3 || got.Attempts != 3 || got.Partitions != 3 {
		t.Fatalf("got %+v", got)
	}
	start = time.Now()
	b.Reset(t.Context())
	t.Logf("reset %v", time.Since(start))
}

func TestLostAcknowledgement(t *testing.T) {
	b := open(t)
	ctx := t.Context()
	if err := b.AddToxic(ctx, chaos.Toxic{Kind: "latency", Stream: "downstream", Attributes: map[string]int64{"latency": 5000}}); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 2)
	for label, mode := range map[string]kafka.Mode{"A": kafka.Plain, "B": kafka.Idempotent} {
		go func() { done <- b.Send(context.WithoutCancel(ctx), batch(1, mode, kafka.Sync, label)) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Audit(ctx); err != nil {
		t.Fatal(err)
	}
	for _, m := range b.Ledger().Snapshot().Messages {
		t.Logf("%+v", m)
		for _, a := range m.Attempts {
			t.Logf("   %+v", *b.Ledger().Snapshot().Attempt(a))
		}
	}
	t.Logf("%+v", totals(t, b, "A"))
	t.Logf("%+v", totals(t, b, "B"))
	start := time.Now()
	t.Cleanup(func() { t.Logf("closed %v", time.Since(start)) })
}
