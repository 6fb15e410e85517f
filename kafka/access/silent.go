package access

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// silentFor is how long a broker that said nothing is not asked again.
const silentFor = 3 * time.Second

// Silent knows the brokers that were silent a moment ago, and passes over them,
// so that who asks goes on to one that answers: a frozen one accepts connections
// and says nothing, and another may know all that is asked for. The zero value
// knows none. It is safe for concurrent use.
type Silent struct {
	mu    sync.Mutex
	until map[string]time.Time // by address
}

// Dial opens a connection, or says at once that a broker is silent.
func (s *Silent) Dial(address string, dial func() (net.Conn, error)) (net.Conn, error) {
	s.mu.Lock()
	until := s.until[address]
	s.mu.Unlock()
	if time.Now().Before(until) {
		return nil, fmt.Errorf("the broker at %s accepts connections and says nothing: %w", address, os.ErrDeadlineExceeded)
	}
	conn, err := dial()
	if err != nil {
		return nil, err
	}
	return &heard{Conn: conn, by: s, address: address}, nil
}

func (s *Silent) note(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.until == nil {
		s.until = map[string]time.Time{}
	}
	s.until[address] = time.Now().Add(silentFor)
}

// heard is a connection that notes when its broker lets it wait too long.
type heard struct {
	net.Conn
	by      *Silent
	address string
}

// Read implements net.Conn.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	if n == 0 && errors.Is(err, os.ErrDeadlineExceeded) {
		h.by.note(h.address)
	}
	return n, err
}
