package kafka

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"atelier/kafka/ledger"

	"github.com/IBM/sarama"
)

// reportsPerEvent bounds how many reports go to the ledger in one step.
const reportsPerEvent = 512

// grace is how much later than a message's budget its report is forced. Where
// the budget and the last attempt end together, as they do by the course's own
// settings, the attempt's end is the truer reason.
const grace = 50 * time.Millisecond

// producer is one warm sarama producer with one set of settings. Every message
// that it takes ends in exactly one report, whatever becomes of the network.
type producer struct {
	owner    *Producers
	settings Settings
	roads    *roads
	async    sarama.AsyncProducer
	conns    *connections
	closing  chan struct{} // closed by sever: pauses end, dials are refused

	mu      sync.Mutex
	window  window
	retired bool // takes no new messages
	severed bool // its connections are cut
	reaping bool // being closed; under the owner's lock

	wake    chan struct{} // the budget's keeper should look again
	handing sync.WaitGroup
	ended   sync.WaitGroup
}

func (o *Producers) open(s Settings) (*producer, error) {
	p := &producer{
		owner: o, settings: s,
		closing: make(chan struct{}),
		wake:    make(chan struct{}, 1),
	}
	p.conns = &connections{owner: o, base: o.nextName(), open: map[net.Conn]struct{}{}}
	config := s.produceConfig(p.pause)
	config.Producer.Partitioner = func(string) sarama.Partitioner { return partitioner{} }
	p.roads = newRoads(o.Control.client, config, p.conns)
	async, err := sarama.NewAsyncProducerFromClient(p.roads)
	if err != nil {
		p.roads.close()
		return nil, fmt.Errorf("open a producer: %w", err)
	}
	p.async = async
	p.ended.Add(3)
	go p.hear()
	go p.hearErrors()
	go p.keepBudget()
	return p, nil
}

// pause is a retry's backoff; severing cuts it short.
func (p *producer) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.closing:
	}
}

// hand gives messages to sarama, in order; false where the producer takes none
// any more. It blocks while sarama is busy: a backoff holds it up, for one. With
// ctx done meanwhile the rest have failed.
func (p *producer) hand(ctx context.Context, flights []flight) bool {
	p.mu.Lock()
	if p.retired {
		p.mu.Unlock()
		return false
	}
	p.handing.Add(1)
	defer p.handing.Done()
	first := p.window.empty()
	for i := range flights {
		p.window.add(&flights[i])
	}
	p.mu.Unlock()
	if first {
		p.look()
	}
	for i := range flights {
		m := &flights[i].message
		select {
		case p.async.Input() <- m: // by far the cheapest way, where it goes
			continue
		default:
		}
		select {
		case p.async.Input() <- m:
		case <-ctx.Done():
			p.withdraw(flights[i:])
			return true
		}
	}
	return true
}

// withdraw reports flights that sarama has not been given.
func (p *producer) withdraw(flights []flight) {
	e := end{at: p.owner.Now()}
	p.mu.Lock()
	for i := range flights {
		f := &flights[i]
		e.weight += f.weight
		if !f.told {
			p.window.remove(f)
			e.add(f, f.failed(e.at, -1, ledger.Interrupted, errInterrupted))
		}
	}
	idle := p.idle()
	p.mu.Unlock()
	p.owner.tell(e)
	if idle {
		p.owner.reap(p)
	}
}

// look asks the budget's keeper to look again.
func (p *producer) look() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// hear turns sarama's successes into reports, as many at a time as there are.
func (p *producer) hear() {
	defer p.ended.Done()
	batch := make([]*sarama.ProducerMessage, 0, reportsPerEvent)
	for m := range p.async.Successes() {
		batch = append(batch[:0], m)
		for more := true; more && len(batch) < cap(batch); {
			select {
			case m, ok := <-p.async.Successes():
				if more = ok; ok {
					batch = append(batch, m)
				}
			default:
				more = false
			}
		}
		p.returned(batch, nil)
	}
}

// hearErrors turns sarama's errors into reports, as many at a time as there are.
func (p *producer) hearErrors() {
	defer p.ended.Done()
	batch := make([]*sarama.ProducerMessage, 0, reportsPerEvent)
	causes := make([]error, 0, reportsPerEvent)
	for e := range p.async.Errors() {
		batch, causes = append(batch[:0], e.Msg), append(causes[:0], e.Err)
		for more := true; more && len(batch) < cap(batch); {
			select {
			case e, ok := <-p.async.Errors():
				if more = ok; ok {
					batch, causes = append(batch, e.Msg), append(causes, e.Err)
				}
			default:
				more = false
			}
		}
		p.returned(batch, causes)
	}
}

// returned takes messages back from sarama and reports those that the budget
// has not reported. causes says why each failed; nil: none did.
func (p *producer) returned(batch []*sarama.ProducerMessage, causes []error) {
	e := end{at: p.owner.Now(), reports: make([]ledger.Report, 0, len(batch))}
	p.mu.Lock()
	unsafe := false
	for i, m := range batch {
		f := m.Metadata.(*flight)
		e.weight += f.weight
		unsafe = unsafe || causes != nil && p.unsafeAfter(causes[i])
		if f.told {
			continue
		}
		p.window.remove(f)
		if causes != nil {
			e.add(f, f.failed(e.at, f.message.Partition, reasonOf(causes[i]), causes[i]))
		} else {
			e.add(f, f.succeeded(e.at, p.settings.Acks))
		}
	}
	idle := p.idle()
	p.mu.Unlock()

	p.owner.tell(e)
	if unsafe {
		p.owner.retire(p)
	}
	if idle {
		p.owner.reap(p)
	}
}

// unsafeAfter says whether a producer should not be used again: sarama's
// circuit breaker, once open, refuses everything for ten seconds, and an
// idempotent producer that gave up on a batch has a hole in its sequence.
func (p *producer) unsafeAfter(err error) bool {
	return p.settings.Mode == Idempotent || reasonOf(err) == ledger.NoBroker
}

// idle says whether a retired producer has nothing more to do: every message
// has its report, though sarama may still be trying some.
func (p *producer) idle() bool { return p.retired && p.window.empty() }

// keepBudget reports messages whose delivery budget is spent. Sarama has no
// such limit (Java's delivery.timeout.ms, librdkafka's message.timeout.ms).
// Where one is spent, later messages take another producer; once sarama holds
// none but spent ones, it is stopped from trying on.
func (p *producer) keepBudget() {
	defer p.ended.Done()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		next := p.spend()
		timer.Reset(next)
		select {
		case <-timer.C:
		case <-p.wake:
		case <-p.closing:
			return
		}
	}
}

// spend reports what is overdue and returns when to look again. Sarama still
// has those messages: their weight is released when it returns them. A producer
// that holds nothing else is severed first, so that what has not departed never
// will. One that holds others goes on with all of them, as sarama gives none
// back: what is overdue may then still be written.
func (p *producer) spend() time.Duration {
	e := end{at: p.owner.Now()}
	limit := p.settings.Total + grace
	next := time.Hour
	var spent []*flight
	p.mu.Lock()
	for f := p.window.oldest; f != nil; f = p.window.oldest {
		if left := f.handed + limit - e.at; left > 0 {
			next = left
			break
		}
		p.window.remove(f)
		spent = append(spent, f)
	}
	held, why := !p.window.empty(), errBudgetSpent
	if held {
		why = errBudgetSpentHeld
	}
	for _, f := range spent {
		r := f.failed(e.at, -1, ledger.BudgetSpent, why)
		r.Held = held
		e.add(f, r)
	}
	if len(spent) > 0 {
		p.retired = true // nothing new joins what is about to be severed
	}
	p.mu.Unlock()

	// First out of use, then told: whoever waits for a report may send again at
	// once.
	if len(spent) > 0 {
		p.owner.retire(p)
	}
	p.owner.tell(e)
	return next
}

// sever cuts the producer's connections and refuses new ones, so that
// everything it holds comes back at once, even from a black hole.
func (p *producer) sever() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.severed {
		return
	}
	p.severed, p.retired = true, true
	close(p.closing)
	p.conns.sever()
}

// close severs the producer and waits until everything has been reported and
// nothing of it runs any more.
func (p *producer) close() {
	p.sever()
	p.handing.Wait() // sarama closes its input: nobody may be sending
	p.async.AsyncClose()
	p.ended.Wait()
	p.roads.close()
}

// failed tells a flight's report that is not an ack. The producer's lock is
// held. The partition is sarama's to write until it returns the message.
func (f *flight) failed(now time.Duration, partition int32, reason ledger.Reason, err error) ledger.Report {
	if reason == ledger.UnknownTopic || reason == ledger.NoPartition || reason == ledger.TooLarge {
		partition = -1
	}
	f.told = true
	return ledger.Report{
		Ref: f.ref, Partition: partition, Offset: -1, Latency: now - f.handed, Reason: reason, Err: textOf(err),
	}
}

// succeeded tells what sarama's success means: an ack, or, where none was
// asked for, nothing but that the bytes were handed to the network. The
// producer's lock is held.
func (f *flight) succeeded(now time.Duration, acks Acks) ledger.Report {
	// lesson: report
	r := ledger.Report{
		Ref:       f.ref,
		Partition: f.message.Partition,
		Offset:    f.message.Offset,
		Latency:   now - f.handed,
	}
	if acks == AcksNone { // nobody asked
		r.Fired, r.Offset = true, -1
	}
	// end
	f.told = true
	return r
}
