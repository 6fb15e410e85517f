package latency

import (
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// everything is room for the longest sentence.
const everything = 1 << 10

// Tell says the faults of the run, how long acks took in all, and of each
// label.
func (l *Pane) Tell() []string {
	s := l.Seen.Snap
	if s == nil || s.All.Sent == 0 {
		return nil
	}
	said := append(telling.Faults(s, l.Lang), Says(s, l.Lang, everything))
	for i := range s.Labels {
		if t := &s.Labels[i]; t.Samples > 0 {
			said = append(said, l.labelTold(t))
		}
	}
	return said
}

func (l *Pane) labelTold(t *ledger.Totals) string {
	n := telling.Count(t.Samples, l.Lang) + " " + l.Pick("acked", telling.Plural(t.Samples, "acquitté", "acquittés"))
	return screen.Plain(t.Label) + l.Pick(": ", "\u00a0: ") + n + ", p50 " + telling.Millis(t.P50, l.Lang) + ", p99 " + telling.Millis(t.P99, l.Lang) + "."
}
