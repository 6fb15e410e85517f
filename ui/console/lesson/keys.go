package lesson

import (
	"atelier/assets/words"
	"atelier/ui/console/pane"

	tea "charm.land/bubbletea/v2"
)

// RunLab is the wish to run the focused lab block.
type RunLab struct{}

// Wish says that it is one.
func (RunLab) Wish() {}

// Key moves the focus between the lab blocks of the step. From the last one on
// it leaves Tab to the console.
func (l *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	var by int
	switch k.String() {
	case "tab":
		by = 1
	case "shift+tab":
		by = -1
	default:
		return nil, false
	}
	l.layOut()
	if to := l.block + by; to < 0 || to >= len(l.labs) {
		return nil, false
	}
	l.focusBlock(l.block + by)
	return nil, true
}

// Click focuses a lab block; on its head it runs it.
func (l *Pane) Click(_, y int) pane.Wish {
	l.layOut()
	for i, b := range l.labs {
		if row := l.scroll + y; row >= b.from && row < b.to {
			l.focusBlock(i)
			if row == b.from {
				return RunLab{}
			}
		}
	}
	return nil
}

// Help lists its keys.
func (l *Pane) Help() []pane.Hint {
	if len(l.labs) < 2 {
		return nil
	}
	return []pane.Hint{{Key: words.Text{En: "Tab", Fr: "Tab"}, Does: words.Text{En: "next experiment of the step", Fr: "expérience suivante de l’étape"}}}
}
