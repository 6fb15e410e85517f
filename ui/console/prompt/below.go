package prompt

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// candidateRows is how many rows of candidates are shown at once.
const candidateRows = 3

// Below is what stands under the line while somebody writes it: the candidates,
// or what is wrong, under the column where it is. Nil: nothing.
func (p *Pane) Below(w int) []screen.Line {
	switch {
	case !p.Focus:
		return nil
	case p.completion.open():
		return p.list(w)
	case p.why != nil:
		return p.complaint(w)
	}
	return nil
}

// complaint is an error under its column: beside the caret where there is room,
// below it where there is not.
func (p *Pane) complaint(w int) []screen.Line {
	text := screen.Plain(words.Tell(p.Lang, p.why))
	mark, st := telling.Bad.Mark()
	said := screen.Indented(screen.Line{mark}, screen.Text("  ", screen.Ink), screen.Text(text, st), w-2)
	x, inSight := p.editor.Column(p.wrong.Column-1, textFrom, p.room(w))
	if p.wrong.Length == 0 || !inSight {
		return inset(said)
	}
	caret := screen.Text(strings.Repeat(" ", x), screen.Ink).Add("▲", screen.Failed|screen.Bold)
	if x+2+screen.Width(text) < w {
		return []screen.Line{caret.Add(" "+text, st)}
	}
	return append([]screen.Line{caret}, inset(said)...)
}

func inset(rows []screen.Line) []screen.Line {
	return screen.Prefixed(screen.Text(" ", screen.Ink), rows)
}

// candidateSpot is where a candidate stands below the line.
type candidateSpot struct{ y, from, to int }

// candidateSpots sets the candidates in rows, and as many rows in sight as there
// may be: those around the chosen one. Others have a row out of sight.
func (p *Pane) candidateSpots(w int) []candidateSpot {
	all := p.completion.candidates
	if len(all) == 0 {
		return nil
	}
	spots := make([]candidateSpot, len(all))
	x, y := textFrom, 0
	for i, c := range all {
		n := screen.Width(screen.Plain(c))
		if x+n+counterRoom > w && x > textFrom {
			x, y = textFrom, y+1
		}
		spots[i] = candidateSpot{y, x, x + n}
		x += n + 2
	}
	first := 0
	if at := p.completion.at; at >= 0 {
		first = min(max(0, spots[at].y-1), max(0, y-candidateRows+1))
	}
	for i := range spots {
		if spots[i].y -= first; spots[i].y >= candidateRows {
			spots[i].y = -1
		}
	}
	return spots
}

// counterRoom is left at the right for how many there are.
const counterRoom = 10

// list writes the candidates in sight, the chosen one on a background.
func (p *Pane) list(w int) []screen.Line {
	all := p.completion.candidates
	spots := p.candidateSpots(w)
	rows := make([]screen.Line, 0, candidateRows)
	hidden := 0
	for i, s := range spots {
		if s.y < 0 {
			hidden++
			continue
		}
		for len(rows) <= s.y {
			rows = append(rows, nil)
		}
		row := &rows[s.y]
		*row = row.Add(strings.Repeat(" ", s.from-row.Width()), screen.Ink)
		st := screen.Code
		if i == p.completion.at {
			st = screen.Accent | screen.Bold | screen.OnFocus
		}
		*row = row.Add(screen.Cut(screen.Plain(all[i]), w-s.from), st)
	}
	if hidden > 0 {
		last := &rows[len(rows)-1]
		*last = last.Add("  +"+strconv.Itoa(hidden), screen.Faint)
	}
	return rows
}
