package story

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/telling"
)

// sentence is one moment in words.
type sentence struct{ at, text string }

// sentences tell the tale without a drawing: nothing in it is missing here.
func (t *tale) sentences(lang words.Lang) []sentence {
	out := make([]sentence, 0, len(t.moments))
	for i := range t.moments {
		m := &t.moments[i]
		at := clock(m.at, lang)
		if m.kind == more || m.kind == veiled {
			at = ""
		}
		out = append(out, sentence{at, t.sentence(m, lang)})
	}
	return out
}

func (t *tale) sentence(m *moment, lang words.Lang) string {
	switch m.kind {
	case departed, crossed, arrived:
		return t.requestInWords(m, lang)
	case answered, returned, heard:
		return t.answerInWords(m, lang)
	case reported, judged:
		return t.endInWords(m, lang)
	}
	pick, n := lang.Pick, strconv.Itoa(m.n)
	switch m.kind {
	case handed:
		return t.name + pick(" is handed to the producer: ", " est confié au producteur\u00a0: ") + t.settings(lang) + "."
	case faulted:
		return pick("In force: ", "En vigueur\u00a0: ") + faultInWords(m.band, lang) + "."
	case cleared:
		return pick("Gone: ", "Fini\u00a0: ") + faultInWords(m.band, lang) + "."
	case gaveUp:
		return pick("The producer stops waiting for the answer to attempt ", "Le producteur n’attend plus la réponse à la tentative ") + n + "," + waited(m, lang) + "."
	case severed:
		return pick("The connection of attempt ", "La connexion de la tentative ") + n + pick(" is cut", " est coupée") + waited(m, lang) + "."
	case dialled:
		if m.n == 1 {
			return pick("A connection to broker ", "Une connexion au broker ") + broker(m.broker) + pick(" is refused.", " est refusée.")
		}
		return n + pick(" connections to broker ", " connexions au broker ") + broker(m.broker) + pick(" are refused.", " sont refusées.")
	case rested:
		return pick("Pause of ", "Pause de ") + telling.Duration(m.until-m.at, lang) + "."
	case veiled:
		return pick("The log: ", "Le journal\u00a0: ") + telling.Veiled().In(lang) + "."
	case more:
		return n + pick(" more attempts, whose details were not kept.", " autres tentatives, dont le détail n’a pas été gardé.")
	}
	return pick("No report yet.", "Pas encore de rapport.")
}

func broker(id int32) string { return strconv.Itoa(int(id)) }

func (t *tale) requestInWords(m *moment, lang words.Lang) string {
	pick, at, n := lang.Pick, m.try, strconv.Itoa(m.n)
	if m.kind == arrived {
		s := pick("The request of attempt ", "La requête de la tentative ") + n + pick(" arrives at broker ", " arrive au broker ") + broker(at.Broker)
		if at.Ended >= 0 && at.Ended < m.at {
			s += pick(", though nobody waits for it any more", ", alors que plus personne ne l’attend")
		}
		return s + "."
	}
	s := pick("Attempt ", "Tentative ") + n + pick(" departs for broker ", "\u00a0: départ vers le broker ") + broker(at.Broker) + pick(": ", ", ")
	s += t.identity(m.n, at, lang) + "."
	if m.kind == crossed {
		s += pick(" It arrives at ", " Arrivée à ") + clock(m.until, lang) + "."
	} else {
		s += " " + t.halfway(m, lang) + "."
	}
	if at.Acks == 0 {
		s += pick(" No answer is asked for (acks=0).", " Aucune réponse n’est demandée (acks=0).")
	}
	return s
}

// halfway says what became of a request after the proxy.
func (t *tale) halfway(m *moment, lang words.Lang) string {
	switch at := m.try; {
	case !t.inside:
		return lang.Pick("When it arrived cannot be seen on this cluster (—)", "Son arrivée ne se voit pas sur ce cluster (—)")
	case at.Arrived >= 0:
		return lang.Pick("It arrives only at ", "Elle n’arrive qu’à ") + clock(at.Arrived, lang)
	case at.Ended >= 0 || t.m.Report != ledger.NoReport:
		return lang.Pick("It did not arrive", "Elle n’est pas arrivée")
	}
	return lang.Pick("It has not arrived yet", "Elle n’est pas encore arrivée")
}

func (t *tale) answerInWords(m *moment, lang words.Lang) string {
	pick, at, n := lang.Pick, m.try, strconv.Itoa(m.n)
	what, _ := t.answer(m.n, at, lang)
	if len(what) > 2 {
		what = pick(": ", "\u00a0: ") + what[2:] // its sign is for the drawing
	}
	late := m.kind == heard && at.Outcome != ledger.Acked && at.Outcome != ledger.Refused
	if m.kind == heard {
		s := pick("The producer hears the answer to attempt ", "Le producteur reçoit la réponse à la tentative ") + n
		if late {
			s += pick(", too late", ", trop tard")
		}
		if t.inside {
			return s + "."
		}
		return s + what + pick(". When it was answered cannot be seen on this cluster (—).", ". L’instant de la réponse ne se voit pas sur ce cluster (—).")
	}
	s := "Broker " + broker(at.Broker)
	if lang == words.French {
		s = "Le broker " + broker(at.Broker)
	}
	s += pick(" answers attempt ", " répond à la tentative ") + n + what + ". "
	if m.kind == returned {
		return s + pick("The producer hears it at ", "Le producteur reçoit la réponse à ") + clock(m.until, lang) + "."
	}
	return s + t.died(m, lang) + "."
}

// died says what became of an answer after the proxy.
func (t *tale) died(m *moment, lang words.Lang) string {
	var s string
	switch at := m.try; {
	case at.Heard >= 0:
		s = lang.Pick("The producer hears it only at ", "Le producteur ne la reçoit qu’à ") + clock(at.Heard, lang)
	case at.Ended >= 0:
		s = lang.Pick("The producer does not hear it", "Le producteur ne la reçoit pas")
	default:
		s = lang.Pick("The producer has not heard it yet", "Le producteur ne l’a pas encore reçue")
	}
	if bands := t.under(m.try.Broker, "downstream", m.at); len(bands) > 0 {
		s += lang.Pick("; in force on its way: ", "\u202f; en vigueur sur son chemin\u00a0: ") + names(bands, lang)
	}
	return s
}

func (t *tale) endInWords(m *moment, lang words.Lang) string {
	pick := lang.Pick
	if m.kind == reported {
		return pick("Report: ", "Rapport\u00a0: ") + t.report(lang).Words + "."
	}
	v, flag, where := t.verdict(lang)
	s := pick("The log, read back: ", "Le journal, relu\u00a0: ") + v.Words
	if flag.Words != "" {
		s += ", " + flag.Words
	}
	if where != "" {
		s += pick(", at ", ", en ") + where
	}
	s += "."
	if u := t.unsaid(lang); u != "" {
		s += " (" + u + ".)"
	}
	return s
}

// markdown is the story as a text to keep.
func (t *tale) markdown(lang words.Lang) string {
	var b strings.Builder
	b.WriteString("## " + lang.Pick("The story of ", "L’histoire de ") + telling.Escaped(t.name) + "\n\n")
	b.WriteString(telling.Escaped(t.settings(lang)) + " · " + lang.Pick("run ", "essai ") + telling.Escaped(t.s.Run) + ", message " + telling.Escaped(t.m.ID) + "\n\n")
	for _, s := range t.sentences(lang) {
		b.WriteString("- ")
		if s.at != "" {
			b.WriteString("**" + s.at + "** ")
		}
		b.WriteString(telling.Escaped(s.text) + "\n")
	}
	return b.String()
}
