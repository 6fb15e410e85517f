package chart

import (
	"time"

	"atelier/assets/words"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Axis turns times into columns.
type Axis struct {
	from, span, tick time.Duration
	X, W             int
}

// NewAxis covers a time with round numbers, so that it stands still while
// something grows on it.
func NewAxis(from, to time.Duration, x, w int) Axis {
	type scale struct{ span, tick time.Duration }
	const s = time.Second
	need := max(to-from, 0)
	chosen := scale{need + need/4, (need + need/4) / 5}
	for _, c := range []scale{
		{s, s / 5},
		{2 * s, s / 2},
		{3 * s, s},
		{4 * s, s},
		{6 * s, s},
		{8 * s, 2 * s},
		{10 * s, 2 * s},
		{15 * s, 5 * s},
		{20 * s, 5 * s},
		{30 * s, 5 * s},
		{45 * s, 15 * s},
		{60 * s, 15 * s},
		{90 * s, 30 * s},
		{120 * s, 30 * s},
		{300 * s, 60 * s},
		{600 * s, 120 * s},
		{1800 * s, 300 * s},
	} {
		// The start moves down to a round time and must not push the end out.
		if start := from / c.tick * c.tick; to-start <= c.span {
			return Axis{start, c.span, c.tick, x, w}
		}
	}
	return Axis{from, chosen.span, max(chosen.tick, 1), x, w}
}

// Col is the column of a time, cut to the axis.
func (a Axis) Col(t time.Duration) int {
	c := int((t - a.from) * time.Duration(a.W) / a.span)
	return a.X + min(max(c, 0), a.W-1)
}

// Has says that a time lies on the axis.
func (a Axis) Has(t time.Duration) bool { return t >= a.from && t <= a.to() }

func (a Axis) to() time.Duration { return a.from + a.span }

// seconds writes a time of the axis: all in one unit, minutes from where
// seconds grow long.
func seconds(t time.Duration, lang words.Lang) string {
	if t >= 10*time.Minute || t < 100*time.Millisecond {
		return telling.Duration(t, lang)
	}
	return telling.Decimal(t.Seconds(), lang) + "\u00a0s"
}

// Draw writes the axis with its times.
func (a Axis) Draw(r screen.Area, y int, lang words.Lang) {
	r.Fill(a.X, y, a.W, "─", screen.Quiet)
	free := a.X
	for t := a.from; t < a.to(); t += a.tick {
		x := a.Col(t)
		label := seconds(t, lang)
		if t == 0 {
			label = "0"
		}
		if x >= free && x+screen.Width(label) < a.X+a.W {
			free = r.Put(x, y, label, screen.Faint) + 1
		}
	}
}
