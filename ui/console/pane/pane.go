package pane

import (
	"strings"
	"time"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Pane is one part of the screen. It owns its state, its keys and its drawing,
// and knows nothing of its neighbours or of where it stands.
type Pane interface {
	// Update is told what happened: Seen, Spoken, Focused, Scrolled, and the
	// pane's own messages.
	Update(tea.Msg) tea.Cmd
	// Key offers a key to the pane that has the focus. False says that the pane
	// has no use for it; it then goes to the keys of the whole console.
	Key(tea.KeyPressMsg) (Wish, bool)
	// Click says that the mouse was pressed on a cell of the pane.
	Click(x, y int) Wish
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
type Hint struct {
	Key, Does words.Text
	// Press is the key by its name, where a click on the hint does the same;
	// empty where it does not.
	Press string
}

// Pressed is the key that a click on the hint presses: Press, or the one key
// that it shows.
func (h Hint) Pressed() string {
	switch h.Key.En {
	case "Enter", "Esc", "Tab":
		return strings.ToLower(h.Key.En)
	case "Space":
		return "space"
	}
	if h.Press == "" && utf8.RuneCountInString(h.Key.En) == 1 {
		return h.Key.En
	}
	return h.Press
}

// The messages that every pane understands.
type (
	// Seen is what the ledger says now. Now is the run's clock while
	// something is under way, and the latest event's time while nothing is.
	Seen struct {
		Snap *ledger.Snapshot
		Now  time.Duration
		Live bool
		Beat int // counts the frames, for what turns; 0 where nothing may
		// Glow is how fresh the verdicts are: from 3, just found, to 0.
		Glow uint8
		// Veiled says that a prediction is still asked whose answer this is: Snap
		// is then Unread, and a pane that misses something says so.
		Veiled bool
		// Past says that this is a run that is played again: nothing can be done
		// about it now.
		Past bool
	}
	// Spoken asks for a language.
	Spoken struct{ Lang words.Lang }
	// Dressed says what the terminal can show.
	Dressed struct{ ASCII bool }
	// Focused gives or takes the focus.
	Focused struct{ On bool }
	// Scrolled moves a pane's text by rows.
	Scrolled struct{ Rows int }
)
