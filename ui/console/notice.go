package console

import (
	"strings"

	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
)

// notice is what is said under the prompt: what came of a line, or what was
// wrong with it. It stays until the next thing is said.
type notice struct {
	part
	said told
}

// told is something to say. An error keeps both of its languages.
type told struct {
	text words.Text
	err  error
	tone tone
}

// tone is how a thing is said; each has a mark of its own.
type tone uint8

const (
	neutral  tone = iota
	good          // acked, held
	doubtful      // of unknown outcome
	bad           // refused, wrong
)

func (t tone) mark() (mark span, words style) {
	switch t {
	case good:
		return span{"✓ ", fine}, faint
	case doubtful:
		return span{"? ", failed | bold}, failed
	case bad:
		return span{"✗ ", failed | bold}, failed
	}
	return span{"· ", faint}, faint
}

// maxNotice is how many rows a long notice may take.
const maxNotice = 4

func newNotice() *notice { return &notice{} }

func (n *notice) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case seen:
		return nil
	case told:
		n.said, n.drawn = msg, false
	}
	return n.part.update(msg)
}

// rows is how many rows the notice needs at a width.
func (n *notice) rows(w int) int { return max(1, min(maxNotice, len(n.lines(w)))) }

func (n *notice) lines(w int) []line {
	s := n.said.text.In(n.lang)
	if n.said.err != nil {
		s = words.Tell(n.lang, n.said.err)
	}
	if s == "" {
		return nil
	}
	mark, st := n.said.tone.mark()
	var out []line
	for part := range strings.SplitSeq(s, "\n") {
		out = append(out, indented(line{mark}, line{{"  ", text}}, []span{{plain(part), st}}, w-2)...)
		mark = span{"  ", text}
	}
	return out
}

func (n *notice) view(a area) {
	n.begin(a)
	for y, l := range n.lines(a.w) {
		if y == a.h-1 && len(n.lines(a.w)) > a.h {
			a.put(1, y, "  …", faint)
			break
		}
		l.put(a, 1, y)
	}
}
