package sheet

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Dialog shows a text. Its rows keep their indentation.
type Dialog struct {
	pane.Part
	title, text words.Text
	first       int // row, where not all fit
}

// New makes the dialog.
func New(title, text words.Text) *Dialog { return &Dialog{title: title, text: text} }

// Title says what it shows.
func (d *Dialog) Title() words.Text { return d.title }

// Want is room for the whole text, with a margin.
func (d *Dialog) Want(w, _ int) (columns, rows int) {
	lines := d.lines(w - 4)
	columns = 38
	for _, l := range lines {
		columns = max(columns, l.Width())
	}
	return columns + 6, len(lines) + 2 // two more for what hangs below a broken row
}

// Key scrolls; any other key closes, and : goes on to the next line.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch k.String() {
	case "up":
		d.scroll(-1)
	case "down":
		d.scroll(1)
	case "pgup":
		d.scroll(2 - d.H)
	case "pgdown", "space":
		d.scroll(d.H - 2)
	case ":":
		return pane.All{pane.Close{}, pane.Press{Key: ":"}}, true
	default:
		return pane.Close{}, true
	}
	return nil, true
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		return nil // it shows nothing of the ledger
	case pane.Scrolled:
		d.scroll(msg.Rows)
	}
	return d.Part.Update(msg)
}

func (d *Dialog) scroll(by int) {
	d.first = max(0, min(d.first+by, len(d.lines(d.W-4))+2-d.H))
	d.Redraw()
}

// Help says how to go on, and how to close.
func (d *Dialog) Help() []pane.Hint {
	closes := pane.Hint{Key: words.Text{En: "any key", Fr: "une touche"}, Does: words.Text{En: "closes", Fr: "ferme"}}
	if len(d.lines(d.W-4))+2 > d.H {
		return []pane.Hint{{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "la suite"}}, closes}
	}
	return []pane.Hint{closes}
}

// View draws the text.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	lines := d.lines(a.W - 4)
	for y := range a.H - 2 {
		if row := d.first + y; row < len(lines) {
			lines[row].Put(a, 2, 1+y)
		}
	}
}

func (d *Dialog) lines(w int) []screen.Line {
	var out []screen.Line
	for s := range strings.SplitSeq(d.text.In(d.Lang), "\n") {
		bare := strings.TrimLeft(s, " ")
		in := screen.Text(s[:len(s)-len(bare)], screen.Ink)
		out = append(out, screen.Indented(in, screen.Text("  ", screen.Ink).Add(in[0].Text, screen.Ink), screen.Text(screen.Plain(bare), screen.Ink), w)...)
	}
	return out
}
