package kafka

import (
	"context"
	"testing"
	"time"

	"atelier/kafka/ledger"

	"github.com/IBM/sarama"
)

// A hand-over that is stopped ends at once, also while sarama pauses before a
// retry and takes nothing: what it had not taken has failed.
func TestHandWhileSaramaIsBusy(t *testing.T) {
	l := ledger.New()
	l.Apply(ledger.BatchOpened{Batch: 1, Count: 3}, ledger.Sent{Batch: 1, Count: 3})
	owner := NewProducers(Options{Emit: l.Apply, Now: func() time.Duration { return 0 }})
	busy := &busyProducer{input: make(chan *sarama.ProducerMessage, 1)}
	p := &producer{owner: owner, settings: Plain.Settings(), async: busy, wake: make(chan struct{}, 1)}
	flights := make([]flight, 3)
	waiting := newWaiter(2)
	for n := range flights {
		m := Message{Ref: ledger.Ref{Batch: 1, N: uint32(n)}}
		flights[n].load(&m, Plain, 0)
		flights[n].waiter = waiting
		if !owner.credits.TryAcquire(flights[n].weight) {
			t.Fatal("no credits")
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if !p.hand(ctx, flights) {
		t.Fatal("not handed over")
	}
	<-waiting.done
	snap := l.Snapshot()
	if len(busy.input) != 1 || snap.All.Failed != 2 || p.window.oldest != &flights[0] || p.window.newest != &flights[0] {
		t.Errorf("got %+v", snap.All)
	}
	for _, m := range snap.Messages {
		if m.Report == ledger.FailedReport && m.Reason != ledger.Interrupted {
			t.Errorf("got %+v", m)
		}
	}
	if !owner.credits.TryAcquire(maxInFlight - flights[0].weight) {
		t.Error("credits are missing")
	}
}

// busyProducer takes one message and no more.
type busyProducer struct {
	sarama.AsyncProducer
	input chan *sarama.ProducerMessage
}

func (b *busyProducer) Input() chan<- *sarama.ProducerMessage { return b.input }
