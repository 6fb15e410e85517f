package bench_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
)

// asking sends what is asked for and waits for what became of it.
func asking(t testing.TB, b *bench.Bench, a bench.Ask) (bench.Ticket, bench.Told) {
	t.Helper()
	told := make(chan bench.Told, 1)
	a.Told = func(t bench.Told) { told <- t }
	ticket, err := b.Submit(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return ticket, <-told
}

func ask(mode kafka.Mode, topic string) bench.Ask {
	return bench.Ask{Origin: "api", Mode: mode, Sending: kafka.Sync, Topic: topic, Partition: -1}
}

// A hundred at once are a hundred reports and a hundred copies, over all
// partitions, in one batch.
func TestAsksAtOnce(t *testing.T) {
	b := open(t)
	var all sync.WaitGroup
	for n := range 100 {
		all.Go(func() {
			key := "load-" + strconv.Itoa(n)
			a := ask(kafka.Idempotent, "load-test")
			a.Key = &key
			if _, told := asking(t, b, a); told.Kind != ledger.AckedReport || told.Report.Offset < 0 || told.Report.Partition < 0 {
				t.Errorf("%+v", told)
			}
		})
	}
	all.Wait()
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := b.Ledger().Snapshot()
	if a := s.All; a.Sent != 100 || a.Acked != 100 || a.Copies != 100 || a.Once != 100 || a.Partitions != 3 || !a.Audited || !a.Done {
		t.Errorf("%+v", a)
	}
	for _, m := range s.Messages {
		if m.Ref.Batch != 1 || m.Origin != "api" || m.Key == "" {
			t.Fatalf("%+v", m)
		}
	}
	if b.UnderWay() != 0 {
		t.Error("something is still counted")
	}
}

func TestAnUnknownTopicIsSentNothing(t *testing.T) {
	b := open(t)
	before := b.Ledger().Snapshot().All.Sent
	if _, err := b.Submit(t.Context(), ask(kafka.Plain, "nonexistent-topic")); !errors.Is(err, bench.ErrUnknownTopic) {
		t.Error(err)
	}
	if sent := b.Ledger().Snapshot().All.Sent; sent != before || b.UnderWay() != 0 {
		t.Error("something was sent")
	}
}

// A message that is asked for again under the id that it was given is the same
// message: its copies count together, whichever way each was sent.
func TestARepeatedIDIsTheSameMessage(t *testing.T) {
	b := open(t)
	first, _ := asking(t, b, ask(kafka.Plain, "test-topic"))
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, ok := b.Ledger().Story(first.ID); !ok || !s.Judged || s.Verdict != ledger.Once || s.Sends != 1 {
		t.Errorf("%+v", s)
	}
	again := ask(kafka.Idempotent, "test-topic")
	again.ID = first.ID
	second, _ := asking(t, b, again)
	if second.ID != first.ID || second.Send == first.Send {
		t.Errorf("%+v %+v", first, second)
	}
	if s, ok := b.Ledger().Story(first.ID); !ok || s.Judged || s.Sends != 2 {
		t.Errorf("judged before anybody looked: %+v", s)
	}
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, ok := b.Ledger().Story(first.ID)
	if !ok || !s.Judged || s.Verdict != ledger.Duplicate || s.Copies != 2 || s.Ghost || len(s.Told) != 2 || len(s.Records) != 2 {
		t.Errorf("%+v", s)
	}
	if len(s.Told[0].Attempts) != 1 || s.Told[0].Key != first.ID {
		t.Errorf("%+v", s.Told[0])
	}
	if a := b.Ledger().Snapshot().All; a.Sent != 2 || a.Copies != 2 || a.Duplicates != 1 || a.Once != 0 {
		t.Errorf("%+v", a)
	}
}

// Whoever goes on asking holds up no audit, and is judged by none too early.
func TestAnAuditEndsWhileOthersAsk(t *testing.T) {
	b := open(t)
	ctx, stop := context.WithCancel(t.Context())
	var asked atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for ctx.Err() == nil {
				if _, told := asking(t, b, ask(kafka.Plain, "test-topic")); told.Kind != ledger.AckedReport {
					t.Errorf("%+v", told)
				}
				asked.Add(1)
			}
		})
	}
	for range 5 {
		for before := asked.Load(); asked.Load() < before+20; {
			version := b.Ledger().Version()
			<-b.Ledger().Changed(version)
		}
		if err := b.Audit(t.Context()); err != nil {
			t.Error(err)
		}
		if lost := b.Ledger().Snapshot().All.Lost; lost != 0 {
			t.Errorf("%d are called lost", lost)
		}
	}
	stop()
	all.Wait()
	if err := b.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := b.Ledger().Snapshot().All; a.Sent != asked.Load() || a.Once != a.Sent || !a.Audited {
		t.Errorf("%+v", a)
	}
}

// A reset tells everything that was under way; what comes later is of the new run.
func TestAResetTellsWhatWasAskedFor(t *testing.T) {
	b := open(t)
	if err := b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	const many = 2000
	told := make(chan bench.Told, many)
	for range many {
		a := ask(kafka.Idempotent, "test-topic")
		a.Sending = kafka.Async
		a.Told = func(t bench.Told) { told <- t }
		if _, err := b.Submit(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	run := b.Ledger().Snapshot().Run
	if err := b.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range many {
		if x := <-told; x.Kind == ledger.AckedReport || x.Report.Reason == "" {
			t.Fatalf("%+v", x)
		}
	}
	ticket, x := asking(t, b, ask(kafka.Plain, "test-topic"))
	if x.Kind != ledger.AckedReport || ticket.Run == run {
		t.Errorf("%+v %+v", ticket, x)
	}
	if a := b.Ledger().Snapshot().All; a.Sent != 1 || b.UnderWay() != 0 {
		t.Errorf("%+v", a)
	}
}

// What is asked for during a reset waits for the new run.
func TestAskingAcrossResets(t *testing.T) {
	b := open(t)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				told := make(chan bench.Told, 1)
				a := ask(kafka.Plain, "test-topic")
				a.Told = func(t bench.Told) { told <- t }
				if _, err := b.Submit(t.Context(), a); err != nil {
					t.Error(err)
					return
				}
				<-told
			}
		})
	}
	for range 5 {
		if err := b.Reset(t.Context()); err != nil {
			t.Error(err)
		}
	}
	stop()
	all.Wait()
	if b.UnderWay() != 0 {
		t.Errorf("%d under way", b.UnderWay())
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	embeddedOnly(t, "the bench's own bound")
	b := open(t)
	if err := b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	for n := range 10 * bench.MaxAsked {
		a := ask(kafka.Plain, "test-topic")
		a.Sending = kafka.Async
		_, err := b.Submit(t.Context(), a)
		switch {
		case errors.Is(err, bench.ErrBusy) && n >= bench.MaxAsked:
			return
		case err != nil:
			t.Fatalf("%d: %v", n, err)
		}
	}
	t.Error("nothing is refused")
}

// BenchmarkAsked asks for messages one by one, each caller waiting for its
// report, as the HTTP API's connections do.
func BenchmarkAsked(b *testing.B) {
	bb := open(b)
	asking(b, bb, ask(kafka.Plain, "test-topic"))
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			asking(b, bb, ask(kafka.Plain, "test-topic"))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}
