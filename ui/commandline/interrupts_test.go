package commandline

import (
	"context"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// Two signals that were sent as one are one; a second Ctrl+C is another.
func TestSignalsTogetherAreOne(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, cancel := context.WithCancel(t.Context())
	signals, out, ended := make(chan os.Signal), make(chan struct{}), make(chan struct{})
	begun := time.Now()
	times := make(chan time.Time, 1)
	go func() {
		defer close(ended)
		relay(ctx, signals, out, func() time.Time { return <-times })
	}()
	send := func(after time.Duration) {
		times <- begun.Add(after)
		signals <- os.Interrupt
	}
	send(0)
	<-out
	send(time.Millisecond)
	send(together - 1)
	select {
	case <-out:
		t.Error("handed over twice")
	default:
	}
	send(together)
	<-out
	cancel()
	<-ended
}
