package chart

import (
	"atelier/assets/words"
	"atelier/ui/console/screen"
)

// Sign is a mark of a chart and what it means.
type Sign struct {
	Mark  string
	Means words.Text
	Style screen.Style
}

// Legend explains the signs that are on screen, as far as there is room: one
// bit of shown for each of them, from the lowest.
func Legend(a screen.Area, lang words.Lang, signs []Sign, shown uint) {
	x, y := 1, 0
	for i := range signs {
		if shown>>i&1 == 0 {
			continue
		}
		s := &signs[i]
		means := s.Means.In(lang)
		if x+screen.Width(means)+3 > a.W {
			if x, y = 1, y+1; y == a.H {
				return
			}
		}
		x = a.Put(x, y, s.Mark, s.Style|screen.Bold) + 1
		x = a.Put(x, y, means, screen.Faint) + 2
	}
}
