package console

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// style is how a cell looks: a colour by its meaning, a background, and
// attributes. What the colours are is the look's business.
type style uint16

// Colours by meaning. A verdict's colour is used for nothing else.
const (
	text    style = iota
	faint         // what can be overlooked
	quiet         // borders, axes
	accent        // where one is, what one can do
	once          // verdicts
	dup           //
	lost          //
	absent        //
	ghost         //
	failed        // errors, and what was given up
	fine          // what arrived, what passed
	pending       // what is under way
	fault         // toxics
	code          // commands and code
	label1        // batches, in turn
	label2
	label3
	label4
	colours
)

// Backgrounds and attributes.
const (
	fgMask      style = 0x1f
	bgMask      style = 7 << 5
	onFault     style = 1 << 5 // while a fault is in force
	onFocus     style = 2 << 5 // what has the focus
	onOverlay   style = 3 << 5
	backgrounds       = 4
	bold        style = 1 << 8
	italic      style = 1 << 9
	underline   style = 1 << 10
	reverse     style = 1 << 11

	// shownOnBlank is what shows where nothing is written.
	shownOnBlank = bgMask | underline | reverse
)

// look turns meanings into what a terminal obeys. One look belongs to one
// console and is not shared.
type look struct {
	ascii, noColor bool
	fg             [colours]color.Color
	bg             [backgrounds]color.Color
	cache          map[style]string
}

// newLook builds the colours for a dark or a light terminal, or for one
// without colours.
func newLook(dark, noColor, ascii bool) *look {
	l := &look{ascii: ascii, noColor: noColor, cache: make(map[style]string, 64)}
	if noColor {
		return l
	}
	pick := lipgloss.LightDark(dark)
	c := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	l.fg = [colours]color.Color{
		faint: c("#63677d", "#8b90a8"), quiet: c("#b4b8c8", "#4a4d61"), accent: c("#1e66f5", "#89b4fa"),
		once: c("#2f7d20", "#a6e3a1"), dup: c("#b8480a", "#fab387"), lost: c("#af005f", "#f38ba8"),
		absent: c("#63677d", "#9aa0b8"), ghost: c("#7c2fd6", "#cba6f7"),
		failed: c("#d70000", "#ff8787"), fine: c("#12727a", "#94e2d5"), pending: c("#1e66f5", "#89b4fa"),
		fault: c("#96660a", "#f9e2af"), code: c("#12727a", "#94e2d5"),
		label1: c("#0b66a8", "#74c7ec"), label2: c("#a8327f", "#f5c2e7"),
		label3: c("#4b5a9e", "#b4befe"), label4: c("#7a5a3a", "#e8c9b5"),
	}
	l.bg = [backgrounds]color.Color{
		onFault >> 5: c("#f3efe4", "#33302b"), onFocus >> 5: c("#e6ebf5", "#2a2f3d"), onOverlay >> 5: c("#eceef5", "#26272e"),
	}
	return l
}

// sgr is the sequence that changes to a style, whatever was before.
func (l *look) sgr(st style) string {
	if s, ok := l.cache[st]; ok {
		return s
	}
	s := ansi.ResetStyle
	if st != 0 {
		a := ansi.NewStyle().Reset()
		if st&bold != 0 {
			a = a.Bold()
		}
		if st&italic != 0 {
			a = a.Italic(true)
		}
		if st&underline != 0 {
			a = a.Underline(true)
		}
		if st&reverse != 0 || l.noColor && st&bgMask == onFocus {
			a = a.Reverse(true)
		}
		if c := l.fg[st&fgMask]; c != nil {
			a = a.ForegroundColor(c)
		}
		if c := l.bg[st&bgMask>>5]; c != nil {
			a = a.BackgroundColor(c)
		}
		s = a.String()
	}
	l.cache[st] = s
	return s
}

// labelStyle gives each batch of a screen its colour, in turn.
func labelStyle(n int) style { return label1 + style(max(n, 0)%4) }
