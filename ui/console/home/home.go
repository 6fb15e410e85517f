// Package home is the page above the course: its modules with how far the
// learner is in each, and the first contact.
package home

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/memory"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"

	tea "charm.land/bubbletea/v2"
)

// Contact is the wish for the first contact.
type Contact struct{}

// Wish says that it is one.
func (Contact) Wish() {}

// Dialog lists the modules. What is not written yet is listed, dimmed, and
// cannot be started.
type Dialog struct {
	pane.Part
	modules map[words.Lang][]*course.Module
	memory  memory.Memory
	at      int // in rows
	from    int // the row at which the page begins
}

// row is one line of the list.
type row struct {
	title   words.Text
	minutes int
	number  int
	module  *course.Module // nil: not written yet, or the first contact
	contact bool
}

// plan is the whole course, by number. A module that is there has its own
// title and minutes.
func plan() []row {
	return []row{
		{number: 0, title: words.Text{En: "First contact", Fr: "Premier contact"}, minutes: 3, contact: true},
		{number: 1, title: words.Text{En: "Foundations", Fr: "Fondements"}, minutes: 30},
		{number: 2, title: words.Text{En: "Practice", Fr: "Pratique"}, minutes: 45},
		{number: 3, title: words.Text{En: "Reliability", Fr: "Fiabilité"}, minutes: 30},
		{number: 4, title: words.Text{En: "Deployment", Fr: "Déploiement"}, minutes: 15},
		{number: 5, title: words.Text{En: "Validation", Fr: "Validation"}, minutes: 20},
		{number: 6, title: words.Text{En: "Faults", Fr: "Pannes"}, minutes: 30},
	}
}

// New makes the dialog. The module that the learner was in is the one that
// Enter starts.
func New(modules map[words.Lang][]*course.Module, m memory.Memory, current int) *Dialog {
	d := &Dialog{modules: modules, memory: m, at: -1}
	for lang := range modules {
		for i, r := range d.rows(lang) {
			if r.module != nil && (r.number == current || d.at < 0) {
				d.at = i
			}
		}
		break
	}
	d.at = max(d.at, 0)
	return d
}

// rows are the plan with what exists put in, in a language.
func (d *Dialog) rows(lang words.Lang) []row {
	rows := plan()
	for _, m := range d.modules[lang] {
		r := row{title: words.Text{En: m.Title, Fr: m.Title}, minutes: m.Minutes, number: m.Number, module: m}
		at := len(rows)
		for i := range rows {
			if rows[i].number == m.Number && !rows[i].contact {
				at = i
			}
		}
		if at < len(rows) {
			rows[at] = r
		} else {
			rows = append(rows, r)
		}
	}
	return rows
}

func (r *row) starts() bool { return r.module != nil || r.contact }

// Title says what it is.
func (d *Dialog) Title() words.Text { return words.Text{En: "the course", Fr: "le cours"} }

// Want is the whole screen: this page stands above everything.
func (d *Dialog) Want(w, h int) (columns, rows int) { return w, h }

// The most that the page fills of it, in the middle.
const (
	widest  = 92
	highest = 26
)

// Update takes a message in.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		return nil // it shows nothing of the ledger
	case pane.Scrolled:
		by := 1
		if msg.Rows < 0 {
			by = -1
		}
		d.move(by)
	}
	return d.Part.Update(msg)
}

// Key moves through the list and starts.
func (d *Dialog) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	switch key := k.String(); key {
	case "up", "k":
		d.move(-1)
	case "down", "j", "tab":
		d.move(1)
	case "enter", "space":
		return d.start(), true
	case "L", "T":
		return pane.Press{Key: key}, true
	case "H", "q":
		return pane.Close{}, true
	default:
		return nil, false
	}
	return nil, true
}

// Click starts what it points at.
func (d *Dialog) Click(_, y int) pane.Wish {
	if i := y - d.from - top; i >= 0 && i < len(d.rows(d.Lang)) {
		d.at = i
		d.Redraw()
		return d.start()
	}
	return nil
}

func (d *Dialog) move(by int) {
	rows := d.rows(d.Lang)
	for at := d.at + by; at >= 0 && at < len(rows); at += by {
		if rows[at].starts() {
			d.at = at
			break
		}
	}
	d.Redraw()
}

func (d *Dialog) start() pane.Wish {
	r := &d.rows(d.Lang)[d.at]
	switch {
	case r.contact:
		return pane.All{pane.Close{}, Contact{}}
	case r.module == nil:
		return nil
	}
	return pane.All{pane.Close{}, pane.GoTo{Module: r.number, Step: d.next(r.module)}}
}

// next is the step to go on at: where the learner was, else the first that was
// never reached.
func (d *Dialog) next(m *course.Module) int {
	if module, step, known := d.memory.Position(); known && module == m.Number {
		return step
	}
	for i := range m.Steps {
		if !d.memory.Seen(m.Number, i) {
			return i
		}
	}
	return 0
}

// Help says what the keys do.
func (d *Dialog) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose", Fr: "choisir"}},
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "start", Fr: "commencer"}},
		{Key: words.Text{En: "L", Fr: "L"}, Does: words.Text{En: "en français", Fr: "in English"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
	}
}

// top is the row at which the list begins.
const top = 3

// View draws the page.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	w, h := min(a.W, widest), min(a.H, highest)
	d.from = (a.H - h) / 2
	a = a.Sub((a.W-w)/2, d.from, w, h)
	intro := d.Pick("Nothing is claimed here that is not shown.", "Ici, rien n’est affirmé qui ne soit montré.")
	a.Put(2, 1, intro, screen.Italic)
	rows := d.rows(d.Lang)
	for i := range rows {
		d.line(a, top+i, &rows[i], i == d.at)
	}
	y := top + len(rows) + 1
	if d.at < len(rows) {
		for _, part := range d.about(&rows[d.at], a.W-4) {
			if y+len(part) > a.H-1 {
				break // half a sentence tells nothing
			}
			for _, l := range part {
				l.Put(a, 2, y)
				y++
			}
		}
	}
}

// line is one module: number, title, minutes, progress.
func (d *Dialog) line(a screen.Area, y int, r *row, chosen bool) {
	st := screen.Ink
	if !r.starts() {
		st = screen.Faint
	}
	if chosen {
		a.Put(2, y, "▸", screen.Accent|screen.Bold)
		a.Shade(1, y, a.W-2, screen.OnFocus)
		st |= screen.Bold
	}
	minutes := strconv.Itoa(r.minutes) + "\u00a0min"
	a.Put(4, y, strconv.Itoa(r.number), screen.Faint)
	a.Put(6, y, screen.Cut(screen.Plain(r.title.In(d.Lang)), 22), st)
	a.PutRight(38, y, minutes, screen.Faint)
	x := 41
	switch {
	case r.contact && d.memory.Met():
		x = a.Put(x, y, d.Sign("✓")+d.Pick(" done", " fait"), screen.Fine)
		d.more(a, x, y, d.Pick("; always here", "\u202f; toujours ici"), screen.Fine)
	case r.contact:
		a.Put(x, y, d.Pick("three Enters", "trois fois Entrée"), screen.Accent)
	case r.module == nil:
		a.Put(x, y, d.Pick("not yet", "pas encore"), screen.Faint)
	default:
		d.progress(a, x, y, r.module)
	}
}

// progress is how far the learner is in a module: steps seen, checks held.
func (d *Dialog) progress(a screen.Area, x, y int, m *course.Module) {
	seen := 0
	for i := range m.Steps {
		if d.memory.Seen(m.Number, i) {
			seen++
		}
	}
	held, all := 0, 0
	for _, lab := range m.Labs() {
		for _, c := range m.Checks(lab.Index) {
			all++
			if d.memory.Held(memory.Lab{Module: m.Number, Index: lab.Index}, c.Expr) {
				held++
			}
		}
	}
	const bar = 8
	full := 0
	if len(m.Steps) > 0 {
		full = seen * bar / len(m.Steps)
	}
	x = a.Put(x, y, strings.Repeat("▰", full)+strings.Repeat("▱", bar-full)+" ", screen.Accent)
	of := func(n, of int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(of) }
	x = a.Put(x, y, of(seen, len(m.Steps)), screen.Ink)
	x = d.more(a, x, y, d.Pick(" steps", " étapes"), screen.Ink)
	d.more(a, x, y, " · "+of(held, all)+d.Pick(" checks", " points"), screen.Faint)
}

// more writes what can be left out, where there is room for all of it.
func (d *Dialog) more(a screen.Area, x, y int, s string, st screen.Style) int {
	if x+screen.Width(s) >= a.W {
		return a.W
	}
	return a.Put(x, y, s, st)
}

// about is what the chosen module shows, in parts of which each is whole.
func (d *Dialog) about(r *row, w int) [][]screen.Line {
	if r.contact {
		return [][]screen.Line{screen.Wrap(screen.Text(d.Pick(
			"Three minutes, one pane, three times Enter: send a message, lose its answer, read the log. No need to know Kafka.",
			"Trois minutes, un panneau, trois fois Entrée : envoyer un message, perdre sa réponse, lire le journal. Sans rien savoir de Kafka."), screen.Ink), w)}
	}
	if r.module == nil {
		return nil
	}
	var parts [][]screen.Line
	if step := d.next(r.module); step > 0 && step < len(r.module.Steps) {
		at := d.Pick("Enter goes on at step ", "Entrée reprend à l’étape ") + strconv.Itoa(step+1) + d.Pick(": ", "\u00a0: ") + screen.Plain(r.module.Steps[step].Title)
		parts = append(parts, []screen.Line{screen.Text(screen.Cut(at, w), screen.Accent), nil})
	}
	parts = append(parts, []screen.Line{screen.Text(d.Pick("You will be able to", "Vous saurez"), screen.Faint)})
	for _, o := range r.module.Objectives {
		parts = append(parts, screen.Indented(screen.Text("• ", screen.Accent), screen.Text("  ", screen.Ink), screen.Text(screen.Plain(o), screen.Ink), w))
	}
	return parts
}
