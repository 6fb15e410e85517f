package attempts

import (
	"slices"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// choice is the lane that the keys and the mouse are about.
type choice struct {
	ref  ledger.Ref
	made bool // by the learner; until then it is the latest lane
	// The lanes as they were last drawn, and where they stood.
	refs              []ledger.Ref
	top, step, height int
}

// chosen is the place of the chosen lane among the lanes; -1 without lanes.
func (l *Pane) chosen() int {
	if at := slices.Index(l.choice.refs, l.choice.ref); l.choice.made && at >= 0 {
		return at
	}
	return len(l.choice.refs) - 1
}

func (l *Pane) pick(lane int) {
	l.choice.ref, l.choice.made = l.choice.refs[lane], true
	l.Redraw()
}

// Key chooses a lane, and opens the story of its message.
func (l *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	at := l.chosen()
	if at < 0 {
		return nil, false
	}
	switch k.String() {
	case "up", "k":
		l.pick(max(at-1, 0))
	case "down", "j":
		l.pick(min(at+1, len(l.choice.refs)-1))
	case "enter":
		return pane.Story{Ref: l.choice.refs[at]}, true
	case "y", "Y":
		return pane.CopyStory{Ref: l.choice.refs[at], Key: k.String()}, true
	default:
		return nil, false
	}
	return nil, true
}

// Click chooses the lane under the mouse; the one that is chosen it opens.
func (l *Pane) Click(_, y int) pane.Wish {
	c := &l.choice
	if l.strip || len(c.refs) == 0 || y < c.top {
		return nil
	}
	lane := (y - c.top) / c.step
	if lane >= len(c.refs) || (y-c.top)%c.step >= c.height {
		return nil
	}
	if c.made && l.chosen() == lane {
		return pane.Story{Ref: c.refs[lane]}
	}
	l.pick(lane)
	return nil
}

// Help lists what the keys do.
func (l *Pane) Help() []pane.Hint {
	return append([]pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose a lane", Fr: "choisir une ligne"}},
		{Key: words.Text{En: "Enter, click", Fr: "Entrée, clic"}, Does: words.Text{En: "its story", Fr: "son histoire"}},
	}, pane.CopyHints()...)
}

// mark shows which lane is chosen, while the keys come here: by a sign, and by
// the background of its name.
func (l *Pane) mark(a screen.Area, lane, y, left int) {
	if l.strip || !l.Focus || l.chosen() != lane {
		return
	}
	a.Put(0, y, "▸", screen.Accent|screen.Bold)
	a.Shade(0, y, left-1, screen.OnFocus)
}
