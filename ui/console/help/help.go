package help

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Pane lists the keys over the rest of the screen. It is written from the
// table that matches them.
type Pane struct {
	pane.Part
	Open  bool
	keys  []pane.Hint
	list  Listing
	first int // row, where not all fit
}

// Listing shows a long text in the place of the keys.
type Listing struct{ Title, Text words.Text }

// New makes the pane.
func New(keys []pane.Hint) *Pane { return &Pane{keys: keys} }

// Update takes a message in.
func (h *Pane) Update(msg tea.Msg) tea.Cmd {
	if l, is := msg.(Listing); is {
		h.list, h.Open, h.first = l, true, 0
	}
	if k, is := msg.(tea.KeyPressMsg); is {
		switch k.String() {
		case "up":
			h.first = max(h.first-1, 0)
		case "down":
			h.first++
		default:
			h.Open, h.first, h.list = false, 0, Listing{}
		}
		h.Redraw()
		return nil
	}
	return h.Part.Update(msg)
}

// View draws the pane.
func (h *Pane) View(a screen.Area) {
	rows, title := h.rows(), h.Lang.Pick("keys", "touches")
	if h.list != (Listing{}) {
		rows, title = h.listRows(a.W-8), h.list.Title.In(h.Lang)
	}
	w := max(screen.Width(title), 38)
	for _, r := range rows {
		w = max(w, r.Width())
	}
	columns := 1
	if 2*(w+3) < a.W-4 && h.list == (Listing{}) {
		columns = 2
	}
	perColumn := (len(rows) + columns - 1) / columns
	height := min(perColumn+4, a.H-2)
	at := screen.At((a.W-columns*(w+3)-3)/2, (a.H-height)/2, columns*(w+3)+3, height)
	in := a.Sub(at.X, at.Y, at.W, at.H)
	in.Clear()
	screen.Box(a, at, screen.Cut(title, at.W-6), screen.Accent)
	visible := height - 4
	h.first = min(h.first, max(0, perColumn-visible))
	for c := range columns {
		for y := range visible {
			i := c*perColumn + h.first + y
			if h.first+y < perColumn && i < len(rows) {
				rows[i].Put(in, 3+c*(w+3), 2+y)
			}
		}
	}
	note := h.Lang.Pick(" any key closes ", " une touche ferme ")
	if perColumn > visible {
		note = h.Lang.Pick(" ↑ ↓ more · any other key closes ", " ↑ ↓ la suite · une autre touche ferme ")
	}
	in.PutRight(in.W-2, in.H-1, note, screen.Faint)
	for y := range in.H {
		in.Shade(0, y, in.W, screen.OnOverlay)
	}
}

func (h *Pane) listRows(w int) []screen.Line {
	var rows []screen.Line
	for s := range strings.SplitSeq(h.list.Text.In(h.Lang), "\n") {
		bare := strings.TrimLeft(s, " ")
		in := screen.Text(pad(len(s)-len(bare)), screen.Ink)
		rows = append(rows, screen.Indented(in, append(screen.Text("  ", screen.Ink), in...), screen.Text(screen.Plain(bare), screen.Ink), w)...)
	}
	return rows
}

// rows writes the table, the keys in one column.
func (h *Pane) rows() []screen.Line {
	keys := 0
	for i := range h.keys {
		keys = max(keys, screen.Width(h.keys[i].Key.In(h.Lang)))
	}
	var rows []screen.Line
	add := func(key, does words.Text) {
		k := key.In(h.Lang)
		rows = append(rows, screen.Text(k, screen.Accent|screen.Bold).Add(pad(keys+2-screen.Width(k)), screen.Ink).Add(does.In(h.Lang), screen.Ink))
	}
	for i := range h.keys {
		add(h.keys[i].Key, h.keys[i].Does)
	}
	return rows
}

func pad(n int) string {
	const blanks = "                                        "
	return blanks[:min(max(n, 0), len(blanks))]
}
