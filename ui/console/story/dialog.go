package story

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Dialog tells what happened to one message, as a drawing or in sentences. It
// grows while the message is in flight, and keeps what it knows when the run is
// over and its details are gone.
type Dialog struct {
	pane.Part
	ref   ledger.Ref
	run   string
	known pane.Seen // the latest that has the message
	text  bool      // sentences instead of the drawing
	first int       // row, where not all fit
	ends  bool      // it shows the end and goes on with it

	tale  *tale
	rows  []row
	stand stand
	width int // that the rows are made for; 0: they are out of date
}

// New makes the dialog of a message.
func New(ref ledger.Ref) *Dialog { return &Dialog{ref: ref} }

// Title says whose story it is.
func (d *Dialog) Title() words.Text {
	if d.tale == nil {
		return words.Text{En: "story", Fr: "histoire"}
	}
	return words.Text{En: "the story of " + d.tale.name, Fr: "l’histoire de " + d.tale.name}
}

// The columns that a story makes use of.
const (
	widest  = 124
	textual = 84
)

// Want is room for the whole story.
func (d *Dialog) Want(w, _ int) (columns, rows int) {
	columns = min(w, widest)
	if d.text {
		columns = min(w, textual)
	}
	d.make(columns)
	return columns, max(len(d.rows), 3)
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		d.see(msg)
	case pane.Scrolled:
		d.scroll(msg.Rows)
	case pane.Spoken:
		d.width = 0
	}
	return d.Part.Update(msg)
}

// see looks whether there is anything new of the message.
func (d *Dialog) see(now pane.Seen) {
	m := find(now.Snap, d.ref)
	switch {
	case m == nil, d.known.Snap != nil && now.Snap.Run != d.run:
		return // another run: what was known stays
	case d.known.Snap != nil && now.Snap.Version == d.known.Snap.Version && now.Glow == d.known.Glow && now.Veiled == d.known.Veiled && (m.Report != ledger.NoReport || now.Now == d.known.Now):
		return
	}
	if d.known.Snap == nil {
		d.ends = m.Report == ledger.NoReport // what is over is read from the start
	}
	d.known, d.run = now, now.Snap.Run
	d.tale = tell(now.Snap, m, now.Now)
	d.tale.veil(now.Veiled)
	d.width = 0
	d.Redraw()
}

// make brings the rows up to date for some columns.
func (d *Dialog) make(w int) {
	if d.width == w || d.tale == nil {
		return
	}
	d.width = w
	if d.text {
		d.rows = d.sentences(w)
		return
	}
	d.rows, d.stand = draw(d.tale, d.Lang, w, d.known.Fresh)
}

// sentences are the rows of the story in words.
func (d *Dialog) sentences(w int) []row {
	var rows []row
	for _, s := range d.tale.sentences(d.Lang) {
		at := screen.Text(s.at+"  ", screen.Faint)
		if s.at == "" {
			at = screen.Text("… ", screen.Faint)
		}
		for _, l := range screen.Indented(at, screen.Text("    ", screen.Ink), screen.Text(s.text, screen.Ink), w-2) {
			rows = append(rows, row{prose: true, text: l})
		}
	}
	return rows
}

// Key scrolls, turns to words and back, and copies out.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch key := k.String(); key {
	case "up", "k":
		d.scroll(-1)
	case "down", "j":
		d.scroll(1)
	case "pgup":
		d.scroll(2 - d.H)
	case "pgdown", "space":
		d.scroll(d.H - 2)
	case "home":
		d.scroll(-len(d.rows))
	case "end":
		d.scroll(len(d.rows))
	case "t", "w":
		d.text, d.width, d.first = !d.text, 0, 0
		d.Redraw()
	case "enter", "q":
		return pane.Close{}, true
	case "L":
		return pane.Press{Key: key}, true
	default:
		return pane.CopyOut(key, d.what(), d.markdown)
	}
	return nil, true
}

// what names the story in a file's name.
func (d *Dialog) what() string {
	if d.tale == nil {
		return "story"
	}
	return d.Lang.Pick("story ", "histoire ") + d.tale.name
}

func (d *Dialog) markdown() string {
	if d.tale == nil {
		return ""
	}
	return d.tale.markdown(d.Lang)
}

func (d *Dialog) scroll(by int) {
	d.make(d.W)
	last := max(0, len(d.rows)-d.H)
	from := d.top()
	d.first = max(0, min(from+by, last))
	d.ends = d.first == last && last > 0
	d.Redraw()
}

// top is the first row on screen.
func (d *Dialog) top() int {
	last := max(0, len(d.rows)-d.H)
	if d.ends {
		return last
	}
	return min(d.first, last)
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	var hints []pane.Hint
	if len(d.rows) > d.H {
		hints = append(hints, pane.Hint{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "suite"}})
	}
	does := words.Text{En: "in words", Fr: "en mots"}
	if d.text {
		does = words.Text{En: "drawn", Fr: "en dessin"}
	}
	hints = append(hints, pane.Hint{Key: words.Text{En: "w", Fr: "w"}, Does: does})
	hints = append(hints, pane.CopyHints()...)
	return append(hints, pane.Hint{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "closes", Fr: "ferme"}})
}

// View draws the story.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	if d.tale == nil {
		a.Put(1, 0, d.Pick("Nothing is known of this message any more.", "On ne sait plus rien de ce message."), screen.Faint)
		return
	}
	d.make(a.W)
	top := d.top()
	for y := range a.H {
		if i := top + y; i < len(d.rows) {
			d.rows[i].draw(a, y, &d.stand)
		}
	}
}
