//go:build unix

package chaos

import (
	"context"
	"errors"
	"syscall"
	"testing"
	"time"

	"atelier/chaos/chaostest"
)

func TestServerThatHangs(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, one := newBroker(t)
	g := newGuest(t, server.URL)
	g.front(1, one)
	g.must(syscall.Kill(server.PID(), syscall.SIGSTOP))
	if err := <-g.away; err == nil {
		t.Error("away without a reason")
	}
	ctx, cancel := context.WithTimeout(g.ctx, 100*time.Millisecond)
	defer cancel()
	if err := g.Remove(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	g.Close()
}
