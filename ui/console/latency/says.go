package latency

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/telling"
)

// Says is the drawing in one sentence: how many were acked, from the fastest to
// the slowest, and the percentiles.
func Says(s *ledger.Snapshot, lang words.Lang) string {
	t := &s.All
	flying := ""
	if s.InFlight > 0 {
		flying = ", " + telling.Count(s.InFlight, lang) + lang.Pick(" in flight", " en vol")
	}
	if t.Samples == 0 {
		return lang.Pick("Nothing acked yet", "Rien n’est encore acquitté") + flying + "."
	}
	ms := func(f float64) string { return telling.Millis(f, lang) }
	n := telling.Count(t.Samples, lang) + " " + lang.Pick("acked", telling.Plural(t.Samples, "acquitté", "acquittés"))
	if ms(t.Min) == ms(t.Max) {
		return n + lang.Pick(" in ", " en ") + ms(t.Max) + flying + "."
	}
	return n + lang.Pick(": ", "\u00a0: de ") + ms(t.Min) + lang.Pick(" to ", " à ") + ms(t.Max) +
		lang.Pick(", half within ", ", la moitié en ") + ms(t.P50) + lang.Pick(", 99\u00a0% within ", ", 99\u00a0% en ") + ms(t.P99) + flying + "."
}
