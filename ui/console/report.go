package console

import (
	"slices"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
)

// toneOf is how the result of a line is said.
func toneOf(p *lab.Progress) tone {
	switch r := p.Reports; {
	case p.Expectation != "":
		return good
	case r == nil:
		return neutral
	case r.Failed > 0:
		return bad
	case r.Unknown > 0:
		return doubtful
	case r.Acked > 0 && inFlightOf(p) == 0:
		return good
	}
	return neutral
}

func inFlightOf(p *lab.Progress) int64 {
	send, is := p.Line.Command.(*lab.Send)
	if !is {
		return 0
	}
	r := p.Reports
	return int64(send.Count) - r.Acked - r.Failed - r.Unknown - r.Fired
}

// cameOf says what became of an async send, by the number of its batch. Where
// the ledger no longer has all of its messages, nothing is said.
func cameOf(s *ledger.Snapshot, send *lab.Send, batch uint32) told {
	var last *ledger.Message
	found := map[ledger.Kind]int64{}
	for i := len(s.Messages) - 1; i >= 0; i-- {
		m := &s.Messages[i]
		if m.Ref.Batch != batch {
			continue
		}
		if last == nil || m.Report == ledger.FailedReport || m.Report == ledger.UnknownReport && last.Report != ledger.FailedReport {
			last = m // what went worst is what is explained
		}
		found[m.Report]++
	}
	if last == nil || found[ledger.NoReport] > 0 || len(found) == 0 {
		return told{}
	}
	t := told{tone: map[ledger.Kind]tone{ledger.AckedReport: good, ledger.FailedReport: bad, ledger.UnknownReport: doubtful}[last.Report]}
	if send.Count == 1 {
		t.text = words.Text{En: cameOne(last, words.English), Fr: cameOne(last, words.French)}
		return t
	}
	var all int64
	for _, n := range found {
		all += n
	}
	if all != int64(send.Count) {
		return told{}
	}
	t.text = words.Text{En: cameMany(found, last, words.English), Fr: cameMany(found, last, words.French)}
	return t
}

func cameOne(m *ledger.Message, lang words.Lang) string {
	s := reportOf(m.Report, lang).words
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		s += " @" + count(m.Offset, lang)
	}
	switch m.Report {
	case ledger.FiredReport:
	case ledger.AckedReport:
		s += lang.Pick(" after ", " en ") + duration(m.Reported-m.Sent, lang)
	default:
		s += lang.Pick(" after ", " au bout de ") + duration(m.Reported-m.Sent, lang)
	}
	return s + because(m, lang)
}

func cameMany(found map[ledger.Kind]int64, worst *ledger.Message, lang words.Lang) string {
	s := ""
	for _, k := range []struct {
		kind             ledger.Kind
		en, one, several string
	}{
		{ledger.AckedReport, "acked", "acquitté", "acquittés"},
		{ledger.FiredReport, "without an ack", "sans acquittement", "sans acquittement"},
		{ledger.FailedReport, "failed", "refusé", "refusés"},
		{ledger.UnknownReport, "unknown", "de sort inconnu", "de sort inconnu"},
	} {
		if n := found[k.kind]; n > 0 {
			if s != "" {
				s += ", "
			}
			s += count(n, lang) + " " + lang.Pick(k.en, plural(n, k.one, k.several))
		}
	}
	return s + because(worst, lang)
}

func because(m *ledger.Message, lang words.Lang) string {
	if r := reasonOf(m, lang); r != "" {
		return lang.Pick(": ", "\u00a0: ") + r
	}
	return ""
}

// reasonOf says in a few words why a message was not acked.
func reasonOf(m *ledger.Message, lang words.Lang) string {
	switch m.Reason {
	case "":
		return ""
	case ledger.Timeout:
		return lang.Pick("no answer in time", "pas de réponse à temps")
	case ledger.Disconnected:
		return lang.Pick("connection cut or refused", "connexion coupée ou refusée")
	case ledger.BudgetSpent:
		return lang.Pick("delivery budget spent", "budget de livraison épuisé")
	case ledger.UnknownTopic:
		return lang.Pick("no topic ", "pas de topic ") + plain(m.Topic)
	case ledger.NoPartition:
		return lang.Pick("no such partition", "pas de telle partition")
	case ledger.TooLarge:
		return lang.Pick("message too large", "message trop gros")
	case ledger.NoBroker:
		return lang.Pick("no broker to be reached", "aucun broker joignable")
	case ledger.Closing:
		return lang.Pick("the bench was reset", "banc remis à zéro")
	case ledger.Interrupted:
		return lang.Pick("stopped before it was taken", "arrêté avant d'être pris")
	}
	return plain(m.Err)
}

// stopped says that what ran was stopped, and what is still in force.
func stopped(s *ledger.Snapshot) words.Text {
	say := func(lang words.Lang) string {
		said := lang.Pick("Stopped.", "Arrêtée.")
		ours := slices.IndexFunc(s.Toxics, func(t ledger.Toxic) bool { return !t.Foreign })
		if ours < 0 {
			return said
		}
		t := &s.Toxics[ours]
		return said + " " + faultText(t.Kind, t.Attributes, lang) +
			lang.Pick(" is still in force: c clears it, r starts afresh.", " est toujours en place\u00a0: c la retire, r repart à neuf.")
	}
	return words.Text{En: say(words.English), Fr: say(words.French)}
}
