package pane

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Pane is one part of the screen. It owns its state, its keys and its drawing,
// and knows nothing of its neighbours or of where it stands.
type Pane interface {
	// Update takes a message in. Keys come only while the pane has the focus.
	Update(tea.Msg) tea.Cmd
	// View draws into an area of the pane's size.
	View(screen.Area)
	// Help lists what its keys do, in the order of use.
	Help() []Hint
	// Size says how much room there is.
	Size(w, h int)
	// Stale says that the drawing on screen is out of date; View ends that.
	Stale() bool
}

// Hint is a key and what it does.
type Hint struct{ Key, Does words.Text }

// The messages that every pane understands.
type (
	// Seen is what the ledger says now. Now is the run's clock while
	// something is under way, and the latest event's time while nothing is.
	Seen struct {
		Snap *ledger.Snapshot
		Now  time.Duration
		Live bool
		Beat int // counts the frames, for what turns
	}
	// Spoken asks for a language.
	Spoken struct{ Lang words.Lang }
	// Focused gives or takes the focus.
	Focused struct{ On bool }
	// Scrolled moves a pane's text by rows.
	Scrolled struct{ Rows int }
)

// Part is what all panes have in common. Its zero value is stale, as nothing
// of it is drawn yet.
type Part struct {
	W, H    int
	Lang    words.Lang
	Focus   bool
	drawn   bool
	version uint64
	Seen    Seen
}

// Stale says that something changed since the pane was drawn.
func (p *Part) Stale() bool { return !p.drawn }

// Redraw makes the pane stale.
func (p *Part) Redraw() { p.drawn = false }

// Size takes the room that there is.
func (p *Part) Size(w, h int) {
	p.W, p.H = w, h
	p.drawn = false
}

// Update takes in what every pane understands.
func (p *Part) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case Seen:
		if p.Seen.Snap == nil || msg.Snap.Version != p.version {
			p.drawn = false
		}
		p.Seen, p.version = msg, msg.Snap.Version
	case Spoken:
		p.Lang, p.drawn = msg.Lang, false
	case Focused:
		p.drawn = p.drawn && p.Focus == msg.On
		p.Focus = msg.On
	}
	return nil
}

// Begin is called first by View: the area is blank and the pane is up to date from here on.
func (p *Part) Begin(a screen.Area) {
	a.Clear()
	p.drawn = true
}

// Pick chooses a text in the language of the pane.
func (p *Part) Pick(en, fr string) string { return p.Lang.Pick(en, fr) }

// Help lists no keys.
func (p *Part) Help() []Hint { return nil }
