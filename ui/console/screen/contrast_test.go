package screen

import (
	"image/color"
	"math"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// luminance is how light a colour is, as WCAG 2 reckons it.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// On a light terminal every word can be read on every background (4.5 to 1, as
// WCAG 2 asks), and lines can be seen (3 to 1).
func TestContrastOnALightTerminal(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
		l := NewLook(false, false, false).In(profile, false)
		grounds := []color.Color{color.White}
		for _, c := range l.bg {
			if c != nil {
				grounds = append(grounds, c)
			}
		}
		for st := Faint; st < colours; st++ {
			for i, ground := range grounds {
				least := 4.5
				if profile == colorprofile.ANSI256 {
					least = 4 // the nearest that there is
				}
				if st == Quiet {
					least = 3
					if i > 0 {
						continue // lines stand on the plain ground
					}
				}
				if got := contrast(l.fg[st], ground); got < least {
					t.Errorf("%v: colour %d on ground %d: %.2f to 1", profile, st, i, got)
				}
			}
		}
	}
}

// What is told by colours stays told on a terminal of 256.
func TestMeaningsHaveColoursOfTheirOwn(t *testing.T) {
	for _, dark := range []bool{true, false} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			l := NewLook(dark, false, false).In(profile, dark)
			seen := map[color.Color]Style{}
			for _, st := range []Style{Accent, Once, Dup, Lost, Ghost, Failed, Fine, Fault} {
				if other, there := seen[l.fg[st]]; there {
					t.Errorf("dark %v, %v: %d and %d are one colour", dark, profile, other, st)
				}
				seen[l.fg[st]] = st
			}
		}
	}
}
