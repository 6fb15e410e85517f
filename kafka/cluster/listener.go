package cluster

import (
	"errors"
	"net"
	"sync"
)

// listener is a broker's: it advertises another address than its own, and can
// be stopped and started again while the broker goes on accepting from it.
type listener struct {
	direct     string
	advertised net.Addr
	wrap       func(net.Conn) net.Conn

	mu     sync.Mutex
	inner  net.Listener // nil while stopped
	awake  *sync.Cond   // inner or closed has changed
	conns  map[net.Conn]struct{}
	closed bool
}

func newListener(wrap func(net.Conn) net.Conn) (*listener, error) {
	inner, err := Listen()
	if err != nil {
		return nil, err
	}
	l := &listener{
		direct: inner.Addr().String(), advertised: inner.Addr(), wrap: wrap,
		inner: inner, conns: map[net.Conn]struct{}{},
	}
	l.awake = sync.NewCond(&l.mu)
	return l, nil
}

// Accept implements net.Listener. While the listener is stopped it waits.
func (l *listener) Accept() (net.Conn, error) {
	for {
		inner := l.listening()
		if inner == nil {
			return nil, net.ErrClosed
		}
		conn, err := inner.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				continue // stopped or closed
			}
			return nil, err
		}
		accepted := &accepted{Conn: l.wrap(conn), listener: l}
		if l.admit(inner, accepted) {
			return accepted, nil
		}
		_ = accepted.Close()
	}
}

// listening waits until there is something to accept from; nil: never again.
func (l *listener) listening() net.Listener {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.inner == nil && !l.closed {
		l.awake.Wait()
	}
	if l.closed {
		return nil
	}
	return l.inner
}

func (l *listener) admit(from net.Listener, c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.inner != from {
		return false // stopped meanwhile
	}
	l.conns[c] = struct{}{}
	return true
}

// stop refuses new connections and cuts those that are open.
func (l *listener) stop() {
	l.mu.Lock()
	inner := l.inner
	l.inner = nil
	conns := l.conns
	l.conns = map[net.Conn]struct{}{}
	l.mu.Unlock()
	if inner != nil {
		_ = inner.Close()
	}
	for c := range conns {
		_ = c.Close()
	}
}

// start listens again, at the same address.
func (l *listener) start() error {
	inner, err := net.Listen("tcp", l.direct)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errors.Join(net.ErrClosed, inner.Close())
	}
	l.inner = inner
	l.awake.Broadcast()
	return nil
}

// Close implements net.Listener.
func (l *listener) Close() error {
	l.mu.Lock()
	was := l.closed
	l.closed = true
	l.awake.Broadcast()
	l.mu.Unlock()
	if !was {
		l.stop()
	}
	return nil
}

// Addr is the address to advertise.
func (l *listener) Addr() net.Addr { return l.advertised }

// accepted leaves its listener's list when it is closed.
type accepted struct {
	net.Conn
	listener *listener
}

// Close implements net.Conn.
func (c *accepted) Close() error {
	c.listener.mu.Lock()
	delete(c.listener.conns, c)
	c.listener.mu.Unlock()
	return c.Conn.Close()
}
