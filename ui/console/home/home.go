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

// Dialog lists the first contact and the modules that there are: those of the
// course, or a trainer's own.
type Dialog struct {
	pane.Part
	modules map[words.Lang][]*course.Module
	memory  memory.Memory
	at      int // in rows
}

// New makes the dialog. The module that the learner was in is the one that
// Enter starts.
func New(modules map[words.Lang][]*course.Module, m memory.Memory, current int) *Dialog {
	d := &Dialog{modules: modules, memory: m, at: -1}
	for lang := range modules {
		for i, r := range d.rows(lang) {
			if r.module != nil && (r.module.Number == current || d.at < 0) {
				d.at = i
			}
		}
		break
	}
	d.at = max(d.at, 0)
	return d
}

// row is one line of the list: a module, or the first contact.
type row struct {
	title   words.Text
	minutes int
	number  string
	module  *course.Module // nil: the first contact
}

// rows are the first contact and the modules in a language.
func (d *Dialog) rows(lang words.Lang) []row {
	contact := row{title: words.Text{En: "First contact", Fr: "Premier contact"}, minutes: 3, number: "0"}
	rows := []row{contact}
	for _, m := range d.modules[lang] {
		if m.Number == 0 { // a trainer's own
			rows[0].number = ""
		}
		rows = append(rows, row{title: words.Text{En: m.Title, Fr: m.Title}, minutes: m.Minutes, number: strconv.Itoa(m.Number), module: m})
	}
	return rows
}

// Title says what it is.
func (d *Dialog) Title() words.Text { return words.Text{En: "the course", Fr: "le cours"} }

// Want is the whole screen: of the lesson behind it only pieces would be seen.
func (d *Dialog) Want(w, h int) (columns, rows int) { return w, h }

// What the page fills of it, at most, in the middle.
const (
	widest  = 92
	highest = 24
)

// low is the height below which the list begins at once.
const low = 20

// page is where the page stands in the room that there is, and the row of it at
// which the list begins.
func (d *Dialog) page() (at screen.Rect, top int) {
	at.W, at.H = min(d.W, widest), min(d.H, highest)
	at.X, at.Y = (d.W-at.W)/2, (d.H-at.H)/2
	if at.H < low {
		return at, 1
	}
	return at, 3
}

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
	case "L", "T", "S", "D":
		return pane.Press{Key: key}, true
	case "H", "q":
		return pane.Close{}, true
	default:
		return nil, false
	}
	return nil, true
}

// Click chooses what it points at, and starts it.
func (d *Dialog) Click(_, y int) pane.Wish {
	at, top := d.page()
	if i := y - at.Y - top; i >= 0 && i < len(d.rows(d.Lang)) {
		d.at = i
		d.Redraw()
		return d.start()
	}
	return nil
}

func (d *Dialog) move(by int) {
	d.at = min(max(d.at+by, 0), len(d.rows(d.Lang))-1)
	d.Redraw()
}

func (d *Dialog) start() pane.Wish {
	r := &d.rows(d.Lang)[d.at]
	if r.module == nil {
		return pane.All{pane.Close{}, Contact{}}
	}
	return pane.All{pane.Close{}, pane.GoTo{Module: r.module.Number, Step: d.next(r.module)}}
}

// next is the step to go on at: where the learner was, else the first that is
// not done.
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
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "start", Fr: "ouvrir"}},
		{Key: words.Text{En: "S", Fr: "S"}, Does: words.Text{En: "summary", Fr: "bilan"}},
		{Key: words.Text{En: "D", Fr: "D"}, Does: words.Text{En: "doctor", Fr: "diagnostic"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back", Fr: "retour"}},
		{Key: words.Text{En: "L", Fr: "L"}, Does: words.Text{En: "en français", Fr: "in English"}},
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose", Fr: "choisir"}},
	}
}

// View draws the page.
func (d *Dialog) View(a screen.Area) {
	d.Begin(a)
	at, top := d.page()
	a = a.Sub(at.X, at.Y, at.W, at.H)
	if top > 1 {
		a.Put(2, 1, d.Pick("Nothing is claimed here that is not shown.", "Ici, rien n’est affirmé qui ne soit montré."), screen.Italic)
	}
	rows := d.rows(d.Lang)
	for i := range rows {
		d.line(a, top+i, &rows[i], i == d.at)
	}
	y := top + len(rows) + 1
	for _, l := range d.about(&rows[min(d.at, len(rows)-1)], a.W-4) {
		l.Put(a, 2, y)
		y++
	}
}

// line is one module: number, title, minutes, progress.
func (d *Dialog) line(a screen.Area, y int, r *row, chosen bool) {
	st := screen.Ink
	if chosen {
		a.Put(2, y, "▸", screen.Accent|screen.Bold)
		defer a.Shade(1, y, a.W-2, screen.OnFocus) // once all is written
		st |= screen.Bold
	}
	minutes := strconv.Itoa(r.minutes) + "\u00a0min"
	a.Put(4, y, r.number, screen.Faint)
	a.Put(6, y, screen.Cut(screen.Plain(r.title.In(d.Lang)), 22), st)
	a.PutRight(38, y, minutes, screen.Faint)
	const x = 41
	room := a.W - x - 1
	switch {
	case r.module != nil:
		d.progress(a.Sub(x, y, room, 1), r.module)
	case d.memory.Met():
		a.Put(x, y, fitting(room, d.Sign("✓")+d.Pick(" done; always here", " fait\u202f; toujours ici"), d.Sign("✓")+d.Pick(" done", " fait")), screen.Fine)
	case d.memory.Skipped():
		a.Put(x, y, fitting(room, d.Pick("skipped; always here", "passé ; toujours ici"), d.Pick("skipped", "passé")), screen.Accent)
	default:
		a.Put(x, y, fitting(room, d.Pick("three Enters", "trois fois Entrée"), d.Pick("3 Enters", "3 × Entrée")), screen.Accent)
	}
}

// fitting is the first of some texts that there is room for; else the last.
func fitting(room int, texts ...string) string {
	for _, s := range texts {
		if screen.Width(s) <= room {
			return s
		}
	}
	return texts[len(texts)-1]
}

// progress is how far the learner is in a module: steps done, checks held.
func (d *Dialog) progress(a screen.Area, m *course.Module) {
	done := 0
	for i := range m.Steps {
		if d.memory.Seen(m.Number, i) {
			done++
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
		full = done * bar / len(m.Steps)
	}
	of := func(n, of int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(of) }
	steps := of(done, len(m.Steps)) + d.Pick(" steps", " étapes")
	checks := " · " + of(held, all) + d.Pick(" checks", " points")
	x := 0
	if bar+1+screen.Width(steps) <= a.W {
		x = a.Put(x, 0, strings.Repeat("▰", full)+strings.Repeat("▱", bar-full)+" ", screen.Accent)
	}
	if x = a.Put(x, 0, steps, screen.Ink); x+screen.Width(checks) <= a.W {
		a.Put(x, 0, checks, screen.Faint)
	}
}

// about is what the chosen module shows.
func (d *Dialog) about(r *row, w int) []screen.Line {
	if r.module == nil {
		return screen.Wrap(screen.Text(d.Pick(
			"Three minutes, one pane, three times Enter: send a message, lose its answer, read the log. No need to know Kafka.",
			"Trois minutes, un panneau, trois fois Entrée : envoyer un message, perdre sa réponse, lire le journal. Sans rien savoir de Kafka."), screen.Ink), w)
	}
	var rows []screen.Line
	bullet := func(s string) {
		rows = append(rows, screen.Indented(screen.Text("• ", screen.Accent), screen.Text("  ", screen.Ink), screen.Text(screen.Plain(s), screen.Ink), w)...)
	}
	if step := d.next(r.module); step > 0 && step < len(r.module.Steps) {
		at := d.Pick("Enter goes on at step ", "Entrée reprend à l’étape ") + strconv.Itoa(step+1) + d.Pick(": ", "\u00a0: ") + screen.Plain(r.module.Steps[step].Title)
		rows = append(rows, screen.Text(screen.Cut(at, w), screen.Accent))
		if d.H >= low {
			rows = append(rows, nil)
		}
	}
	rows = append(rows, screen.Text(d.Pick("You will be able to", "Vous saurez"), screen.Faint))
	for _, o := range r.module.Objectives {
		bullet(o)
	}
	return rows
}
