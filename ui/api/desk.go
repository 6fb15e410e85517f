package api

import (
	"sync"
	"time"

	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

// maxRequests is how many requests can be asked about: the latest.
const maxRequests = 50_000

// state is how far a request has come.
type state string

// The states of a request.
const (
	pending state = "PENDING"
	ok      state = "OK"
	failed  state = "ERROR"
)

// request is one message that was asked for.
type request struct {
	bench.Ticket
	mode    kafka.Mode
	sending kafka.Sending

	told     bench.Told
	heard    bool          // false while it is pending
	attempts int           // -1: not known
	done     chan struct{} // closed then; nil where nobody waits
}

// desk remembers the latest requests, by the name of their send. It is safe for
// concurrent use.
type desk struct {
	mu    sync.Mutex
	slots []string // a ring of the keys of byID
	next  int
	byID  map[string]*request

	counts map[outcome]*tally
}

// outcome is what requests are counted by.
type outcome struct {
	path   string
	status int
}

// tally counts requests, and how long they took.
type tally struct {
	counts [len(requestBounds) + 1]int64 // by class, each without those below
	took   time.Duration
}

func (t *tally) total() (n int64) {
	for _, c := range t.counts {
		n += c
	}
	return n
}

// requestBounds are the upper ends of the classes; one more has none.
var requestBounds = [...]time.Duration{
	time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second,
	2500 * time.Millisecond, 5 * time.Second, 10 * time.Second,
}

func newDesk() *desk { return &desk{byID: map[string]*request{}, counts: map[outcome]*tally{}} }

func (d *desk) add(r *request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byID[r.Send] = r
	if len(d.slots) < maxRequests {
		d.slots = append(d.slots, r.Send)
		return
	}
	delete(d.byID, d.slots[d.next])
	d.slots[d.next] = r.Send
	d.next = (d.next + 1) % maxRequests
}

// tell notes what became of a request, and wakes who waits for it.
func (d *desk) tell(r *request, told bench.Told, attempts int) {
	d.mu.Lock()
	r.told, r.attempts, r.heard = told, attempts, true
	d.mu.Unlock()
	if r.done != nil {
		close(r.done)
	}
}

// find returns a request as it stands.
func (d *desk) find(id string) (request, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.byID[id]
	if r == nil {
		return request{}, false
	}
	return *r, true
}

// count counts an answer.
func (d *desk) count(o outcome, took time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.counts[o]
	if t == nil {
		t = &tally{}
		d.counts[o] = t
	}
	class := 0
	for class < len(requestBounds) && took > requestBounds[class] {
		class++
	}
	t.counts[class]++
	t.took += took
}

func (r *request) state() state {
	switch {
	case !r.heard:
		return pending
	case r.told.Kind == ledger.AckedReport || r.told.Kind == ledger.FiredReport:
		return ok
	}
	return failed
}
