package portrait

import (
	"bytes"
	"fmt"
)

// box is a character that is lines: from the middle of its cell to some of its
// sides.
type box struct {
	arms
	look
}

type arms uint8

const (
	up arms = 1 << iota
	right
	down
	left
)

type look uint8

const (
	thin look = iota
	bold
	dotted
	round
	shade
)

// boxes are the lines that the console draws with. What is not among them is
// drawn as letters are.
var boxes = map[string]box{
	"─": {left | right, thin}, "│": {up | down, thin}, "╴": {left, thin}, "╶": {right, thin},
	"├": {up | down | right, thin}, "┤": {up | down | left, thin}, "┬": {left | right | down, thin}, "┴": {left | right | up, thin},
	"┼": {up | right | down | left, thin},
	"╭": {down | right, round}, "╮": {down | left, round}, "╰": {up | right, round}, "╯": {up | left, round},
	"━": {left | right, bold}, "┃": {up | down, bold}, "╸": {left, bold}, "╺": {right, bold},
	"┈": {left | right, dotted}, "┊": {up | down, dotted},
	"░": {left | right, shade},
}

// pen is the rule that a look is drawn by, behind its colour.
func (l look) pen() string {
	switch l {
	case bold:
		return ";stroke-width:3"
	case dotted:
		return ";stroke-width:1.5;stroke-dasharray:1.5 3.5"
	case shade:
		return fmt.Sprintf(";stroke-width:%d;stroke-opacity:.25", cellH)
	}
	return ";stroke-width:1.5"
}

// box draws the lines of a character whose cell begins at x, y.
func (d *drawing) box(x, y int, b box, colour string) {
	if colour == "" {
		colour = d.paper.ink
	}
	s := d.stroke(&d.lines, "stroke:"+colour+b.pen())
	middleX, middleY := x+cellW/2, y+cellH/2
	ends := func(before, after arms, from, middle, to int) (int, int) {
		if b.arms&before == 0 {
			from = middle
		}
		if b.arms&after == 0 {
			to = middle
		}
		return from, to
	}
	x0, x1 := ends(left, right, x, middleX, x+cellW)
	y0, y1 := ends(up, down, y, middleY, y+cellH)
	if b.look == round {
		sideX, sideY := x0+x1-middleX, y0+y1-middleY
		fmt.Fprintf(&s.bends, "M%d %dV%dQ%d %d %d %d", middleX, sideY, (sideY+middleY)/2, middleX, middleY, sideX, middleY)
		return
	}
	s.line(x0, middleY, x1, middleY)
	s.line(middleX, y0, middleX, y1)
}

// stroke is everything that is drawn by one rule.
type stroke struct {
	class string
	lines []line
	bends bytes.Buffer
}

type line struct{ x0, y0, x1, y1 int }

// stroke finds the one of a rule.
func (d *drawing) stroke(among *[]stroke, rule string) *stroke {
	class := d.class(rule)
	for i := range *among {
		if s := &(*among)[i]; s.class == class {
			return s
		}
	}
	*among = append(*among, stroke{class: class})
	return &(*among)[len(*among)-1]
}

// line draws on where one ends that goes the same way, so that nothing shows
// where cells meet.
func (s *stroke) line(x0, y0, x1, y1 int) {
	if x0 == x1 && y0 == y1 {
		return
	}
	for i := range s.lines {
		if l := &s.lines[i]; l.x1 == x0 && l.y1 == y0 && (l.y0 == l.y1) == (y0 == y1) {
			l.x1, l.y1 = x1, y1
			return
		}
	}
	s.lines = append(s.lines, line{x0, y0, x1, y1})
}

func (d *drawing) write(b *bytes.Buffer, strokes []stroke) {
	for i := range strokes {
		s := &strokes[i]
		fmt.Fprintf(b, `<path class="%s" d="`, s.class)
		for _, l := range s.lines {
			if l.y0 == l.y1 {
				fmt.Fprintf(b, "M%d %dh%d", l.x0, l.y0, l.x1-l.x0)
			} else {
				fmt.Fprintf(b, "M%d %dv%d", l.x0, l.y0, l.y1-l.y0)
			}
		}
		b.Write(s.bends.Bytes())
		b.WriteString("\"/>\n")
	}
}
