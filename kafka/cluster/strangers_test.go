package cluster_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"atelier/kafka/access/accesstest"
)

// Those who answer at a port and are no broker, or not as one.

func fixed(address string) place {
	return func(*testing.T) (string, *accesstest.Authority) { return address, nil }
}

// nobody is an address where nobody listens.
func nobody(t *testing.T) (string, *accesstest.Authority) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func httpAt(t *testing.T) (string, *accesstest.Authority) {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), nil
}

// httpByLine is a server of HTTP as Python's: it reads lines, and hangs up at an
// empty one.
func httpByLine(t *testing.T) (string, *accesstest.Authority) {
	return listening(t, func(conn net.Conn) {
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err == nil && strings.HasPrefix(line, "GET ") {
			_, _ = io.WriteString(conn, "HTTP/1.0 200 OK\r\n\r\n")
		}
	})
}

func httpsAt(a *accesstest.Authority) place {
	return func(t *testing.T) (string, *accesstest.Authority) {
		s := httptest.NewUnstartedServer(http.NotFoundHandler())
		s.TLS = a.Server()
		s.StartTLS()
		t.Cleanup(s.Close)
		return s.Listener.Addr().String(), a
	}
}

// greeting accepts, says something, and then listens for ever.
func greeting(text string) place {
	return func(t *testing.T) (string, *accesstest.Authority) {
		return listening(t, func(conn net.Conn) {
			_, _ = io.WriteString(conn, text)
			_, _ = io.Copy(io.Discard, conn)
		})
	}
}

// hangsUp takes a connection, hears what is said, and ends it without a word.
func hangsUp(t *testing.T) (string, *accesstest.Authority) {
	return listening(t, func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1<<10)) })
}

// listening serves connections until the test ends.
func listening(t *testing.T, serve func(net.Conn)) (string, *accesstest.Authority) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var conns []net.Conn
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			running.Go(func() { defer conn.Close(); serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, conn := range conns {
			_ = conn.Close()
		}
		mu.Unlock()
		running.Wait()
	})
	return l.Addr().String(), nil
}

// offers is a broker that takes other mechanisms than ours. It answers every
// request as a SaslHandshake.
func offers(mechanisms ...string) place {
	return func(t *testing.T) (string, *accesstest.Authority) {
		return listening(t, func(conn net.Conn) {
			request := make([]byte, 1024)
			if n, err := conn.Read(request); err != nil || n < 12 {
				return
			}
			body := append([]byte{}, request[8:12]...) // the correlation id
			body = append(body, 0, 33, 0, 0, 0, byte(len(mechanisms)))
			for _, m := range mechanisms {
				body = append(append(body, 0, byte(len(m))), m...)
			}
			_, _ = conn.Write(append([]byte{0, 0, 0, byte(len(body))}, body...))
		})
	}
}
