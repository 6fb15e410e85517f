package reports

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// wide is the width from which a row also says what became of the message.
const wide = 100

// row is a report in words.
type row struct {
	at, name, way, where, took string
	short, mode                string // of where, of the way
	report                     telling.Said
	style                      screen.Style
	tries                      string // attempts, on a wide screen
	verdict                    telling.Said
}

// reuse keeps the words of rows from one frame to the next: a report does not
// change, but for one that counts.
type reuse struct {
	run   string
	lang  words.Lang
	known map[ledger.Ref]told
}

type told struct {
	delivery ledger.Delivery
	row      row
}

// forget drops what is of another run or language, or has become much.
func (r *reuse) forget(run string, lang words.Lang) {
	if r.known == nil || r.run != run || r.lang != lang || len(r.known) > 1024 {
		r.run, r.lang, r.known = run, lang, map[ledger.Ref]told{}
	}
}

func (p *Pane) row(s *ledger.Snapshot, d *ledger.Delivery, whole bool) row {
	t, there := p.known[d.Ref]
	if !there || t.delivery != *d {
		t = told{*d, row{
			at:     telling.Moment(d.At, p.Lang),
			mode:   screen.Plain(d.Mode),
			way:    screen.Plain(d.Mode) + "·" + screen.Plain(d.Sending),
			where:  where(d, p.Lang),
			short:  short(d, p.Lang),
			took:   took(d, p.Lang),
			report: report(d, p.Lang),
		}}
		p.known[d.Ref] = t
	}
	r := t.row
	r.name, r.style = p.name(d), p.cast.Style(d.Ref, d.Label)|screen.Bold
	if whole && d.Count == 1 {
		p.became(s, d, &r)
	}
	return r
}

// became adds what else is known of a message, while its details are.
func (p *Pane) became(s *ledger.Snapshot, d *ledger.Delivery, r *row) {
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := &s.Messages[i]
		if m.Ref != d.Ref {
			continue
		}
		r.tries = telling.Count(int64(len(m.Attempts)+m.More), p.Lang)
		r.verdict, _ = telling.Verdict(m, p.Lang)
		return
	}
}

// columns is where the columns of the rows in sight begin; 0 is one that is
// left out.
type columns struct {
	at            int // the end of the time
	name          int
	way           int
	report, where int
	tries         int // the end
	verdict       int
	end           int // of the latency
}

// columns makes each as wide as what stands in it.
func (p *Pane) columns(w int) columns {
	var at, name, report, where, verdict, took int
	for i := range p.rows {
		r := &p.rows[i]
		if w < wide {
			r.where = r.short
		}
		at, name = max(at, screen.Width(r.at)), max(name, screen.Width(r.name))
		if r.where != "" {
			report, where = max(report, screen.Width(r.report.Words)), max(where, screen.Width(r.where))
		}
		verdict, took = max(verdict, screen.Width(r.verdict.Words)), max(took, screen.Width(r.took))
	}
	told := report + 1 + where
	for i := range p.rows {
		told = max(told, screen.Width(p.rows[i].report.Words))
	}
	c := columns{at: 1 + at, end: w - 1}
	c.name = c.at + 2
	c.report = c.name + min(name, 16) + 2
	took += 2
	if way := p.way(w - c.report - 2 - told - took); way > 0 {
		c.way = c.report
		c.report += way + 2
	}
	c.where = c.report + 2 + report + 1
	if w >= wide {
		tries := screen.Width(p.tries())
		verdict = max(verdict, 8)
		c.end = min(c.end, c.report+2+told+2+tries+3+verdict+1+took)
		c.verdict = c.end - took - 1 - verdict
		c.tries = c.verdict - 3
	}
	return c
}

// way is the width of the mode and the sending, which stand where there is room
// for them beside the rest; else of the mode alone.
func (p *Pane) way(room int) int {
	var way, mode int
	for i := range p.rows {
		r := &p.rows[i]
		way, mode = max(way, screen.Width(r.way)), max(mode, screen.Width(r.mode))
	}
	if way+2 <= room {
		return way
	}
	for i := range p.rows {
		p.rows[i].way = p.rows[i].mode
	}
	if mode+2 <= room || mode <= 10 {
		return mode
	}
	return 0
}

func (p *Pane) tries() string { return p.Pick("attempts", "tentatives") }

func (p *Pane) head(a screen.Area, c *columns) {
	a.PutRight(c.at, 0, p.Pick("time", "temps"), screen.Faint)
	next := c.report
	if c.way > 0 {
		next = c.way
	}
	if message := p.Pick("message", "message"); c.name+screen.Width(message) < next {
		a.Put(c.name, 0, message, screen.Faint)
	}
	if c.way > c.name+8 {
		a.Put(c.way, 0, "mode", screen.Faint)
	}
	a.Put(c.report, 0, p.Pick("report", "rapport"), screen.Faint)
	if c.verdict > 0 {
		a.PutRight(c.tries, 0, p.tries(), screen.Faint)
		a.Put(c.verdict, 0, p.Pick("log", "journal"), screen.Faint)
	}
}

func (p *Pane) draw(a screen.Area, y int, c *columns, r *row) {
	a.PutRight(c.at, y, r.at, screen.Faint)
	next := c.report
	if c.way > 0 {
		next = c.way
		a.Put(c.way, y, screen.Cut(r.way, c.report-c.way-1), screen.Faint)
	}
	a.Put(c.name, y, screen.Cut(r.name, next-c.name-1), r.style)
	end := c.end - screen.Width(r.took)
	a.PutRight(c.end, y, r.took, screen.Ink)
	if c.verdict > 0 {
		end = c.tries - screen.Width(p.tries()) - 1
		a.PutRight(c.tries, y, r.tries, screen.Ink)
		a.Put(c.verdict, y, screen.Cut(r.verdict.Words, c.end-screen.Width(r.took)-c.verdict-1), r.verdict.Style)
	}
	a.Put(c.report, y, r.report.Mark, r.report.Style|screen.Bold)
	a.Put(c.report+2, y, screen.Cut(r.report.Words, end-c.report-3), r.report.Style)
	if r.where != "" {
		where := r.where
		if screen.Width(where) > end-c.where-1 {
			where = r.short
		}
		a.Put(c.where, y, screen.Cut(where, end-c.where-1), screen.Faint)
	}
}
