package checkup

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/doctor"
)

// verdict is what it all comes to, or how much is still to be looked at.
func (d *Dialog) verdict(w int) screen.Line {
	if d.Looking() {
		text := words.Textf("Looking: %d of %d to go.", "Examen en cours : encore %d sur %d.", d.left, len(d.checks)).In(d.Lang)
		return screen.Text(pane.Spinner(d.Seen.Beat)+" ", screen.Pending).Add(screen.Cut(text, w-2), screen.Pending|screen.Bold)
	}
	all := d.all()
	mark, st := d.Sign("✓"), screen.Fine
	if !doctor.Healthy(all) {
		mark, st = d.Sign("✗"), screen.Failed
	}
	return screen.Text(mark+" ", st|screen.Bold).Add(screen.Cut(doctor.Verdict(all).In(d.Lang), w-4), st|screen.Bold)
}

// all is what is known so far: of what is looked at, that it is.
func (d *Dialog) all() []doctor.Finding {
	all := append([]doctor.Finding{}, d.terminal...)
	for i := range d.checks {
		if d.found[i] == nil {
			all = append(all, d.checks[i].Of)
			continue
		}
		all = append(all, d.found[i]...)
	}
	return all
}

// compose sets the findings in the room that there is, each part under its
// name.
func (d *Dialog) compose() {
	d.Redraw()
	if d.W == 0 {
		return
	}
	c := columnsFor(d.room().W-2, d.ASCII)
	all := d.all()
	var items [][]screen.Line
	for i := range all {
		f := &all[i]
		var rows []screen.Line
		if i == 0 || all[i-1].Part != f.Part {
			if i > 0 {
				rows = append(rows, nil)
			}
			rows = append(rows, screen.Text(doctor.PartName(f.Part).In(d.Lang), screen.Accent|screen.Bold))
		}
		items = append(items, append(rows, d.set(f, c)...))
	}
	d.scroll.Set(items)
}

// columns are where the parts of a finding stand. What it is for stands beside
// what was seen, where there is room for both; else below it, and only of what
// is lacking.
type columns struct {
	name, saw, advice int // first columns
	sawW, adviceW     int
	word              bool // how it stands is said in a word beside its mark
	beside            bool
}

const (
	nameRoom = 19
	wordRoom = 8
)

func columnsFor(w int, ascii bool) columns {
	c := columns{name: 3, word: w >= 72, beside: w >= 104}
	if ascii {
		c.name = 5
	}
	if c.word {
		c.name += wordRoom
	}
	c.saw = c.name + nameRoom
	c.sawW = w - c.saw
	if c.beside {
		c.sawW = (w - c.saw) * 2 / 5
		c.advice, c.adviceW = c.saw+c.sawW+2, w-c.saw-c.sawW-2
	}
	return c
}

// set is a finding as rows of the page.
func (d *Dialog) set(f *doctor.Finding, c columns) []screen.Line {
	saw, advice := d.saw(f, c), d.advice(f, c)
	if !c.beside {
		saw, advice = append(saw, advice...), nil
	}
	rows := make([]screen.Line, max(len(saw), len(advice)))
	for i := range rows {
		if i == 0 {
			rows[i] = d.head(f, c)
		}
		if i < len(saw) {
			rows[i] = append(reach(rows[i], c.saw), saw[i]...)
		}
		if i < len(advice) {
			rows[i] = append(reach(rows[i], c.advice), advice[i]...)
		}
	}
	return rows
}

// reach fills a row up to a column.
func reach(l screen.Line, column int) screen.Line {
	return l.Add(strings.Repeat(" ", max(column-l.Width(), 0)), screen.Ink)
}

// head is how a finding stands, and its name.
func (d *Dialog) head(f *doctor.Finding, c columns) screen.Line {
	mark, st := d.mark(f)
	l := screen.Text(" "+mark, st|screen.Bold)
	if c.word && f.State != "" {
		l = reach(l, c.name-wordRoom).Add(f.Mark().In(d.Lang), st)
	}
	name := screen.Ink
	if f.State != doctor.Found {
		name = screen.Bold
	}
	return reach(l, c.name).Add(screen.Cut(screen.Plain(f.Name.In(d.Lang)), nameRoom-1), name)
}

func (d *Dialog) mark(f *doctor.Finding) (string, screen.Style) {
	switch {
	case f.State == "":
		return pane.Spinner(d.Seen.Beat), screen.Pending
	case f.State == doctor.Found:
		return d.Sign("✓"), screen.Fine
	case f.Fine() && d.ASCII:
		return "[-]", screen.Accent
	case f.Fine():
		return "•", screen.Accent
	}
	return d.Sign("✗"), screen.Failed
}

// saw is what there is.
func (d *Dialog) saw(f *doctor.Finding, c columns) []screen.Line {
	if f.State == "" {
		return screen.Wrap(screen.Text(d.Pick("being looked at…", "à l’examen…"), screen.Pending), c.sawW)
	}
	st := screen.Ink
	if !f.Fine() {
		st = screen.Failed
	}
	var rows []screen.Line
	for line := range strings.SplitSeq(f.Saw.In(d.Lang), "\n") {
		rows = append(rows, screen.Wrap(screen.Text(screen.Plain(line), st), c.sawW)...)
	}
	return rows
}

// advice is what a thing is for and, where it is lacking, how to get it.
func (d *Dialog) advice(f *doctor.Finding, c columns) []screen.Line {
	w := c.adviceW
	if !c.beside {
		if f.State == doctor.Found {
			return nil
		}
		w = c.sawW
	}
	rows := d.hung(f.Purpose(d.Lang), screen.Faint, w)
	if f.State != "" {
		rows = append(rows, d.hung(f.Remedy(d.Lang), screen.Accent, w)...)
	}
	return rows
}

// hung sets a sentence, its further rows a little to the right.
func (d *Dialog) hung(text string, st screen.Style, w int) []screen.Line {
	if text == "" {
		return nil
	}
	rows := screen.Wrap(screen.Text(screen.Plain(text), st), w-2)
	for i := 1; i < len(rows); i++ {
		rows[i] = append(screen.Text("  ", screen.Ink), rows[i]...)
	}
	return rows
}
