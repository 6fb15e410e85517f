package chaos

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// conn is a TCP connection that is polite to Toxiproxy. Closed, it says so to
// the proxy (a half-close) and goes on reading until the proxy has delivered
// what its toxics hold. Closing at once instead would leave those answers
// without a reader: removing the toxic then hangs 5 s for each, with the whole
// proxy locked. For its user it is closed at once all the same.
type conn struct {
	*net.TCPConn
	dialer *Dialer
	broker int32
	local  string // our address

	closed   atomic.Bool
	settings sync.Mutex // deadlines: the user's until Close, then ours
	reading  sync.Mutex // held during a Read of the user's
}

func (c *conn) Read(p []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	if c.closed.Load() {
		return 0, c.gone("read")
	}
	n, err := c.TCPConn.Read(p)
	if err != nil && c.closed.Load() {
		err = c.gone("read")
	}
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	if c.closed.Load() {
		return 0, c.gone("write")
	}
	n, err := c.TCPConn.Write(p)
	if err != nil && c.closed.Load() {
		err = c.gone("write")
	}
	return n, err
}

// ReadFrom and WriteTo hide the TCP connection's own, which would go on
// through a Close.
func (c *conn) ReadFrom(r io.Reader) (int64, error) { return io.Copy(onlyWriter{c}, r) }

// WriteTo copies what is read, until the end of the connection.
func (c *conn) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, onlyReader{c}) }

type (
	onlyWriter struct{ io.Writer }
	onlyReader struct{ io.Reader }
)

// Close ends the connection for its user: reads and writes under way and to
// come fail with net.ErrClosed.
func (c *conn) Close() error {
	c.settings.Lock()
	defer c.settings.Unlock()
	if c.closed.Swap(true) {
		return c.gone("close")
	}
	past := time.Unix(1, 0)
	_ = c.TCPConn.SetDeadline(past) // wakes the user; a connection that is broken needs no waking
	_ = c.CloseWrite()              // fails where the proxy was faster; the drain sees it too
	c.dialer.drain(c)
	return nil
}

// drain reads to the end, and closes. Dialer.Close ends it sooner.
func (c *conn) drain() {
	// Once a reader of the user's has left, none comes back.
	c.reading.Lock()
	c.reading.Unlock() //nolint:staticcheck // waiting is all that is wanted
	_ = c.TCPConn.SetDeadline(time.Time{})
	_, _ = io.Copy(io.Discard, c.TCPConn)
	_ = c.TCPConn.Close()
}

// SetDeadline sets both deadlines, until Close.
func (c *conn) SetDeadline(t time.Time) error { return c.set(t, c.TCPConn.SetDeadline) }

// SetReadDeadline sets the deadline of reads, until Close.
func (c *conn) SetReadDeadline(t time.Time) error { return c.set(t, c.TCPConn.SetReadDeadline) }

// SetWriteDeadline sets the deadline of writes, until Close.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.set(t, c.TCPConn.SetWriteDeadline) }

func (c *conn) set(t time.Time, deadline func(time.Time) error) error {
	c.settings.Lock()
	defer c.settings.Unlock()
	if c.closed.Load() {
		return c.gone("set")
	}
	return deadline(t)
}

func (c *conn) gone(op string) error {
	return &net.OpError{Op: op, Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: net.ErrClosed}
}
