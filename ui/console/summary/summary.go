// Package summary is the page of what a learner has done: predicted, answered,
// run and shown, with the evidence, and the certificate. Its words are those of
// atelier progress.
package summary

import (
	"time"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/transcript"

	tea "charm.land/bubbletea/v2"
)

// Certify is the wish to write a certificate of a transcript to a new file.
type Certify struct{ Of *transcript.Transcript }

// Wish says that it is one.
func (Certify) Wish() {}

// Certified says what became of a certificate: the file, or why there is none.
type Certified struct {
	Path string
	Err  error
}

// Source is what the page is made of.
type Source struct {
	// State is what is kept of the learner now; nil: nothing is kept here.
	State   func() *progress.State
	Modules map[words.Lang][]*course.Module
	Now     func() time.Time
	Dir     string // where certificates are written to; empty: nowhere
}

// Dialog is the page.
type Dialog struct {
	pane.Part
	from   Source
	state  *progress.State // that is shown
	told   *transcript.Transcript
	scroll pane.Scroll

	writing bool
	outcome Certified
	asked   bool // for a certificate, with nothing to certify
}

// New makes the page.
func New(from Source) *Dialog { return &Dialog{from: from} }

// Title says what it is.
func (d *Dialog) Title() words.Text { return words.Text{En: "summary", Fr: "bilan"} }

// Want is the whole screen.
func (d *Dialog) Want(w, h int) (columns, rows int) { return w, h }

// Size takes the room that there is.
func (d *Dialog) Size(w, h int) {
	d.Part.Size(w, h)
	d.compose()
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen: // of the ledger it shows nothing; an experiment may have ended
		if d.from.State != nil && d.from.State() != d.state {
			d.read()
		}
		return nil
	case pane.Scrolled:
		d.scroll.By(msg.Rows, d.sight())
		d.Redraw()
	case pane.Spoken:
		d.Part.Update(msg)
		d.read()
		return nil
	case Certified:
		d.writing, d.outcome = false, msg
		d.Redraw()
	}
	return d.Part.Update(msg)
}

// read learns what is known of the learner now.
func (d *Dialog) read() {
	if d.from.State == nil {
		return
	}
	d.state = d.from.State()
	modules := d.from.Modules[d.Lang]
	if len(modules) == 0 { // as the lesson does, it speaks of what there is
		modules = d.from.Modules[words.Lang(d.Pick(string(words.French), string(words.English)))]
	}
	d.told = transcript.Of(d.state, modules, d.Lang, d.from.Now())
	d.compose()
}

// Key scrolls, and writes the certificate.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	key := k.String()
	if d.scroll.Key(key, d.sight()) {
		d.Redraw()
		return nil, true
	}
	switch key {
	case "c":
		return d.certify(), true
	case "L", "T":
		return pane.Press{Key: key}, true
	case "S", "q":
		return pane.Close{}, true
	}
	return nil, false
}

// certifies says that there is something to certify, and a place for it.
func (d *Dialog) certifies() bool { return d.told != nil && d.told.Started() && d.from.Dir != "" }

func (d *Dialog) certify() pane.Wish {
	if d.told != nil && !d.told.Started() {
		d.asked = true
		d.Redraw()
	}
	if !d.certifies() || d.writing {
		return nil
	}
	d.writing, d.outcome = true, Certified{}
	d.Redraw()
	return Certify{Of: d.told}
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	var hints []pane.Hint
	if d.certifies() {
		hints = append(hints, pane.Hint{Key: words.Text{En: "c", Fr: "c"}, Does: words.Text{En: "certificate", Fr: "attestation"}})
	}
	hints = append(hints, pane.Hint{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}})
	if !d.scroll.Fits(d.sight()) {
		hints = append(hints, pane.Hint{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "la suite"}})
	}
	return append(hints, pane.Hint{Key: words.Text{En: "L", Fr: "L"}, Does: words.Text{En: "en français", Fr: "in English"}})
}

// widest is how wide the page becomes, in the middle of the screen.
const widest = 112

// room is where the text stands; its last column is the bar's.
func (d *Dialog) room() screen.Rect {
	w := min(d.W-4, widest)
	return screen.At((d.W-w)/2, 1, w, d.sight())
}

// sight is how many rows of the text are seen at once.
func (d *Dialog) sight() int {
	rows := d.H - 1
	if foot := len(d.foot()); foot > 0 {
		rows -= foot + 1
	}
	return max(rows, 1)
}

// compose sets the transcript in the room that there is.
func (d *Dialog) compose() {
	d.Redraw()
	if d.told == nil || d.W == 0 {
		return
	}
	all := d.told.Rows()
	items := make([][]screen.Line, len(all))
	for i := range all {
		items[i] = d.set(&all[i], d.room().W-2)
	}
	d.scroll.Set(items)
}

// View draws the page.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	if d.told == nil {
		screen.Centred(a, screen.Ink, d.Pick("Nothing is kept here of what you do.", "Ici, rien n’est gardé de ce que vous faites."))
		return
	}
	at := d.room()
	d.scroll.Put(a.Sub(at.X, at.Y, at.W, at.H), d.ASCII)
	foot := d.foot()
	if len(foot) == 0 {
		return
	}
	y := a.H - len(foot)
	a.Fill(at.X, y-1, at.W, "─", screen.Quiet)
	for i, row := range foot {
		row.Put(a, at.X, y+i)
	}
}
