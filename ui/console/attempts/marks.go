package attempts

import (
	"atelier/assets/words"
	"atelier/ui/console/chart"
	"atelier/ui/console/screen"
)

// marks remembers which signs the legend has to explain.
type marks uint

// The marks of a lane, the least known first.
const (
	sawAdded marks = 1 << iota
	sawSame
	sawSameHere
	sawGaveUp
	sawCut
	sawRefused
	sawLostRequest
	sawArrived
	sawHeard
	sawAbout
	sawPause
)

// signs says what they mean, in the same order.
func signs() []chart.Sign {
	return []chart.Sign{
		{Mark: "+", Means: words.Text{En: "added", Fr: "ajouté"}, Style: screen.Faint},
		{Mark: "=", Means: words.Text{En: "there already", Fr: "déjà là"}, Style: screen.Faint},
		{Mark: "◇", Means: words.Text{En: "there already", Fr: "déjà là"}, Style: screen.Fine},
		{Mark: "✗", Means: words.Text{En: "stopped waiting", Fr: "n’attend plus"}, Style: screen.Failed},
		{Mark: "╳", Means: words.Text{En: "cut", Fr: "coupé"}, Style: screen.Failed},
		{Mark: "!", Means: words.Text{En: "refused", Fr: "refusé"}, Style: screen.Failed},
		{Mark: "╺", Means: words.Text{En: "never arrived", Fr: "jamais arrivé"}, Style: screen.Faint},
		{Mark: "◆", Means: words.Text{En: "arrived", Fr: "arrivé"}, Style: screen.Fine},
		{Mark: "✓", Means: words.Text{En: "answer heard", Fr: "réponse reçue"}, Style: screen.Fine},
		{Mark: "≈", Means: words.Text{En: "of others: polled", Fr: "des autres : sondé"}, Style: screen.Fault},
		{Mark: "┈", Means: words.Text{En: "pause", Fr: "pause"}, Style: screen.Faint},
	}
}
