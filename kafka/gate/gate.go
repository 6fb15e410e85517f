// Package gate stands between a proxy and a secured broker. What comes to it
// in plain text it passes on, over a connection that it encrypted and
// authenticated itself: so toxics act on Kafka's own requests, never on a
// handshake, and the tap can read what it sees. It may import nothing of this
// project.
//
//	producer → tap → Toxiproxy → gate → (TLS, SASL) → broker
//
// A gate listens on loopback only, at a random port of which only the proxy is
// told. That is all that keeps others out: a proxy passes bytes on and can show
// no secret, so a gate can't tell its connections from those of another process
// of this machine that finds the port (Toxiproxy's API names it), and lets that
// process in with our rights. Whoever shares a machine should know.
package gate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// Options are what gates need.
type Options struct {
	// Dial opens a connection to a broker that is ready for Kafka's requests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Refused hears of a broker that did not let us in; nil: nobody listens.
	// The connection that came to the gate is closed.
	Refused func(broker int32, err error)
}

// Gates are one listener per broker. They are safe for concurrent use; Close
// cuts every connection and waits.
type Gates struct {
	options Options
	ctx     context.Context // ends with Close
	end     context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	gates  map[int32]*gate
	closed bool
}

// gate is the listener of one broker.
type gate struct {
	broker   int32
	address  string // under the lock
	listener net.Listener
	conns    map[net.Conn]struct{} // under the lock
}

// New returns no gate yet.
func New(o Options) *Gates {
	g := &Gates{options: o, gates: map[int32]*gate{}}
	g.ctx, g.end = context.WithCancel(context.Background())
	return g
}

// Open puts a gate before a broker and returns where it listens. A broker that
// has one keeps it: it leads to the new address, and what led to the old one
// is cut.
func (g *Gates) Open(broker int32, address string) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return "", net.ErrClosed
	}
	if have := g.gates[broker]; have != nil {
		if have.address != address {
			have.address = address
			have.cut()
		}
		return have.listener.Addr().String(), nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("open a gate before broker %d: %w", broker, err)
	}
	made := &gate{broker: broker, address: address, listener: listener, conns: map[net.Conn]struct{}{}}
	g.gates[broker] = made
	g.running.Go(func() { g.accept(made) })
	return listener.Addr().String(), nil
}

// cut closes what passes through; the lock is held.
func (t *gate) cut() {
	for conn := range t.conns {
		_ = conn.Close()
	}
}

// Close ends every gate and all that passes through, and waits.
func (g *Gates) Close() {
	g.end()
	g.mu.Lock()
	g.closed = true
	for _, t := range g.gates {
		_ = t.listener.Close()
		t.cut()
	}
	g.mu.Unlock()
	g.running.Wait()
}

func (g *Gates) accept(t *gate) {
	for {
		conn, err := t.listener.Accept()
		if err != nil {
			return // closed
		}
		if !g.add(t, conn) {
			_ = conn.Close()
			return
		}
		g.running.Go(func() { g.serve(t, conn) })
	}
}

// add counts a connection in; false once the gates are closed.
func (g *Gates) add(t *gate, conn net.Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	t.conns[conn] = struct{}{}
	return true
}

func (g *Gates) drop(t *gate, conn net.Conn) {
	g.mu.Lock()
	delete(t.conns, conn)
	g.mu.Unlock()
	_ = conn.Close()
}

// serve passes one connection on.
func (g *Gates) serve(t *gate, near net.Conn) {
	defer g.drop(t, near)
	g.mu.Lock()
	address := t.address
	g.mu.Unlock()
	far, err := g.options.Dial(g.ctx, "tcp", address)
	if err != nil {
		if g.options.Refused != nil && g.ctx.Err() == nil {
			g.options.Refused(t.broker, err)
		}
		return
	}
	if !g.add(t, far) {
		_ = far.Close()
		return
	}
	defer g.drop(t, far)
	var answers sync.WaitGroup
	answers.Go(func() { pass(near, far) })
	pass(far, near)
	answers.Wait()
}

// pass copies until one end is gone. An end in order is passed on as one: the
// other direction goes on. A broken one ends both.
func pass(to, from net.Conn) {
	_, err := io.Copy(to, from)
	if half, ok := to.(interface{ CloseWrite() error }); ok && (err == nil || errors.Is(err, io.EOF)) {
		if half.CloseWrite() == nil {
			return
		}
	}
	_ = to.Close()
	_ = from.Close()
}
