package tape

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// clock is a wall clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }

func deckOf(events []ledger.Event) (*Deck, *clock) {
	c := &clock{time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)}
	return Play(tapeOf(append(standing(), events...)), func() time.Time { return c.now }), c
}

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// A tape plays as fast as life did, and comes to what life came to.
func TestPlay(t *testing.T) {
	d, c := deckOf(heart("run123"))
	if s := d.Snapshot(); s.Run != "run123" || s.All.Sent != 0 || s.Leader("t", 1) != 2 || len(s.Brokers) != 1 || !d.Playing() {
		t.Errorf("begins with %+v", s)
	}
	c.pass(ms(699))
	if s := d.Snapshot(); s.All.Attempts != 1 || s.Attempt(s.Messages[0].Attempts[0]).Outcome != ledger.Pending || len(s.Toxics) != 1 || d.Now() != ms(699) {
		t.Errorf("at %v: %+v", d.Now(), s)
	}
	c.pass(ms(1))
	if s := d.Snapshot(); s.Attempt(s.Messages[0].Attempts[0]).Outcome != ledger.TimedOut {
		t.Errorf("at %v: %+v", d.Now(), s)
	}
	c.pass(time.Hour)
	same(t, d.Snapshot(), fold(append(standing(), heart("run123")...)))
	if d.Playing() || d.Now() != ms(1500) || d.Length() != ms(1500) {
		t.Errorf("stands at %v of %v", d.Now(), d.Length())
	}
}

func TestSpeed(t *testing.T) {
	d, c := deckOf(heart("run123"))
	d.SetSpeed(1. / 4)
	c.pass(ms(400))
	if d.Now() != ms(100) {
		t.Errorf("a quarter of 400 ms is %v", d.Now())
	}
	d.Faster()
	d.Faster()
	c.pass(ms(100))
	d.Faster()
	c.pass(ms(100))
	if d.Now() != ms(400) || d.Speed() != 2 {
		t.Errorf("at %v, ×%v", d.Now(), d.Speed())
	}
	for range 20 {
		d.Slower()
	}
	if d.Speed() != 1./16 {
		t.Errorf("slowest is %v", d.Speed())
	}
	for range 20 {
		d.Faster()
	}
	if d.Speed() != 16 {
		t.Errorf("fastest is %v", d.Speed())
	}
	d.Pause()
	at := d.Now()
	c.pass(time.Minute)
	if d.Now() != at || d.Playing() {
		t.Error("a paused tape moves")
	}
	c.pass(-time.Hour)
	d.Resume()
	c.pass(-time.Hour) // a wall clock may be set back
	if d.Now() != at {
		t.Error("the tape runs back")
	}
}

// Step by step one meets every moment; backwards the same ones, and at each
// place the same snapshot.
func TestSteps(t *testing.T) {
	d, _ := deckOf(heart("run123"))
	d.Pause()
	want := []time.Duration{ms(5), ms(10), ms(20), ms(30), ms(40), ms(700), ms(1200), ms(1210), ms(1300), ms(1400), ms(1500)}
	if !slices.Equal(d.Moments(), want) {
		t.Fatalf("moments are %v", d.Moments())
	}
	var seen []*ledger.Snapshot
	for n, at := range want {
		if !d.Step() || d.Now() != at || d.Moment() != n+1 {
			t.Fatalf("moment %d is %d, at %v", n+1, d.Moment(), d.Now())
		}
		seen = append(seen, d.Snapshot())
	}
	if d.Step() {
		t.Error("there is a moment behind the last")
	}
	version := d.Snapshot().Version
	for n := len(want) - 2; n >= 0; n-- {
		if !d.Back() || d.Now() != want[n] {
			t.Fatalf("back to %v, want %v", d.Now(), want[n])
		}
		s := d.Snapshot()
		same(t, s, seen[n])
		if s.Version <= version {
			t.Errorf("version %d after %d", s.Version, version)
		}
		version = s.Version
	}
	if !d.Back() || d.Now() != 0 || d.Back() {
		t.Errorf("the beginning is at %v", d.Now())
	}
	d.Seek(ms(1000))
	if !d.Back() || d.Now() != ms(700) || !d.Step() || d.Now() != ms(1200) {
		t.Errorf("between two moments: at %v", d.Now())
	}
}

func TestSeek(t *testing.T) {
	d, c := deckOf(heart("run123"))
	d.Seek(ms(1000))
	c.pass(ms(100))
	if d.Now() != ms(1100) || !d.Playing() {
		t.Errorf("at %v", d.Now())
	}
	d.Seek(ms(15))
	same(t, d.Snapshot(), fold(append(standing(), heart("run123")[:5]...)))
	d.Seek(-time.Second)
	if d.Now() != 0 {
		t.Errorf("at %v", d.Now())
	}
	d.Seek(time.Hour)
	if d.Now() != ms(1500) || d.Playing() {
		t.Errorf("at %v", d.Now())
	}
	d.Resume()
	c.pass(ms(12))
	if d.Now() != ms(12) || !d.Playing() {
		t.Errorf("after the end it begins anew, and is at %v", d.Now())
	}
	d.End()
	if d.Now() != ms(1500) {
		t.Errorf("at %v", d.Now())
	}
}

// Whoever follows a deck is told when it changed, and can wait instead of
// looking.
func TestChangedAndDue(t *testing.T) {
	d, c := deckOf(heart("run123"))
	version := d.Snapshot().Version
	changed := d.Changed(version)
	steps := 0
	for wait, ok := d.Due(); ok; wait, ok = d.Due() {
		if wait <= 0 || wait > ms(661) {
			t.Fatalf("due in %v", wait)
		}
		c.pass(wait)
		steps++
		d.Now()
		select {
		case <-changed:
		default:
			t.Fatalf("not told at %v", d.Now())
		}
		if s := d.Snapshot(); s.Version <= version || s != d.Snapshot() {
			t.Fatal("the snapshot is another each time, or of the same version")
		}
		version = d.Snapshot().Version
		changed = d.Changed(version)
	}
	if d.Now() != d.Length() || steps > 12 {
		t.Errorf("at %v after %d steps", d.Now(), steps)
	}
	select {
	case <-d.Changed(version - 1):
	default:
		t.Error("a past version has not changed")
	}
	d.Back()
	select {
	case <-changed:
	default:
		t.Error("going back is no change")
	}
}

// What a learner needs to read a lesson is passed over, on wish.
func TestBrisk(t *testing.T) {
	events := heart("run123")
	for range 2 {
		last := events[len(events)-1].When()
		later := ledger.At{At: last + 5*time.Minute}
		events = append(events, ledger.BatchOpened{At: later, Batch: 2, Count: 1}, ledger.Sent{At: later, Batch: 2, Count: 1})
	}
	d, c := deckOf(events)
	d.Brisk(true)
	c.pass(ms(1500))
	if d.Now() != ms(1500) {
		t.Errorf("at %v", d.Now())
	}
	c.pass(ms(500))
	if d.Now() != ms(1500)+150*time.Second {
		t.Errorf("half a second within a silence is %v", d.Now())
	}
	c.pass(ms(1499))
	if !d.Playing() {
		t.Error("over too soon")
	}
	c.pass(ms(2))
	if d.Playing() || d.Now() != ms(1500)+10*time.Minute {
		t.Errorf("at %v", d.Now())
	}
	d.Seek(ms(1500))
	d.Brisk(false)
	d.Resume()
	c.pass(time.Minute)
	if d.Now() != ms(61500) {
		t.Errorf("at %v", d.Now())
	}
	s := d.score.silences
	for at := time.Duration(0); at < d.Length(); at += 777 * time.Millisecond {
		if back := s.passed(s.played(at)); (back - at).Abs() > time.Microsecond {
			t.Fatalf("%v is played at %v, and that is %v", at, s.played(at), back)
		}
	}
}

// Times that are not quite in order, as goroutines leave them, are played in
// order; one event that a run left to the next delays nothing.
func TestInOrder(t *testing.T) {
	of := func(times ...int) (events []ledger.Event) {
		for _, n := range times {
			events = append(events, ledger.Arrived{At: at(n)})
		}
		return events
	}
	for _, c := range []struct{ times, due []int }{
		{[]int{}, []int{}},
		{[]int{0, 1, 1, 2}, []int{0, 1, 1, 2}},
		{[]int{0, 9000, 1, 2, 3}, []int{0, 0, 1, 2, 3}},
		{[]int{0, 10, 9, 11, 12, 3, 13}, []int{0, 0, 9, 11, 12, 12, 13}},
		{[]int{5, 4}, []int{0, 4}},
		{[]int{0, 5, 6, 1, 7, 8}, []int{0, 5, 6, 6, 7, 8}},
	} {
		var got []int
		for _, at := range inOrder(of(c.times...)) {
			got = append(got, int(at/time.Millisecond))
		}
		if !slices.Equal(got, c.due) {
			t.Errorf("%v is due at %v, want %v", c.times, got, c.due)
		}
	}
}

// Whatever keys are pressed, the deck shows what the events up to its time come
// to.
func TestRandomKeys(t *testing.T) {
	events := append(standing(), heart("run123")...)
	tape := tapeOf(events)
	r := rand.New(rand.NewPCG(1, 2))
	c := &clock{time.Now()}
	d := Play(tape, func() time.Time { return c.now })
	for range 3000 {
		switch r.IntN(9) {
		case 0:
			d.Step()
		case 1:
			d.Back()
		case 2:
			d.Pause()
		case 3, 4:
			d.Resume()
		case 5:
			d.SetSpeed(r.Float64() * 4)
		case 6:
			d.Seek(time.Duration(r.Int64N(int64(2 * time.Second))))
		case 7:
			d.Brisk(r.IntN(2) == 0)
		case 8:
			c.pass(time.Duration(r.Int64N(int64(300 * time.Millisecond))))
		}
		now := d.Now()
		n, _ := slices.BinarySearch(d.score.due, now+1)
		want := fold(tape.events[:n])
		if got := d.Snapshot(); !reflect.DeepEqual(comparable(got), comparable(want)) {
			t.Fatalf("at %v: %+v\nwant %+v", now, got, want)
		}
	}
}

// An empty tape plays as well.
func TestPlayNothing(t *testing.T) {
	d := Play(&Tape{}, nil)
	if d.Playing() || d.Step() || d.Back() || d.Length() != 0 || d.Snapshot() == nil {
		t.Error("nothing happens on an empty tape")
	}
	d.Resume()
	d.End()
	if _, due := d.Due(); due {
		t.Error("something is due")
	}
}

func BenchmarkPlay(b *testing.B) {
	tape := tapeOf(load(100_000))
	b.ResetTimer()
	for range b.N {
		d := Play(tape, nil)
		d.End()
		d.Snapshot()
	}
	b.ReportMetric(float64(len(tape.events)), "events")
}

func BenchmarkBack(b *testing.B) {
	d := Play(tapeOf(load(100_000)), nil)
	d.End()
	b.ResetTimer()
	for range b.N {
		d.Back()
		d.Snapshot()
	}
}

// load is a run of so many events: each message a request of its own.
func load(events int) []ledger.Event {
	n := events / 7
	list := []ledger.Event{
		ledger.RunBegan{Run: "run123"},
		ledger.BatchOpened{Batch: 1, Label: "A", Mode: "plain", Sending: "sync", Topic: "t", Count: uint32(n)},
	}
	for i := range n {
		ref, id, at := ledger.Ref{Batch: 1, N: uint32(i)}, ledger.RequestID(i+1), ledger.At{At: time.Duration(i) * 100 * time.Microsecond}
		answers := []ledger.Answer{{Topic: "t", Offset: int64(i)}}
		list = append(list,
			ledger.Sent{At: at, Batch: 1, From: ref.N, Count: 1},
			ledger.Departed{At: at, Request: id, Broker: 1, ClientID: "run123-1-1", Acks: 1, Size: 200, Parts: []ledger.Part{{Topic: "t", ProducerID: -1, Records: 1, Refs: []ledger.Ref{ref}}}},
			ledger.Arrived{At: at, Request: id}, ledger.Answered{At: at, Request: id, Answers: answers}, ledger.Heard{At: at, Request: id, Answers: answers},
			ledger.Reported{At: at, Reports: []ledger.Report{{Ref: ref, Offset: int64(i), Latency: time.Millisecond}}},
			ledger.DialRefused{At: at, Broker: 1},
		)
	}
	return append(list, ledger.BatchClosed{Batch: 1, Count: uint32(n)})
}
