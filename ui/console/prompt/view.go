package prompt

import (
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
)

// textFrom is the column in which the line begins.
const textFrom = 3

// spot is where a hint stands, and the key that a click on it presses.
type spot struct {
	from, to int
	press    string
}

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	hints := p.hints
	if p.Focus {
		hints = p.Help()
	}
	st := screen.Faint
	if p.Focus {
		st = screen.Accent | screen.Bold
	}
	a.Put(1, 0, ":", st)
	shown := p.text(a, textFrom)
	p.writeHints(a, shown+2, hints)
}

// room is how many columns, from the left, the line under edit may take.
func (p *Pane) room(w int) int { return max(min(w/2, w-20), w-28) }

// text writes what is typed, or what ran last, and returns the column after.
func (p *Pane) text(a screen.Area, x int) int {
	if p.Focus {
		in := a.Sub(0, 0, p.room(a.W), 1)
		x, p.cursor = p.editor.View(in, x, p.wrong)
		if p.ghost != "" {
			// The arrow says what takes it, and that it is not there yet.
			x = in.Put(p.cursor, 0, screen.Cut(screen.Plain(p.ghost), max(in.W-p.cursor-2, 0))+" →", screen.Faint|screen.Italic)
		}
		return x
	}
	if p.last.line == "" {
		return a.Put(x, 0, p.Pick("write a lab line", "écrire une ligne de lab"), screen.Faint)
	}
	mark, st := "·", screen.Faint // it was carried out; what came of it is said below
	switch {
	case p.last.running:
		mark, st = pane.Spinner(p.beat), screen.Pending
	case !p.last.ok:
		mark, st = "✗", screen.Failed
	}
	x = a.Put(x, 0, p.Sign(mark)+" ", st)
	return a.Put(x, 0, screen.Cut(screen.Plain(p.last.line), max(min(a.W/2, a.W-20)-x, 1)), screen.Code)
}

// writeHints writes as many hints as fit, from the right.
func (p *Pane) writeHints(a screen.Area, from int, hints []pane.Hint) {
	total, n := 0, 0
	for _, h := range hints {
		w := screen.Width(h.Key.In(p.Lang)) + 1 + screen.Width(h.Does.In(p.Lang)) + 2
		if from+total+w > a.W {
			break
		}
		total += w
		n++
	}
	p.spots = p.spots[:0]
	x := a.W - total
	for _, h := range hints[:n] {
		left := x
		x = a.Put(x, 0, h.Key.In(p.Lang), screen.Accent) + 1
		x = a.Put(x, 0, h.Does.In(p.Lang), screen.Faint)
		p.spots = append(p.spots, spot{left, x, h.Press})
		x += 2
	}
}

// Click presses the key of a hint.
func (p *Pane) Click(x, _ int) pane.Wish {
	for _, s := range p.spots {
		if x >= s.from && x < s.to && s.press != "" {
			return pane.Press{Key: s.press}
		}
	}
	return nil
}
