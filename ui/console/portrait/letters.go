package portrait

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// run is letters of one row in one style, with a blank between them at most.
type run struct {
	rule   string
	places []byte // of each letter
	text   string
	next   int // the column behind it
	row    int
	more   bool // the row has one already
}

// textual asks for a letter where some viewers would show a coloured picture.
const textual = "\ufe0e"

// letter puts what a cell says into its place.
func (d *drawing) letter(x, y int, c uv.Cell, rule string) {
	said := c.Content
	switch said {
	case "▶", "◀", "☑":
		said += textual
	}
	// What is more than one unit of UTF-16 takes several places.
	alone := utf8.RuneCountInString(said) > 1 || len(said) > 3
	r := &d.run
	if r.text != "" && (alone || rule != r.rule || x > r.next+1) {
		d.endRun()
	}
	if r.text != "" && x == r.next+1 {
		r.add(r.next, " ")
	}
	r.rule, r.row = rule, y
	r.add(x, said)
	if r.next = x + c.Width; alone {
		d.endRun()
	}
}

func (r *run) add(x int, said string) {
	if r.text != "" {
		r.places = append(r.places, ' ')
	}
	r.places = strconv.AppendInt(r.places, int64(x*cellW), 10)
	r.text += said
}

// endRun writes a run. A blank keeps its words apart from those before, for
// whoever copies or hears them.
func (d *drawing) endRun() {
	r := &d.run
	if r.more {
		d.texts.WriteByte(' ')
	} else {
		fmt.Fprintf(&d.texts, `<text y="%d">`, r.row*cellH+baseline)
	}
	class := ""
	if r.rule != "" {
		class = fmt.Sprintf(` class="%s"`, d.class(r.rule))
	}
	fmt.Fprintf(&d.texts, `<tspan x="%s"%s>%s</tspan>`, r.places, class, escaped(r.text))
	*r = run{places: r.places[:0], more: true}
}

func (d *drawing) endRow() {
	if d.run.text != "" {
		d.endRun()
	}
	if d.run.more {
		d.texts.WriteString("</text>\n")
	}
	d.run.more = false
}
