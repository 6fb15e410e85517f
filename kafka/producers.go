package kafka

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"atelier/kafka/ledger"
	"atelier/kafka/tap"

	"golang.org/x/sync/semaphore"
)

// maxInFlight bounds the memory of messages between hand-over and report, over
// all producers of a run, in bytes.
const maxInFlight = 32 << 20

// maxBurst is how much of it one step of a hand-over may take.
const maxBurst = 4 << 20

// ErrClosed says that the producers have been closed.
var ErrClosed = errors.New("the producers are closed")

// Options are what the producers of one run need.
type Options struct {
	Control  *Control
	Proxied  Dialer                     // the road of Produce requests; may be the straight one
	Tap      *tap.Tap                   // nil: nobody listens on the wire
	BrokerAt func(address string) int32 // the broker that an advertised address belongs to; 0 unknown
	Emit     func(...ledger.Event)
	Now      func() time.Duration // since the run began
	Run      string
}

// Producers are the warm producers of one run, one per effective settings.
// They are safe for concurrent use. Close ends them all.
type Producers struct {
	Options
	turns   *turns
	credits *semaphore.Weighted

	mu     sync.Mutex
	warm   map[Settings]*slot
	old    map[*producer]struct{} // retired, with messages to report still
	opened int
	closed bool
	reaped sync.WaitGroup
}

// slot holds the producer of some settings while it is warm. Its lock is held
// while one is opened, so that nobody opens a second.
type slot struct {
	mu sync.Mutex
	p  *producer
}

// NewProducers returns the producers of a run; none is opened yet.
func NewProducers(o Options) *Producers {
	return &Producers{
		Options: o,
		turns:   &turns{next: map[string]uint64{}},
		credits: semaphore.NewWeighted(maxInFlight),
		warm:    map[Settings]*slot{},
		old:     map[*producer]struct{}{},
	}
}

// Send hands messages of one topic over, in order, and returns when sarama has taken them:
// their reports go to the ledger. It first waits for the credits that bound
// what is in flight; with ctx done before that, nothing was sent. Then every
// message ends in exactly one report, whatever happens to ctx: those that
// sarama has not taken by then have failed.
// With wait, Send returns when they have theirs, or with ctx's error before.
func (o *Producers) Send(ctx context.Context, s Settings, messages []Message, wait bool) (handed int, err error) {
	if len(messages) == 0 {
		return 0, nil
	}
	var weight int64
	for i := range messages {
		weight += weightOf(&messages[i])
	}
	if half := len(messages) / 2; weight > maxBurst && half > 0 {
		handed, err := o.Send(ctx, s, messages[:half], wait)
		if err != nil {
			return handed, err
		}
		more, err := o.Send(ctx, s, messages[half:], wait)
		return handed + more, err
	}
	if err := o.credits.Acquire(ctx, weight); err != nil {
		return 0, err
	}
	var waiting *waiter
	if wait {
		waiting = newWaiter(len(messages))
	}
	now := o.Now()
	o.Emit(handOver(messages, now)...)
	flights := make([]flight, len(messages))
	for i := range messages {
		flights[i].load(&messages[i], s.Mode, now)
		flights[i].waiter = waiting
	}
	if err := o.known(messages[0].Topic); err != nil {
		o.fail(flights, weight, err)
	} else {
		o.turns.take(messages[0].Topic, flights)
		o.hand(ctx, s, flights, weight)
	}
	if waiting == nil {
		return len(messages), nil
	}
	select {
	case <-waiting.done:
		return len(messages), nil
	case <-ctx.Done():
		return len(messages), ctx.Err()
	}
}

// hand gives flights to the warm producer of some settings. Where none can be
// had they have failed: nothing departed.
func (o *Producers) hand(ctx context.Context, s Settings, flights []flight, weight int64) {
	for {
		p, err := o.get(s)
		if err == nil {
			if p.hand(ctx, flights) {
				return
			}
			continue // it was severed meanwhile
		}
		o.fail(flights, weight, err)
		return
	}
}

// known says whether a topic can be sent to at all. Sarama finds out by itself,
// but fails other messages with a circuit breaker after the third one.
func (o *Producers) known(topic string) error {
	return o.Control.Known(topic)
}

// fail reports flights that no producer has taken.
func (o *Producers) fail(flights []flight, weight int64, err error) {
	e := end{at: o.Now(), weight: weight}
	for i := range flights {
		e.add(&flights[i], flights[i].failed(e.at, -1, openReason(err), err))
	}
	o.tell(e)
}

func openReason(err error) ledger.Reason {
	if errors.Is(err, ErrClosed) {
		return ledger.Closing
	}
	if r := reasonOf(err); r != ledger.OtherReason {
		return r
	}
	return ledger.NoBroker
}

// handOver tells that messages of one batch are handed over: in one event, or
// in one for each.
func handOver(messages []Message, now time.Duration) []ledger.Event {
	if !messages[0].Apart {
		first, last := messages[0].Ref, messages[len(messages)-1].Ref
		return []ledger.Event{ledger.Sent{
			At: ledger.At{At: now}, Batch: first.Batch, From: first.N, Count: last.N - first.N + 1, Key: commonKey(messages),
		}}
	}
	events := make([]ledger.Event, len(messages))
	for i := range messages {
		m := &messages[i]
		events[i] = ledger.Sent{At: ledger.At{At: now}, Batch: m.Ref.Batch, From: m.Ref.N, Count: 1, Key: string(m.Key), ID: m.Name}
	}
	return events
}

// commonKey is the key of all messages, or nothing where they differ.
func commonKey(messages []Message) string {
	for i := range messages {
		if string(messages[i].Key) != string(messages[0].Key) {
			return ""
		}
	}
	return string(messages[0].Key)
}

// get returns the warm producer of some settings, opening one if need be.
func (o *Producers) get(s Settings) (*producer, error) {
	o.mu.Lock()
	if o.closed {
		o.mu.Unlock()
		return nil, ErrClosed
	}
	at := o.warm[s]
	if at == nil {
		at = &slot{}
		o.warm[s] = at
	}
	o.mu.Unlock()

	at.mu.Lock()
	defer at.mu.Unlock()
	if at.p != nil {
		return at.p, nil
	}
	p, err := o.open(s)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	closed := o.closed
	o.mu.Unlock()
	if closed { // meanwhile
		p.close()
		return nil, ErrClosed
	}
	at.p = p
	return p, nil
}

func (o *Producers) nextName() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.opened++
	return fmt.Sprintf("%s-%d", o.Run, o.opened)
}

// retire takes a producer out of use: the next message of its settings opens
// another. It goes on with what it holds.
func (o *Producers) retire(p *producer) {
	o.mu.Lock()
	if !p.reaping {
		o.old[p] = struct{}{} // before it leaves its slot: Close looks in both
	}
	at := o.warm[p.settings]
	o.mu.Unlock()
	at.mu.Lock()
	if at.p == p {
		at.p = nil
	}
	at.mu.Unlock()

	p.mu.Lock()
	p.retired = true
	idle := p.idle()
	p.mu.Unlock()
	if idle {
		o.reap(p)
	}
}

// HangUp closes the producers that hear no answers (acks=0) and have nothing
// in flight: they would never notice that a connection is dead, and what was
// lost on it could not be told from what is still on its way.
func (o *Producers) HangUp() {
	o.mu.Lock()
	slots := make([]*slot, 0, len(o.warm))
	for s, at := range o.warm {
		if s.Acks == AcksNone {
			slots = append(slots, at)
		}
	}
	o.mu.Unlock()
	for _, at := range slots {
		at.mu.Lock()
		p := at.p
		at.mu.Unlock()
		if p != nil {
			o.retire(p)
		}
	}
}

// reap closes a retired producer that has reported everything. When it returns
// nothing departs from there any more, whatever sarama still holds.
func (o *Producers) reap(p *producer) {
	p.sever()
	o.mu.Lock()
	defer o.mu.Unlock()
	if p.reaping {
		return
	}
	p.reaping = true
	delete(o.old, p)
	o.reaped.Add(1)
	go func() {
		defer o.reaped.Done()
		p.close()
	}()
}

// end is what becomes known of some flights at one moment.
type end struct {
	at      time.Duration
	reports []ledger.Report
	waiters []*waiter // of those whose senders wait
	tellers []teller  // of those that somebody else hears of
	weight  int64     // of those that are in flight no more
}

func (e *end) add(f *flight, r ledger.Report) {
	e.reports = append(e.reports, r)
	if f.waiter != nil {
		e.waiters = append(e.waiters, f.waiter)
	}
	if f.tell != nil {
		e.tellers = append(e.tellers, teller{f.tell, f.handed, len(e.reports) - 1})
	}
}

// teller is who hears one of the reports.
type teller struct {
	tell   func(ledger.Report, time.Duration)
	handed time.Duration
	report int
}

// tell gives reports to the ledger, then wakes who waits for them.
func (o *Producers) tell(e end) {
	if len(e.reports) > 0 {
		o.Emit(ledger.Reported{At: ledger.At{At: e.at}, Reports: e.reports})
	}
	for _, w := range e.waiters {
		w.told()
	}
	for _, t := range e.tellers {
		t.tell(e.reports[t.report], t.handed)
	}
	o.credits.Release(e.weight)
}

// Close severs every producer, so that also under a black hole everything in
// flight is reported at once, and waits until none of them runs any more.
func (o *Producers) Close() {
	o.mu.Lock()
	o.closed = true
	slots := make([]*slot, 0, len(o.warm))
	for _, at := range o.warm {
		slots = append(slots, at)
	}
	o.mu.Unlock()
	for _, at := range slots {
		at.mu.Lock() // waits for one that is being opened
		p := at.p
		at.p = nil
		at.mu.Unlock()
		if p != nil {
			o.reap(p)
		}
	}
	o.mu.Lock()
	old := make([]*producer, 0, len(o.old))
	for p := range o.old {
		old = append(old, p)
	}
	o.mu.Unlock()
	for _, p := range old {
		o.reap(p)
	}
	o.reaped.Wait()
}
