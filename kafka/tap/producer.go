package tap

import (
	"errors"
	"net"
	"os"
	"slices"
	"sync"

	"atelier/kafka/ledger"
)

// producerEnd taps a connection where requests depart and answers are heard.
// One goroutine may write while another reads.
type producerEnd struct {
	net.Conn
	tap      *Tap
	link     *link
	clientID string

	out, in framer

	mu      sync.Mutex
	waiting []int32 // correlation ids that want an answer, oldest first
	closed  bool
}

func newProducerEnd(t *Tap, conn net.Conn, l *link, clientID string) *producerEnd {
	return &producerEnd{Conn: conn, tap: t, link: l, clientID: clientID}
}

// Write tells of each request that departs, then lets it go.
func (c *producerEnd) Write(p []byte) (int, error) {
	c.out.feed(p, nil, c.departed)
	n, err := c.Conn.Write(p)
	if err != nil {
		c.end(err)
	}
	return n, err
}

// Read tells of each answer that is heard.
func (c *producerEnd) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.in.feed(p[:n], nil, c.heard)
	}
	if err != nil {
		c.end(err)
	}
	return n, err
}

// Close ends what was still waiting.
func (c *producerEnd) Close() error {
	err := c.Conn.Close()
	c.end(net.ErrClosed)

	c.mu.Lock()
	was := c.closed
	c.closed = true
	c.mu.Unlock()
	if was {
		return err
	}
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	c.link.producerDone = true
	for corr, f := range c.link.flights {
		f.ended = true
		c.tap.forget(c.clientID, c.link, corr)
	}
	c.tap.forget(c.clientID, c.link, -1)
	return err
}

func (c *producerEnd) departed(payload []byte) {
	h, ok := readHeader(payload)
	if !ok || h.key != produceKey {
		return
	}
	req, ok := readProduce(h)
	if !ok {
		return
	}
	f := c.tap.depart(c.link, h.corr, h.version, req.Acks)
	if req.Acks != 0 {
		c.mu.Lock()
		c.waiting = append(c.waiting, h.corr)
		c.mu.Unlock()
	}
	parts := c.tap.parts(req, true)
	c.tap.Emit(ledger.Departed{
		At: ledger.At{At: c.tap.Now()}, Request: f.id, Broker: c.link.broker, ClientID: h.clientID, CorrID: h.corr,
		Version: h.version, Acks: req.Acks, Size: 4 + len(payload), Parts: parts,
	})
}

func (c *producerEnd) heard(payload []byte) {
	corr, ok := correlation(payload)
	if !ok || !c.answered(corr) {
		return
	}
	f := c.flight(corr)
	if f == nil {
		return
	}
	answers, ok := c.tap.readAnswers(payload[4:], f.version)
	if !ok {
		return
	}
	c.tap.Emit(ledger.Heard{At: ledger.At{At: c.tap.Now()}, Request: f.id, Answers: answers})
	c.settle(corr, f, true)
}

// end says of everything that waits how it ended. Where the producer's patience
// ran out it was for the oldest; the connection, which it then closes, takes
// the others with it.
func (c *producerEnd) end(err error) {
	c.mu.Lock()
	waiting := c.waiting
	c.waiting = nil
	c.mu.Unlock()
	for i, corr := range waiting {
		f := c.flight(corr)
		if f == nil {
			continue
		}
		outcome := ledger.Cut
		if i == 0 && errors.Is(err, os.ErrDeadlineExceeded) {
			outcome = ledger.TimedOut
		}
		c.tap.Emit(ledger.Ended{At: ledger.At{At: c.tap.Now()}, Request: f.id, Outcome: outcome})
		c.settle(corr, f, false)
	}
}

// answered takes a correlation id off the list of those that wait.
func (c *producerEnd) answered(corr int32) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.waiting, corr)
	if i < 0 {
		return false
	}
	c.waiting = slices.Delete(c.waiting, i, i+1)
	return true
}

func (c *producerEnd) flight(corr int32) *flight {
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	return c.link.flights[corr]
}

func (c *producerEnd) settle(corr int32, f *flight, heard bool) {
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	f.ended, f.heard = true, heard
	c.tap.forget(c.clientID, c.link, corr)
}
