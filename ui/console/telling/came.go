package telling

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
)

// ToneOf is how the result of a line is said.
func ToneOf(p *lab.Progress) Tone {
	switch r := p.Reports; {
	case p.Expectation != "":
		return Good
	case r == nil:
		return Neutral
	case r.Failed > 0:
		return Bad
	case r.Unknown > 0:
		return Doubtful
	case r.Acked > 0 && inFlightOf(p) == 0:
		return Good
	}
	return Neutral
}

func inFlightOf(p *lab.Progress) int64 {
	send, is := p.Line.Command.(*lab.Send)
	if !is {
		return 0
	}
	r := p.Reports
	return int64(send.Count) - r.Acked - r.Failed - r.Unknown - r.Fired
}

// CameOf says what became of an async send, by the number of its batch. Where
// the ledger no longer has all of its messages, nothing is said.
func CameOf(s *ledger.Snapshot, send *lab.Send, batch uint32) Told {
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
		return Told{}
	}
	t := Told{Tone: map[ledger.Kind]Tone{ledger.AckedReport: Good, ledger.FailedReport: Bad, ledger.UnknownReport: Doubtful}[last.Report]}
	if send.Count == 1 {
		t.Text = words.Text{En: cameOne(last, words.English), Fr: cameOne(last, words.French)}
		return t
	}
	var all int64
	for _, n := range found {
		all += n
	}
	if all != int64(send.Count) {
		return Told{}
	}
	t.Text = words.Text{En: cameMany(found, last, words.English), Fr: cameMany(found, last, words.French)}
	return t
}

func cameOne(m *ledger.Message, lang words.Lang) string {
	s := Report(m.Report, lang).Words
	if m.Report == ledger.AckedReport && m.Offset >= 0 {
		s += " " + Offset(m.Offset)
	}
	switch m.Report {
	case ledger.FiredReport:
	case ledger.AckedReport:
		s += lang.Pick(" after ", " en ") + Duration(m.Reported-m.Sent, lang)
	default:
		s += lang.Pick(" after ", " au bout de ") + Duration(m.Reported-m.Sent, lang)
	}
	return s + because(m, lang)
}

func cameMany(found map[ledger.Kind]int64, worst *ledger.Message, lang words.Lang) string {
	return Reports(found, lang) + because(worst, lang)
}

// Reports counts what a producer was told: 3 acked, 1 unknown.
func Reports(found map[ledger.Kind]int64, lang words.Lang) string {
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
			s += Count(n, lang) + " " + lang.Pick(k.en, Plural(n, k.one, k.several))
		}
	}
	return s
}

func because(m *ledger.Message, lang words.Lang) string {
	if r := Reason(m, lang); r != "" {
		return lang.Pick(": ", "\u00a0: ") + r
	}
	return ""
}
