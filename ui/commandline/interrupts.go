package commandline

import (
	"context"
	"os"
	"os/signal"
)

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
