package race

import (
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/chart"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane is the race of two labels: the first left, the second right, the same
// lines of both beside each other.
type Pane struct {
	pane.Part
	lines    []line
	signs    []chart.Sign
	shown    uint          // those that are on screen
	from, to time.Duration // of both lanes
}

// line is one thing that is said of both.
type line struct {
	name words.Text
	rank int // the lowest stays longest where rows are short
	says func(l *lap, room int) screen.Line
	lane bool // the attempts follow, on the time that both share

	signs bool // some of its words are signs: those of the copies
}

// New makes the pane.
func New() *Pane {
	p := &Pane{signs: []chart.Sign{
		chart.Added(), chart.Same(), chart.GaveUp(), chart.Cut(), chart.Refused(), chart.Unasked(), chart.Departed(), chart.Arrived(), chart.Heard(), chart.Pause(),
	}}
	p.lines = []line{
		{rank: 0, says: func(l *lap, _ int) screen.Line {
			return screen.Text(screen.Plain(l.Label), l.style|screen.Bold).Add(" "+screen.Plain(l.Mode), screen.Bold).Add("  "+l.knownBy(p.Lang), screen.Faint)
		}},
		{words.Text{En: "attempts", Fr: "tentatives"}, 2, func(l *lap, _ int) screen.Line { return l.attempts(p.Lang) }, true, false},
		{words.Text{En: "copies", Fr: "copies"}, 4, func(l *lap, _ int) screen.Line { return l.copies(p.Seen.Snap, p.Lang) }, false, true},
		{words.Text{En: "report", Fr: "rapport"}, 3, func(l *lap, _ int) screen.Line { return l.report(p.Seen, p.Lang) }, false, false},
		{words.Text{En: "the log", Fr: "le journal"}, 1, func(l *lap, room int) screen.Line { return l.verdict(p.Seen, p.Lang, room) }, false, false},
		{words.Text{En: "sent", Fr: "envoyés"}, tall + 8, func(l *lap, _ int) screen.Line {
			return screen.Text(telling.Count(l.Sent, p.Lang), screen.Ink)
		}, false, false},
		{words.Text{En: "latency", Fr: "latence"}, tall, func(l *lap, _ int) screen.Line { return l.took(p.Lang) }, false, false},
	}
	return p
}

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if now, is := msg.(pane.Seen); is && now.Snap.InFlight > 0 && now.Snap.InFlight <= few && now.Now != p.Seen.Now {
		p.Redraw() // what is under way grows with time
	}
	return p.Part.Update(msg)
}

// Rows is how many rows a race can fill; 0 where two labels did not run under
// one fault.
func Rows(s *ledger.Snapshot) int {
	if len(s.Labels) < 2 || len(s.Bands) == 0 {
		return 0
	}
	return 11
}

// sideBySide is how many columns it takes to set the two beside each other.
const sideBySide = 56

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	s := p.Seen.Snap
	if s == nil {
		return
	}
	labels := racers(s)
	if labels == nil {
		p.alone(a)
		return
	}
	two := []lap{run(s, labels[0]), run(s, labels[1])}
	two[0].veiled, two[1].veiled = p.Seen.Veiled, p.Seen.Veiled
	p.from, p.to = span(s, two, p.Seen.Now)
	p.shown = 0
	below := 0
	if a.H >= 6 {
		below = 1 + min(1, a.H/8)
	}
	p.below(a, p.beside(a.Sub(0, 0, a.W, a.H-below), two), two)
}

// beside draws the two and returns the rows that they took.
func (p *Pane) beside(a screen.Area, two []lap) int {
	n := each(two, a.H)
	if a.W < sideBySide {
		half := a.H / 2
		p.lap(a.Sub(0, 0, a.W, half), &two[0], n)
		return half + p.lap(a.Sub(0, half, a.W, half), &two[1], n)
	}
	half := (a.W - 1) / 2
	rows := p.lap(a.Sub(0, 0, half, a.H), &two[0], n)
	p.lap(a.Sub(half+1, 0, a.W-half-1, a.H), &two[1], n)
	for y := range rows {
		a.Put(half, y, "│", screen.Quiet)
	}
	return rows
}

// below says which faults both ran under, and explains the signs.
func (p *Pane) below(a screen.Area, y int, two []lap) {
	if a.H-y > 3 {
		y++
	}
	if faults := under(p.Seen.Snap, two, p.Lang); faults != "" && y < a.H {
		x := a.Put(1, y, p.Pick("both under ", "tous deux sous "), screen.Faint)
		a.Put(x, y, screen.Cut(faults, a.W-x-1), screen.Fault)
		y++
	}
	chart.Legend(a.Sub(0, y, a.W, a.H-y), p.Lang, p.signs, p.shown)
}

// shows notes that a sign is on screen, for the legend.
func (p *Pane) shows(mark string) {
	for i := range p.signs {
		if p.signs[i].Mark == mark {
			p.shown |= 1 << i
		}
	}
}

// lap writes the lines of one of the two, as many as there is room for, and
// says how many rows that took. Where there are more, the time of the lane and so
// many attempts one by one come with them.
func (p *Pane) lap(a screen.Area, l *lap, attempts int) int {
	shown, names := 0, 0
	for i := range p.lines {
		if p.lines[i].rank < a.H {
			shown++
			names = max(names, screen.Width(p.lines[i].name.In(p.Lang)))
		}
	}
	lane := laneRows
	if a.H < tall || attempts == 0 {
		lane, attempts = 0, 0
	}
	step := 1
	for step < 3 && a.H >= (step+1)*shown+lane+attempts {
		step++ // air between them
	}
	attempts = max(0, min(attempts, a.H-step*shown-lane))
	y := 0
	for i := range p.lines {
		one := &p.lines[i]
		if one.rank >= a.H {
			continue
		}
		x := 1
		if one.rank > 0 {
			a.Put(x, y, one.name.In(p.Lang), screen.Faint)
			x += names + 2
		}
		if one.lane {
			y += p.attempts(a, l, one, x, y, lane, attempts) + step
			continue
		}
		said := cut(one.says(l, a.W-x-1), a.W-x-1)
		if one.signs && l.alone != nil {
			for _, mark := range strings.Fields(said.String()) {
				p.shows(mark)
			}
		}
		said.Put(a, x, y)
		y += step
	}
	return min(y, a.H)
}

// attempts writes how many there were, and of a lone message its lane; where there
// are rows for it, with the time above and each of them below. It returns how many
// rows that took beyond the first.
func (p *Pane) attempts(a screen.Area, l *lap, one *line, x, y, lane, each int) int {
	said := cut(one.says(l, a.W-x-1), a.W-x-1)
	in := x
	x = said.Put(a, x, y) + 2
	if l.alone != nil {
		l.lane(a.Sub(x, y, a.W-x-1, 1), p)
		if lane > 0 {
			l.time(a.Sub(x, y+1, a.W-x-1, lane), p)
			l.oneByOne(a.Sub(in, y+1+lane, a.W-in-1, each), p)
		}
	}
	return lane + each
}

// cut leaves of a row what fits; of what follows the first, nothing is cut in
// the middle.
func cut(l screen.Line, w int) screen.Line {
	for i, s := range l {
		n := screen.Width(s.Text)
		switch {
		case n <= w:
			w -= n
		case i == 0:
			return screen.Text(screen.Cut(s.Text, w), s.Style)
		case strings.TrimSpace(s.Text) == "" || s.Style == screen.Faint:
			return l[:i]
		case w > 0:
			return l[:i:i].Add("…", screen.Faint)
		default:
			return l[:i]
		}
	}
	return l
}

// alone says how a race comes about.
func (p *Pane) alone(a screen.Area) {
	rows := screen.Wrap(screen.Text(p.Pick("A race takes two labels under one fault:", "Une course demande deux étiquettes sous une même panne :"), screen.Faint), a.W-2)
	for _, l := range []string{"send 1 plain async as A &", "send 1 idempotent async as B"} {
		rows = append(rows, screen.Text(l, screen.Code))
	}
	y := max(0, (a.H-len(rows))/2)
	for i, l := range rows {
		l.Put(a, max(1, (a.W-rows[0].Width())/2), y+i)
	}
}
