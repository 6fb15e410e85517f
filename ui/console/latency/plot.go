package latency

import (
	"math"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// few is how many points are drawn one by one, each a mark; more are dots, two
// by four a cell.
const few = 64

// plot turns latencies into rows of a log scale, and points into cells.
type plot struct {
	low, high float64 // decades of ms at the bottom and the top
	h         int     // rows

	patterns string // the cells that dots make: 256 characters of three bytes
	cells    []uint8
	styles   []screen.Style
	labels   []screen.Style // of the snapshot's labels
}

func newPlot() plot {
	b := make([]byte, 0, 3*256)
	for r := rune(0x2800); r < 0x2900; r++ {
		b = append(b, string(r)...)
	}
	return plot{patterns: string(b)}
}

// airy is how many rows a decade should have.
const airy = 2

// scale chooses the decades: 1 ms to 10 s, and more where something lies
// beyond. Where rows are few, only those that something lies in: a scale on which
// several decades share a row tells nothing.
func (p *plot) scale(acks []ledger.Ack, rows int) {
	p.low, p.high, p.h = 0, 4, rows
	if len(acks) == 0 {
		return
	}
	fastest, slowest := acks[0].Latency, acks[0].Latency
	for i := range acks {
		fastest, slowest = min(fastest, acks[i].Latency), max(slowest, acks[i].Latency)
	}
	low, high := -1.0, 0.0
	for low < 5 && fastest >= reach(low+1) {
		low++
	}
	for high < 6 && slowest > reach(high) {
		high++
	}
	high = max(high, low+1)
	if p.low, p.high = min(low, 0), max(high, 4); float64(rows-1) < airy*(p.high-p.low) {
		p.low, p.high = low, high
	}
}

// reach is how long a decade of ms is.
func reach(decade float64) time.Duration {
	return time.Duration(math.Round(math.Pow(10, decade+6)))
}

// dot is how high a latency stands, of n steps from the top.
func (p *plot) dot(ms float64, n int) int {
	part := (math.Log10(max(ms, 1e-3)) - p.low) / (p.high - p.low)
	return n - 1 - min(max(int(math.Round(part*float64(n-1))), 0), n-1)
}

// axis writes the decades, and where the percentiles of the run stand.
func (p *plot) axis(a screen.Area, ax chart.Axis, t *ledger.Totals, lang words.Lang) {
	if p.h <= 0 {
		return
	}
	for y := range p.h {
		a.Put(ax.X-1, y, "│", screen.Quiet)
	}
	// A decade needs a row of its own; where there are too few, each second one
	// has a label, or each third.
	every := 1.0
	for every < p.high-p.low && every*float64(p.h-1) < p.high-p.low {
		every++
	}
	for decade := p.high; decade >= p.low; decade -= every {
		y := p.dot(math.Pow(10, decade), p.h)
		a.Put(ax.X-1, y, "┤", screen.Quiet)
		a.PutRight(ax.X-1, y, round(decade, lang), screen.Faint)
	}
	if t.Samples < 2 || p.h < 3 {
		return
	}
	p50, p99 := p.dot(t.P50, p.h), p.dot(t.P99, p.h)
	tags := [...]struct {
		y    int
		text string
	}{{p50, "p50"}, {p99, "p99"}}
	if p50 == p99 {
		tags[0].text, tags[1].text = "", "p50·99"
	}
	for _, tag := range tags {
		if tag.text != "" {
			a.PutRight(ax.X-9, tag.y, tag.text, screen.Accent)
		}
	}
}

// round writes a decade of ms.
func round(decade float64, lang words.Lang) string {
	if decade < 3 {
		return telling.Millis(math.Pow(10, decade), lang)
	}
	return telling.Count(int64(math.Pow(10, decade-3)), lang) + "\u00a0s"
}

// points draws the acks: marks while they are few, dots of many.
func (p *plot) points(a screen.Area, ax chart.Axis, s *ledger.Snapshot) {
	if p.h <= 0 || ax.W <= 0 {
		return
	}
	p.colour(s.Labels)
	inSight := 0
	for i := range s.Acks {
		if ax.Has(handedOver(&s.Acks[i])) {
			inSight++
		}
	}
	if inSight > few {
		p.dots(a, ax, s.Acks)
		return
	}
	for i := range s.Acks {
		if ack := &s.Acks[i]; ax.Has(handedOver(ack)) {
			a.Put(ax.Col(handedOver(ack)), p.dot(millis(ack), p.h), "●", p.style(ack))
		}
	}
}

// dots draws the acks two by four a cell.
func (p *plot) dots(a screen.Area, ax chart.Axis, acks []ledger.Ack) {
	n := p.h * ax.W
	if len(p.cells) < n {
		p.cells, p.styles = make([]uint8, n), make([]screen.Style, n)
	}
	cells := p.cells[:n]
	clear(cells)
	fine := ax
	fine.X, fine.W = 0, 2*ax.W
	for i := range acks {
		ack := &acks[i]
		if !ax.Has(handedOver(ack)) {
			continue
		}
		st := p.style(ack)
		x, y := fine.Col(handedOver(ack)), p.dot(millis(ack), 4*p.h)
		cell := y/4*ax.W + x/2
		if cells[cell] != 0 && p.styles[cell] != st {
			st = screen.Ink // of several labels
		}
		p.styles[cell] = st
		cells[cell] |= brailleDot(x%2, y%4)
	}
	for cell, dots := range cells {
		if at := 3 * int(dots); dots != 0 {
			a.Put(ax.X+cell%ax.W, cell/ax.W, p.patterns[at:at+3], p.styles[cell])
		}
	}
}

func handedOver(ack *ledger.Ack) time.Duration { return ack.At - ack.Latency }

func millis(ack *ledger.Ack) float64 { return float64(ack.Latency) / float64(time.Millisecond) }

// colour gives each label its colour.
func (p *plot) colour(labels []ledger.Totals) {
	p.labels = p.labels[:0]
	for i := range labels {
		p.labels = append(p.labels, screen.Label(telling.Rank(labels, labels[i].Label)))
	}
}

func (p *plot) style(ack *ledger.Ack) screen.Style {
	if ack.Label < 0 || int(ack.Label) >= len(p.labels) {
		return screen.Accent
	}
	return p.labels[ack.Label]
}

// brailleDot is the bit of one of the two by four dots of a cell.
func brailleDot(x, y int) uint8 {
	if y == 3 {
		return 0x40 << x
	}
	return 1 << (y + 3*x)
}
