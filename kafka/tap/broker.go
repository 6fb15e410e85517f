package tap

import (
	"encoding/binary"
	"fmt"
	"net"

	"atelier/kafka/ledger"
)

// brokerEnd taps a connection where requests arrive and are answered. One
// goroutine may read while another writes.
type brokerEnd struct {
	net.Conn
	tap    *Tap
	broker int32
	nth    Moment // when it was accepted

	in, out framer

	// Under the tap's lock.
	clientID string
	link     *link             // of our producer, once a request named it
	strange  map[int32]*flight // another client's Produce requests
	named    bool
	closed   bool
}

func newBrokerEnd(t *Tap, conn net.Conn, broker int32, nth Moment) *brokerEnd {
	return &brokerEnd{Conn: conn, tap: t, broker: broker, nth: nth}
}

// Read tells of each request that arrives. A frame longer than any broker
// reads ends the connection, as it does on Apache Kafka.
func (c *brokerEnd) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 && !c.in.feed(p[:n], c.peek, c.arrived) {
		_ = c.Conn.Close()
		return 0, fmt.Errorf("a frame of more than %d bytes is not Kafka's protocol", maxFrame)
	}
	if err != nil {
		c.gone()
	}
	return n, err
}

// Write tells of each answer, then lets it go.
func (c *brokerEnd) Write(p []byte) (int, error) {
	c.out.feed(p, nil, c.answered)
	return c.Conn.Write(p)
}

// Close closes the connection.
func (c *brokerEnd) Close() error {
	err := c.Conn.Close()
	c.gone()
	return err
}

// gone marks that nothing more can arrive here.
func (c *brokerEnd) gone() {
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	delete(c.tap.anonymous, c)
	if c.link == nil {
		return
	}
	c.link.brokerDone = true
	c.tap.forget(c.clientID, c.link, -1)
}

// peek decides early that a request of our own need not be kept: its
// departure told what it carries.
func (c *brokerEnd) peek(head []byte, _ int) (want bool, done func()) {
	h, ok := readHeader(head)
	if !ok {
		return true, nil
	}
	if f := c.known(h); f != nil {
		return false, func() { c.arrive(h.corr, f) }
	}
	return h.key == produceKey, func() {}
}

func (c *brokerEnd) arrived(payload []byte) {
	h, ok := readHeader(payload)
	if !ok {
		return
	}
	if f := c.known(h); f != nil {
		c.arrive(h.corr, f)
		return
	}
	if h.key == produceKey {
		c.stranger(h, 4+len(payload))
	}
}

// known joins a request with its departure, and gives the connection a name.
func (c *brokerEnd) known(h header) *flight {
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	if !c.named {
		c.named = true
		delete(c.tap.anonymous, c)
		c.clientID = h.clientID
		if l := c.tap.links[h.clientID]; l != nil {
			c.link = l
			l.brokerSeen = true
			l.brokerDone = c.closed
		}
	}
	if h.key != produceKey || c.link == nil {
		return nil
	}
	return c.link.flights[h.corr]
}

func (c *brokerEnd) arrive(corr int32, f *flight) {
	c.tap.Emit(ledger.Arrived{At: ledger.At{At: c.tap.Now()}, Request: f.id})
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	f.arrived = true
	c.tap.forget(c.clientID, c.link, corr)
}

// stranger tells of another client's request: its arrival is all that is seen.
func (c *brokerEnd) stranger(h header, size int) {
	req, ok := readProduce(h)
	if !ok {
		return
	}
	c.tap.mu.Lock()
	f := &flight{id: c.tap.newID(), version: h.version, acks: req.Acks, arrived: true, ended: true}
	if req.Acks != 0 {
		if c.strange == nil {
			c.strange = map[int32]*flight{}
		}
		if len(c.strange) < maxStrange {
			c.strange[h.corr] = f
		}
	}
	c.tap.mu.Unlock()
	c.tap.Emit(ledger.Departed{
		At: ledger.At{At: c.tap.Now()}, Request: f.id, Broker: c.broker, ClientID: h.clientID, CorrID: h.corr,
		Version: h.version, Acks: req.Acks, Size: size, Parts: c.tap.parts(req, true), Foreign: true,
	})
}

// maxStrange bounds what is remembered of a client that never reads answers.
const maxStrange = 1000

func (c *brokerEnd) answered(payload []byte) {
	corr, ok := correlation(payload)
	if !ok {
		return
	}
	c.tap.mu.Lock()
	f := c.strange[corr]
	delete(c.strange, corr)
	if f == nil && c.link != nil {
		f = c.link.flights[corr]
	}
	c.tap.mu.Unlock()
	if f == nil {
		return
	}
	answers, ok := c.tap.readAnswers(payload[4:], f.version)
	if !ok {
		return
	}
	c.tap.Emit(ledger.Answered{At: ledger.At{At: c.tap.Now()}, Request: f.id, Answers: answers})
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	f.answered = true
	if c.link != nil {
		c.tap.forget(c.clientID, c.link, corr)
	}
}

// correlation reads the correlation id that begins every response.
func correlation(payload []byte) (int32, bool) {
	if len(payload) < 4 {
		return 0, false
	}
	return int32(binary.BigEndian.Uint32(payload)), true
}
