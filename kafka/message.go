package kafka

import (
	"sync/atomic"
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/tap"

	"github.com/IBM/sarama"
)

// Message is one send, ready to be handed over.
type Message struct {
	Ref       ledger.Ref
	ID        []byte // the header event-id
	Topic     string
	Partition int32  // -1: by key, or round robin without one
	Key       []byte // nil: no key
	Value     []byte
	Sending   Sending
	Time      time.Time // the header timestamp
	Headers   []Header  // beside those that every message carries

	// Name is the id that somebody gave this message alone; empty: its batch
	// says what there is to say.
	Name string
	// Apart tells of its hand-over in an event of its own, with its key.
	Apart bool
	// Told hears the report, after the ledger has, and when the message was handed
	// over; nil: nobody. It is called once, by whoever brings the report, and must
	// not block.
	Told func(r ledger.Report, handed time.Duration)
}

// Header is one header of a message.
type Header struct{ Name, Value string }

// The headers of every message, beside tap's event-id and timestamp.
const (
	HeaderMode    = "producer-mode"
	HeaderSending = "send-mode"
)

// timestampFormat keeps each send of a message apart from the next.
const timestampFormat = "2006-01-02T15:04:05.000000000Z07:00"

// FormatTimestamp writes a time as the header timestamp holds it.
func FormatTimestamp(t time.Time) string { return t.Format(timestampFormat) }

var (
	nameEventID   = []byte(tap.HeaderEventID)
	nameMode      = []byte(HeaderMode)
	nameSending   = []byte(HeaderSending)
	nameTimestamp = []byte(tap.HeaderTimestamp)

	wordPlain         = []byte(Plain)
	wordIdempotent    = []byte(Idempotent)
	wordFireAndForget = []byte(FireAndForget)
	wordSync          = []byte(Sync)
	wordAsync         = []byte(Async)
)

// valueOf is a word as a header's value, without a copy for those that every
// message carries.
func valueOf[W Mode | Sending](word W) []byte {
	switch string(word) {
	case string(Plain):
		return wordPlain
	case string(Idempotent):
		return wordIdempotent
	case string(FireAndForget):
		return wordFireAndForget
	case string(Sync):
		return wordSync
	case string(Async):
		return wordAsync
	}
	return []byte(word)
}

// flight is a message between hand-over and report.
type flight struct {
	message sarama.ProducerMessage
	headers [4]sarama.RecordHeader
	ref     ledger.Ref
	handed  time.Duration
	weight  int64
	turn    uint64  // among the keyless messages of its topic
	told    bool    // its report has been given; under the producer's lock
	waiter  *waiter // hears of it; nil where nobody waits
	tell    func(ledger.Report, time.Duration)

	older, newer *flight // in the producer's window, until told
}

// waiter closes done once as many reports as it was made for have been given.
type waiter struct {
	left atomic.Int64
	done chan struct{}
}

func newWaiter(reports int) *waiter {
	w := &waiter{done: make(chan struct{})}
	w.left.Store(int64(reports))
	return w
}

func (w *waiter) told() {
	if w != nil && w.left.Add(-1) == 0 {
		close(w.done)
	}
}

// weightOf is what a message in flight takes of the credits: its bytes, and
// what the client keeps beside them.
func weightOf(m *Message) int64 {
	weight := len(m.Key) + len(m.Value) + 512
	for _, h := range m.Headers {
		weight += len(h.Name) + len(h.Value) + 64
	}
	return int64(weight)
}

// load makes a message ready for sarama.
func (f *flight) load(m *Message, mode Mode, handed time.Duration) {
	f.ref, f.handed, f.weight, f.tell = m.Ref, handed, weightOf(m), m.Told
	sending := valueOf(m.Sending)
	stamp := m.Time.AppendFormat(make([]byte, 0, len(timestampFormat)), timestampFormat)
	// lesson: headers
	f.headers = [4]sarama.RecordHeader{
		{Key: nameEventID, Value: m.ID},
		{Key: nameMode, Value: valueOf(mode)},
		{Key: nameSending, Value: sending},
		{Key: nameTimestamp, Value: stamp},
	}
	// end
	headers := f.headers[:]
	for _, h := range m.Headers {
		headers = append(headers, sarama.RecordHeader{Key: []byte(h.Name), Value: []byte(h.Value)})
	}
	f.message = sarama.ProducerMessage{
		Topic: m.Topic, Value: sarama.ByteEncoder(m.Value), Headers: headers, Metadata: f, Partition: m.Partition,
	}
	if m.Key != nil {
		f.message.Key = sarama.ByteEncoder(m.Key)
	}
}
