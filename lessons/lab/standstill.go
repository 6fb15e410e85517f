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
	began time.Time
	last  atomic.Int64 // when it was looked last, in ns since then
	worst atomic.Int64 // ns
}

// lookEvery is how often it is looked whether the machine runs.
const lookEvery = 20 * time.Millisecond

func watchMachine() *machine {
	m := &machine{stop: make(chan struct{}), began: time.Now()}
	m.ended.Go(m.watch)
	return m
}

func (m *machine) watch() {
	tick := time.NewTimer(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-m.stop:
			return
		}
		m.worst.Store(max(m.worst.Load(), int64(m.late())))
		m.last.Store(int64(time.Since(m.began)))
		tick.Reset(lookEvery)
	}
}

// late is for how long the next look is overdue; negative: it is not.
func (m *machine) late() time.Duration {
	return time.Since(m.began) - time.Duration(m.last.Load()) - lookEvery
}

// stoodStill is for how long, at the worst so far; 0 where it is as it should be.
// Whoever asks may have woken before the watch has.
func (m *machine) stoodStill() time.Duration {
	if worst := max(time.Duration(m.worst.Load()), m.late()); worst >= Standstill {
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
