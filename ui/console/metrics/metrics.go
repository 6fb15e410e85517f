package metrics

import (
	"math"
	"strconv"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/metrics"

	tea "charm.land/bubbletea/v2"
)

// Pane lists the run's metrics, a row a series under the name of its family.
type Pane struct {
	pane.Part
	rows  []row
	of    *ledger.Snapshot // that the rows are of
	lang  words.Lang
	first int // row in sight
}

// row is a family, or one of its samples.
type row struct {
	name, labels, value string
	help                string // of a family
}

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if s, is := msg.(pane.Scrolled); is {
		p.scroll(s.Rows)
	}
	return p.Part.Update(msg)
}

// Key scrolls, and copies.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	if by, is := pane.Steps(k.String(), p.H); is {
		p.scroll(by)
		return nil, true
	}
	return pane.CopyOut(k.String(), p.Pick("metrics", "métriques"), func() string {
		if p.Seen.Snap == nil {
			return ""
		}
		return string(metrics.Append(nil, metrics.OnScreen(p.Seen.Snap), p.Lang))
	})
}

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "scroll", Fr: "défiler"}},
		{Key: words.Text{En: "y", Fr: "y"}, Does: words.Text{En: "copy all, as Prometheus reads it", Fr: "tout copier, comme Prometheus le lit"}},
	}
}

func (p *Pane) scroll(by int) {
	p.first = max(min(p.first+by, len(p.rows)-p.H), 0)
	p.Redraw()
}

// read makes the rows, once for each version of the ledger.
func (p *Pane) read() {
	s := p.Seen.Snap
	if p.of == s && p.lang == p.Lang {
		return
	}
	p.of, p.lang, p.rows = s, p.Lang, p.rows[:0]
	if len(s.Ways) == 0 {
		p.rows = append(p.rows, row{help: p.Pick("Nothing sent yet: p sends one message, and its counts stand here.", "Rien n’est encore parti : p envoie un message, et ses comptes sont ici.")})
	}
	families := metrics.OnScreen(s)
	for i := range families {
		f := &families[i]
		head := row{name: f.Name, help: f.Help.In(p.Lang)}
		samples := f.Samples
		if len(samples) == 1 && len(samples[0].Labels) == 0 {
			head.value, samples = number(&samples[0]), nil
		}
		p.rows = append(p.rows, head)
		for k := range samples {
			labels := samples[k].Braced()
			if samples[k].Suffix != "" {
				labels = samples[k].Suffix + labels
			}
			p.rows = append(p.rows, row{labels: screen.Plain(labels), value: number(&samples[k])})
		}
	}
}

// number is a value as Prometheus writes it, with as many digits as one reads.
func number(s *metrics.Sample) string {
	if s.Value == math.Trunc(s.Value) {
		return s.Number()
	}
	return strconv.FormatFloat(s.Value, 'f', 6, 64)
}

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	if p.Seen.Snap == nil {
		return
	}
	p.read()
	// The names and the values of all rows, so that nothing moves on scrolling.
	const indent, gap = 1, 1
	name, value := 0, 0
	for i := range p.rows {
		r := &p.rows[i]
		if r.value != "" {
			name = max(name, screen.Width(r.name), indent+screen.Width(r.labels))
		}
		value = max(value, len(r.value))
	}
	name = min(name, a.W-3-gap-value)
	p.first = max(min(p.first, len(p.rows)-a.H), 0)
	for y := range min(a.H, len(p.rows)-p.first) {
		r := &p.rows[p.first+y]
		if r.name != "" {
			p.family(a, y, r, name+value+5)
		} else if r.labels == "" {
			a.Put(1, y, screen.Cut(r.help, a.W-2), screen.Faint)
		}
		a.Put(1+indent, y, screen.Cut(r.labels, name-indent), screen.Ink)
		st := screen.Ink | screen.Bold
		if r.value == "0" {
			st = screen.Faint
		}
		a.PutRight(1+name+gap+value, y, r.value, st)
	}
	if p.first > 0 {
		a.PutRight(a.W-1, 0, " ↑", screen.Faint)
	}
	if p.first+a.H < len(p.rows) {
		a.PutRight(a.W-1, a.H-1, " ↓", screen.Faint)
	}
}

// family writes a name, and what it means where there is room: beside it on a
// wide screen.
func (p *Pane) family(a screen.Area, y int, r *row, wide int) {
	x := a.Put(1, y, screen.Cut(r.name, a.W-2), screen.Accent)
	if r.value == "" && screen.Width(r.help) < a.W-x-5 && wide+screen.Width(r.help) >= a.W-3 {
		wide = x + 2
	}
	if wide+screen.Width(r.help) < a.W-3 {
		a.Put(max(wide, x+2), y, r.help, screen.Faint)
	}
}
