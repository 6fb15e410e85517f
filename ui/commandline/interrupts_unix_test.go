//go:build unix

package commandline

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// What was sent together with the first signal ends nothing by itself: without
// somebody who hears it, it would end this test.
func TestSignalsTogetherAreOne(t *testing.T) {
	armed := make(chan func(), 1)
	ctx := ending(t.Context(), func(then func()) { armed <- then })
	kill := func() {
		t.Helper()
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
	}
	kill()
	<-ctx.Done()
	then := <-armed
	heard := make(chan os.Signal, 1)
	kill()
	signal.Notify(heard, os.Interrupt)
	defer signal.Stop(heard)
	then()
	kill()
	<-heard
}
