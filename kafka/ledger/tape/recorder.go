package tape

import (
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// maxBehind bounds what a recorder holds for a disk that is slower than the
// bench, in bytes of events. patience bounds how long Close waits for it.
const (
	maxBehind = 64 << 20
	patience  = 5 * time.Second
)

// Recorder writes events to a file as they come. It never makes a bench wait:
// where the file takes no more, or less than comes, it says so once and stops,
// and the file's last line says so too. It is safe for concurrent use.
type Recorder struct {
	name   string
	notice func(words.Text)
	limit  int           // of weight, in bytes
	wait   time.Duration // how long Close does, at most
	ended  chan struct{}
	paper  *paper // the writer's own until ended is closed

	mu      sync.Mutex
	queue   []ledger.Event
	weight  int // of the queue, and of what the writer is at
	closed  bool
	stopped *stop // why, once it has
	err     error // the same in words
	wake    chan struct{}
	telling sync.WaitGroup
}

// newRecorder records on paper; name is what it is called.
func newRecorder(name string, p *paper, limit int, notice func(words.Text)) *Recorder {
	r := &Recorder{
		name: name, notice: notice, limit: limit, wait: patience, paper: p,
		ended: make(chan struct{}), wake: make(chan struct{}, 1),
	}
	go r.write() // Close waits for it
	return r
}

// Hear takes the next event in. It does not block.
func (r *Recorder) Hear(e ledger.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.stopped != nil {
		return
	}
	w := weight(e)
	if r.weight+w > r.limit {
		r.halt(TooSlow, "")
	} else {
		r.queue = append(r.queue, e)
		r.weight += w
	}
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// halt takes no more, and says why. The lock is held. What is queued is still
// written.
func (r *Recorder) halt(reason Reason, detail string) {
	if r.stopped != nil {
		return
	}
	why := words.Textf(
		"the recording in %s stopped: %s. It holds what came before",
		"l’enregistrement dans %s s’est arrêté : %s. Il contient ce qui précède", r.name, reason.in(detail))
	r.stopped, r.err = &stop{reason, detail}, words.Errorf("%s", "%s", why)
	r.telling.Go(func() { r.notice(why) })
}

// take waits for events; more is false where none will follow them.
func (r *Recorder) take() (events []ledger.Event, more bool) {
	for {
		r.mu.Lock()
		events, more = r.queue, !r.closed && r.stopped == nil
		r.queue = nil
		r.mu.Unlock()
		if len(events) > 0 || !more {
			return events, more
		}
		<-r.wake
	}
}

// write is the writer: it writes what there is, then waits for more.
func (r *Recorder) write() {
	defer close(r.ended)
	for more := true; more; {
		var events []ledger.Event
		events, more = r.take()
		written := 0
		var failed *stop
		for i, e := range events {
			if failed = r.paper.write(e); failed != nil {
				break
			}
			written += weight(e)
			events[i] = nil
		}
		if failed == nil {
			failed = r.paper.flush()
		}
		r.mu.Lock()
		r.weight -= written
		if failed != nil {
			r.halt(failed.reason, failed.detail)
			more = false
		}
		r.mu.Unlock()
	}
	r.mu.Lock()
	why := r.stopped
	r.mu.Unlock()
	if failed := r.paper.finish(why); failed != nil {
		r.mu.Lock()
		r.halt(failed.reason, failed.detail)
		r.mu.Unlock()
	}
}

// Close writes what is left and the last line, and ends the recorder. The error
// says why the recording is incomplete, where it is; the notice has been told.
// A file of which nothing was recorded is removed.
func (r *Recorder) Close() error {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
	late := time.NewTimer(r.wait)
	defer late.Stop()
	select {
	case <-r.ended:
	case <-late.C:
		r.mu.Lock()
		r.halt(TooSlow, "")
		r.mu.Unlock()
	}
	r.telling.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}
