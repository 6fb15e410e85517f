package latency

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Says is the drawing in one sentence, as far as it fits into some columns: how
// many were acked, from the fastest to the slowest, and the percentiles.
func Says(s *ledger.Snapshot, lang words.Lang, w int) string {
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
	n += lang.Pick(": ", "\u00a0: de ") + ms(t.Min) + lang.Pick(" to ", " à ") + ms(t.Max)
	half := lang.Pick(", half within ", ", la moitié en ") + ms(t.P50)
	most := lang.Pick(", 99\u00a0% within ", ", 99\u00a0% en ") + ms(t.P99)
	for _, said := range []string{n + half + most + flying + ".", n + most + flying + ".", n + flying + "."} {
		if screen.Width(said) <= w {
			return said
		}
	}
	return n + "."
}
