package console

// marks remembers what the legend has to explain.
type marks uint16

const (
	sawArrived marks = 1 << iota
	sawHeard
	sawGaveUp
	sawCut
	sawRefused
	sawLostRequest
	sawPause
	sawAdded
	sawSame
	sawSameHere
	sawAbout
)

// legend explains the marks that are on screen, the least known first, as far
// as there is room.
func (l *attempts) legend(a area) {
	x, y := 1, 0
	for _, e := range []struct {
		m      marks
		mark   string
		en, fr string
		st     style
	}{
		{sawAdded, "+", "added", "ajouté", faint},
		{sawSame, "=", "there already", "déjà là", faint},
		{sawSameHere, "◇", "there already", "déjà là", fine},
		{sawGaveUp, "✗", "stopped waiting", "n’attend plus", failed},
		{sawCut, "╳", "cut", "coupé", failed},
		{sawRefused, "!", "refused", "refusé", failed},
		{sawLostRequest, "╺", "never arrived", "jamais arrivé", faint},
		{sawArrived, "◆", "arrived", "arrivé", fine},
		{sawHeard, "✓", "answer heard", "réponse reçue", fine},
		{sawAbout, "≈", "of others: polled", "des autres : sondé", fault},
		{sawPause, "┈", "pause", "pause", faint},
	} {
		if l.marks&e.m == 0 {
			continue
		}
		words := l.pick(e.en, e.fr)
		if x+width(words)+3 > a.w {
			if x, y = 1, y+1; y == a.h {
				return
			}
		}
		x = a.put(x, y, e.mark, e.st|bold) + 1
		x = a.put(x, y, words, faint) + 2
	}
}
