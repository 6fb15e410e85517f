package chaos

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/chaos/chaostest"

	"go.uber.org/goleak"
)

// guardTime is how long a test waits for what must happen; no test measures it.
const guardTime = 20 * time.Second

// usually is how long a learner's Close waits.
var usually = closing

func init() { closing = guardTime / 4 }

// upstream is a little broker: it answers each line "x" with "re:x".
type upstream struct {
	net.Listener
	heard chan string // each line, as it arrives
	wait  sync.WaitGroup
	mu    sync.Mutex
	conns []net.Conn
}

func newUpstream(t *testing.T) *upstream {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u := &upstream{Listener: l, heard: make(chan string, 100_000)}
	u.wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			u.mu.Lock()
			u.conns = append(u.conns, c)
			u.mu.Unlock()
			u.wait.Go(func() { u.serve(c) })
		}
	})
	return u
}

func (u *upstream) serve(c net.Conn) {
	defer c.Close()
	lines := bufio.NewReader(c)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		select {
		case u.heard <- strings.TrimSpace(line):
		default:
		}
		answer := "re:" + line
		if strings.HasPrefix(line, "flood") { // answers without end
			for err == nil {
				_, err = c.Write(make([]byte, 64<<10))
			}
			return
		}
		if _, err := io.WriteString(c, answer); err != nil {
			return
		}
	}
}

func (u *upstream) close() {
	u.Close()
	u.mu.Lock()
	for _, c := range u.conns {
		c.Close()
	}
	u.mu.Unlock()
	u.wait.Wait()
}

// rig is a server with proxies in front of upstreams, and a dialer.
type rig struct {
	*testing.T
	ctx      context.Context
	server   *Server
	proxies  *Proxies
	roads    *Roads
	dialer   *Dialer
	upstream *upstream

	mu      sync.Mutex
	changes []Change
	told    chan Change
	sleeps  bool // a reset_peer sleeps, so that Close may say so
}

// newRig opens a rig with a number of brokers over one upstream. At the test's
// end everything is closed and no goroutine may be left.
func newRig(t *testing.T, brokers int32) *rig {
	t.Helper()
	return newRigWith(t, brokers, ServeOptions{})
}

// newRigWith opens one whose server has options.
func newRigWith(t *testing.T, brokers int32, o ServeOptions) *rig {
	t.Helper()
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithTimeout(context.Background(), guardTime)
	r := &rig{T: t, ctx: ctx, roads: new(Roads), upstream: newUpstream(t), told: make(chan Change, 10_000)}
	var err error
	o.Addr, o.Changed = "127.0.0.1:0", func(c Change) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.changes = append(r.changes, c)
		r.told <- c
	}
	r.server, err = Serve(ctx, o)
	r.must(err)
	r.proxies, err = Open(ctx, Options{URL: r.server.URL(), Key: r.server.Key(), Listen: chaostest.Listen})
	r.must(err)
	r.dialer = NewDialer(r.roads, DialerOptions{Timeout: guardTime})
	for id := range brokers {
		listen, err := r.proxies.Front(ctx, id+1, r.upstream.Addr().String())
		r.must(err)
		r.roads.Add(id+1, r.direct(id+1), listen)
	}
	t.Cleanup(func() {
		r.dialer.Sever()
		if err := r.server.Close(); err != nil && !r.sleeps {
			t.Error(err)
		}
		r.dialer.Close()
		r.proxies.Close()
		r.upstream.close()
		cancel()
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		leak := goleak.Find(before)
		for end := time.Now().Add(guardTime / 4); leak != nil && time.Now().Before(end); {
			leak = goleak.Find(before)
		}
		if leak != nil {
			t.Error(leak)
		}
	})
	return r
}

func (r *rig) direct(broker int32) string { return fmt.Sprintf("broker-%d:9092", broker) }

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *rig) add(t Toxic) { r.Helper(); r.must(r.proxies.Add(r.ctx, t)) }

func (r *rig) dial() net.Conn {
	r.Helper()
	c, err := r.dialer.Dial("tcp", r.direct(1))
	r.must(err)
	r.must(c.SetDeadline(time.Now().Add(guardTime)))
	return c
}

// stranger dials the proxy without our dialer.
func (r *rig) stranger() net.Conn {
	r.Helper()
	c, err := net.Dial("tcp", r.roads.Proxied(r.direct(1)))
	r.must(err)
	r.must(c.SetDeadline(time.Now().Add(guardTime)))
	r.Cleanup(func() { c.Close() })
	return c
}

func (r *rig) say(c net.Conn, line string) {
	r.Helper()
	_, err := io.WriteString(c, line+"\n")
	r.must(err)
}

func (r *rig) hears(line string) {
	r.Helper()
	select {
	case got := <-r.upstream.heard:
		if got != line {
			r.Fatalf("the upstream heard %q, want %q", got, line)
		}
	case <-r.ctx.Done():
		r.Fatalf("the upstream did not hear %q", line)
	}
}

// ends reads a connection to its end, and returns what came before.
func (r *rig) ends(c net.Conn) string {
	r.Helper()
	data, err := io.ReadAll(c)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		r.Fatal("the connection did not end")
	}
	return string(data)
}

func (r *rig) reads(c net.Conn, want string) {
	r.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil || string(got) != want {
		r.Fatalf("read %q, %v, want %q", got, err, want)
	}
}

func numbers(pairs ...any) map[string]int64 {
	m := make(map[string]int64)
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = int64(pairs[i+1].(int))
	}
	return m
}
