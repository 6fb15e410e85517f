package bench

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/ledger"
)

// Batch is the messages of one send line.
type Batch struct {
	Count     int
	Mode      kafka.Mode
	Sending   kafka.Sending
	Settings  kafka.Settings // effective: the mode's, with what the line changed
	Topic     string
	Partition int32          // -1: by key, or round robin without one
	Key       *string        // nil: no key
	Keys      int            // 0: not asked for; else order-1 … order-<Keys> in turn
	Value     *string        // nil: a generated text
	Size      int            // bytes of a generated value; 0: its natural size
	Rate      float64        // messages per second; 0: as fast as it goes
	Headers   []kafka.Header // beside those that every message carries
	ID        string         // id=: every message of the batch is this one
	Label     string         // empty: none
}

// burst is how many messages of an asynchronous batch are handed over in one
// step.
const burst = 256

// MaxNamed bounds how often one batch may send one and the same message: each
// such send is remembered by its timestamp.
const MaxNamed = 10_000

// Sending is a batch that has been announced and not handed over yet.
type Sending struct {
	Batch   uint32 // its number in the run
	bench   *Bench
	sender  *sender
	ctx     context.Context
	release func()
}

// Begin announces a batch: from now on an audit waits for it. The caller calls
// Send, once.
func (b *Bench) Begin(ctx context.Context, batch Batch) (*Sending, error) {
	if batch.ID != "" && batch.Count > MaxNamed {
		return nil, words.Errorf(
			"id=%s sends one message %d times: at most %d",
			"id=%s envoie un même message %d fois : au plus %d", batch.ID, batch.Count, MaxNamed)
	}
	r, ctx, leave, err := b.enter(ctx)
	if err != nil {
		return nil, err
	}
	batch.Topic = b.topic(batch.Topic)
	if b.external != nil {
		b.external.Use(batch.Topic)
	}
	s := r.newSender(batch)
	b.ledger.Apply(ledger.BatchOpened{
		At: b.at(), Batch: s.number, Label: batch.Label, ID: batch.ID, Mode: string(batch.Mode), Sending: string(batch.Sending),
		Topic: batch.Topic, Count: uint32(batch.Count), Settings: shown(batch.Settings),
	})
	return &Sending{Batch: s.number, bench: b, sender: s, ctx: ctx, release: leave}, nil
}

// Send hands the messages of a batch over: one by one, each after the report
// of the one before, where the sending is sync, else as fast as the rate and
// the memory allow. What was handed over gets its report whatever happens to
// the context of Begin; with it done before all were, the error says so.
func (g *Sending) Send() error {
	s := g.sender
	defer g.release()
	defer func() {
		g.bench.ledger.Apply(ledger.BatchClosed{At: g.bench.at(), Batch: s.number, Count: s.handed})
	}()
	s.run.rememberStart(g.ctx, s.Topic)
	s.began = s.run.bench.clock()
	for s.handed < uint32(s.Count) {
		count, err := s.pace(g.ctx)
		if err == nil {
			var handed int
			handed, err = s.run.producers.Send(g.ctx, s.Settings, s.make(count), s.Sending == kafka.Sync)
			s.handed += uint32(handed)
		}
		if err != nil {
			return fmt.Errorf("%d of %d messages handed over: %w", s.handed, s.Count, err)
		}
	}
	return nil
}

// Send announces a batch and hands it over.
func (b *Bench) Send(ctx context.Context, batch Batch) error {
	sending, err := b.Begin(ctx, batch)
	if err != nil {
		return err
	}
	return sending.Send()
}

func shown(s kafka.Settings) ledger.Settings {
	return ledger.Settings{
		Acks: int16(s.Acks), Retries: s.Retries, Backoff: s.Backoff, Request: s.Request, Total: s.Total, InFlight: s.InFlight,
	}
}

// sender makes the messages of one batch, in order.
type sender struct {
	Batch
	run    *run
	number uint32
	handed uint32
	began  time.Time // of the hand-over: what came before is not caught up on
	keys   [][]byte
	value  []byte // the same for all, where it is
}

func (r *run) newSender(batch Batch) *sender {
	r.mu.Lock()
	r.batches++
	number := r.batches
	r.mu.Unlock()
	s := &sender{Batch: batch, run: r, number: number}
	for n := range batch.Keys {
		s.keys = append(s.keys, []byte("order-"+strconv.Itoa(n+1)))
	}
	if batch.Key != nil {
		s.keys = [][]byte{[]byte(*batch.Key)}
	}
	switch {
	case batch.Value != nil:
		s.value = []byte(*batch.Value)
	case batch.Size > 0:
		s.value = bytes.Repeat([]byte("0123456789abcdef"), batch.Size/16+1)[:batch.Size]
	}
	return s
}

// pace waits until the next messages are due and returns how many.
func (s *sender) pace(ctx context.Context) (uint32, error) {
	left := uint32(s.Count) - s.handed
	most := uint32(burst)
	if s.Sending == kafka.Sync {
		most = 1
	}
	if s.Rate <= 0 {
		return min(left, most), ctx.Err()
	}
	elapsed := s.run.bench.clock().Sub(s.began)
	due := uint32(min(elapsed.Seconds()*s.Rate, float64(s.Count-1))) + 1
	if due > s.handed {
		return min(left, most, due-s.handed), ctx.Err()
	}
	next := time.Duration(float64(s.handed) / s.Rate * float64(time.Second))
	timer := time.NewTimer(max(next-elapsed, 0))
	defer timer.Stop()
	select {
	case <-timer.C:
		return 1, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// make makes the next messages.
func (s *sender) make(count uint32) []kafka.Message {
	messages := make([]kafka.Message, count)
	for i := range messages {
		messages[i] = s.message(ledger.Ref{Batch: s.number, N: s.handed + uint32(i)})
	}
	return messages
}

func (s *sender) message(ref ledger.Ref) kafka.Message {
	m := kafka.Message{
		Ref: ref, ID: []byte(s.ID), Topic: s.Topic, Partition: s.Partition, Value: s.value,
		Sending: s.Sending, Time: s.run.bench.clock(), Headers: s.Headers,
	}
	if len(s.keys) > 0 {
		m.Key = s.keys[int(ref.N)%len(s.keys)]
	}
	if m.Value == nil {
		m.Value = []byte("message " + strconv.Itoa(int(ref.N)+1))
	}
	if s.ID == "" {
		m.ID = s.run.identity.AppendID(make([]byte, 0, 24), ref)
		return m
	}
	m.Time = name(s.run.identity, s.ID, m.Time, ref)
	return m
}

// name remembers a send of a named message and returns its time: two sends of
// one message must differ in their timestamps, as they are told apart by
// nothing else.
func name(identity *ledger.Identity, id string, t time.Time, ref ledger.Ref) time.Time {
	for !identity.Name(id, kafka.FormatTimestamp(t), ref) {
		t = t.Add(time.Nanosecond)
	}
	return t
}

// rememberStart notes where a topic ends before the run's first send to it. It
// spares the audit what is older; where it can't be had, the audit reads more.
func (r *run) rememberStart(ctx context.Context, topic string) {
	r.mu.Lock()
	_, known := r.starts[topic]
	r.mu.Unlock()
	if known {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, r.bench.straight.patience)
	defer cancel()
	ends, err := r.bench.reader.Ends(ctx, topic)
	if err != nil {
		ends = nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.starts[topic]; !known {
		r.starts[topic] = ends
	}
}
