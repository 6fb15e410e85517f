package bench

import (
	"context"
	"net"
	"sync"
	"time"

	"atelier/chaos"
	"atelier/kafka/access"
)

// How long a dial may take: on loopback, what takes longer is down; the way to
// another machine, with its handshakes, is longer.
const (
	dialTimeout = time.Second
	farTimeout  = 5 * time.Second
)

// straight dials brokers past their proxies, as the cluster lets us in: the
// road of metadata, producer ids and the audit.
type straight struct {
	roads    *chaos.Roads
	access   *access.Access
	patience time.Duration
	ctx      context.Context // ends with the bench, and with it every dial
	end      context.CancelFunc

	mu      sync.Mutex
	open    map[net.Conn]struct{}
	severed bool
}

func newStraight(roads *chaos.Roads, o Options) *straight {
	s := &straight{roads: roads, access: o.Access, patience: dialTimeout, open: map[net.Conn]struct{}{}}
	if len(o.Brokers) > 0 {
		s.patience = farTimeout
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s
}

// Dial opens a connection to a broker's own address, whichever is given.
func (s *straight) Dial(network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.patience)
	defer cancel()
	conn, err := s.access.Dial(ctx, network, s.roads.Direct(address))
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
	s.end()
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
