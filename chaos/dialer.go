package chaos

import (
	"context"
	"net"
	"sync"
	"time"
)

// DialerOptions says how a Dialer dials.
type DialerOptions struct {
	Timeout time.Duration // of one dial; 0 leaves it to the context
	// Wrap, where set, puts a connection to a broker into another. Closing the
	// outer one must close the inner one.
	Wrap func(conn net.Conn, broker int32) net.Conn
	// Lingers, where set, says whether a broker's proxy may still deliver what
	// came over a connection that it ended at some time.
	Lingers func(broker int32, ended time.Time) bool
}

// Dialer opens connections to brokers through their proxies. It owns them, and
// what goes on reading from them after their Close: its owner closes it.
type Dialer struct {
	roads   *Roads
	options DialerOptions
	ctx     context.Context // ends with Sever, and with it every dial
	sever   context.CancelFunc

	mu    sync.Mutex
	conns map[*conn]bool // from the dial to the end of the drain
	ended map[string]end // those that linger, by our address
	wait  sync.WaitGroup // dials and drains
}

// end is where and when a connection ended.
type end struct {
	broker int32
	at     time.Time
}

// NewDialer makes a dialer over a table of roads.
func NewDialer(roads *Roads, options DialerOptions) *Dialer {
	ctx, sever := context.WithCancel(context.Background())
	return &Dialer{roads: roads, options: options, ctx: ctx, sever: sever, conns: make(map[*conn]bool), ended: make(map[string]end)}
}

// Dial opens a connection to a broker's address, as DialContext does.
func (d *Dialer) Dial(network, addr string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, addr)
}

// DialContext opens a connection to a broker's address through its proxy. An
// address that is not on the map is dialled as it is. After Sever it fails with
// net.ErrClosed.
func (d *Dialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	if !d.begin() {
		return nil, severed(network)
	}
	defer d.wait.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.ctx, cancel)()

	dialer := net.Dialer{Timeout: d.options.Timeout}
	tcp, err := dialer.DialContext(ctx, network, d.roads.Proxied(addr))
	if err != nil {
		if d.ctx.Err() != nil {
			return nil, severed(network)
		}
		return nil, err
	}
	c, err := d.own(tcp, d.roads.Broker(addr))
	if err != nil {
		return nil, err
	}
	if d.options.Wrap != nil {
		return d.options.Wrap(c, c.broker), nil
	}
	return c, nil
}

func (d *Dialer) begin() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() != nil {
		return false
	}
	d.wait.Add(1)
	return true
}

func (d *Dialer) own(inner net.Conn, broker int32) (*conn, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	tcp, ok := inner.(*net.TCPConn)
	if d.ctx.Err() != nil || !ok {
		_ = inner.Close()
		return nil, severed("tcp")
	}
	c := &conn{TCPConn: tcp, dialer: d, broker: broker, local: tcp.LocalAddr().String()}
	d.conns[c] = true
	return c, nil
}

func severed(network string) error {
	return &net.OpError{Op: "dial", Net: network, Err: net.ErrClosed}
}

// Sever cuts all connections for those who use them and refuses new dials. The
// connections themselves go on being read until their proxies end them, so that
// toxics can be removed at once. It does not wait.
func (d *Dialer) Sever() {
	d.mu.Lock()
	d.sever()
	conns := make([]*conn, 0, len(d.conns))
	for c := range d.conns {
		conns = append(conns, c)
	}
	d.mu.Unlock()
	for _, c := range conns {
		_ = c.Close() // net.ErrClosed where its user was faster
	}
}

// Close severs, ends what is still being read, and waits for all of it.
func (d *Dialer) Close() error {
	d.Sever()
	d.mu.Lock()
	for c := range d.conns {
		_ = c.TCPConn.Close()
	}
	d.mu.Unlock()
	d.wait.Wait()
	return nil
}

// drain reads a closed connection to its end. The wait group was added to
// under the lock, while the connection was in the table.
func (d *Dialer) drain(c *conn) {
	d.wait.Go(func() {
		c.drain()
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.conns, c)
		d.ended[c.local] = end{c.broker, time.Now()}
		d.sweep()
	})
}

// Carries says whether a proxy may still carry what a client sends from an
// address of ours. A connection that its user closed is read until its proxy
// ends it, which it does when it has delivered everything.
func (d *Dialer) Carries(client string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.conns {
		if c.local == client {
			return true
		}
	}
	d.sweep()
	_, lingers := d.ended[client]
	return lingers
}

// sweep forgets the ends behind which nothing comes any more; the dialer is
// locked.
func (d *Dialer) sweep() {
	for client, e := range d.ended {
		if d.options.Lingers == nil || !d.options.Lingers(e.broker, e.at) {
			delete(d.ended, client)
		}
	}
}
