package headless_test

import (
	"bytes"
	"strings"
	"sync"
)

// watched is an output that tells when it has said something.
type watched struct {
	until string
	seen  chan struct{}

	mu   sync.Mutex
	buf  bytes.Buffer
	told bool
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf.Write(p)
	if !w.told && strings.Contains(w.buf.String(), w.until) {
		w.told = true
		close(w.seen)
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}
