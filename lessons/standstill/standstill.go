// Package standstill notices when this process does not run though it should:
// others took the machine, or its lid was closed. What an experiment measures
// then is that, and not what it is about.
package standstill

import (
	"sync"
	"sync/atomic"
	"time"
)

// Least is how late a timer may come on a machine that runs. The labs of the
// course stand on waits of half a second and more, four of them in a row at
// most.
const Least = 100 * time.Millisecond

const every = 20 * time.Millisecond

// Watch looks all the time. Its owner closes it.
type Watch struct {
	stop  chan struct{}
	ended sync.WaitGroup
	began time.Time
	last  atomic.Int64 // when it looked last: ns since it began
	worst atomic.Int64 // ns
}

// Begin begins to look.
func Begin() *Watch {
	w := &Watch{stop: make(chan struct{}), began: time.Now()}
	w.ended.Go(w.look)
	return w
}

func (w *Watch) look() {
	tick := time.NewTimer(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-w.stop:
			return
		}
		w.worst.Store(int64(w.longest()))
		w.last.Store(int64(time.Since(w.began)))
		tick.Reset(every)
	}
}

// longest is the longest so far, with what goes on just now.
func (w *Watch) longest() time.Duration {
	late := time.Since(w.began) - time.Duration(w.last.Load()) - every
	return max(late, time.Duration(w.worst.Load()))
}

// Worst is for how long the process stood still, at the longest so far; 0 where
// it is as it should be. Whoever asks may have woken before the watch has. It is
// asked before Close.
func (w *Watch) Worst() time.Duration {
	if worst := w.longest(); worst >= Least {
		return worst
	}
	return 0
}

// Close ends the looking.
func (w *Watch) Close() {
	close(w.stop)
	w.ended.Wait()
}
