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

// The signs of an attempt. Each has one meaning, in whatever drawing it stands.
func Added() Sign {
	return Sign{"+", words.Text{En: "added", Fr: "ajouté"}, screen.Faint}
}

func Same() Sign {
	return Sign{"=", words.Text{En: "there already", Fr: "déjà là"}, screen.Faint}
}

func GaveUp() Sign {
	return Sign{"✗", words.Text{En: "stopped waiting", Fr: "n’attend plus"}, screen.Failed}
}

func Cut() Sign {
	return Sign{"╳", words.Text{En: "connection cut", Fr: "connexion coupée"}, screen.Failed}
}

func Refused() Sign {
	return Sign{"!", words.Text{En: "refused", Fr: "refusé"}, screen.Failed}
}

func Unasked() Sign {
	return Sign{"·", words.Text{En: "no ack asked", Fr: "sans acquittement"}, screen.Faint}
}

func Departed() Sign {
	return Sign{"╺", words.Text{En: "departed", Fr: "parti"}, screen.Ink}
}

// Lost is a departure after which no arrival follows.
func Lost() Sign {
	return Sign{"╺", words.Text{En: "departed; no ◆: never arrived", Fr: "parti ; sans ◆ : jamais arrivé"}, screen.Ink}
}

func Arrived() Sign {
	return Sign{"◆", words.Text{En: "arrived", Fr: "arrivé"}, screen.Fine}
}

func Heard() Sign {
	return Sign{"✓", words.Text{En: "answer heard", Fr: "réponse reçue"}, screen.Fine}
}

func Pause() Sign {
	return Sign{"┈", words.Text{En: "pause", Fr: "pause"}, screen.Faint}
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
