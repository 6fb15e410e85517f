package bench_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"

	"go.uber.org/goleak"
)

// Closing a bench reports everything that is in flight, whatever the network
// does, and leaves no goroutine and no file behind.
func TestCloseUnderEveryToxic(t *testing.T) {
	type fault struct {
		name string
		put  func(*bench.Bench) error
	}
	faults := []fault{
		{"none", func(*bench.Bench) error { return nil }},
		{"down", func(b *bench.Bench) error { return b.SwitchProxy(t.Context(), chaos.On{}, false) }},
		{"a broker stopped", func(b *bench.Bench) error { return b.SwitchBroker(t.Context(), 2, bench.Stop) }},
	}
	for _, kind := range chaos.Kinds() {
		if !kind.IsToxic() {
			continue
		}
		for _, stream := range kind.Streams {
			attributes := map[string]int64{}
			for _, a := range kind.Attributes {
				attributes[a.Name] = worst(a)
			}
			toxic := chaos.Toxic{Kind: kind.Name, Stream: stream, Attributes: attributes}
			faults = append(faults, fault{kind.Name + " " + stream, func(b *bench.Bench) error { return b.AddToxic(t.Context(), toxic) }})
		}
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			dir := t.TempDir()
			b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: dir})
			must(t, err)
			// Warm producers first: their connections are older than the fault.
			for _, mode := range kafka.Modes() {
				err = errors.Join(err, b.Send(t.Context(), batch(3, mode, kafka.Async, "warm")))
			}
			err = errors.Join(err, f.put(b))
			for _, mode := range kafka.Modes() {
				err = errors.Join(err, b.Send(t.Context(), batch(50, mode, kafka.Async, string(mode))))
			}
			if err != nil {
				t.Error(err)
			}
			err = b.Close()
			if err != nil && f.name != "reset_peer downstream" && f.name != "reset_peer upstream" {
				t.Errorf("close: %v", err)
			}
			all := b.Ledger().Snapshot().All
			if got := all.Acked + all.Failed + all.Unknown + all.Fired; got != 159 || all.Sent != 159 {
				t.Errorf("%d sent, %d reported", all.Sent, got)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			goleak.VerifyNone(t, before)
		})
	}
}

// Tens of thousands of messages in flight are reported on the way out as well:
// the sends that were still handing over say how far they came.
func TestCloseUnderLoad(t *testing.T) {
	before := goleak.IgnoreCurrent()
	b := loaded(t)
	must(t, b.Close())
	all := b.Ledger().Snapshot().All
	if got := all.Acked + all.Failed + all.Unknown + all.Fired; got != all.Sent || got < inFlight {
		t.Errorf("%d sent, %d reported", all.Sent, got)
	}
	goleak.VerifyNone(t, before)
}

// inFlight is how many messages hang in the black hole of loaded, at least.
const inFlight = 40_000

// loaded opens a bench under a black hole in both directions, full of messages
// of every mode. The caller closes it.
func loaded(t testing.TB) *bench.Bench {
	t.Helper()
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	must(t, err)
	for _, stream := range []string{chaos.Upstream, chaos.Downstream} {
		must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: stream, Attributes: map[string]int64{"timeout": 0}}))
	}
	for _, mode := range kafka.Modes() {
		many := batch(200_000, mode, kafka.Async, string(mode))
		many.Settings.Total = time.Minute
		sending, err := b.Begin(t.Context(), many)
		must(t, err)
		go func() { _ = sending.Send() }() // the bench's end stops it half way
	}
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Sent >= inFlight })
	return b
}

// worst is the value of an attribute that holds everything up the most, within
// what a test can wait for: a reset_peer can't be hurried.
func worst(a chaos.Attribute) int64 {
	switch a.Name {
	case "latency", "delay":
		return 60_000
	case "timeout":
		return 100
	case "bytes":
		return 200
	case "size_variation":
		return 0
	}
	return max(a.Min, 1)
}

func TestSendAfterClose(t *testing.T) {
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	must(t, err)
	must(t, b.Close())
	if err := b.Send(t.Context(), batch(1, kafka.Plain, kafka.Sync, "A")); !errors.Is(err, bench.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := b.Audit(t.Context()); !errors.Is(err, bench.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := b.Reset(t.Context()); !errors.Is(err, bench.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// A reset under a black hole is quick too, and what was in flight has its
// report before the new run begins.
func TestResetUnderABlackHole(t *testing.T) {
	b := open(t)
	must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Upstream, Attributes: map[string]int64{"timeout": 0}}))
	must(t, b.Send(t.Context(), batch(100, kafka.Idempotent, kafka.Async, "A")))
	var last *ledger.Snapshot
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool {
		last = s
		return s.All.Attempts > 0
	})
	must(t, b.Reset(t.Context()))
	after := b.Ledger().Snapshot()
	if after.Run == last.Run || after.All.Sent != 0 || len(after.Toxics) != 0 {
		t.Errorf("not a new run on a clean bench: %+v", after)
	}
	must(t, b.Send(t.Context(), batch(3, kafka.Idempotent, kafka.Sync, "A")))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Acked != 3 || got.Once != 3 || got.Copies != 3 {
		t.Errorf("the new run: %+v", got)
	}
}
