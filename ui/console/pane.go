package console

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"

	tea "charm.land/bubbletea/v2"
)

// pane is one part of the screen. It owns its state, its keys and its drawing,
// and knows nothing of its neighbours or of where it stands.
type pane interface {
	// update takes a message in. Keys come only while the pane has the focus.
	update(tea.Msg) tea.Cmd
	// view draws into an area of the pane's size.
	view(area)
	// help lists what its keys do, in the order of use.
	help() []hint
	// size says how much room there is.
	size(w, h int)
	// stale says that the drawing on screen is out of date; view ends that.
	stale() bool
}

// hint is a key and what it does.
type hint struct{ key, does words.Text }

// The messages that every pane understands.
type (
	// seen is what the ledger says now. Now is the run's clock while
	// something is under way, and the latest event's time while nothing is.
	seen struct {
		snap *ledger.Snapshot
		now  time.Duration
		live bool
		beat int // counts the frames, for what turns
	}
	// spoken asks for a language.
	spoken struct{ lang words.Lang }
	// focused gives or takes the focus.
	focused struct{ on bool }
	// scrolled moves a pane's text by rows.
	scrolled struct{ rows int }
)

// part is what all panes have in common. Its zero value is stale, as nothing
// of it is drawn yet.
type part struct {
	w, h    int
	lang    words.Lang
	focus   bool
	drawn   bool
	version uint64
	seen    seen
}

func (p *part) stale() bool { return !p.drawn }

func (p *part) size(w, h int) {
	p.w, p.h = w, h
	p.drawn = false
}

func (p *part) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case seen:
		if p.seen.snap == nil || msg.snap.Version != p.version {
			p.drawn = false
		}
		p.seen, p.version = msg, msg.snap.Version
	case spoken:
		p.lang, p.drawn = msg.lang, false
	case focused:
		p.drawn = p.drawn && p.focus == msg.on
		p.focus = msg.on
	}
	return nil
}

// begin is called by view: the pane is up to date from here on.
func (p *part) begin(a area) {
	a.clear()
	p.drawn = true
}

func (p *part) pick(en, fr string) string { return p.lang.Pick(en, fr) }

func (p *part) help() []hint { return nil }

// spinner turns while something is under way.
func spinner(beat int) string {
	const frames = "⣾⣽⣻⢿⡿⣟⣯⣷"
	i := beat / 3 % 8 * 3
	return frames[i : i+3]
}
