package commandline

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// together is how close two signals are that somebody sent as one: timeout
// signals a process and then the group that it is in, a wrapper passes on the
// Ctrl+C that its whole group has heard.
const together = 100 * time.Millisecond

// Ending is done at the first signal that ends a program. From then on, once
// what belongs to that signal is over, a further one does not wait.
func Ending(parent context.Context) context.Context {
	return ending(parent, func(then func()) { time.AfterFunc(together, then) })
}

func ending(parent context.Context, later func(then func())) context.Context {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, func() { later(stop) })
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
		for {
			select {
			case <-signals:
			case <-ctx.Done():
				return
			}
			select {
			case out <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, func() {
		signal.Stop(signals)
		cancel()
		<-ended
	}
}
