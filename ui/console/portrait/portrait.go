package portrait

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"atelier/assets/words"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Portrait is a frame, and what is said of it to whoever can't see it.
type Portrait struct {
	Frame       string // as it goes to a terminal: rows of text with their colours
	Columns     int    // of the terminal; Frame leaves out the blanks at the end of a row
	Dark        bool
	Lang        words.Lang
	Title, Says string
}

// A cell is twice as high as wide. Letters of 16 are nearly as wide as it in most
// monospaced fonts.
const (
	cellW, cellH = 10, 20
	letters      = 16
	baseline     = 15
	margin       = 10
	fonts        = "ui-monospace,'SF Mono',Menlo,'Cascadia Mono',Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
)

// paper is the terminal itself, whose own colours the console leaves alone.
type paper struct{ ground, ink, edge string }

var (
	dark  = paper{ground: "#11121a", ink: "#d3d8ea", edge: "#2c2e3b"}
	light = paper{ground: "#ffffff", ink: "#2b2d3a", edge: "#d5d8e2"}
)

// SVG is the picture. The same portrait gives the same bytes.
func (p Portrait) SVG() []byte {
	d := drawing{paper: light}
	if p.Dark {
		d.paper = dark
	}
	frame := uv.NewStyledString(p.Frame)
	cells := uv.NewScreenBuffer(p.Columns, frame.Height())
	cells.Method = ansi.GraphemeWidth
	frame.Draw(cells, cells.Bounds())
	for y := range cells.Height() {
		d.row(y, cells.Line(y))
	}
	ground := d.paper.ground
	if corner := cells.CellAt(cells.Width()-1, cells.Height()-1); corner != nil && corner.Style.Bg != nil {
		ground = hex(corner.Style.Bg) // the margin goes on with it
	}
	w, h := cells.Width()*cellW+2*margin, cells.Height()*cellH+2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%d %d %d %d" width="%[3]d" height="%[4]d" lang="%s" role="img" aria-labelledby="title desc">`+"\n",
		-margin, -margin, w, h, p.Lang)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", escaped(p.Title), escaped(p.Says))
	fmt.Fprintf(&b, "<style>text{font:%dpx %s;fill:%s}path{fill:none}", letters, fonts, d.paper.ink)
	for i, rule := range d.rules {
		fmt.Fprintf(&b, "\n.%s{%s}", name(i), rule)
	}
	fmt.Fprintf(&b, "</style>\n<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\" stroke=\"%s\"/>\n",
		1-margin, 1-margin, w-2, h-2, ground, d.paper.edge)
	b.WriteString(`<g shape-rendering="crispEdges">` + "\n") // no seams between the rows
	d.write(&b, d.ground)
	b.WriteString("</g>\n")
	d.write(&b, d.lines)
	b.Write(d.texts.Bytes())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// name is a class of one letter, or more where there are many.
func name(i int) string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz"
	if i < len(alphabet) {
		return alphabet[i : i+1]
	}
	return name(i/len(alphabet)-1) + name(i%len(alphabet))
}
