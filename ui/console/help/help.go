package help

import (
	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Section is some keys and what they belong to.
type Section struct {
	Title words.Text
	Keys  []pane.Hint
}

// Dialog lists keys. They come from the tables that match them.
type Dialog struct {
	pane.Part
	sections []Section
	first    int // row, where not all fit
}

// New makes the dialog; a section without keys is left out.
func New(sections ...Section) *Dialog {
	d := &Dialog{}
	for _, s := range sections {
		if len(s.Keys) > 0 {
			d.sections = append(d.sections, s)
		}
	}
	return d
}

// Title says what it shows.
func (d *Dialog) Title() words.Text { return words.Text{En: "keys", Fr: "touches"} }

// Want is room for all keys, in two columns where they fit side by side.
func (d *Dialog) Want(w, _ int) (columns, rows int) {
	c, wide, high := d.columns(w)
	return len(c)*(wide+gap) + 1, high + 2
}

// gap stands before each column.
const gap = 3

// columns sets the rows in one column, or between two sections in two.
func (d *Dialog) columns(w int) (columns [][]screen.Line, wide, high int) {
	rows := d.rows()
	wide = 38
	middle := 0
	for i, r := range rows {
		wide = max(wide, r.Width())
		if r == nil && max(i, len(rows)-i-1) < max(middle, len(rows)-middle-1) {
			middle = i
		}
	}
	if middle == 0 || 2*(wide+gap)+1 > w {
		return [][]screen.Line{rows}, wide, len(rows)
	}
	return [][]screen.Line{rows[:middle], rows[middle+1:]}, wide, max(middle, len(rows)-middle-1)
}

// Key scrolls; any other key closes. The language changes on the spot.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch key := k.String(); key {
	case "up":
		d.scroll(-1)
	case "down":
		d.scroll(1)
	case "pgup":
		d.scroll(2 - d.H)
	case "pgdown":
		d.scroll(d.H - 2)
	case "L":
		return pane.Press{Key: key}, true
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
	_, _, high := d.columns(d.W)
	d.first = max(0, min(d.first+by, high+2-d.H))
	d.Redraw()
}

// Help says how to go on, and how to close.
func (d *Dialog) Help() []pane.Hint {
	closes := pane.Hint{Key: words.Text{En: "any key", Fr: "une touche"}, Does: words.Text{En: "closes", Fr: "ferme"}}
	if _, _, high := d.columns(d.W); high+2 > d.H {
		return []pane.Hint{{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "la suite"}}, closes}
	}
	return []pane.Hint{closes}
}

// View draws the keys.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	columns, wide, _ := d.columns(a.W)
	for c, rows := range columns {
		for y := range a.H - 2 {
			if row := d.first + y; row < len(rows) {
				rows[row].Put(a, gap-1+c*(wide+gap), 1+y)
			}
		}
	}
}

// rows writes the sections one after the other, the keys in one column.
func (d *Dialog) rows() []screen.Line {
	keys := 0
	for _, s := range d.sections {
		for i := range s.Keys {
			keys = max(keys, screen.Width(s.Keys[i].Key.In(d.Lang)))
		}
	}
	var rows []screen.Line
	for n, s := range d.sections {
		if n > 0 {
			rows = append(rows, nil)
		}
		if s.Title != (words.Text{}) {
			rows = append(rows, screen.Text(s.Title.In(d.Lang), screen.Faint))
		}
		for i := range s.Keys {
			k := s.Keys[i].Key.In(d.Lang)
			rows = append(rows, screen.Text(k, screen.Accent|screen.Bold).Add(pad(keys+2-screen.Width(k)), screen.Ink).Add(s.Keys[i].Does.In(d.Lang), screen.Ink))
		}
	}
	return rows
}

func pad(n int) string {
	const blanks = "                                        "
	return blanks[:min(max(n, 0), len(blanks))]
}
