package pane

import "atelier/ui/console/screen"

// Fresh is the style of a verdict that was just found: for a second it comes
// out of the shade and into its colour. Its words are there from the first.
func (s Seen) Fresh(st screen.Style) screen.Style {
	switch s.Glow {
	case 0:
		return st
	case 1:
		return st | screen.OnFocus
	case 2:
		return screen.Bold | screen.OnFocus
	}
	return screen.Faint
}
