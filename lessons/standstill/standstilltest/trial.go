// Package standstilltest makes experiments with real faults again where the
// machine spoilt them.
package standstilltest

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/lessons/standstill"
)

// tries is how often an experiment is made at most.
const tries = 3

// Try makes an experiment. One that failed while this machine stood still shows
// nothing, and is made again; so is one beside the race detector, which has its
// times wrong and not its races. What the experiment registers with Cleanup is
// done when it ends, so that each begins anew.
func Try(t testing.TB, experiment func(t testing.TB)) {
	t.Helper()
	for n := 1; ; n++ {
		x, stood := once(t, experiment)
		if len(x.faults) == 0 {
			if !x.returned { // it ended the test itself: skipped, or failed for good
				runtime.Goexit()
			}
			return
		}
		if n == tries || stood == 0 && !Raced {
			for _, fault := range x.faults {
				t.Error(fault)
			}
			return
		}
		t.Logf("once more; the machine stood still for %v, or was too slow:\n%s", stood, strings.Join(x.faults, "\n"))
	}
}

// once makes an experiment once, and says for how long the machine stood still.
func once(t testing.TB, experiment func(t testing.TB)) (x *trial, stood time.Duration) {
	x = &trial{TB: t}
	watch := standstill.Begin()
	defer watch.Close()
	done := make(chan struct{})
	go func() { // a goroutine of its own, which Fatal ends
		defer close(done)
		defer x.clean()
		experiment(x)
		x.returned = true
	}()
	<-done
	return x, watch.Worst()
}

// trial is the test as an experiment sees it: what fails is only noted.
type trial struct {
	testing.TB
	returned bool // the experiment came to its end

	mu       sync.Mutex
	faults   []string
	cleanups []func()
}

func (x *trial) note(what string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.faults = append(x.faults, where()+": "+strings.TrimSpace(what))
}

// where is the way to the line that failed, through the tests' own helpers.
func where() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	var lines []string
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if name := filepath.Base(f.File); strings.HasSuffix(name, "_test.go") {
			lines = append(lines, fmt.Sprintf("%s:%d", name, f.Line))
		}
	}
	return strings.Join(lines, " < ")
}

// clean does what was registered, the latest first.
func (x *trial) clean() {
	for {
		x.mu.Lock()
		last := len(x.cleanups) - 1
		if last < 0 {
			x.mu.Unlock()
			return
		}
		do := x.cleanups[last]
		x.cleanups = x.cleanups[:last]
		x.mu.Unlock()
		do()
	}
}

// Cleanup registers what is done when the experiment ends.
func (x *trial) Cleanup(do func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.cleanups = append(x.cleanups, do)
}

func (x *trial) Error(args ...any)                 { x.note(fmt.Sprintln(args...)) }
func (x *trial) Errorf(format string, args ...any) { x.note(fmt.Sprintf(format, args...)) }
func (x *trial) Fail()                             { x.note("failed") }
func (x *trial) Fatal(args ...any)                 { x.note(fmt.Sprintln(args...)); runtime.Goexit() }

func (x *trial) Fatalf(format string, args ...any) {
	x.note(fmt.Sprintf(format, args...))
	runtime.Goexit()
}
func (x *trial) FailNow() { x.note("failed"); runtime.Goexit() }

// Failed implements testing.TB.
func (x *trial) Failed() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.faults) > 0
}
