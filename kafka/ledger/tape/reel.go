package tape

import (
	"sync"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// DefaultMemory is what a reel usually may hold, in bytes: a run of some
// 200,000 messages.
const DefaultMemory = 32 << 20

// The errors of a reel that has nothing to play.
var (
	ErrNothing = words.Errorf(
		"there is nothing to replay yet: send a message first",
		"il n’y a encore rien à rejouer : envoyez d’abord un message")
	ErrTooLarge = words.Errorf(
		"this run is too large to replay from memory: send fewer messages, or start with --record FILE",
		"cet essai est trop grand pour être rejoué de mémoire : envoyez moins de messages, ou démarrez avec --record FICHIER")
)

// Reel keeps the events of the last run in memory: of the one that goes on,
// and, until that has sent something, of the one before. A run that does not
// fit is kept not at all rather than in part. It is safe for concurrent use.
type Reel struct {
	limit int

	mu     sync.Mutex
	cutter *cutter
	before *run
}

// NewReel returns a reel that holds so many bytes of events, about.
func NewReel(limit int) *Reel { return &Reel{limit: limit, cutter: newCutter()} }

// Hear takes the next event in. It does not block.
func (r *Reel) Hear(e ledger.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ended := r.cutter.hear(e); ended != nil && ended.sent > 0 {
		r.before = ended
	}
	run := r.cutter.run
	if run == nil {
		return
	}
	if run.sent > 0 {
		r.before = nil
	}
	if r.before != nil && run.weight+r.before.weight > r.limit {
		r.before.lose()
	}
	if run.weight > r.limit {
		run.lose()
	}
}

// Last returns the last run in which something was sent, as far as it has
// come; ErrNothing where there is none, ErrTooLarge where it was not kept.
func (r *Reel) Last() (*Tape, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	run := r.cutter.run
	if run == nil || run.sent == 0 {
		run = r.before
	}
	switch {
	case run == nil:
		return nil, ErrNothing
	case run.lost:
		return nil, ErrTooLarge
	}
	return run.tape(), nil
}
