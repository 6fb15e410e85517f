package palette

import (
	"cmp"
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/ui/console/editor"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Entry is one action: its name, what it belongs to, the key that does the same
// where there is one, and the wish that does it.
type Entry struct {
	Name, Group, Key words.Text
	Does             pane.Wish
}

// Dialog lists the actions whose names go with what was typed.
type Dialog struct {
	pane.Part
	all    []Entry
	query  editor.Line
	found  []found
	at     int // the chosen one, in found
	first  int // the one in the first row
	cursor int
}

// found is an entry that goes with the query.
type found struct {
	entry int
	score int
	on    []bool // the characters of its text that the query stands on
}

// New makes the dialog.
func New(entries []Entry) *Dialog {
	d := &Dialog{all: entries}
	d.search()
	return d
}

// Title says what it is for.
func (d *Dialog) Title() words.Text {
	return words.Text{En: "every action by name", Fr: "toutes les actions par leur nom"}
}

const (
	widest  = 76
	highest = 18
	head    = 2 // rows above the list
	keyRoom = 9 // columns at the right
)

// Want is room for the list, and the same while it gets shorter.
func (d *Dialog) Want(_, _ int) (columns, rows int) {
	return widest, head + min(len(d.all), highest)
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		return nil // it shows nothing of the ledger
	case tea.PasteMsg:
		d.query.Insert(msg.Content)
		d.search()
	case pane.Scrolled:
		d.move(msg.Rows)
	case pane.Spoken:
		defer d.search()
	}
	return d.Part.Update(msg)
}

// Key narrows the list down, moves in it, or does what is chosen.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch k.String() {
	case "up", "ctrl+p", "shift+tab":
		d.move(-1)
	case "down", "ctrl+n", "tab":
		d.move(1)
	case "pgup":
		d.move(head - d.H)
	case "pgdown":
		d.move(d.H - head)
	case "enter":
		return d.chosen(), true
	case "esc":
		return pane.Close{}, true
	default:
		if !d.query.Key(k) {
			return nil, true
		}
		d.search()
	}
	return nil, true
}

// Click does what it points at.
func (d *Dialog) Click(_, y int) pane.Wish {
	if i := d.first + y - head; y >= head && i < len(d.found) {
		d.at = i
		return d.chosen()
	}
	return nil
}

func (d *Dialog) chosen() pane.Wish {
	if d.at >= len(d.found) {
		return nil
	}
	return pane.All{pane.Close{}, d.all[d.found[d.at].entry].Does}
}

// move goes through the list, from its end to its beginning by single steps.
func (d *Dialog) move(by int) {
	n := len(d.found)
	if n == 0 {
		return
	}
	to := d.at + by
	if by == 1 || by == -1 {
		to = (to + n) % n
	}
	d.at = min(max(to, 0), n-1)
	d.Redraw()
}

// search finds what goes with the query, the best first; without a query it is
// everything in its order.
func (d *Dialog) search() {
	query := fold(d.query.String())
	d.found, d.at, d.first = d.found[:0], 0, 0
	for i := range d.all {
		f := found{entry: i}
		if len(query) > 0 {
			if f.score, f.on = match(fold(d.text(i)), query); f.on == nil {
				continue
			}
		}
		d.found = append(d.found, f)
	}
	slices.SortStableFunc(d.found, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	d.Redraw()
}

// text is what a query is looked for in: the name and what it belongs to.
func (d *Dialog) text(i int) string {
	e := &d.all[i]
	return screen.Plain(e.Name.In(d.Lang)) + " " + e.Group.In(d.Lang)
}

// Cursor is where the next character goes.
func (d *Dialog) Cursor() (x, y int, on bool) { return d.cursor, 0, true }

// Help says how to go on.
func (d *Dialog) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose", Fr: "choisir"}},
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "do it", Fr: "faire"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
	}
}

// View draws the query and the list.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	count := strconv.Itoa(len(d.found)) + "/" + strconv.Itoa(len(d.all))
	a.PutRight(a.W-2, 0, count, screen.Faint)
	a.Put(2, 0, "›", screen.Accent|screen.Bold)
	in := a.Sub(0, 0, a.W-4-len(count), 1)
	_, d.cursor = d.query.View(in, 4, editor.Wrong{})
	if d.query.Empty() {
		in.Put(5, 0, d.Pick("type a few letters of what you want", "quelques lettres de ce que vous cherchez"), screen.Faint)
	}
	rows := a.H - head
	d.first = min(max(d.first, d.at-rows+1), d.at)
	if len(d.found) == 0 {
		a.Put(4, head, d.Pick("Nothing goes by that name.", "Rien ne porte ce nom."), screen.Faint)
	}
	for y := range rows {
		if i := d.first + y; i < len(d.found) {
			d.row(a.Sub(1, head+y, a.W-2, 1), &d.found[i], i == d.at)
		}
	}
}

// row draws an entry: name, what it belongs to, key.
func (d *Dialog) row(a screen.Area, f *found, chosen bool) {
	e := &d.all[f.entry]
	if chosen {
		a.Put(1, 0, "▸", screen.Accent|screen.Bold)
		defer a.Shade(0, 0, a.W, screen.OnFocus)
	}
	key := e.Key.In(d.Lang)
	a.PutRight(a.W-1, 0, key, screen.Accent)
	room := a.W - 5 - max(screen.Width(key), 3)
	name := screen.Cut(screen.Plain(e.Name.In(d.Lang)), room)
	x := 3
	for i, r := range []rune(name) {
		st := screen.Ink
		if i < len(f.on) && f.on[i] {
			st = screen.Accent | screen.Bold | screen.Underline
		}
		x = a.Put(x, 0, string(r), st)
	}
	if group := e.Group.In(d.Lang); x+2+screen.Width(group) <= a.W-keyRoom {
		a.PutRight(a.W-keyRoom, 0, group, screen.Faint)
	}
}
