package bench_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"
)

// The heart of the course, recorded: what the file holds, and what the bench
// remembers, come to just what the ledger came to.
func TestHeartReplayed(t *testing.T) {
	t.Parallel()
	embeddedOnly(t, "the bench that the suite shares was opened without a recorder")
	standstilltest.Try(t, func(t testing.TB) {
		name := filepath.Join(t.TempDir(), "heart.jsonl")
		recorder, err := tape.Create(name, func(w words.Text) { t.Error(w.En) })
		must(t, err)
		b, err := bench.Open(t.Context(), bench.Options{
			Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir(), Listen: recorder.Hear, Memory: tape.DefaultMemory,
		})
		must(t, err)
		if _, err := b.Tape(); !errors.Is(err, tape.ErrNothing) {
			t.Error(err)
		}
		must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 5000}}))
		sendBoth(t, b)
		after(t, b, 2500*time.Millisecond)
		must(t, b.ClearToxics(t.Context(), chaos.Which{}))
		must(t, b.Audit(t.Context()))
		must(t, b.Close()) // nothing happens any more
		must(t, recorder.Close())
		live := b.Ledger().Snapshot()

		kept, err := b.Tape()
		must(t, err)
		f, err := os.Open(name)
		must(t, err)
		defer f.Close()
		recording, err := tape.Load(t.Context(), name, f)
		must(t, err)
		if len(recording.Tapes) != 1 || len(recording.Notices) != 0 {
			t.Fatalf("%d runs, %v", len(recording.Tapes), recording.Notices)
		}
		for what, tp := range map[string]*tape.Tape{"kept": kept, "recorded": recording.Tapes[0]} {
			deck := tape.Play(tp, nil)
			deck.End()
			alike(t, what, deck.Snapshot(), live)
			deck.Seek(0)
			for deck.Step() {
			}
			alike(t, what+", step by step", deck.Snapshot(), live)
			if n := len(deck.Moments()); n < 10 || n > 60 {
				t.Errorf("%s: %d moments", what, n)
			}
		}
		if n := live.Messages[0].Copies + live.Messages[1].Copies; n != 4 {
			t.Errorf("%d copies", n)
		}
	})
}

// alike compares all that a screen shows of two ledgers.
func alike(t testing.TB, what string, got, want *ledger.Snapshot) {
	t.Helper()
	for _, x := range []struct {
		name      string
		got, want any
	}{
		{"run", got.Run, want.Run},
		{"clock", got.Clock.UnixNano(), want.Clock.UnixNano()},
		{"last", got.Last, want.Last},
		{"totals", fmt.Sprintf("%+v", got.All), fmt.Sprintf("%+v", want.All)}, // in which NaN is NaN
		{"labels", fmt.Sprintf("%+v", got.Labels), fmt.Sprintf("%+v", want.Labels)},
		{"messages", got.Messages, want.Messages},
		{"bands", got.Bands, want.Bands},
		{"toxics", got.Toxics, want.Toxics},
		{"brokers", got.Brokers, want.Brokers},
		{"tails", got.Tails, want.Tails},
		{"audit", got.Audit, want.Audit},
		{"leader", got.Leader("test-topic", 1), want.Leader("test-topic", 1)},
		{"simulated", got.Simulated, want.Simulated},
	} {
		if !reflect.DeepEqual(x.got, x.want) {
			t.Errorf("%s: %s:\n%+v, live\n%+v", what, x.name, x.got, x.want)
		}
	}
	for _, m := range want.Messages {
		for _, id := range m.Attempts {
			if !reflect.DeepEqual(got.Attempt(id), want.Attempt(id)) {
				t.Errorf("%s: attempt %v:\n%+v, live\n%+v", what, id, got.Attempt(id), want.Attempt(id))
			}
		}
	}
}

// A run is there to be replayed until the next one has sent something; what
// stood when it began stands when it is replayed.
func TestTapeAcrossResets(t *testing.T) {
	t.Parallel()
	embeddedOnly(t, "the bench that the suite shares keeps no tape")
	b := openWith(t, bench.Options{Memory: tape.DefaultMemory})
	must(t, b.Send(t.Context(), batch(2, "plain", "sync", "A")))
	must(t, b.Reset(t.Context()))
	first, err := b.Tape()
	must(t, err)
	deck := tape.Play(first, nil)
	deck.End()
	if a, _ := deck.Snapshot().Label("A"); a.Acked != 2 || len(deck.Snapshot().Brokers) != 3 {
		t.Errorf("%+v", deck.Snapshot())
	}
	must(t, b.Send(t.Context(), batch(1, "plain", "sync", "B")))
	second, err := b.Tape()
	must(t, err)
	deck = tape.Play(second, nil)
	deck.End()
	s := deck.Snapshot()
	if b, _ := s.Label("B"); b.Sent != 1 || s.All.Sent != 1 || len(s.Brokers) != 3 || s.Leader("test-topic", 1) == 0 || second.Run == first.Run {
		t.Errorf("%+v", s)
	}
}

func TestTapeTooLarge(t *testing.T) {
	t.Parallel()
	embeddedOnly(t, "the bench that the suite shares keeps no tape")
	b := openWith(t, bench.Options{Memory: 20_000})
	must(t, b.Send(t.Context(), batch(1000, "plain", "async", "A")))
	must(t, b.Audit(t.Context()))
	if _, err := b.Tape(); !errors.Is(err, tape.ErrTooLarge) {
		t.Error(err)
	}
	if _, err := open(t).Tape(); !errors.Is(err, tape.ErrNothing) {
		t.Error(err)
	}
}
