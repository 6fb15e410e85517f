//go:build unix

package bench_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/chaos/chaostest"
	"atelier/kafka"
	"atelier/lessons/bench"
)

// A Toxiproxy that hangs is told of, and does not hold a bench up that closes.
// What can't be taken back is named.
func TestToxiproxyHangs(t *testing.T) {
	t.Parallel()
	server := chaostest.Start(t)
	told := newNotices(t)
	b, err := bench.Open(t.Context(), bench.Options{ToxiproxyURL: server.URL, TempDir: t.TempDir(), Notice: told.take})
	must(t, err)
	must(t, b.AddToxic(t.Context(), slow(chaos.Downstream, 60_000)))
	must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Async, "A")))
	must(t, syscall.Kill(server.PID(), syscall.SIGSTOP))
	told.hear("Toxiproxy has stopped answering")
	began := time.Now()
	err = b.Close()
	took := time.Since(began)
	t.Logf("closed in %v", took)
	if took > 5*time.Second {
		t.Errorf("closing took %v", took)
	}
	if err == nil || !strings.Contains(err.Error(), "It bears the name atelier-") {
		t.Errorf("said %v", err)
	}
}
