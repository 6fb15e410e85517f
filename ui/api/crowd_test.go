package api_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/lessons/standstill/standstilltest"
	"atelier/ui/api"
)

// pipes is a listener in memory: ten thousand connections need no descriptors.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
	over  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), over: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.over:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.over) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (p *pipes) dial() (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-p.over:
		return nil, net.ErrClosed
	}
}

// say sends a request on a connection of its own.
func (p *pipes) say(method, path, body string) (net.Conn, error) {
	conn, err := p.dial()
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", method, path, len(body), body)
	return conn, err
}

// Ten thousand at once under a black hole: each is answered, with what is known.
func TestTenThousandUnderATimeout(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	api.Patiently(t)
	listener := newPipes()
	w := open(t, func(o *api.Options) { o.Listener = listener })
	paths := []string{"plain", "idempotent", "plain-async", "idempotent-async"}
	say := func(path string) (int, error) {
		conn, err := listener.say(http.MethodPost, "/api/v1/test/"+path, `{"topic":"timeout-test","message":"Test with timeout"}`)
		if err != nil {
			return 0, err
		}
		defer conn.Close()
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			return 0, err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		return response.StatusCode, response.Body.Close()
	}
	for _, path := range paths { // the topic is known before the crowd comes
		if _, err := say(path); err != nil {
			t.Fatal(err)
		}
	}
	wait(t, w)
	if err := w.bench.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	many := 10_000
	if standstilltest.Raced { // else two cores don't get to reading all of them in time
		many = 2_000
	}
	var mu sync.Mutex
	answers := map[int]int{}
	var all sync.WaitGroup
	for n := range many {
		all.Go(func() {
			status, err := say(paths[n%len(paths)])
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			answers[status]++
			mu.Unlock()
		})
	}
	all.Wait()
	t.Log(answers)
	if answers[http.StatusGatewayTimeout]+answers[http.StatusServiceUnavailable] != many/2 || answers[http.StatusAccepted] != many/2 {
		t.Errorf("%v", answers)
	}
	wait(t, w)
	s := w.bench.Ledger().Snapshot().All
	if s.Sent != int64(many)+4 || s.Unknown+s.Failed != int64(many) || s.Acked != 4 {
		t.Errorf("%+v", s)
	}
	if err := w.bench.ClearToxics(t.Context(), chaos.Which{}); err != nil {
		t.Fatal(err)
	}
	if err := w.bench.Audit(t.Context()); err != nil {
		t.Error(err)
	}
	if s := w.bench.Ledger().Snapshot().All; !s.Audited || s.Once+s.Duplicates+s.Absent != int64(many)+4 || s.Lost != 0 {
		t.Errorf("%+v", s)
	}
}

// Ten thousand open streams, of which nobody reads, and clients that send a byte
// and no more: whoever sends a message is answered all the same.
func TestACrowdHoldsNobodyUp(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	listener := newPipes()
	w := open(t, func(o *api.Options) { o.Listener = listener })
	const many = 10_000
	var crowd []net.Conn
	defer func() {
		for _, c := range crowd {
			_ = c.Close()
		}
	}()
	for range many {
		conn, err := listener.say(http.MethodGet, "/api/v1/events", "")
		if err != nil {
			t.Fatal(err)
		}
		crowd = append(crowd, conn)
	}
	for range 100 {
		conn, err := listener.dial()
		if err != nil {
			t.Fatal(err)
		}
		crowd = append(crowd, conn)
		if _, err := conn.Write([]byte("POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")); err != nil {
			t.Fatal(err)
		}
	}
	for range 200 {
		conn, err := listener.say(http.MethodPost, "/api/v1/test/plain", "{}")
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatal(err, response)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		_ = conn.Close()
	}
	if s := w.bench.Ledger().Snapshot().All; s.Acked != 200 || s.P50 > 1000 {
		t.Errorf("%+v", s)
	}
	began := time.Now()
	if err := w.server.Close(w.bench.Close); err != nil {
		t.Error(err)
	}
	t.Logf("closed in %s", time.Since(began))
}
