package bench

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"atelier/kafka"
	"atelier/kafka/ledger"
)

// Ask is one message that somebody from outside asks to send.
type Ask struct {
	Origin    string // the door it comes through, as the ledger tells it
	Mode      kafka.Mode
	Sending   kafka.Sending
	Topic     string
	Partition int32   // -1: by key
	Key       *string // nil: the message's id
	Value     *string // nil: a generated text
	ID        string  // the message that this is a send of; empty: a new one, with a generated id
	// Told hears what became of it, once the ledger has; nil: nobody. It is
	// called once, from any goroutine, and must not block.
	Told func(Told)
}

// Ticket says which send an Ask has become.
type Ticket struct {
	Ref   ledger.Ref
	Run   string
	Send  string // <run>-<batch>-<n>: this send's own, whatever the message is called
	ID    string // of the message, as in its header event-id
	Topic string // as the cluster calls it
}

// Told is what became of an Ask.
type Told struct {
	Kind   ledger.Kind
	Report ledger.Report
	// Handed is false where it never came to a hand-over: the run ended first.
	Handed bool
	// Queued is how long it waited for its hand-over, from the Submit on, or for
	// being told that none would come. A report's latency comes on top.
	Queued time.Duration
}

// The bounds of what others may have under way, and of what they may name in
// one run: each send of a named message is remembered by its timestamp.
const (
	MaxAsked      = 20_000
	maxAskedBytes = 64 << 20
	MaxNamedAsks  = 100_000
)

// The reasons for which nothing is sent.
var (
	ErrUnknownTopic = errors.New("unknown topic")
	ErrUnreachable  = errors.New("no broker answers")
	ErrBusy         = errors.New("too much under way")
	ErrNames        = errors.New("too many named messages in one run")
)

// asked counts what is under way for others, over all runs.
type asked struct{ count, bytes atomic.Int64 }

func (a *asked) enter(weight int64) bool {
	count, bytes := a.count.Add(1), a.bytes.Add(weight)
	if count <= MaxAsked && bytes <= maxAskedBytes {
		return true
	}
	a.leave(weight)
	return false
}

func (a *asked) leave(weight int64) {
	a.count.Add(-1)
	a.bytes.Add(-weight)
}

// UnderWay is how many messages others have asked for that have no report yet.
func (b *Bench) UnderWay() int { return int(b.asked.count.Load()) }

// Submit takes a message that is asked for and returns at once, but for the
// first to a topic, whose place in the log is looked up, and but for one that
// comes during a reset: it waits for the new run. An error means that nothing
// was sent. Otherwise Told hears of it, whatever happens.
func (b *Bench) Submit(ctx context.Context, a Ask) (Ticket, error) {
	weight := int64(512)
	for _, part := range []*string{a.Key, a.Value} {
		if part != nil {
			weight += int64(len(*part))
		}
	}
	if !b.asked.enter(weight) {
		return Ticket{}, ErrBusy
	}
	told := a.Told
	a.Told = func(t Told) {
		b.asked.leave(weight)
		if told != nil {
			told(t)
		}
	}
	ticket, err := b.submit(ctx, a, b.clock())
	if err != nil {
		b.asked.leave(weight)
	}
	return ticket, err
}

func (b *Bench) submit(ctx context.Context, a Ask, since time.Time) (Ticket, error) {
	for {
		b.mu.Lock()
		r, next := b.run, b.next
		b.mu.Unlock()
		if r == nil {
			return Ticket{}, ErrClosed
		}
		s, err := r.stream(ctx, a)
		if err == nil {
			var ticket Ticket
			if ticket, err = s.take(a, since); err == nil {
				return ticket, nil
			}
		}
		if !errors.Is(err, errRunOver) {
			return Ticket{}, err
		}
		select {
		case <-next:
		case <-ctx.Done():
			return Ticket{}, ctx.Err()
		}
	}
}

var errRunOver = errors.New("the run is over")

// known says whether a topic can be sent to, and on a cluster of others sees to
// it that it can.
func (b *Bench) known(ctx context.Context, asked string) error {
	topic := b.topic(asked)
	if b.external != nil {
		if err := b.Prepare(ctx, Needs{Send: []string{asked}}); err != nil {
			return err
		}
		b.external.Use(topic)
	}
	switch err := b.control.Known(topic); {
	case errors.Is(err, kafka.ErrUnknownTopic):
		return ErrUnknownTopic
	case err != nil:
		return errors.Join(ErrUnreachable, err)
	}
	return nil
}
