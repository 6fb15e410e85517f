package transport

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger/tape"
	"atelier/ui/console/pane"

	tea "charm.land/bubbletea/v2"
)

// slowly is the speed at which a replay begins, where 1 is that of life.
const slowly = 0.25

// Pane plays runs again and says where the tape stands. Its zero deck plays
// nothing.
type Pane struct {
	pane.Part
	clock func() time.Time
	tapes []*tape.Tape
	name  words.Text // what they are called, in capitals
	run   int        // of tapes
	deck  *tape.Deck // nil while nothing is played
	beat  int
	drawn state
	bar   span // on screen
}

// The wishes of a replay.
type (
	// Moved says that the tape stands elsewhere now, or began to move.
	Moved struct{}
	// Left asks for the live bench again.
	Left struct{}
)

// Wish makes each of them a wish.
func (Moved) Wish() {}
func (Left) Wish()  {}

// New makes the pane. clock is the wall clock.
func New(clock func() time.Time) *Pane { return &Pane{clock: clock} }

// Play plays the last of some runs, slowly, from its beginning. name says what
// they are, where the screen says that it shows nothing of the present: Name(), or
// more than that.
func (p *Pane) Play(tapes []*tape.Tape, name words.Text) {
	p.tapes, p.name = tapes, name
	p.put(len(tapes) - 1)
}

// put plays one of the runs.
func (p *Pane) put(run int) {
	speed := slowly
	if p.deck != nil {
		speed = p.deck.Speed()
	}
	p.run, p.deck = run, tape.Play(p.tapes[run], p.clock)
	p.deck.SetSpeed(speed)
	p.deck.Seek(p.begin())
	p.deck.Brisk(true) // who read the lesson for a minute is no part of the experiment
	p.Redraw()
}

// lead is how long before the first moment a replay begins, in the run's time.
const lead = 200 * time.Millisecond

// begin is where a replay begins: nobody wants to wait for the first moment as
// long as the bench did.
func (p *Pane) begin() time.Duration {
	moments := p.deck.Moments()
	if len(moments) == 0 {
		return 0
	}
	return max(moments[0]-lead, 0)
}

// Stop takes the tape out.
func (p *Pane) Stop() { p.tapes, p.deck = nil, nil }

// On says that a replay is on, playing or not.
func (p *Pane) On() bool { return p.deck != nil }

// Name is what it plays.
func (p *Pane) Name() words.Text { return p.name }

// Playing says that the tape moves by itself.
func (p *Pane) Playing() bool { return p.deck != nil && p.deck.Playing() }

// Seen is what the views show while a replay is on. What turns does so with
// the beat, and only while the tape plays.
func (p *Pane) Seen(beat int) pane.Seen {
	snap := p.deck.Snapshot()
	at := p.deck.Now()
	if p.deck.Playing() {
		p.beat = beat
	}
	return pane.Seen{Snap: snap, Now: at, Live: at < p.deck.Length(), Beat: p.beat, Past: true}
}

// Update takes a message in. What the ledger says is nothing to this pane.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if _, is := msg.(pane.Seen); is {
		return nil
	}
	return p.Part.Update(msg)
}

// state is all that the line shows.
type state struct {
	at, length       time.Duration
	speed            float64
	playing          bool
	moment, moments  int
	run, runs, width int
}

func (p *Pane) state() state {
	return state{
		at: p.deck.Now().Truncate(time.Millisecond), length: p.deck.Length(), speed: p.deck.Speed(), playing: p.deck.Playing(),
		moment: p.deck.Moment(), moments: len(p.deck.Moments()), run: p.run + 1, runs: len(p.tapes), width: p.W,
	}
}

// ended says that the tape stands at its end.
func (s *state) ended() bool { return !s.playing && s.at >= s.length.Truncate(time.Millisecond) }

// Stale says that the line on screen is out of date.
func (p *Pane) Stale() bool { return p.deck != nil && (p.Part.Stale() || p.state() != p.drawn) }
