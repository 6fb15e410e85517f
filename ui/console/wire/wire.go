package wire

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane lists the last Produce requests, the newest at the bottom; of the one
// that is chosen it tells everything.
type Pane struct {
	pane.Part
	list    pane.List[ledger.AttemptID]
	columns []column
	known   known
	rows    []*row // those in sight, from the first
	top     int    // rows of the head
	from    int    // the first request in sight
	opened  int    // rows below the chosen one
	fields  []field
	short   bool // of heads
	gap     int  // between two columns
}

// New makes the pane.
func New() *Pane { return &Pane{columns: columns()} }

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if s, is := msg.(pane.Scrolled); is {
		p.move(s.Rows)
	}
	return p.Part.Update(msg)
}

// Key chooses a row, and copies it out.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if by, is := pane.Steps(k.String(), p.H-p.top-p.opened); is {
		p.move(by)
		return nil, true
	}
	at := p.chosen()
	if at < 0 {
		return nil, false
	}
	return pane.CopyOut(k.String(), p.Pick("request", "trame"), func() string { return Text(&p.requests()[at], p.Lang) })
}

// Click chooses a row.
func (p *Pane) Click(_, y int) pane.Wish {
	at, requests, chosen := p.from+y-p.top, p.requests(), p.chosen()
	if y < p.top {
		return nil
	}
	if at > chosen {
		if at -= p.opened; at <= chosen {
			return nil // within what is told of it
		}
	}
	if at < len(requests) {
		p.list.Choose(at, len(requests), idAt(requests))
		p.Redraw()
	}
	return nil
}

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	choose := pane.Hint{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "choose a request", Fr: "choisir une requête"}}
	return append([]pane.Hint{choose}, pane.CopyHints()...)
}

func (p *Pane) requests() []ledger.Attempt {
	if p.Seen.Snap == nil {
		return nil
	}
	return p.Seen.Snap.Requests
}

func idAt(list []ledger.Attempt) func(int) ledger.AttemptID {
	return func(i int) ledger.AttemptID { return list[i].ID }
}

func (p *Pane) chosen() int {
	list := p.requests()
	return p.list.Chosen(len(list), idAt(list))
}

func (p *Pane) move(by int) {
	list := p.requests()
	p.list.Choose(p.chosen()+by, len(list), idAt(list))
	p.Redraw()
}

// Told is about how many rows it takes to tell everything of the request that is
// chosen, while the pane has the focus.
const Told = 5

// Rows is how many rows the requests of a run fill, with their head.
func Rows(s *ledger.Snapshot) int {
	if len(s.Requests) == 0 {
		return 0
	}
	return 1 + len(s.Requests)
}

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	s := p.Seen.Snap
	if s == nil {
		return
	}
	if len(s.Requests) == 0 {
		p.empty(a)
		return
	}
	p.known.forget(s.Run, p.Lang)
	chosen := p.chosen()
	p.top, p.opened = 1, 0
	var detail []screen.Line
	if p.Focus && a.H >= 8 {
		p.fields = fieldsOf(p.fields[:0], &s.Requests[chosen], p.Lang)
		detail = flow(p.fields, a.W-6, a.H-p.top-3)
		p.opened = len(detail)
	}
	n := min(a.H-p.top-p.opened, len(s.Requests))
	p.from = p.list.First(chosen, len(s.Requests), n)
	p.rows = p.rows[:0]
	for i := p.from; i < p.from+n; i++ {
		p.rows = append(p.rows, p.known.row(&s.Requests[i], p.columns, p.Lang))
	}
	mark := p.unseen(n)
	p.fit(a.W, screen.Width(mark))
	p.head(a, mark)
	y := p.top
	for i, r := range p.rows {
		p.draw(a, y, r)
		if p.from+i == chosen && p.Focus {
			a.Put(0, y, "▸", screen.Accent|screen.Bold)
			a.Shade(0, y, a.W, screen.OnFocus)
			for k, l := range detail {
				a.Put(2, y+1+k, "│", screen.Quiet)
				l.Put(a, 4, y+1+k)
			}
			y += p.opened
		}
		y++
	}
}

func (p *Pane) empty(a screen.Area) {
	lines := [...]string{
		p.Pick("No Produce request yet.", "Aucune requête Produce pour l’instant."),
		p.Pick("p sends one message: the request that carries it is decoded here.", "p envoie un message : la requête qui le porte est décodée ici."),
	}
	screen.Centred(a, screen.Faint, lines[:]...)
}

// fit chooses the columns that there is room for, those that matter most
// first, and makes each as wide as what stands in it; the last one's head leaves
// room for the mark beside it.
func (p *Pane) fit(w, mark int) {
	room := w - 2
	p.gap = 2
	if p.short = w < short; p.short {
		p.gap = 1
	}
	for i := range p.columns {
		c := &p.columns[i]
		c.width, c.shown = screen.Width(p.headOf(c)), false
		if i == len(p.columns)-1 {
			c.width += mark
		}
		for _, r := range p.rows {
			c.width = max(c.width, screen.Width(r.cells[i].text))
		}
		c.width = min(c.width, c.most)
	}
	for rank := range p.columns {
		for i := range p.columns {
			if c := &p.columns[i]; c.rank == rank {
				if c.width > room {
					return
				}
				c.shown = true
				room -= c.width + p.gap
			}
		}
	}
}

// short is the width below which columns have short heads and little between
// them.
const short = 100

func (p *Pane) headOf(c *column) string {
	if p.short && c.short.En != "" {
		return c.short.In(p.Lang)
	}
	return c.head.In(p.Lang)
}

func (p *Pane) head(a screen.Area, mark string) {
	x := 1
	for i := range p.columns {
		if c := &p.columns[i]; c.shown {
			p.cell(a, x, 0, c, p.headOf(c), screen.Faint)
			x += c.width + p.gap
		}
	}
	a.PutRight(a.W-1, 0, mark, screen.Faint)
}

// unseen says how many requests stand above the first row and below the last.
func (p *Pane) unseen(n int) string {
	mark := ""
	if p.from > 0 {
		mark = " ↑ " + telling.Count(int64(p.from), p.Lang)
	}
	if below := len(p.Seen.Snap.Requests) - p.from - n; below > 0 {
		mark += " ↓ " + telling.Count(int64(below), p.Lang)
	}
	return mark
}

func (p *Pane) draw(a screen.Area, y int, r *row) {
	x := 1
	for i := range p.columns {
		if c := &p.columns[i]; c.shown {
			p.cell(a, x, y, c, r.cells[i].text, r.cells[i].style)
			x += c.width + p.gap
		}
	}
}

func (p *Pane) cell(a screen.Area, x, y int, c *column, s string, st screen.Style) {
	s = screen.Cut(s, c.width)
	if c.right {
		a.PutRight(x+c.width, y, s, st)
		return
	}
	a.Put(x, y, s, st)
}
