package chaos

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"
)

// bootstrap listens on a group's address. A connection to it is led to the
// proxy of the first broker whose proxy is up, so that it meets the toxics
// once, as every other. A Kafka client finds the rest by the metadata.
type bootstrap struct {
	listener net.Listener
	ways     func() []string // the listeners of the proxies that are up
	ctx      context.Context // ends with close, and with it every dial
	end      context.CancelFunc

	mu    sync.Mutex
	conns map[net.Conn]bool
	wait  sync.WaitGroup // the listener's goroutine, and those of connections
}

// openBootstrap listens on an address; its owner closes it.
func openBootstrap(address string, ways func() []string) (*bootstrap, error) {
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", address)
	if err != nil {
		return nil, err
	}
	b := &bootstrap{listener: listener, ways: ways, conns: make(map[net.Conn]bool)}
	b.ctx, b.end = context.WithCancel(context.Background())
	b.wait.Go(b.accept)
	return b, nil
}

// onLoopback is where a group listens that asks for all addresses: as the
// brokers' proxies are on loopback, another machine would be led to its own.
func onLoopback(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	switch {
	case listen == "":
		return "127.0.0.1:0"
	case err == nil && isUnspecified(host):
		return net.JoinHostPort("127.0.0.1", port)
	}
	return listen
}

func (b *bootstrap) address() string { return b.listener.Addr().String() }

// close ends the listener and its connections, and waits for them.
func (b *bootstrap) close() {
	b.mu.Lock()
	b.end()
	_ = b.listener.Close()
	for conn := range b.conns {
		_ = conn.Close()
	}
	b.mu.Unlock()
	b.wait.Wait()
}

// acceptAgain is how long a listener rests that may not accept: the process
// has too many files open.
const acceptAgain = 50 * time.Millisecond

func (b *bootstrap) accept() {
	for {
		conn, err := b.listener.Accept()
		switch {
		case err == nil:
			b.wait.Go(func() { b.lead(conn) })
		case b.ctx.Err() != nil:
			return
		default:
			select {
			case <-time.After(acceptAgain):
			case <-b.ctx.Done():
			}
		}
	}
}

// lead leads a connection to a proxy. Where none is up it ends at once, as
// Toxiproxy ends those whose upstream is gone.
func (b *bootstrap) lead(conn net.Conn) {
	defer b.release(conn)
	if !b.own(conn) {
		return
	}
	for _, way := range b.ways() {
		var dialer net.Dialer
		proxy, err := dialer.DialContext(b.ctx, "tcp", way)
		if err != nil {
			continue
		}
		defer b.release(proxy)
		if client, ok := conn.(*net.TCPConn); ok && b.own(proxy) {
			carry(client, proxy.(*net.TCPConn))
		}
		return
	}
}

// own makes close end a connection; false where it is too late for that.
func (b *bootstrap) own(conn net.Conn) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conns[conn] = true
	return b.ctx.Err() == nil
}

func (b *bootstrap) release(conn net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.conns, conn)
	_ = conn.Close() // it may have ended before
}

// carry copies both ways until the proxy ends the connection. A client that
// leaves is no reason to leave the proxy: it is read to its end, since what its
// toxics hold would be without a reader otherwise.
func carry(client, proxy *net.TCPConn) {
	var requests sync.WaitGroup
	requests.Go(func() {
		_, _ = io.Copy(proxy, client) // either end may break, the proxy's is seen below
		_ = proxy.CloseWrite()
	})
	_, err := io.Copy(client, proxy)
	_, _ = io.Copy(io.Discard, proxy)
	if isReset(err) {
		_ = client.SetLinger(0) // reset_peer shows here as it does there
	}
	_ = client.Close()
	requests.Wait()
}

// isReset says whether the other end reset a connection; Windows has a number
// of its own for it.
func isReset(err error) bool {
	const onWindows = syscall.Errno(10054)
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, onWindows)
}
