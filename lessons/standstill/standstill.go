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
	worst atomic.Int64 // ns
}

// Begin begins to look.
func Begin() *Watch {
	w := &Watch{stop: make(chan struct{})}
	w.ended.Go(w.look)
	return w
}

func (w *Watch) look() {
	tick := time.NewTimer(every)
	defer tick.Stop()
	for last := time.Now(); ; {
		select {
		case <-tick.C:
		case <-w.stop:
			return
		}
		now := time.Now()
		w.worst.Store(max(w.worst.Load(), int64(now.Sub(last)-every)))
		last = now
		tick.Reset(every)
	}
}

// Worst is for how long the process stood still, at the longest so far; 0 where
// it is as it should be.
func (w *Watch) Worst() time.Duration {
	if worst := time.Duration(w.worst.Load()); worst >= Least {
		return worst
	}
	return 0
}

// Close ends the looking.
func (w *Watch) Close() {
	close(w.stop)
	w.ended.Wait()
}
