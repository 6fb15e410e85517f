package bench

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"syscall"
	"time"

	"atelier/assets/words"
	"atelier/kafka/audit"
	"atelier/kafka/ledger"
)

// The patience of an audit.
const (
	settleTimeout = 10 * time.Second
	settleLook    = 10 * time.Millisecond // between two looks at the log's ends
	// Without a tap at the brokers, only time can tell that nothing more comes.
	settleStill = 500 * time.Millisecond
	settleBusy  = 2 * time.Second // where others keep the ends moving
	// A cluster that replicates takes its time to notice that a leader is gone.
	electionTimeout = 10 * time.Second
	// What was asked for before waits for its turn, and under a toxic that may
	// take as long as it likes.
	handOverTimeout = 10 * time.Second
)

// ErrNotSettled is an audit that could not be trusted: the log still moved, or
// a request was still on its way, when its patience ended.
var ErrNotSettled = words.Errorf("the log did not settle", "le journal ne s’est pas stabilisé")

// Audit waits until every send that was started has its reports and nothing of
// them can reach the log any more, then reads back what was written since the
// run began and judges every message. Where the log does not settle in time it
// reads all the same, judges nothing and returns ErrNotSettled.
//
// Of what others asked for before, it waits for the hand-over first, as long as
// it has patience. What was asked for by its end and is not handed over yet it
// counts (ledger.Audit.Pending): that has no verdict.
func (b *Bench) Audit(ctx context.Context) error {
	b.auditing.Lock()
	defer b.auditing.Unlock()
	r, ctx, leave, err := b.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err := r.handOverAsked(ctx); err != nil {
		return err
	}
	defer b.turns.open()
	if err := b.turns.hold(ctx); err != nil {
		return err
	}
	if err := b.waitQuiet(ctx); err != nil {
		return err
	}
	r.producers.HangUp()
	ends, settled, err := b.settle(ctx, r)
	if err != nil {
		return err
	}
	b.ledger.Apply(ledger.AuditBegan{At: b.at()})
	ended := ledger.AuditEnded{Settled: settled == nil}
	if err = b.read(ctx, r, ends); err != nil {
		ended.Settled = false
	} else {
		err = settled
	}
	if err != nil {
		ended.Reason = err.Error()
	}
	ended.Pending = r.queued()
	ended.At = b.at()
	b.ledger.Apply(ended)
	return err
}

// waitQuiet waits for the reports of every send that was started.
func (b *Bench) waitQuiet(ctx context.Context) error {
	for {
		version := b.ledger.Version()
		if b.ledger.Settled() {
			return nil
		}
		select {
		case <-b.ledger.Changed(version):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// settle waits until nothing of ours can reach the log any more, and returns
// its ends. On the embedded cluster the tap knows, request by request. On
// another one it knows what its proxies still carry; then the ends must hold
// still, or, where others write too, long enough for what a broker has read;
// and readers must be shown what is due to them. settled says why they may not
// be the last word.
func (b *Bench) settle(ctx context.Context, r *run) (ends audit.Offsets, settled, err error) {
	topics := r.topics()
	look := time.NewTicker(settleLook)
	defer look.Stop()
	deadline := time.NewTimer(settleTimeout)
	defer deadline.Stop()
	var quiet, still time.Time // since when
	var hidden hidden
	for looks := 0; ; {
		left := b.tap.UnderWay()
		now := time.Now()
		before := ends
		if ends, err = b.ends(ctx, topics); err != nil {
			return nil, nil, err
		}
		switch {
		case left > 0:
			looks = 0
		case looks == 0:
			looks, quiet, still = 1, now, now
		case b.embedded != nil:
			return ends, nil, nil
		default:
			if !ends.Equal(before) {
				still = now
			}
			if now.Sub(still) < settleStill && now.Sub(quiet) < settleBusy {
				break
			}
			if done, err := hidden.shownBy(ctx, b, ends, topics); done || err != nil {
				return ends, nil, err
			}
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-deadline.C:
			return ends, notSettled(left), nil
		}
	}
}

func notSettled(left int) error {
	if left == 0 {
		return words.Errorf(
			"%v: after %s, a leader still has messages that its followers lack, and Kafka shows them to nobody. Start or thaw the brokers and audit again",
			"%v : après %s, un leader a encore des messages que ses suiveurs n’ont pas, et Kafka ne les montre à personne. Démarrez ou dégelez les brokers et auditez à nouveau",
			ErrNotSettled, settleTimeout)
	}
	return words.Errorf(
		"%v: after %s, %d requests are still on their way to a broker. Clear the toxics and audit again",
		"%v : après %s, %d requêtes sont encore en route vers un broker. Retirez les toxics et auditez à nouveau",
		ErrNotSettled, settleTimeout, left)
}

// hidden is what leaders had when nothing of ours was on its way any more, and
// readers may not be shown yet: under acks=1 a leader acknowledges what no
// follower has. Without it the audit would take that for lost.
type hidden struct{ due audit.Offsets }

// shownBy says whether ends show all that is due by now. What a leader's death
// took away, and what a leader without followers keeps back, is not due.
func (h *hidden) shownBy(ctx context.Context, b *Bench, ends audit.Offsets, topics []string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, electionTimeout)
	defer cancel()
	now, err := b.reader.Due(ctx, topics...)
	if err != nil {
		return false, b.unreadable(err)
	}
	for p, offset := range h.due {
		if later, still := now[p]; still {
			now[p] = min(offset, later) // others may write on
		}
	}
	h.due = now
	return ends.Cover(now), nil
}

func (b *Bench) ends(ctx context.Context, topics []string) (audit.Offsets, error) {
	patience := 2 * time.Second
	if b.embedded == nil {
		patience = electionTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ends, err := b.reader.Ends(ctx, topics...)
	if err != nil {
		return nil, b.unreadable(err)
	}
	return ends, nil
}

// unreadable says that the log can't be read, and what can be done about it:
// brokers of others are not ours to start.
func (b *Bench) unreadable(err error) error {
	if b.external != nil {
		return words.Errorf(
			"the log can't be read: %v. Does every broker answer? (brokers) Whoever runs the cluster can start them; then audit again",
			"le journal est illisible : %v. Tous les brokers répondent-ils ? (brokers) Qui s’occupe du cluster peut les démarrer ; auditez ensuite à nouveau", inBrief(err))
	}
	return words.Errorf(
		"the log can't be read: %v. Is every broker up? (brokers, broker start, broker thaw)",
		"le journal est illisible : %v. Tous les brokers sont-ils en service ? (brokers, broker start, broker thaw)", inBrief(err))
}

// inBrief says what a broker's connection met, once and in words.
func inBrief(err error) error {
	var dns *net.DNSError
	var far *net.OpError
	var timeout net.Error
	errors.As(err, &far)
	where := words.Text{En: "a broker", Fr: "un broker"}
	if far != nil && far.Addr != nil {
		where = words.Text{En: far.Addr.String(), Fr: far.Addr.String()}
	}
	switch {
	case errors.As(err, &dns):
		return words.Errorf("the name %s does not resolve", "le nom %s est introuvable", dns.Name)
	case errors.Is(err, syscall.ECONNREFUSED):
		return words.Errorf("nobody listens at %s", "personne n’écoute sur %s", where)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return words.Errorf("no answer in time", "pas de réponse à temps")
	}
	return err
}

func (b *Bench) read(ctx context.Context, r *run, ends audit.Offsets) error {
	from := audit.Offsets{}
	r.mu.Lock()
	for _, starts := range r.starts {
		maps.Copy(from, starts)
	}
	r.mu.Unlock()
	err := b.reader.Read(ctx, from, ends, r.identity.Resolve, func(p ledger.Partition, copies []ledger.Copy) {
		b.ledger.Apply(ledger.CopiesRead{At: b.at(), Topic: p.Topic, Partition: p.ID, Copies: copies})
	})
	if err != nil {
		return fmt.Errorf("read the log back: %w", err)
	}
	return nil
}

// topics are those that the run has sent to.
func (r *run) topics() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.starts))
}
