package console

import (
	"time"

	"atelier/kafka/ledger"
)

// glowing is how long a new verdict takes to come into its colour.
const glowing = 900 * time.Millisecond

// glow is the moment of a verdict: when an audit that settled ended before the
// learner's eyes, the verdicts light up for a second, and stay.
type glow struct {
	audit ledger.Audit // the latest that was seen
	run   string
	since time.Time // when it ended; zero: long ago
	left  uint8     // 3 to 1, 0 when it is over
}

// see looks at a snapshot. The one that a console begins with is no event.
func (g *glow) see(s *ledger.Snapshot, now time.Time) {
	if g.run != "" && s.Audit.Settled && s.Audit.Ended >= 0 && (s.Audit != g.audit || s.Run != g.run) {
		g.since = now
	}
	g.audit, g.run, g.left = s.Audit, s.Run, 0
	if g.since.IsZero() {
		return
	}
	switch age := now.Sub(g.since); {
	case age < glowing/6:
		g.left = 3
	case age < glowing/2:
		g.left = 2
	case age < glowing:
		g.left = 1
	default:
		g.since = time.Time{}
	}
}
