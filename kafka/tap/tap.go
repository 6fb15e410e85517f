// Package tap listens on the wire at both ends: at the producer's, where
// requests depart and answers are heard, and at the broker's, where requests
// arrive and are answered. It joins the two by client id and correlation id
// and tells each moment as a ledger event, at the moment itself. What it can't
// read it lets pass: bytes go through whatever they are.
package tap

import (
	"net"
	"sync"
	"time"

	"atelier/kafka/ledger"
)

// Options are what a tap needs. All of it must be safe for concurrent use.
type Options struct {
	Emit func(ledger.Event)   // called before the bytes go on
	Now  func() time.Duration // since the run began
	// Resolve finds the send that a record's headers speak of.
	Resolve func(eventID, timestamp []byte) (ledger.Ref, bool)
	// BrokerEnds is true where the brokers' connections are tapped as well.
	BrokerEnds bool
	// Carries says whether a proxy still carries requests from a producer's
	// address; nil where there are no proxies, or nobody can tell.
	Carries func(client string) bool
	// TopicName names a topic that newer clients speak of by its id.
	TopicName func(id [16]byte) string
}

// Tap joins both ends. It holds what is under way and nothing else.
type Tap struct {
	Options

	mu        sync.Mutex
	next      ledger.RequestID
	links     map[string]*link // by client id; only producers' own
	anonymous map[*brokerEnd]struct{}
	accepted  Moment
}

// New returns a tap.
func New(o Options) *Tap {
	return &Tap{Options: o, links: map[string]*link{}, anonymous: map[*brokerEnd]struct{}{}}
}

// link is one connection of a producer of ours, seen from either end.
type link struct {
	broker       int32
	since        Moment // the broker's end was accepted later
	client       string // the producer's address
	opened       time.Time
	carried      bool // a proxy has carried it
	flights      map[int32]*flight
	producerDone bool
	brokerSeen   bool
	brokerDone   bool
}

// flight is one Produce request under way.
type flight struct {
	id       ledger.RequestID
	version  int16
	acks     int16
	arrived  bool
	answered bool
	heard    bool
	ended    bool // the producer knows its outcome, or asked for none
}

func (t *Tap) newID() ledger.RequestID {
	t.next++
	return t.next
}

// depart registers a request of ours; the tap's lock is not held.
func (t *Tap) depart(l *link, corr int32, version, acks int16) *flight {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := &flight{id: t.newID(), version: version, acks: acks, ended: acks == 0}
	l.flights[corr] = f
	return f
}

// Moment is a point in the order in which brokers accept connections.
type Moment uint64

// BeforeDial is to be asked before a producer dials: the broker's end of its
// connection will be accepted after it, perhaps before the dial returns.
func (t *Tap) BeforeDial() Moment {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.accepted
}

// Producer taps a producer's connection to a broker, dialled after a moment.
// The client id must be that connection's alone. The caller owns the result,
// which owns conn.
func (t *Tap) Producer(conn net.Conn, broker int32, clientID string, dialled Moment) net.Conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	l := &link{broker: broker, since: dialled, client: addressOf(conn), opened: time.Now(), flights: map[int32]*flight{}}
	t.links[clientID] = l
	return newProducerEnd(t, conn, l, clientID)
}

// Broker taps a connection that a broker accepted.
func (t *Tap) Broker(conn net.Conn, broker int32) net.Conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.accepted++
	b := newBrokerEnd(t, conn, broker, t.accepted)
	t.anonymous[b] = struct{}{}
	return b
}

// UnderWay counts the requests of ours that may still reach the log: departed
// and not arrived, unless their connection has ended, or arrived and not
// answered yet. Where the brokers' end is not tapped, a request has not
// arrived until its answer is heard.
func (t *Tap) UnderWay() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	count := 0
	for _, l := range t.links {
		for _, f := range l.flights {
			switch {
			case !t.BrokerEnds:
				count++
			case !f.arrived && !l.brokerDone, f.arrived && !f.answered && f.acks != 0 && !l.brokerDone:
				count++
			}
		}
	}
	return count
}

// sweep drops the links on which nothing can happen any more.
func (t *Tap) sweep() {
	for id, l := range t.links {
		if l.over(t) {
			delete(t.links, id)
		}
	}
}

// over says whether nothing can happen on a link any more: both ends closed.
// A broker's end that never read a request of ours has no name; it is gone
// once no nameless connection is left that opened after the link did.
func (l *link) over(t *Tap) bool {
	if !l.left(t) {
		return false
	}
	if !t.BrokerEnds {
		return true
	}
	if l.brokerSeen {
		return l.brokerDone
	}
	for b := range t.anonymous {
		if b.broker == l.broker && b.nth > l.since {
			return false
		}
	}
	return true
}

// left says whether nothing of a link is on its way to the broker any more: its
// proxy has ended it, or, without proxies, its producer has.
func (l *link) left(t *Tap) bool {
	if t.Carries == nil {
		return l.producerDone
	}
	if t.Carries(l.client) {
		l.carried = true
		return false
	}
	return l.carried || time.Since(l.opened) > proxyDials
}

// proxyDials is how long a proxy may take to take a connection up.
const proxyDials = time.Second

func addressOf(conn net.Conn) string {
	if addr := conn.LocalAddr(); addr != nil {
		return addr.String()
	}
	return ""
}

// forget drops a flight that has nothing more to tell, and its link with the
// last one. The tap's lock is held.
func (t *Tap) forget(clientID string, l *link, corr int32) {
	f := l.flights[corr]
	if f != nil && (f.heard || f.ended && f.arrived && (f.answered || f.acks == 0)) {
		delete(l.flights, corr)
	}
	if l.producerDone && (len(l.flights) == 0 || l.over(t)) && t.links[clientID] == l {
		delete(t.links, clientID)
	}
}
