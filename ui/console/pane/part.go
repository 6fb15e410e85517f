package pane

import (
	"atelier/assets/words"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Part is what all panes have in common. Its zero value is stale, as nothing
// of it is drawn yet.
type Part struct {
	W, H  int // columns and rows
	Lang  words.Lang
	ASCII bool // the terminal knows nothing else
	Focus bool // the keys come here
	Seen  Seen // the latest

	drawn bool
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
		if p.Seen.Snap != msg.Snap || p.Seen.Glow != msg.Glow { // while nothing changes it is the same
			p.drawn = false
		}
		p.Seen = msg
	case Spoken:
		p.Lang, p.drawn = msg.Lang, false
	case Dressed:
		p.drawn = p.drawn && p.ASCII == msg.ASCII
		p.ASCII = msg.ASCII
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

// Sign is a mark before words. Alone in a drawing it takes one column; before
// words a terminal that knows only ASCII has room for one that looks like it.
func (p *Part) Sign(mark string) string {
	if !p.ASCII {
		return mark
	}
	switch mark {
	case "✓", "☑":
		return "[x]"
	case "✗", "☒", "╳":
		return "[!]"
	case "☐":
		return "[ ]"
	case "?":
		return "[?]"
	case "…":
		return "..."
	}
	return mark
}

// Key takes no key.
func (p *Part) Key(tea.KeyPressMsg) (Wish, bool) { return nil, false }

// Click has no use for a click.
func (p *Part) Click(int, int) Wish { return nil }

// Help lists no keys.
func (p *Part) Help() []Hint { return nil }
