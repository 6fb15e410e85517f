package lab

import (
	"sync"
	"sync/atomic"
	"time"

	"atelier/assets/words"
)

// Standstill is how late a timer may come on a machine that runs. The labs of
// the course stand on waits of half a second and more, four of them in a row at
// most.
const Standstill = 100 * time.Millisecond

// machine notices when this process does not run though it should: others took
// the machine, or its lid was closed. What a lab measures then is that, and not
// what it is about.
type machine struct {
	stop  chan struct{}
	ended sync.WaitGroup
	worst atomic.Int64 // ns
}

func watchMachine() *machine {
	m := &machine{stop: make(chan struct{})}
	m.ended.Go(m.watch)
	return m
}

func (m *machine) watch() {
	const every = 20 * time.Millisecond
	tick := time.NewTimer(every)
	defer tick.Stop()
	for last := time.Now(); ; {
		select {
		case <-tick.C:
		case <-m.stop:
			return
		}
		now := time.Now()
		m.worst.Store(max(m.worst.Load(), int64(now.Sub(last)-every)))
		last = now
		tick.Reset(every)
	}
}

// stoodStill is for how long, at the worst so far; 0 where it is as it should be.
func (m *machine) stoodStill() time.Duration {
	if worst := time.Duration(m.worst.Load()); worst >= Standstill {
		return worst
	}
	return 0
}

// close ends the watch.
func (m *machine) close() {
	close(m.stop)
	m.ended.Wait()
}

// explain adds to an expectation that did not hold what may be the cause.
func (m *machine) explain(err error) error {
	stood := m.stoodStill()
	if stood == 0 {
		return err
	}
	return words.Errorf(
		"%v. But this machine stood still for %v meanwhile, so times and attempts may have come out otherwise: run it again, with less beside it",
		"%v. Mais cette machine s’est figée %v entre-temps : durées et tentatives ont pu en changer. Relancez, avec moins de choses à côté", err, stood.Round(10*time.Millisecond))
}
