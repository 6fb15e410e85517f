package console

import (
	"strings"

	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
)

// helpBox lists the keys over the rest of the screen. It is written from the
// table that matches them.
type helpBox struct {
	part
	open  bool
	keys  []binding
	list  listing
	first int // row, where not all fit
}

// listing shows a long text in the place of the keys.
type listing struct{ title, text words.Text }

func newHelp(keys []binding) *helpBox { return &helpBox{keys: keys} }

func (h *helpBox) update(msg tea.Msg) tea.Cmd {
	if l, is := msg.(listing); is {
		h.list, h.open, h.first = l, true, 0
	}
	if k, is := msg.(tea.KeyPressMsg); is {
		switch k.String() {
		case "up":
			h.first = max(h.first-1, 0)
		case "down":
			h.first++
		default:
			h.open, h.first, h.list = false, 0, listing{}
		}
		h.drawn = false
		return nil
	}
	return h.part.update(msg)
}

func (h *helpBox) view(a area) {
	h.drawn = true
	rows, title := h.rows(), h.lang.Pick("keys", "touches")
	if h.list != (listing{}) {
		rows, title = h.listRows(a.w-8), h.list.title.In(h.lang)
	}
	w := max(width(title), 38)
	for _, r := range rows {
		w = max(w, r.width())
	}
	columns := 1
	if 2*(w+3) < a.w-4 && h.list == (listing{}) {
		columns = 2
	}
	perColumn := (len(rows) + columns - 1) / columns
	height := min(perColumn+4, a.h-2)
	at := Rect{(a.w - columns*(w+3) - 3) / 2, (a.h - height) / 2, columns*(w+3) + 3, height}
	in := a.sub(at.X, at.Y, at.W, at.H)
	in.clear()
	box(a, at, cut(title, at.W-6), accent)
	visible := height - 4
	h.first = min(h.first, max(0, perColumn-visible))
	for c := range columns {
		for y := range visible {
			i := c*perColumn + h.first + y
			if h.first+y < perColumn && i < len(rows) {
				rows[i].put(in, 3+c*(w+3), 2+y)
			}
		}
	}
	note := h.lang.Pick(" any key closes ", " une touche ferme ")
	if perColumn > visible {
		note = h.lang.Pick(" ↑ ↓ more · any other key closes ", " ↑ ↓ la suite · une autre touche ferme ")
	}
	in.putRight(in.w-2, in.h-1, note, faint)
	for y := range in.h {
		in.shade(0, y, in.w, onOverlay)
	}
}

func (h *helpBox) listRows(w int) []line {
	var rows []line
	for s := range strings.SplitSeq(h.list.text.In(h.lang), "\n") {
		bare := strings.TrimLeft(s, " ")
		in := line{{pad(len(s) - len(bare)), text}}
		rows = append(rows, indented(in, append(line{{"  ", text}}, in...), []span{{plain(bare), text}}, w)...)
	}
	return rows
}

// rows writes the table, the keys in one column.
func (h *helpBox) rows() []line {
	keys := 0
	for i := range h.keys {
		keys = max(keys, width(h.keys[i].shown.In(h.lang)))
	}
	var rows []line
	add := func(key, does words.Text) {
		k := key.In(h.lang)
		rows = append(rows, line{{k, accent | bold}, {pad(keys + 2 - width(k)), text}, {does.In(h.lang), text}})
	}
	for i := range h.keys {
		add(h.keys[i].shown, h.keys[i].does)
	}
	return rows
}

func pad(n int) string {
	const blanks = "                                        "
	return blanks[:min(max(n, 0), len(blanks))]
}
