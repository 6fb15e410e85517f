package screen

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// In is the look on a terminal that knows fewer colours: the nearest of 256;
// of 16, those that mean the same, as the learner's own palette shows them, and
// no backgrounds, which would drown the text; or none. A profile that is unknown
// changes nothing.
func (l *Look) In(p colorprofile.Profile, dark bool) *Look {
	switch {
	case l.noColor || p == colorprofile.Unknown || p == colorprofile.TrueColor:
	case p == colorprofile.ANSI256:
		for _, colours := range [][]color.Color{l.fg[:], l.bg[:]} {
			for i, c := range colours {
				if c != nil {
					colours[i] = p.Convert(c)
				}
			}
		}
	case p == colorprofile.ANSI:
		l.fg, l.bg, l.plain = sixteen(dark), [backgrounds]color.Color{}, true
	default:
		return NewLook(dark, true, l.ascii)
	}
	return l
}

// sixteen are the colours of a terminal that knows no others.
func sixteen(dark bool) [colours]color.Color {
	pick := func(light, onDark ansi.BasicColor) color.Color {
		if dark {
			return onDark
		}
		return light
	}
	return [colours]color.Color{
		Faint: pick(ansi.BrightBlack, ansi.White), Quiet: ansi.BrightBlack, Accent: pick(ansi.Blue, ansi.BrightBlue),
		Once: pick(ansi.Green, ansi.BrightGreen), Dup: pick(ansi.Yellow, ansi.BrightYellow), Lost: pick(ansi.Magenta, ansi.BrightMagenta),
		Absent: pick(ansi.BrightBlack, ansi.White), Ghost: pick(ansi.BrightMagenta, ansi.Magenta),
		Failed: pick(ansi.Red, ansi.BrightRed), Fine: pick(ansi.Cyan, ansi.BrightCyan), Pending: pick(ansi.Blue, ansi.BrightBlue),
		Fault: pick(ansi.Yellow, ansi.Yellow), Code: pick(ansi.Cyan, ansi.BrightCyan),
		label1: pick(ansi.Blue, ansi.Cyan), label2: pick(ansi.Magenta, ansi.BrightMagenta),
		label3: pick(ansi.BrightBlue, ansi.BrightBlue), label4: pick(ansi.Red, ansi.Yellow),
	}
}
