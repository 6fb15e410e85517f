// Package inwords shows what a view draws as sentences, and keeps up with it.
package inwords

import (
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Dialog is a view in words.
type Dialog struct {
	pane.Part
	of    pane.Teller
	view  words.Text // its name
	said  []string
	told  *ledger.Snapshot // what was said of
	rows  []screen.Line
	width int // that the rows are made for; 0: they are out of date
	first int // row, where not all fit
}

// New makes the dialog of a view. The view must hear of everything first.
func New(of pane.Teller, view words.Text) *Dialog { return &Dialog{of: of, view: view} }

// Title names the view.
func (d *Dialog) Title() words.Text { return words.Textf("%s, in words", "%s, en mots", d.view) }

// widest is how wide sentences are still read with ease.
const widest = 92

// Want is room for all sentences.
func (d *Dialog) Want(w, _ int) (columns, rows int) {
	columns = min(w, widest)
	d.lay(columns)
	return columns, len(d.rows)
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	cmd := d.Part.Update(msg)
	switch msg := msg.(type) {
	case pane.Seen:
		if d.told != msg.Snap {
			d.tell()
		}
	case pane.Spoken:
		d.tell()
	case pane.Scrolled:
		d.scroll(msg.Rows)
	}
	return cmd
}

func (d *Dialog) tell() {
	d.told, d.said, d.width = d.Seen.Snap, d.of.Tell(), 0
	d.Redraw()
}

func (d *Dialog) lay(w int) {
	if d.width == w {
		return
	}
	d.width, d.rows = w, nil
	said := d.said
	if len(said) == 0 {
		said = []string{d.Pick("There is nothing to tell yet.", "Il n’y a encore rien à dire.")}
	}
	for _, s := range said {
		d.rows = append(d.rows, screen.Indented(screen.Text("– ", screen.Faint), screen.Text("  ", screen.Ink), screen.Text(screen.Plain(s), screen.Ink), w-2)...)
	}
}

// Key scrolls, copies out, and closes.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	key := k.String()
	if by, is := pane.Steps(key, d.H); is {
		d.scroll(by)
		return nil, true
	}
	switch key {
	case "space":
		d.scroll(max(d.H-1, 1))
		return nil, true
	case "w", "enter", "q":
		return pane.Close{}, true
	case "L":
		return pane.Press{Key: key}, true
	}
	return pane.CopyOut(key, d.view.In(d.Lang), func() string { return Markdown(d.said, d.view.In(d.Lang), d.Seen.Snap, d.Lang) })
}

// Markdown is the sentences of a view as a text to keep; empty where there are
// none.
func Markdown(said []string, view string, s *ledger.Snapshot, lang words.Lang) string {
	if len(said) == 0 || s == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("## " + telling.Escaped(view) + lang.Pick(", run ", ", essai ") + telling.Escaped(s.Run) + "\n\n")
	for _, one := range said {
		b.WriteString("- " + telling.Escaped(one) + "\n")
	}
	return b.String()
}

func (d *Dialog) scroll(by int) {
	d.lay(d.W)
	d.first = max(0, min(d.first+by, len(d.rows)-d.H))
	d.Redraw()
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	var hints []pane.Hint
	if len(d.rows) > d.H {
		hints = append(hints, pane.Hint{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "suite"}})
	}
	hints = append(hints, pane.CopyHints()...)
	return append(hints, pane.Hint{Key: words.Text{En: "w", Fr: "w"}, Does: words.Text{En: "drawn", Fr: "en dessin"}})
}

// View writes the sentences.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	d.lay(a.W)
	d.first = max(0, min(d.first, len(d.rows)-a.H))
	for y := range min(a.H, len(d.rows)-d.first) {
		d.rows[d.first+y].Put(a, 1, y)
	}
}
