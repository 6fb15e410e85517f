package commandline

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// together is how close two signals are that somebody sent as one: timeout
// signals a process and then the group that it is in, a terminal's Ctrl+C goes
// to a wrapper that passes it on.
const together = 100 * time.Millisecond

// Ending is done at the first signal that ends a program. From then on, once
// what belongs to that signal is over, a further one does not wait.
func Ending(parent context.Context) context.Context {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, func() { time.AfterFunc(together, stop) })
	return ctx
}

// Interrupts hands each Ctrl+C over, one at a time, until it is released or
// ctx ends. Meanwhile Ctrl+C ends nothing by itself.
func Interrupts(ctx context.Context) (heard <-chan struct{}, release func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals, out, ended := make(chan os.Signal, 1), make(chan struct{}), make(chan struct{})
	signal.Notify(signals, os.Interrupt)
	go func() {
		defer close(ended)
		relay(ctx, signals, out, time.Now)
	}()
	return out, func() {
		signal.Stop(signals)
		cancel()
		<-ended
	}
}

// relay hands signals over until ctx ends; several together are one.
func relay(ctx context.Context, signals <-chan os.Signal, out chan<- struct{}, now func() time.Time) {
	var last time.Time
	for {
		select {
		case <-signals:
		case <-ctx.Done():
			return
		}
		at := now()
		if !last.IsZero() && at.Sub(last) < together {
			continue
		}
		last = at
		select {
		case out <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
}
