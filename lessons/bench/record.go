package bench

import "atelier/kafka/ledger/tape"

// record lets those hear the events who want to. It comes before the first.
func (b *Bench) record(o Options) {
	if o.Listen != nil {
		b.ledger.Listen(o.Listen)
	}
	if o.Memory > 0 {
		b.reel = tape.NewReel(o.Memory)
		b.ledger.Listen(b.reel.Hear)
	}
}

// Tape returns the last run in which something was sent, as far as it has come,
// to be replayed. Where there is none the error says why, in the learner's
// words.
func (b *Bench) Tape() (*tape.Tape, error) {
	if b.reel == nil {
		return nil, tape.ErrNothing
	}
	return b.reel.Last()
}
