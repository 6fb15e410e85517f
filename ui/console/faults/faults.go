package faults

import (
	"strconv"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/ui/console/form"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Dialog is the panel of faults.
type Dialog struct {
	pane.Part
	form   form.Form
	draft  *form.Draft
	check  func(line string) error
	fields map[string]*form.Field // those of every kind that was looked at
	force  []inForce
	from   map[string]chaos.On // by name: the brokers that it would be taken from
	read   uint64              // the version of the ledger that force is of
}

// New makes the panel. Check reads a lab line.
func New(check func(line string) error) *Dialog {
	d := &Dialog{check: check, fields: map[string]*form.Field{}, from: map[string]chaos.On{}}
	d.lay()
	return d
}

// Aim turns the panel to a broker and a direction: to what is in force there, or
// else to what may be added. The panel must have seen the ledger.
func (d *Dialog) Aim(broker int32, stream string) {
	d.fields["broker"].Set(strconv.Itoa(int(broker)))
	d.fields["stream"].Set(stream)
	for _, f := range d.force {
		if f.acts(broker, stream) {
			d.form.FocusOn(f.name)
			d.from[f.name] = chaos.Broker(broker)
			break
		}
	}
	d.write()
}

// Title says what it is for.
func (d *Dialog) Title() words.Text { return words.Text{En: "faults", Fr: "pannes"} }

// The rows of the panel: the tallest kind has three attributes.
const (
	wide        = 78
	tallest     = 7 // fields of a fault
	saysRows    = 2
	bottomRows  = 4 // the line and its error
	betweenRows = 3 // blank
)

// Want is room for the fields of any fault, and for what is in force.
func (d *Dialog) Want(_, _ int) (columns, rows int) {
	rows = tallest + saysRows + bottomRows + betweenRows
	if n := len(d.force); n > 0 {
		rows += n + 1
	}
	return wide, rows
}

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		if msg.Snap != nil && (d.read != msg.Snap.Version || d.Seen.Snap == nil) {
			d.Part.Update(msg)
			d.read, d.force = msg.Snap.Version, inForceOf(msg.Snap)
			d.lay()
			d.Redraw()
		}
		return nil
	case tea.PasteMsg:
		d.form.Paste(msg.Content)
		d.write()
	case pane.Scrolled:
		key := tea.KeyPressMsg{Code: tea.KeyDown}
		if msg.Rows < 0 {
			key.Code = tea.KeyUp
		}
		d.form.Key(key)
		d.write()
	}
	return d.Part.Update(msg)
}

// Key fills the form in; Enter runs the line that stands at the bottom.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if k.String() == "enter" {
		return d.run(), true
	}
	took := d.form.Key(k)
	if f := d.focused(); f != nil && !took {
		by := map[string]int{"left": -1, "right": 1, "space": 1}[k.String()]
		d.from[f.name], took = f.turn(d.chosenOf(f), by), by != 0
	}
	d.write()
	return nil, took
}

// Click goes to a field; what is in force asks for one more Enter, or click.
func (d *Dialog) Click(x, y int) pane.Wish {
	before := d.form.Focused()
	name := d.form.Click(x-1, y-1)
	d.write()
	if name == before && name != "" && d.form.Field(name).Action {
		return d.run()
	}
	return nil
}

func (d *Dialog) run() pane.Wish {
	if !d.draft.Ok() {
		return nil
	}
	return pane.All{pane.Close{}, pane.Run{Line: d.draft.Line()}}
}

// Cursor is where somebody types.
func (d *Dialog) Cursor() (x, y int, on bool) {
	x, y, on = d.form.Cursor()
	return x + 1, y + 1, on
}

// Help lists its keys.
func (d *Dialog) Help() []pane.Hint {
	enter := words.Text{En: "run the line", Fr: "lancer la ligne"}
	return []pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "field", Fr: "champ"}},
		{Key: words.Text{En: "← →", Fr: "← →"}, Does: words.Text{En: "choose", Fr: "choisir"}},
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: enter},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
	}
}

// View draws the form, what the fault does, and the line.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	rows := d.draft.Rows(a.W-4, d.Lang)
	bottom := a.H - max(len(rows), 1)
	for i, r := range rows {
		r.Put(a, 2, bottom+i)
	}
	says := screen.Wrap(screen.Text(d.kind().Says.In(d.Lang), screen.Faint|screen.Italic), a.W-4)
	if len(says) > saysRows || bottom-len(says)-1 < tallest+1 { // there is no room for it
		says = nil
	}
	d.form.View(a.Sub(1, 1, a.W-2, bottom-3-len(says)), d.Lang)
	if s := d.form.Untold().In(d.Lang); s != "" { // rather the field that has the keys
		says = screen.Wrap(screen.Text(telling.Capital(s)+".", screen.Faint|screen.Italic), a.W-4)
	}
	for i, r := range says {
		r.Put(a, 2, bottom-1-len(says)+i)
	}
}

// kind is the fault that the form is turned to.
func (d *Dialog) kind() chaos.Kind {
	kind, _ := chaos.KindOf(d.form.Value("kind"))
	return kind
}
