package portrait

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"

	uv "github.com/charmbracelet/ultraviolet"
)

// drawing is a picture while its cells are looked at, row by row.
type drawing struct {
	paper  paper
	rules  []string // of the style sheet; what is drawn names them by their place
	ground []stroke // backgrounds, one colour each
	lines  []stroke // lines, one colour and thickness each
	texts  bytes.Buffer
	run    run
}

// row draws the cells of one row: what is behind, lines, letters.
func (d *drawing) row(y int, cells uv.Line) {
	for x, c := range cells {
		if c.IsZero() {
			continue // the right half of what is wide
		}
		fg, bg := d.colours(c.Style)
		if bg != "" {
			rule := fmt.Sprintf("stroke:%s;stroke-width:%d", bg, cellH)
			d.stroke(&d.ground, rule).line(x*cellW, y*cellH+cellH/2, (x+c.Width)*cellW, y*cellH+cellH/2)
		}
		if b, is := boxes[c.Content]; is {
			d.box(x*cellW, y*cellH, b, fg)
		} else if c.Content != " " {
			d.letter(x, y, c, d.lettering(c.Style, fg))
		}
	}
	d.endRow()
}

// colours are those of a cell as it is seen; none is the paper's own.
func (d *drawing) colours(s uv.Style) (fg, bg string) {
	fg, bg = hex(s.Fg), hex(s.Bg)
	if s.Attrs&uv.AttrReverse == 0 {
		return fg, bg
	}
	if fg == "" {
		fg = d.paper.ink
	}
	if bg == "" {
		bg = d.paper.ground
	}
	return bg, fg
}

func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// lettering is the rule for letters of a style; none for those in ink.
func (d *drawing) lettering(s uv.Style, fg string) string {
	rule := ""
	add := func(when bool, property string) {
		if when {
			rule += ";" + property
		}
	}
	add(fg != "", "fill:"+fg)
	add(s.Attrs&uv.AttrBold != 0, "font-weight:bold")
	add(s.Attrs&uv.AttrItalic != 0, "font-style:italic")
	add(s.Underline != uv.UnderlineNone, "text-decoration:underline")
	if rule == "" {
		return ""
	}
	return rule[1:]
}

// class is the name of a rule.
func (d *drawing) class(rule string) string {
	i := slices.Index(d.rules, rule)
	if i < 0 {
		i = len(d.rules)
		d.rules = append(d.rules, rule)
	}
	return name(i)
}
