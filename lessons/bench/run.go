package bench

import (
	"context"
	"errors"
	"sync"
	"time"

	"atelier/kafka"
	"atelier/kafka/audit"
	"atelier/kafka/ledger"
)

// run is what a bench knows between two resets.
type run struct {
	bench     *Bench
	began     time.Time
	identity  *ledger.Identity
	producers *kafka.Producers
	ctx       context.Context // ends with the run
	end       context.CancelFunc

	mu      sync.Mutex
	closed  bool
	batches uint32
	sending sync.WaitGroup
	starts  map[string]audit.Offsets // where each topic stood at its first send
	streams map[way]*opening
	named   int // sends of named messages that others asked for
}

// ErrClosed says that the bench has been closed.
var ErrClosed = errors.New("the bench is closed")

// begin starts a run on a clean bench.
func (b *Bench) begin() {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := &run{bench: b, began: b.clock(), identity: ledger.NewIdentity(b.runID()), starts: map[string]audit.Offsets{}, streams: map[way]*opening{}}
	r.ctx, r.end = context.WithCancel(context.Background())
	r.producers = kafka.NewProducers(kafka.Options{
		Control:  b.control,
		Proxied:  b.proxied,
		Tap:      b.tap,
		BrokerAt: b.roads.Broker,
		Emit:     b.ledger.Apply,
		Now:      b.Now,
		Run:      r.identity.Run(),
	})
	b.current.Store(r)
	b.ledger.Apply(ledger.RunBegan{Run: r.identity.Run(), Clock: r.began, Simulated: !b.cluster.Replicates()})
	b.run = r
	b.nextRun()
}

// nextRun wakes who waits for the next run, or for there being none. The lock is
// held.
func (b *Bench) nextRun() {
	close(b.next)
	b.next = make(chan struct{})
}

// runID is six letters and digits without look-alikes.
func (b *Bench) runID() string {
	const alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
	id := make([]byte, 6)
	for i := range id {
		id[i] = alphabet[b.ids.IntN(len(alphabet))]
	}
	return string(id)
}

// close ends the sends and reports what is in flight.
func (r *run) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.end()
	r.producers.Close()
	r.sending.Wait()
}

// enter counts a send in, with a context that also ends with the run.
func (b *Bench) enter(ctx context.Context) (*run, context.Context, func(), error) {
	b.mu.Lock()
	r := b.run
	b.mu.Unlock()
	if r == nil {
		return nil, nil, nil, ErrClosed
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, nil, nil, ErrClosed
	}
	r.sending.Add(1)
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(r.ctx, cancel)
	return r, ctx, func() { stop(); cancel(); r.sending.Done() }, nil
}

// Reset makes the bench clean and begins a new run: what is in flight is
// reported, toxics go, proxies and brokers come up, leaders return to their
// first brokers. The log stays as it is.
func (b *Bench) Reset(ctx context.Context) error {
	b.resetting.Lock()
	defer b.resetting.Unlock()
	b.mu.Lock()
	r := b.run
	b.mu.Unlock()
	if r == nil {
		return ErrClosed
	}
	r.close()
	forgotten := b.secret.forget()
	err := errors.Join(b.restoreProxies(ctx), b.restoreBrokers())
	forgotten()
	_ = b.control.Refresh(r.topics()...) // leaders may have moved; what can't be had now is asked for later
	b.begin()
	return err
}
