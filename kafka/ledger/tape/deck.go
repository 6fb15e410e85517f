package tape

import (
	"slices"
	"sync"
	"time"

	"atelier/kafka/ledger"
)

// speeds are how slow and how fast a deck goes.
const (
	slowest = 1.0 / 16
	fastest = 16.0
)

// Deck plays a tape into a ledger of its own. It starts no goroutine: where
// the tape stands is a function of the clock, and whatever is asked of a deck
// first folds what is due. So whoever shows it asks at the rate of its frames, or
// waits as long as Due says. It is safe for concurrent use.
type Deck struct {
	tape  *Tape
	clock func() time.Time
	score score

	mu      sync.Mutex
	book    *ledger.Ledger
	folded  int // events
	at      time.Duration
	since   time.Time // when it stood at at
	speed   float64
	playing bool
	brisk   bool

	version uint64
	snap    *ledger.Snapshot // of that version; nil: not taken yet
	changed chan struct{}
}

// Play puts a tape in: at its beginning, playing, at the speed of life. clock
// is the wall clock; nil: time.Now.
func Play(t *Tape, clock func() time.Time) *Deck {
	if clock == nil {
		clock = time.Now
	}
	d := &Deck{tape: t, clock: clock, score: scoreOf(t.events), speed: 1, playing: true, since: clock()}
	d.rewind()
	d.fold()
	return d
}

// Tape returns what is played.
func (d *Deck) Tape() *Tape { return d.tape }

// Length is the time of the tape's last event.
func (d *Deck) Length() time.Duration { return d.score.length }

// Moments are the times at which something happens that can be seen, in order;
// what happens within a millisecond is one moment, at its end. They are shared.
func (d *Deck) Moments() []time.Duration {
	return d.score.moments[:len(d.score.moments):len(d.score.moments)]
}

// Moment counts the moments that have come so far.
func (d *Deck) Moment() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	return d.score.upTo(d.at)
}

// Now is where the tape stands, on the run's own clock.
func (d *Deck) Now() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	return d.at
}

// Playing says whether the tape moves. At its end it does not.
func (d *Deck) Playing() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	return d.playing
}

// Snapshot returns the ledger as it stands. While nothing changes it is the
// same snapshot. Its versions only ever rise, also where the tape goes back.
func (d *Deck) Snapshot() *ledger.Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	if d.snap == nil {
		snap := *d.book.Snapshot()
		snap.Version = d.version
		d.snap = &snap
	}
	return d.snap
}

// Changed returns a channel that is closed once the deck has moved past a
// version. While the tape plays it moves when it is asked, and not by itself.
func (d *Deck) Changed(version uint64) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	if d.version > version {
		past := make(chan struct{})
		close(past)
		return past
	}
	if d.changed == nil {
		d.changed = make(chan struct{})
	}
	return d.changed
}

// Due says in how long, on the wall clock, the next event is folded; false
// where the tape does not move.
func (d *Deck) Due() (time.Duration, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	if !d.playing {
		return 0, false
	}
	next := d.score.length
	if d.folded < len(d.score.due) {
		next = d.score.due[d.folded]
	}
	span := d.played(next) - d.played(d.at)
	return time.Duration(float64(span)/d.speed) + 1, true
}

// roll takes the tape to where the clock has it. The lock is held.
func (d *Deck) roll() {
	if !d.playing {
		return
	}
	now := d.clock()
	passed := time.Duration(float64(now.Sub(d.since)) * d.speed)
	if passed <= 0 {
		return
	}
	d.at = d.passed(d.played(d.at) + passed)
	d.since = now
	if d.at >= d.score.length {
		d.at, d.playing = d.score.length, false
	}
	d.fold()
}

// fold folds what is due. The lock is held.
func (d *Deck) fold() {
	// The first event that is not due: times never fall.
	next, _ := slices.BinarySearch(d.score.due[d.folded:], d.at+1)
	if next == 0 {
		return
	}
	d.book.Apply(d.tape.events[d.folded : d.folded+next]...)
	d.folded += next
	d.moved()
}

// rewind begins anew with an empty ledger. The lock is held.
func (d *Deck) rewind() { d.book, d.folded, d.at = ledger.New(), 0, 0 }

// moved tells that the ledger is another. The lock is held.
func (d *Deck) moved() {
	d.version++
	d.snap = nil
	if d.changed != nil {
		close(d.changed)
		d.changed = nil
	}
}

// The wall clock's tape time, which is shorter where silences are.
func (d *Deck) played(at time.Duration) time.Duration {
	if !d.brisk {
		return at
	}
	return d.score.silences.played(at)
}

func (d *Deck) passed(played time.Duration) time.Duration {
	if !d.brisk {
		return played
	}
	return d.score.silences.passed(played)
}
