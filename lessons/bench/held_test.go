package bench_test

import (
	"testing"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
)

// A message whose budget ends while its producer goes on with others may still
// be written: only what can't be is told as failed.
func TestFailedIsNeverWritten(t *testing.T) {
	embeddedOnly(t, "the budget's end is ours, whatever the cluster")
	for _, mode := range []kafka.Mode{kafka.Plain, kafka.Idempotent} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			b := open(t)
			must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 60_000}}))
			many := batch(200, mode, kafka.Async, "A")
			key := "one partition"
			many.Settings.InFlight, many.Rate, many.Key = 1, 100, &key
			sent := make(chan error, 1)
			go func() { sent <- b.Send(t.Context(), many) }()
			ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool {
				got, _ := s.Label("A")
				return got.Failed+got.Unknown > 0
			})
			must(t, b.ClearToxics(t.Context(), chaos.Which{}))
			must(t, <-sent)
			must(t, b.Audit(t.Context()))
			snap := b.Ledger().Snapshot()
			for _, m := range snap.Messages {
				if m.Report == ledger.FailedReport && m.Copies > 0 {
					t.Errorf("message %d failed (%s, %s) and has %d copies", m.Ref.N, m.Reason, m.Err, m.Copies)
				}
				if m.Report == ledger.FailedReport && len(m.Attempts) > 0 {
					t.Errorf("message %d failed and has %d attempts", m.Ref.N, len(m.Attempts))
				}
			}
			got := totals(t, b, "A")
			t.Logf("%+v", got)
			if got.Ghosts == 0 {
				t.Errorf("nothing was written after its report: %+v", got)
			}
		})
	}
}
