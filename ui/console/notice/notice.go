package notice

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane is what is said under the prompt: what came of a line, or what was
// wrong with it. It stays until the next thing is said.
type Pane struct {
	pane.Part
	said telling.Told
}

// maxNotice is how many rows a long notice may take.
const maxNotice = 4

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (n *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		return nil
	case telling.Told:
		n.said = msg
		n.Redraw()
	}
	return n.Part.Update(msg)
}

// Rows is how many rows the notice needs at a width.
func (n *Pane) Rows(w int) int { return max(1, min(maxNotice, len(n.lines(w)))) }

func (n *Pane) lines(w int) []screen.Line {
	s := n.said.Text.In(n.Lang)
	if n.said.Err != nil {
		s = words.Tell(n.Lang, n.said.Err)
	}
	if s == "" {
		return nil
	}
	mark, st := n.said.Tone.Mark()
	var out []screen.Line
	for part := range strings.SplitSeq(s, "\n") {
		out = append(out, screen.Indented(screen.Line{mark}, screen.Text("  ", screen.Ink), screen.Text(screen.Plain(part), st), w-2)...)
		mark = screen.Span{Text: "  ", Style: screen.Ink}
	}
	return out
}

// View draws the pane.
func (n *Pane) View(a screen.Area) {
	n.Begin(a)
	for y, l := range n.lines(a.W) {
		if y == a.H-1 && len(n.lines(a.W)) > a.H {
			a.Put(1, y, "  …", screen.Faint)
			break
		}
		l.Put(a, 1, y)
	}
}
