package kafka

import (
	"fmt"
	"net"
	"sync"

	"atelier/kafka/ledger"
	"atelier/kafka/tap"
)

// connections are a producer's own, by the road that its owner gives. Each has
// a client id of its own, <run>-<producer>-<n>, by which the tap joins its two
// ends: every new connection counts its requests from 0 again.
type connections struct {
	owner *Producers
	base  string // <run>-<producer>

	mu      sync.Mutex
	open    map[net.Conn]struct{}
	count   int
	severed bool
}

// connection is the dialer of one connection.
type connection struct {
	conns    *connections
	clientID string
}

func (c *connections) next() *connection {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	return &connection{conns: c, clientID: fmt.Sprintf("%s-%d", c.base, c.count)}
}

// Dial implements Dialer: by the producer's road, with a tap on it. A refused
// dial is an event of its own.
func (d *connection) Dial(network, address string) (net.Conn, error) {
	o := d.conns.owner
	if d.conns.gone() {
		return nil, errSevered
	}
	broker := o.BrokerAt(address)
	var before tap.Moment
	if o.Tap != nil {
		before = o.Tap.BeforeDial()
	}
	conn, err := o.Proxied.Dial(network, address)
	if err != nil {
		if !d.conns.gone() {
			o.Emit(ledger.DialRefused{At: ledger.At{At: o.Now()}, Broker: broker, Reason: err.Error()})
		}
		return nil, err
	}
	if o.Tap != nil {
		conn = o.Tap.Producer(conn, broker, d.clientID, before)
	}
	owned := &owned{Conn: conn, conns: d.conns}
	if !d.conns.add(owned) {
		_ = owned.Close()
		return nil, errSevered
	}
	return owned, nil
}

func (c *connections) gone() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.severed
}

func (c *connections) add(conn net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.severed {
		return false
	}
	c.open[conn] = struct{}{}
	return true
}

// sever closes every connection and refuses new ones.
func (c *connections) sever() {
	c.mu.Lock()
	c.severed = true
	open := c.open
	c.open = map[net.Conn]struct{}{}
	c.mu.Unlock()
	for conn := range open {
		_ = conn.Close()
	}
}

// owned leaves its owner's list when it is closed.
type owned struct {
	net.Conn
	conns *connections
}

// Close implements net.Conn.
func (c *owned) Close() error {
	c.conns.mu.Lock()
	delete(c.conns.open, c)
	c.conns.mu.Unlock()
	return c.Conn.Close()
}
