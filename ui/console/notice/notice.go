package notice

import (
	"slices"
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
	said  telling.Told
	cover []screen.Line
}

// Covered shows rows over what was said, until no rows cover it any more.
type Covered struct{ Rows []screen.Line }

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
	case Covered:
		if !slices.EqualFunc(n.cover, msg.Rows, slices.Equal[screen.Line]) {
			n.cover = msg.Rows
			n.Redraw()
		}
		return nil
	}
	return n.Part.Update(msg)
}

// IsCovered says that rows stand over what was said.
func (n *Pane) IsCovered() bool { return len(n.cover) > 0 }

// Empty says that nothing was said.
func (n *Pane) Empty() bool { return n.said.Err == nil && n.said.Text == (words.Text{}) }

// Said is what was said last.
func (n *Pane) Said() telling.Told { return n.said }

// Rows is how many rows the notice needs at a width.
func (n *Pane) Rows(w int) int { return max(1, min(maxNotice, len(n.rows(w)))) }

// rows are those that are shown, each from the first column on.
func (n *Pane) rows(w int) []screen.Line {
	if n.IsCovered() {
		return n.cover
	}
	return screen.Prefixed(screen.Text(" ", screen.Ink), n.lines(w))
}

func (n *Pane) lines(w int) []screen.Line {
	s := n.said.Text.In(n.Lang)
	if n.said.Err != nil {
		s = words.Tell(n.Lang, n.said.Err)
	}
	if s == "" {
		return nil
	}
	mark, st := n.said.Tone.Mark()
	mark.Text = n.Sign(strings.TrimSpace(mark.Text)) + " "
	under := screen.Span{Text: strings.Repeat(" ", screen.Width(mark.Text)), Style: screen.Ink}
	var out []screen.Line
	for part := range strings.SplitSeq(s, "\n") {
		out = append(out, screen.Indented(screen.Line{mark}, screen.Line{under}, screen.Text(screen.Plain(part), st), w-2)...)
		mark = under
	}
	return out
}

// View draws the pane.
func (n *Pane) View(a screen.Area) {
	n.Begin(a)
	rows := n.rows(a.W)
	for y, l := range rows {
		if y == a.H-1 && len(rows) > a.H {
			a.Put(1, y, "  …", screen.Faint)
			break
		}
		l.Put(a, 0, y)
	}
}
