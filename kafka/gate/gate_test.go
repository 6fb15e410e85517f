package gate_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"testing"

	"atelier/kafka/gate"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// far is a broker of the test: it hands out what comes to it.
func far(t *testing.T) (address string, came chan *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	came = make(chan *net.TCPConn, 4)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			came <- conn.(*net.TCPConn)
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-ended })
	return l.Addr().String(), came
}

func open(t *testing.T, address string, o gate.Options) (*gate.Gates, *net.TCPConn) {
	t.Helper()
	if o.Dial == nil {
		o.Dial = (&net.Dialer{}).DialContext
	}
	g := gate.New(o)
	t.Cleanup(g.Close)
	return g, dial(t, g, address)
}

func dial(t *testing.T, g *gate.Gates, address string) *net.TCPConn {
	t.Helper()
	listen, err := g.Open(1, address)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", listen)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn.(*net.TCPConn)
}

// Bytes pass both ways, and an end in order passes as one: what is still on
// its way back arrives.
func TestPassing(t *testing.T) {
	address, came := far(t)
	_, near := open(t, address, gate.Options{})
	broker := <-came
	defer broker.Close()
	request, answer := bytes.Repeat([]byte("q"), 1<<20), bytes.Repeat([]byte("a"), 1<<20)
	sent := make(chan error, 1)
	go func() {
		_, err := near.Write(request)
		sent <- errors.Join(err, near.CloseWrite())
	}()
	if got, err := io.ReadAll(broker); err != nil || !bytes.Equal(got, request) {
		t.Errorf("%d bytes came, %v", len(got), err)
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
	go func() {
		_, err := broker.Write(answer)
		sent <- errors.Join(err, broker.Close())
	}()
	if got, err := io.ReadAll(near); err != nil || !bytes.Equal(got, answer) {
		t.Errorf("%d bytes came back, %v", len(got), err)
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
}

// A broker that does not let us in ends the connection, and is told of.
func TestRefusal(t *testing.T) {
	refused := make(chan error, 1)
	_, near := open(t, "unused:1", gate.Options{
		Dial:    func(context.Context, string, string) (net.Conn, error) { return nil, io.ErrNoProgress },
		Refused: func(broker int32, err error) { refused <- err },
	})
	if _, err := near.Read(make([]byte, 1)); err == nil {
		t.Error("the connection stays")
	}
	if err := <-refused; !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

// A broker that moved is found at its new address by the same gate; what led
// to the old one is cut.
func TestMoving(t *testing.T) {
	before, cameBefore := far(t)
	g, near := open(t, before, gate.Options{})
	old := <-cameBefore
	defer old.Close()
	after, cameAfter := far(t)
	listen, _ := g.Open(1, before)
	again := dial(t, g, after)
	if again.RemoteAddr().String() != listen {
		t.Error("another gate")
	}
	(<-cameAfter).Close()
	if _, err := near.Read(make([]byte, 1)); err == nil {
		t.Error("the old connection stays")
	}
}

// Close cuts what hangs: a dial without an end, and a broker that says nothing.
func TestClose(t *testing.T) {
	dialling := make(chan struct{}, 1)
	g, near := open(t, "unused:1", gate.Options{Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		dialling <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	<-dialling
	g.Close()
	if _, err := near.Read(make([]byte, 1)); err == nil {
		t.Error("the connection stays")
	}
	if _, err := g.Open(2, "unused:1"); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}

	address, came := far(t)
	g, near = open(t, address, gate.Options{})
	broker := <-came
	defer broker.Close()
	g.Close()
	if _, err := near.Read(make([]byte, 1)); err == nil {
		t.Error("the connection stays")
	}
}
