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
	key     *string
	asked   time.Time

	told     bench.Told
	heard    time.Time // when; zero while it is pending
	attempts int       // -1: not known
	done     chan struct{}
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
	route  string
	status int
}

// tally counts requests, and how long they took.
type tally struct {
	count   int64
	seconds float64
	buckets [len(requestBounds)]int64 // not cumulative
}

// requestBounds are the upper ends of the buckets, in seconds.
var requestBounds = [...]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

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
func (d *desk) tell(r *request, told bench.Told, attempts int, now time.Time) {
	d.mu.Lock()
	r.told, r.attempts, r.heard = told, attempts, now
	d.mu.Unlock()
	close(r.done)
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
	t.count++
	s := took.Seconds()
	t.seconds += s
	for i, bound := range requestBounds {
		if s <= bound {
			t.buckets[i]++
			return
		}
	}
}

func (r *request) state() state {
	switch {
	case r.heard.IsZero():
		return pending
	case r.told.Kind == ledger.AckedReport || r.told.Kind == ledger.FiredReport:
		return ok
	}
	return failed
}
