package bench

import (
	"net"
	"sync"
	"time"

	"atelier/chaos"
)

// dialTimeout bounds a dial: on loopback, what takes longer is down.
const dialTimeout = time.Second

// straight dials brokers past their proxies: the road of metadata, producer
// ids and the audit.
type straight struct {
	roads *chaos.Roads

	mu      sync.Mutex
	open    map[net.Conn]struct{}
	severed bool
}

func newStraight(roads *chaos.Roads) *straight {
	return &straight{roads: roads, open: map[net.Conn]struct{}{}}
}

// Dial opens a connection to a broker's own address, whichever is given.
func (s *straight) Dial(network, address string) (net.Conn, error) {
	conn, err := net.DialTimeout(network, s.roads.Direct(address), dialTimeout)
	if err != nil {
		return nil, err
	}
	owned := &straightConn{Conn: conn, road: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.severed {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	s.open[owned] = struct{}{}
	return owned, nil
}

// sever cuts every connection and refuses new ones.
func (s *straight) sever() {
	s.mu.Lock()
	s.severed = true
	open := s.open
	s.open = map[net.Conn]struct{}{}
	s.mu.Unlock()
	for conn := range open {
		_ = conn.Close()
	}
}

// straightConn leaves its road's list when it is closed.
type straightConn struct {
	net.Conn
	road *straight
}

// Close implements net.Conn.
func (c *straightConn) Close() error {
	c.road.mu.Lock()
	delete(c.road.open, c)
	c.road.mu.Unlock()
	return c.Conn.Close()
}
