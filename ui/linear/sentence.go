package linear

import (
	"fmt"
	"strings"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
	"atelier/ui/plain"
)

// sentence says what happened. What came from outside is made plain.
func sentence(h happening) words.Text {
	switch h.what {
	case runBegan:
		return words.Textf("A new run begins.", "Une nouvelle série commence.")
	case faultBegan, faultEnded:
		return faultSentence(h)
	case dialRefused:
		return words.Textf("broker %d refused %s", "le broker %d a refusé %s", h.brokers[0],
			some(h.number, "connection", "connections", "connexion", "connexions"))
	case logRead:
		if h.audit.Settled && h.audit.Pending > 0 {
			return words.Textf("the log was read back; %s", "le journal a été relu ; %s", lab.PendingInWords(h.audit.Pending))
		}
		if h.audit.Settled {
			return words.Textf("the log was read back", "le journal a été relu")
		}
		return words.Textf("the log did not settle, and judges nothing: %s", "le journal ne s’est pas stabilisé, et ne juge rien : %s", outside(h.audit.Reason))
	}
	return words.Textf("%s: %s", "%s : %s", name(h.who), predicate(h))
}

// predicate is what is said of a message or a label.
func predicate(h happening) words.Text {
	switch h.what {
	case sent:
		m := &h.message
		return words.Textf("sent, %s, %s, to topic %s", "envoyé, %s, %s, vers le topic %s", outside(m.Mode), outside(m.Sending), outside(m.Topic))
	case departed, arrived, answered, heard, gaveUp, cut:
		return attemptPredicate(h)
	case reported:
		return report(&h.message)
	case judgedOne:
		return verdict(&h.message)
	case judgedMany:
		return verdicts(h.totals)
	}
	return howMany(h)
}

func howMany(h happening) words.Text {
	forms := map[what][4]string{
		moreSent:     {"%s more sent", "%s more sent", "%s de plus envoyé", "%s de plus envoyés"},
		moreAttempts: {"%s more attempt", "%s more attempts", "%s tentative de plus", "%s tentatives de plus"},
		moreGaveUp:   {"%s attempt that nobody waits for any more", "%s attempts that nobody waits for any more", "%s tentative que plus personne n’attend", "%s tentatives que plus personne n’attend"},
		moreAcked:    {"%s more acked", "%s more acked", "%s de plus acquitté", "%s de plus acquittés"},
		moreFailed:   {"%s more failed", "%s more failed", "%s de plus refusé", "%s de plus refusés"},
		moreUnknown:  {"%s more unknown", "%s more unknown", "%s de plus de sort inconnu", "%s de plus de sort inconnu"},
		moreFired:    {"%s more handed over, no ack asked", "%s more handed over, no ack asked", "%s de plus parti, sans acquittement demandé", "%s de plus partis, sans acquittement demandé"},
	}[h.what]
	if h.number == 1 {
		return words.Textf(forms[0], forms[2], count(h.number))
	}
	return words.Textf(forms[1], forms[3], count(h.number))
}

func name(w who) words.Text {
	n := outside(w.label)
	switch {
	case w.label != "" && w.batch > 0:
		n = words.Textf("%s, send %d", "%s, envoi %d", n, w.batch)
	case w.label != "":
	case w.batch == 0:
		n = words.Text{En: "without a label", Fr: "sans étiquette"}
	default:
		n = words.Textf("send %d", "envoi %d", w.batch)
	}
	if w.n > 0 {
		n = words.Textf("%s, message %d", "%s, message %d", n, w.n)
	}
	return n
}

func attemptPredicate(h happening) words.Text {
	a := &h.attempt
	which := words.Textf("attempt %d", "la tentative %d", h.nth)
	if h.number > 1 {
		which = words.Textf("attempt %d (%s)", "la tentative %d (%s)", h.nth, messages(h.number))
	}
	switch h.what {
	case departed:
		return words.Textf("%s departed for broker %d", "%s est partie vers le broker %d", which, a.Broker)
	case arrived:
		return words.Textf("%s arrived at broker %d", "%s est arrivée au broker %d", which, a.Broker)
	case answered:
		return words.Textf("broker %d answered %s: %s", "le broker %d a répondu à %s : %s", a.Broker, which, answer(h))
	case heard:
		return words.Textf("the answer to %s came back: %s", "la réponse à %s est revenue : %s", which, answer(h))
	case cut:
		return words.Textf("the connection of %s was cut", "la connexion de %s a été coupée", which)
	default:
		return words.Textf("the producer stopped waiting for the answer to %s", "le producteur a cessé d’attendre la réponse à %s", which)
	}
}

func answer(h happening) words.Text {
	a := &h.attempt
	switch {
	case h.known && a.Offset >= 0:
		return words.Textf("already there, at offset %d", "déjà là, à l’offset %d", a.Offset)
	case h.known:
		return words.Textf("already there", "déjà là")
	case a.Code != 0:
		return words.Textf("refused, code %d", "refusée, code %d", a.Code)
	case h.added:
		return words.Textf("added at offset %d", "ajouté à l’offset %d", a.Offset)
	case a.Offset >= 0:
		return words.Textf("it is at offset %d, added by this attempt or one before", "il est à l’offset %d, ajouté par cette tentative ou par une précédente", a.Offset)
	}
	return words.Textf("without an error", "sans erreur")
}

func faultSentence(h happening) words.Text {
	switch h.band.Kind {
	case "down", "stopped", "frozen":
		return stateSentence(h)
	}
	t := chaos.Toxic{Kind: plain.Text(h.band.Kind), Stream: h.band.Stream, Attributes: h.band.Detail, On: chaos.Broker(chaos.NoBroker)}
	what := words.Text{En: plain.Text(t.Describe(words.English)), Fr: plain.Text(t.Describe(words.French))}
	if h.what == faultBegan {
		return words.Textf("toxic on: %s, %s", "panne posée : %s, %s", what, where(h))
	}
	return words.Textf("toxic off: %s, %s", "panne levée : %s, %s", what, where(h))
}

// stateSentence tells of a proxy or a broker that goes or comes.
func stateSentence(h happening) words.Text {
	forms := map[string][4]string{
		"down":    {"the proxy is down, %s", "the proxy is up again, %s", "le proxy est arrêté, %s", "le proxy est rétabli, %s"},
		"stopped": {"stopped: %s", "started again: %s", "arrêt : %s", "de nouveau en service : %s"},
		"frozen":  {"frozen: %s", "thawed: %s", "gel : %s", "dégel : %s"},
	}[h.band.Kind]
	if h.what == faultBegan {
		return words.Textf(forms[0], forms[2], where(h))
	}
	return words.Textf(forms[1], forms[3], where(h))
}

func where(h happening) words.Text {
	if h.every {
		return words.Text{En: "every broker", Fr: "tous les brokers"}
	}
	ids := strings.Trim(strings.ReplaceAll(fmt.Sprint(h.brokers), " ", ", "), "[]")
	if len(h.brokers) == 1 {
		return words.Textf("broker %s", "broker %s", ids)
	}
	return words.Textf("brokers %s", "brokers %s", ids)
}

// outside makes a text from outside plain; it is the same in each language.
func outside(s string) words.Text {
	s = plain.Text(s)
	return words.Text{En: s, Fr: s}
}

// report says what the producer was told in the end.
func report(m *ledger.Message) words.Text {
	after := length(m.Reported - m.Sent)
	switch m.Report {
	case ledger.AckedReport:
		if m.Offset < 0 {
			return words.Textf("acked after %s", "acquitté en %s", after)
		}
		return words.Textf("acked: partition %d, offset %d, after %s", "acquitté : partition %d, offset %d, en %s", m.Partition, m.Offset, after)
	case ledger.FailedReport:
		return words.Textf("failed after %s: %s", "refusé au bout de %s : %s", after, why(m))
	case ledger.UnknownReport:
		return words.Textf("unknown after %s: %s; it may be in the log", "sort inconnu au bout de %s : %s ; il est peut-être dans le journal", after, why(m))
	}
	return words.Textf("handed over, no ack asked", "parti, sans acquittement demandé")
}

// why says why a message was not acked. What came from outside is made plain
// first.
func why(m *ledger.Message) words.Text {
	return lab.Why(ledger.Message{Topic: plain.Text(m.Topic), Reason: m.Reason, Err: plain.Text(m.Err)})
}

// verdict says what the log says of one message.
func verdict(m *ledger.Message) words.Text {
	var v words.Text
	switch m.Verdict {
	case ledger.Once:
		v = words.Textf("1 copy in the log", "une seule copie dans le journal")
	case ledger.Duplicate:
		v = words.Textf("%s in the log: a duplicate", "%s dans le journal : un doublon", copies(m.Copies))
	case ledger.Lost:
		v = words.Textf("acked, and not in the log: lost", "acquitté, et absent du journal : perdu")
	default:
		v = words.Textf("not written", "non écrit")
	}
	if m.Ghost {
		v = words.Textf("%s; a ghost, written although it was not acked", "%s ; un fantôme, écrit sans être acquitté", v)
	}
	if m.Reordered {
		v = words.Textf("%s; out of order", "%s ; dans le désordre", v)
	}
	return v
}

// verdicts says what the log says of many.
func verdicts(t ledger.Totals) words.Text {
	var list, flags []words.Text // the verdicts divide the messages, the flags stand beside them
	add := func(list *[]words.Text, n int64, en, ens, fr, frs string) {
		if n > 0 {
			*list = append(*list, some(n, en, ens, fr, frs))
		}
	}
	add(&list, t.Once, "in one copy", "in one copy", "en une seule copie", "en une seule copie")
	add(&list, t.Duplicates, "duplicate", "duplicates", "en doublon", "en doublon")
	add(&list, t.Lost, "acked, then lost", "acked, then lost", "acquitté mais perdu", "acquittés mais perdus")
	add(&list, t.Absent, "not written", "not written", "non écrit", "non écrits")
	add(&flags, t.Ghosts, "ghost (written anyway)", "ghosts (written anyway)", "fantôme (écrit malgré tout)", "fantômes (écrits malgré tout)")
	add(&flags, t.Reordered, "out of order", "out of order", "dans le désordre", "dans le désordre")
	said := joined(list)
	if len(flags) > 0 {
		said = words.Textf("%s; of these, %s", "%s ; dont %s", said, joined(flags))
	}
	return words.Textf("of %s: %s; %s in all", "sur %s : %s ; %s en tout", messages(t.Sent), said, copies(t.Copies))
}
