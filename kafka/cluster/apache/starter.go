package apache

import (
	"os/exec"
	"runtime"
)

// starter starts processes from one thread that lives as long as the cluster.
// Linux kills a child of ours (Pdeathsig) when the thread that started it
// ends, and Go's threads come and go.
type starter struct {
	work  chan func()
	ended chan struct{}
}

func newStarter() *starter {
	s := &starter{work: make(chan func()), ended: make(chan struct{})}
	go func() {
		defer close(s.ended)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		for work := range s.work {
			work()
		}
	}()
	return s
}

func (s *starter) start(cmd *exec.Cmd) error {
	attend(cmd)
	result := make(chan error, 1)
	s.work <- func() { result <- cmd.Start() }
	return <-result
}

func (s *starter) close() {
	close(s.work)
	<-s.ended
}
