package console

import (
	"time"

	"atelier/assets/words"
)

// axis turns times into columns.
type axis struct {
	from, span, tick time.Duration
	x, w             int
}

// newAxis covers a time with round numbers, so that it stands still while
// something grows on it.
func newAxis(from, to time.Duration, x, w int) axis {
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
			return axis{start, c.span, c.tick, x, w}
		}
	}
	return axis{from, chosen.span, max(chosen.tick, 1), x, w}
}

// col is the column of a time, cut to the axis.
func (a axis) col(t time.Duration) int {
	c := int((t - a.from) * time.Duration(a.w) / a.span)
	return a.x + min(max(c, 0), a.w-1)
}

func (a axis) to() time.Duration { return a.from + a.span }

// seconds writes a time of the axis: all in one unit, minutes from where
// seconds grow long.
func seconds(t time.Duration, lang words.Lang) string {
	if t >= 10*time.Minute || t < 100*time.Millisecond {
		return duration(t, lang)
	}
	return decimal(t.Seconds(), lang) + "\u00a0s"
}

// draw writes the axis with its times.
func (a axis) draw(r area, y int, lang words.Lang) {
	r.fill(a.x, y, a.w, "─", quiet)
	free := a.x
	for t := a.from; t < a.to(); t += a.tick {
		x := a.col(t)
		label := seconds(t, lang)
		if t == 0 {
			label = "0"
		}
		if x >= free && x+width(label) < a.x+a.w {
			free = r.put(x, y, label, faint) + 1
		}
	}
}
