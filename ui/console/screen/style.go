package screen

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Style is how a cell looks: a colour by its meaning, a background, and
// attributes. What the colours are is the look's business.
type Style uint16

// Colours by meaning. A verdict's colour is used for nothing else.
const (
	Ink     Style = iota
	Faint         // what can be overlooked
	Quiet         // borders, axes
	Accent        // where one is, what one can do
	Once          // verdicts
	Dup           //
	Lost          //
	Absent        //
	Ghost         //
	Failed        // errors, and what was given up
	Fine          // what arrived, what passed
	Pending       // what is under way
	Fault         // toxics
	Code          // commands and code
	label1        // batches, in turn
	label2
	label3
	label4
	colours
)

// Backgrounds and attributes.
const (
	fgMask      Style = 0x1f
	bgMask      Style = 7 << 5
	OnFault     Style = 1 << 5 // while a fault is in force
	OnFocus     Style = 2 << 5 // what has the focus
	OnOverlay   Style = 3 << 5
	backgrounds       = 4
	Bold        Style = 1 << 8
	Italic      Style = 1 << 9
	Underline   Style = 1 << 10
	Reverse     Style = 1 << 11
	styles            = 1 << 12

	// shownOnBlank is what shows where nothing is written.
	shownOnBlank = bgMask | Underline | Reverse
)

// Look turns meanings into what a terminal obeys. One look belongs to one
// console and is not shared.
type Look struct {
	ascii, noColor bool
	plain          bool // without backgrounds: what has the focus is reversed
	fg             [colours]color.Color
	bg             [backgrounds]color.Color
	cache          []string // by style
}

// NewLook builds the colours for a dark or a light terminal, or for one
// without colours.
func NewLook(dark, noColor, ascii bool) *Look {
	l := &Look{ascii: ascii, noColor: noColor, plain: noColor, cache: make([]string, styles)}
	if noColor {
		return l
	}
	pick := lipgloss.LightDark(dark)
	c := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	l.fg = [colours]color.Color{
		Faint: c("#5a5e73", "#8b90a8"), Quiet: c("#868ca2", "#4a4d61"), Accent: c("#1a58dd", "#89b4fa"),
		Once: c("#2a711c", "#a6e3a1"), Dup: c("#a84209", "#fab387"), Lost: c("#af005f", "#f38ba8"),
		Absent: c("#5a5e73", "#9aa0b8"), Ghost: c("#7c2fd6", "#cba6f7"),
		Failed: c("#c40000", "#ff8787"), Fine: c("#12686f", "#94e2d5"), Pending: c("#1a58dd", "#89b4fa"),
		Fault: c("#805708", "#f9e2af"), Code: c("#12686f", "#94e2d5"),
		label1: c("#0b66a8", "#74c7ec"), label2: c("#9c2d76", "#f5c2e7"),
		label3: c("#4b5a9e", "#b4befe"), label4: c("#7a5a3a", "#e8c9b5"),
	}
	l.bg = [backgrounds]color.Color{
		OnFault >> 5: c("#f3efe4", "#33302b"), OnFocus >> 5: c("#e6ebf5", "#2a2f3d"), OnOverlay >> 5: c("#eceef5", "#26272e"),
	}
	return l
}

// sgr is the sequence that changes to a style, whatever was before.
func (l *Look) sgr(st Style) string {
	if s := l.cache[st]; s != "" {
		return s
	}
	s := ansi.ResetStyle
	if st != 0 {
		a := ansi.NewStyle().Reset()
		if st&Bold != 0 {
			a = a.Bold()
		}
		if st&Italic != 0 {
			a = a.Italic(true)
		}
		if st&Underline != 0 {
			a = a.Underline(true)
		}
		if st&Reverse != 0 || l.plain && st&bgMask == OnFocus {
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

// Label gives each batch of a screen its colour, in turn.
func Label(n int) Style { return label1 + Style(max(n, 0)%4) }
