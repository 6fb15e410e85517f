package chart

import (
	"strings"

	"atelier/ui/console/screen"
)

// whole says a toxic in the columns that there are. Where not all fit, its last
// numbers go, each with its unit and what leads up to it: a number that lost a
// digit would be another one. Its name stays.
func whole(said string, w int) string {
	for screen.Width(said) > w {
		parts := strings.Split(said, " ")
		n := len(parts) - 1
		for n > 0 && !numbered(parts[n]) {
			n--
		}
		for n > 1 && !numbered(parts[n-1]) && !numbered(parts[n-2]) { // it led up to the number
			n--
		}
		if n == 0 {
			break
		}
		said = strings.Join(parts[:n], " ")
	}
	return said
}

func numbered(s string) bool { return strings.ContainsAny(s, "0123456789") }
