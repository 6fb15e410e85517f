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
	kill := func(s syscall.Signal) {
		t.Helper()
		if err := syscall.Kill(os.Getpid(), s); err != nil {
			t.Fatal(err)
		}
	}
	kill(syscall.SIGINT)
	<-ctx.Done()
	then := <-armed
	heard := make(chan os.Signal, 2)
	kill(syscall.SIGHUP)
	signal.Notify(heard, syscall.SIGHUP, os.Interrupt)
	defer signal.Stop(heard)
	then()
	kill(syscall.SIGINT)
	for s := range heard { // the one before has come by then, too: signals come in the order of their numbers
		if s == os.Interrupt {
			break
		}
	}
}
