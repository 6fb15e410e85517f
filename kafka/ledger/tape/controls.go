package tape

import (
	"slices"
	"time"
)

// Speed is how fast the tape plays; 1 is the speed of life.
func (d *Deck) Speed() float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.speed
}

// SetSpeed changes the speed, within what Faster and Slower reach.
func (d *Deck) SetSpeed(speed float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.speed = min(max(speed, slowest), fastest)
}

// Faster doubles the speed, as far as it goes.
func (d *Deck) Faster() { d.SetSpeed(d.Speed() * 2) }

// Slower halves the speed, as far as it goes.
func (d *Deck) Slower() { d.SetSpeed(d.Speed() / 2) }

// Brisk says whether silences of more than five seconds are passed over
// quickly: a learner who read the lesson meanwhile is no part of the
// experiment. They are not, at first.
func (d *Deck) Brisk(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.brisk = on
}

// Pause stops the tape where it stands.
func (d *Deck) Pause() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.playing = false
}

// Resume lets the tape go on; at its end it begins anew.
func (d *Deck) Resume() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	if d.playing {
		return
	}
	if d.at >= d.score.length {
		d.seek(0)
	}
	d.playing, d.since = true, d.clock()
}

// Step pauses and goes on to the next moment, or behind the last one to the
// end. It returns false where the tape stood there already.
func (d *Deck) Step() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.playing = false
	if d.at >= d.score.length {
		return false
	}
	next := d.score.length
	if n := d.score.upTo(d.at); n < len(d.score.moments) {
		next = d.score.moments[n]
	}
	d.seek(next)
	return true
}

// Back pauses and goes back to the moment before, or before the first one to
// the beginning. It returns false where the tape stood there already.
func (d *Deck) Back() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.playing = false
	if d.at <= 0 {
		return false
	}
	n, _ := slices.BinarySearch(d.score.moments, d.at) // moments before now
	if n == 0 {
		d.seek(0)
	} else {
		d.seek(d.score.moments[n-1])
	}
	return true
}

// Seek goes to a time of the run, within the tape. A tape that plays goes on
// from there.
func (d *Deck) Seek(to time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.roll()
	d.seek(to)
}

// End goes to the tape's end.
func (d *Deck) End() { d.Seek(d.score.length) }

// seek folds up to a time; back in time that is all over again. The lock is
// held.
func (d *Deck) seek(to time.Duration) {
	to = min(max(to, 0), d.score.length)
	if to < d.at {
		d.rewind()
	}
	d.at, d.since = to, d.clock()
	d.fold()
	if to == d.score.length {
		d.playing = false
	}
}
