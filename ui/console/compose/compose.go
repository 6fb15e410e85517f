package compose

import (
	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/console/form"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Dialog is the form of a send.
type Dialog struct {
	pane.Part
	form  form.Form
	draft *form.Draft
	check func(line string) error
}

// New makes the form, filled in as the last send was; nil: there was none.
// Check reads a lab line.
func New(check func(line string) error, last *lab.Send) *Dialog {
	d := &Dialog{check: check}
	d.form.Lay(fields())
	if last != nil {
		d.fill(last)
	}
	d.write()
	return d
}

// Title says what it is for.
func (d *Dialog) Title() words.Text {
	return words.Text{En: "compose a message", Fr: "composer un message"}
}

const (
	wide       = 78
	bottomRows = 5 // the line and its error
)

// Want is room for all fields and the line.
func (d *Dialog) Want(_, _ int) (columns, rows int) { return wide, d.form.Rows() + 2 + bottomRows }

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		return nil // it shows nothing of the ledger
	case tea.PasteMsg:
		d.form.Paste(msg.Content)
		d.write()
	case pane.Scrolled:
		key := tea.KeyPressMsg{Code: tea.KeyDown}
		if msg.Rows < 0 {
			key.Code = tea.KeyUp
		}
		d.form.Key(key)
		d.Redraw()
	}
	return d.Part.Update(msg)
}

// Key fills the form in; Enter runs the line that stands at the bottom.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if k.String() == "enter" {
		if !d.draft.Ok() {
			if wrong := d.draft.Wrong(); wrong != "" {
				d.form.FocusOn(wrong)
				d.Redraw()
			}
			return nil, true
		}
		return pane.All{pane.Close{}, pane.Run{Line: d.draft.Line()}}, true
	}
	took := d.form.Key(k)
	d.write()
	return nil, took
}

// Click goes to a field.
func (d *Dialog) Click(x, y int) pane.Wish {
	d.form.Click(x-1, y-1)
	d.write()
	return nil
}

// Cursor is where somebody types.
func (d *Dialog) Cursor() (x, y int, on bool) {
	x, y, on = d.form.Cursor()
	return x + 1, y + 1, on
}

// Help lists its keys.
func (d *Dialog) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "field", Fr: "champ"}},
		{Key: words.Text{En: "← →", Fr: "← →"}, Does: words.Text{En: "choose", Fr: "choisir"}},
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "send", Fr: "envoyer"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
	}
}

// View draws the form and the line.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	rows := d.draft.Rows(a.W-4, d.Lang)
	if atMost := a.H - 6; len(rows) > atMost { // the end of a long line, and what is wrong with it
		rows = rows[len(rows)-max(atMost, 1):]
	}
	bottom := a.H - len(rows)
	for i, r := range rows {
		r.Put(a, 2, bottom+i)
	}
	d.form.View(a.Sub(1, 1, a.W-2, bottom-2), d.Lang)
}
