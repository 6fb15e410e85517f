package bench

import (
	"context"
	"strconv"
	"sync"
	"time"

	"atelier/kafka"
	"atelier/kafka/ledger"
)

// way is what the messages of one stream have in common.
type way struct {
	origin  string
	mode    kafka.Mode
	sending kafka.Sending
	topic   string
}

// opening is a stream that is there, or is being opened.
type opening struct {
	done   chan struct{}
	stream *stream
	err    error
}

// stream is one batch for all messages that others ask for in one way, to one
// topic, during a run. A batch for each would be remembered for ever. One
// goroutine hands over what has come, many at a time where many come.
type stream struct {
	way
	run      *run
	number   uint32
	real     string // its topic, as the cluster calls it
	settings kafka.Settings

	mu     sync.Mutex
	queue  []queued
	next   uint32
	handed uint32 // how many of them are handed over, or told that they never will be
	over   bool
	wake   chan struct{}
	moved  chan struct{} // closed when handed grows; nil where nobody waits for that
}

// queued is a message that waits for its hand-over.
type queued struct {
	Ask
	ref   ledger.Ref
	since time.Time // it was asked for
}

// stream finds the stream for a message, or opens it. What can't be opened is
// not remembered: a topic may be created meanwhile.
func (r *run) stream(ctx context.Context, a Ask) (*stream, error) {
	w := way{a.Origin, a.Mode, a.Sending, a.Topic}
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return nil, errRunOver
	}
	o := r.streams[w]
	if o != nil {
		r.mu.Unlock()
		select {
		case <-o.done:
			return o.stream, o.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	o = &opening{done: make(chan struct{})}
	r.streams[w] = o
	r.sending.Add(1)
	r.mu.Unlock()

	// Others may wait for it, so it does not end with who asked first.
	o.stream, o.err = r.openStream(w)
	if o.err != nil {
		r.mu.Lock()
		delete(r.streams, w)
		r.mu.Unlock()
		r.sending.Done()
	}
	close(o.done)
	return o.stream, o.err
}

func (r *run) openStream(w way) (*stream, error) {
	b := r.bench
	if err := b.known(r.ctx, w.topic); err != nil {
		if r.ctx.Err() != nil {
			return nil, errRunOver
		}
		return nil, err
	}
	s := &stream{way: w, run: r, real: b.topic(w.topic), settings: w.mode.Settings(), wake: make(chan struct{}, 1)}
	r.rememberStart(r.ctx, s.real)
	r.mu.Lock()
	r.batches++
	s.number = r.batches
	r.mu.Unlock()
	b.ledger.Apply(ledger.BatchOpened{
		At: b.at(), Batch: s.number, Mode: string(w.mode), Sending: string(w.sending), Topic: s.real,
		Settings: shown(s.settings), Origin: w.origin, Stream: true,
	})
	go s.feed() // the run's close waits for it
	return s, nil
}

// take puts a message into the queue and says what it is called.
func (s *stream) take(a Ask, since time.Time) (Ticket, error) {
	if a.ID != "" && !s.run.mayName() {
		return Ticket{}, ErrNames
	}
	s.mu.Lock()
	if s.over {
		s.mu.Unlock()
		return Ticket{}, errRunOver
	}
	ref := ledger.Ref{Batch: s.number, N: s.next}
	s.next++
	s.queue = append(s.queue, queued{a, ref, since})
	first := len(s.queue) == 1
	s.mu.Unlock()
	if first {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
	id := s.run.identity
	t := Ticket{Ref: ref, Run: id.Run(), Send: string(id.AppendID(make([]byte, 0, 24), ref)), ID: a.ID, Topic: s.real}
	if t.ID == "" {
		t.ID = t.Send
	}
	return t, nil
}

// mayName counts one more send of a message that has a name.
func (r *run) mayName() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.named++
	return r.named <= MaxNamedAsks
}

// feed hands over what is in the queue until the run ends. What it has not
// handed over by then is told so.
func (s *stream) feed() {
	r := s.run
	defer r.sending.Done()
	var batch []queued
	for {
		select {
		case <-s.wake:
		case <-r.ctx.Done():
			s.end()
			return
		}
		for {
			s.mu.Lock()
			n := min(len(s.queue), burst)
			batch = append(batch[:0], s.queue[:n]...)
			if s.queue = s.queue[n:]; len(s.queue) == 0 {
				s.queue = nil // a crowd leaves no room behind that nobody needs
			}
			s.mu.Unlock()
			if n == 0 {
				break
			}
			s.handOver(r.ctx, batch)
		}
	}
}

// handOver gives messages to their producer. With ctx done before, they are told
// that they were never sent.
func (s *stream) handOver(ctx context.Context, batch []queued) {
	g := &s.run.bench.turns
	if g.pass(ctx) != nil {
		s.dismiss(batch)
		return
	}
	defer g.leave()
	defer s.hasHanded(len(batch)) // before it leaves: an audit may count
	messages := make([]kafka.Message, len(batch))
	for i := range batch {
		messages[i] = s.message(&batch[i])
	}
	handed, err := s.run.producers.Send(ctx, s.settings, messages, false)
	if err != nil {
		s.dismiss(batch[handed:])
	}
}

func (s *stream) dismiss(batch []queued) {
	now := s.run.bench.clock()
	for i := range batch {
		batch[i].Told(Told{Kind: ledger.FailedReport, Queued: now.Sub(batch[i].since), Report: ledger.Report{
			Ref: batch[i].ref, Partition: -1, Offset: -1, Reason: ledger.Closing, Err: errRunOver.Error(),
		}})
	}
}

// end takes nothing more in.
func (s *stream) end() {
	s.mu.Lock()
	s.over = true
	left := s.queue
	s.queue = nil
	s.move()
	s.mu.Unlock()
	s.dismiss(left)
	s.run.bench.ledger.Apply(ledger.BatchClosed{At: s.run.bench.at(), Batch: s.number, Count: s.next - uint32(len(left))})
}

func (s *stream) message(q *queued) kafka.Message {
	identity := s.run.identity
	m := kafka.Message{
		Ref: q.ref, Topic: s.real, Partition: q.Partition, Sending: s.sending,
		Time: s.run.bench.clock(), Name: q.ID, Apart: true,
	}
	told, l, waits := q.Told, s.run.bench.ledger, q.since.Sub(s.run.began)
	m.Told = func(r ledger.Report, handed time.Duration) {
		told(Told{Kind: kindOf(l, r), Report: r, Handed: true, Queued: handed - waits})
	}
	if q.ID == "" {
		m.ID = identity.AppendID(make([]byte, 0, 24), q.ref)
	} else {
		m.ID = []byte(q.ID)
		m.Time = name(identity, q.ID, m.Time, q.ref)
	}
	m.Key = m.ID
	if q.Key != nil {
		m.Key = []byte(*q.Key)
	}
	if q.Value != nil {
		m.Value = []byte(*q.Value)
	} else {
		m.Value = []byte("message " + strconv.Itoa(int(q.ref.N)+1))
	}
	return m
}

// kindOf is what a report says. Whether one that is no ack is failed or unknown,
// the ledger knows by the attempts.
func kindOf(l *ledger.Ledger, r ledger.Report) ledger.Kind {
	switch {
	case r.Fired:
		return ledger.FiredReport
	case r.Reason == "":
		return ledger.AckedReport
	}
	m, _, ok := l.Told(r.Ref)
	if !ok || m.Report == ledger.NoReport {
		return ledger.UnknownReport
	}
	return m.Report
}
