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
	sawUnasked
	sawLost
	sawDeparted
	sawArrived
	sawHeard
	sawAbout
	sawPause
)

// signs says what they mean, in the same order.
func signs() []chart.Sign {
	return []chart.Sign{
		chart.Added(), chart.Same(),
		{Mark: "◇", Means: words.Text{En: "there already", Fr: "déjà là"}, Style: screen.Fine},
		chart.GaveUp(), chart.Cut(), chart.Refused(), chart.Unasked(), chart.Lost(), chart.Departed(), chart.Arrived(), chart.Heard(),
		{Mark: "≈", Means: words.Text{En: "of others: polled", Fr: "des autres : sondé"}, Style: screen.Fault},
		chart.Pause(),
	}
}
