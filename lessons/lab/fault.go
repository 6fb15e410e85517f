package lab

import (
	"math"
	"slices"

	"atelier/chaos"
	"atelier/lessons/check/spell"
	"atelier/lessons/riddle"
)

// fault reads `fault hidden [seed=N]` and `fault is KIND size= stream=`: what
// toxic would set, said instead. The direction has no default here, and the
// size has to be there: they are what was asked.
func fault(a *args) Command {
	w := a.next()
	switch {
	case w == nil:
		a.missing("write fault hidden, to have one set that nobody names, or fault is latency latency=1s stream=upstream, to say which it is",
			"écrivez fault hidden, pour en faire poser une que personne ne nomme, ou fault is latency latency=1s stream=upstream, pour dire laquelle c’est")
	case w.bare() == "hidden":
		c := &FaultHide{}
		a.take(into("seed", &c.Seed, 1, math.MaxInt32))
		a.scope.hidden = true
		return c
	case w.bare() == "is":
		return a.faultIs(w)
	default:
		a.at(w, "unknown word %s after fault%s", "mot %s inconnu après fault%s", spell.Quote(w.raw()), spell.Hint(w.bare(), firstWords["fault"]))
	}
	return nil
}

func (a *args) faultIs(is *word) Command {
	w := a.next()
	if w == nil {
		a.missing("which fault is it? Write for instance fault is latency latency=1s stream=upstream: choose %s", "quelle panne est-ce ? Écrivez par exemple fault is latency latency=1s stream=upstream : choisissez %s", spell.List(toxicNames()))
		return nil
	}
	kind, ok := chaos.KindOf(w.bare())
	if !ok || !kind.IsToxic() {
		a.at(w, "unknown toxic %s%s", "toxic %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), toxicNames()))
		return nil
	}
	if !a.scope.hidden && !a.scope.continues {
		a.at(is, "no line before hides a fault: write fault hidden first", "aucune ligne avant celle-ci ne cache de panne : écrivez d’abord fault hidden")
	}
	t := &ToxicAdd{Attributes: map[string]int64{}}
	before := len(a.errors)
	a.take(answerSettings(kind, t)...)
	size := riddle.Size(kind.Name)
	_, sized := t.Attributes[size]
	switch {
	case len(a.errors) > before:
	case t.Stream == "":
		a.at(w, "in which direction? Add stream=%s (the answers) or stream=%s (the requests)", "dans quel sens ? Ajoutez stream=%s (les réponses) ou stream=%s (les requêtes)", chaos.Downstream, chaos.Upstream)
	case size != "" && !sized:
		a.at(w, "of which size? Add %[1]s=…, as in %[2]s", "de quelle taille ? Ajoutez %[1]s=…, comme %[2]s", size, example(kind, size))
	}
	return &FaultName{Kind: kind.Name, Stream: t.Stream, Attributes: t.Attributes}
}

// answerSettings are what can be said of a fault: its numbers and its direction.
func answerSettings(kind chaos.Kind, t *ToxicAdd) []setting {
	return append(attributeSettings(kind, t), slices.DeleteFunc(commonSettings(kind, t), func(s setting) bool { return s.name != "stream" })...)
}

func example(kind chaos.Kind, size string) string {
	at, _ := kind.Attribute(size)
	return size + "=" + exactly(at, max(at.Default, 1))
}
