package headless_test

import (
	"sync"
	"time"
)

// tooLate is how late a timer may come on a machine that runs. The labs stand on
// waits of half a second and more, four of them in a row at most.
const tooLate = 100 * time.Millisecond

// standstills notices when this process does not run though it should: another
// took the machine. What a lab measures then is that, and not what it is about.
type standstills struct {
	stop  chan struct{}
	ended sync.WaitGroup
	worst time.Duration
}

func watchStandstills() *standstills {
	s := &standstills{stop: make(chan struct{})}
	s.ended.Go(s.watch)
	return s
}

func (s *standstills) watch() {
	const every = 10 * time.Millisecond
	tick := time.NewTimer(every)
	defer tick.Stop()
	for last := time.Now(); ; {
		select {
		case <-tick.C:
		case <-s.stop:
			return
		}
		now := time.Now()
		s.worst = max(s.worst, now.Sub(last)-every)
		last = now
		tick.Reset(every)
	}
}

// end returns the longest.
func (s *standstills) end() time.Duration {
	close(s.stop)
	s.ended.Wait()
	return s.worst
}
