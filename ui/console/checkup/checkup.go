// Package checkup is the page of what the atelier needs: the learner's terminal,
// this machine's ports and folders, tools, a Kafka, a Toxiproxy. It finds out
// what atelier doctor does, in its words. Who opens it looks at its checks, out
// of the way, and tells it what was found, one by one.
package checkup

import (
	"context"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/doctor"

	tea "charm.land/bubbletea/v2"
)

// Look is the wish to look, or to look again: see Dialog.Start.
type Look struct{ At *Dialog }

// Wish says that it is one.
func (Look) Wish() {}

// Looked says what a check found.
type Looked struct {
	Round, Check int // as Start gave them
	Found        []doctor.Finding
}

// Dialog is the page.
type Dialog struct {
	pane.Part
	options func() (doctor.Options, bool)

	round    int
	terminal []doctor.Finding
	checks   []doctor.Check
	found    [][]doctor.Finding // by check; nil while it is looked at
	left     int                // to be looked at
	end      context.CancelFunc
	scroll   pane.Scroll
}

// New makes the page. The options are asked for whenever the terminal may be
// another than before; false says that nothing can be looked at from here.
func New(options func() (doctor.Options, bool)) *Dialog { return &Dialog{options: options} }

// Start forgets what was found, and returns what there is to look at. Whoever
// looks tells each finding as Looked of this round; end is called when nobody
// waits for them any more.
func (d *Dialog) Start(end context.CancelFunc) (round int, checks []doctor.Check) {
	d.End()
	o, can := d.options()
	if !can {
		end()
		return d.round, nil
	}
	d.round++
	d.checks = doctor.Checks(o)
	d.found, d.left, d.end = make([][]doctor.Finding, len(d.checks)), len(d.checks), end
	d.compose()
	return d.round, d.checks
}

// End ends the looking.
func (d *Dialog) End() {
	if d.end != nil {
		d.end()
	}
	d.end, d.left = nil, 0
}

// Looking says that something is still being looked at.
func (d *Dialog) Looking() bool { return d.left > 0 }

// Title says what it is.
func (d *Dialog) Title() words.Text { return words.Text{En: "doctor", Fr: "diagnostic"} }

// Want is the whole screen.
func (d *Dialog) Want(w, h int) (columns, rows int) { return w, h }

// Size takes the room that there is: the terminal may be another.
func (d *Dialog) Size(w, h int) {
	d.Part.Size(w, h)
	d.examineTerminal()
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		turned := pane.Spinner(msg.Beat) != pane.Spinner(d.Seen.Beat)
		d.Seen = msg
		if turned && d.Looking() {
			d.compose()
		}
		return nil
	case pane.Scrolled:
		d.scroll.By(msg.Rows, d.sight())
		d.Redraw()
	case pane.Spoken:
		d.Part.Update(msg)
		d.examineTerminal()
		return nil
	case Looked:
		d.take(msg)
	}
	return d.Part.Update(msg)
}

// take notes what a check found. What was asked for before is too late.
func (d *Dialog) take(msg Looked) {
	if msg.Round != d.round || !d.Looking() || d.found[msg.Check] != nil {
		return
	}
	d.found[msg.Check] = msg.Found
	if d.left--; d.left == 0 {
		d.End()
	}
	d.compose()
}

// examineTerminal looks at what needs no looking.
func (d *Dialog) examineTerminal() {
	if o, can := d.options(); can {
		d.terminal = doctor.Terminal(o)
	}
	d.compose()
}

// Key scrolls, and looks again.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	key := k.String()
	if d.scroll.Key(key, d.sight()) {
		d.Redraw()
		return nil, true
	}
	switch key {
	case "r":
		return Look{At: d}, true
	case "L", "T":
		return pane.Press{Key: key}, true
	case "D", "q":
		return pane.Close{}, true
	}
	return nil, false
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	hints := []pane.Hint{
		{Key: words.Text{En: "r", Fr: "r"}, Does: words.Text{En: "look again", Fr: "regarder encore"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
	}
	if !d.scroll.Fits(d.sight()) {
		hints = append(hints, pane.Hint{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "more", Fr: "la suite"}})
	}
	return append(hints, pane.Hint{Key: words.Text{En: "L", Fr: "L"}, Does: words.Text{En: "en français", Fr: "in English"}})
}

// widest is how wide the page becomes, in the middle of the screen.
const widest = 124

// room is where the list stands; its last column is the bar's. Above it stands
// what it all comes to.
func (d *Dialog) room() screen.Rect {
	w := max(min(d.W-4, widest), 1)
	return screen.At((d.W-w)/2, 3, w, d.sight())
}

// sight is how many rows of the list are seen at once.
func (d *Dialog) sight() int { return max(d.H-3, 1) }

// View draws the page.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	if _, can := d.options(); !can {
		screen.Centred(a, screen.Ink, d.Pick("Nothing can be looked at from here.", "D’ici, rien ne peut être examiné."))
		return
	}
	at := d.room()
	d.verdict(at.W).Put(a, at.X, 1)
	d.scroll.Put(a.Sub(at.X, at.Y, at.W, at.H), d.ASCII)
}
