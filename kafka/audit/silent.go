package audit

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// The patience with one broker: a frozen one accepts connections and says
// nothing, and another may know and have all that we ask for.
const (
	answerTimeout = 2 * time.Second
	silentFor     = 3 * time.Second // how long one that said nothing is not asked again
)

// listener dials brokers, and passes over those that were silent a moment
// ago, so that who asks goes on to one that answers. It is safe for concurrent
// use.
type listener struct {
	straight Dialer

	mu     sync.Mutex
	silent map[string]time.Time // by address: until when
}

// Dial opens a connection, or says at once that a broker is silent.
func (l *listener) Dial(network, address string) (net.Conn, error) {
	l.mu.Lock()
	until := l.silent[address]
	l.mu.Unlock()
	if time.Now().Before(until) {
		return nil, fmt.Errorf("the broker at %s accepts connections and says nothing: %w", address, os.ErrDeadlineExceeded)
	}
	conn, err := l.straight.Dial(network, address)
	if err != nil {
		return nil, err
	}
	return &heard{Conn: conn, by: l, address: address}, nil
}

// heard is a connection that notes when its broker lets it wait too long.
type heard struct {
	net.Conn
	by      *listener
	address string
}

// Read implements net.Conn.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	if n == 0 && errors.Is(err, os.ErrDeadlineExceeded) {
		h.by.mu.Lock()
		h.by.silent[h.address] = time.Now().Add(silentFor)
		h.by.mu.Unlock()
	}
	return n, err
}
