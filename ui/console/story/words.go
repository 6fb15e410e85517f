package story

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// clock writes a time since the run began: 2.440 s, or 12:05.030 min.
func clock(t time.Duration, lang words.Lang) string {
	switch {
	case t < 0:
		return telling.Unread
	case t >= 1000*time.Second:
		return fmt.Sprintf("%d:%02d", t/time.Minute, t%time.Minute/time.Second) + lang.Pick(".", ",") + fmt.Sprintf("%03d", t%time.Second/time.Millisecond)
	}
	s := strconv.FormatFloat(float64(t.Truncate(time.Millisecond))/float64(time.Second), 'f', 3, 64)
	if lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "\u00a0s"
}

// offsets lists some: @16, @17.
func offsets(list []int64) string {
	const most = 8
	out := make([]string, 0, most)
	for _, o := range list[:min(len(list), most)] {
		out = append(out, telling.Offset(o))
	}
	if len(list) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// place is where a message goes.
func place(m *ledger.Message) string {
	if m.Partition < 0 {
		return screen.Plain(m.Topic)
	}
	return screen.Plain(m.Topic) + "/" + strconv.Itoa(int(m.Partition))
}

// settings says how a message was sent: plain async → test-topic/1, key k.
func (t *tale) settings(lang words.Lang) string {
	s := screen.Plain(t.m.Mode) + " " + screen.Plain(t.m.Sending) + " → " + place(t.m)
	if t.m.Key != "" {
		s += lang.Pick(", key ", ", clé ") + screen.Plain(t.m.Key)
	}
	return s
}

// identity is what a broker knows an attempt by.
func (t *tale) identity(n int, at *ledger.Attempt, lang words.Lang) string {
	if at.ProducerID < 0 {
		if n > 1 {
			return lang.Pick("no sequence: for a broker, a new message", "sans séquence\u00a0: pour un broker, un nouveau message")
		}
		return lang.Pick("no producer id, no sequence", "ni producer id ni séquence")
	}
	s := "producer id " + strconv.FormatInt(at.ProducerID, 10) + " · " + lang.Pick("epoch ", "époque ") + strconv.Itoa(int(at.Epoch)) +
		" · " + lang.Pick("sequence ", "séquence ") + strconv.Itoa(int(at.BaseSequence))
	if o := t.before(n, at); o > 0 {
		s += lang.Pick(": the same as attempt ", "\u00a0: les mêmes que la tentative ") + strconv.Itoa(o)
	}
	return s
}

// answer is what a broker answered, with its sign: + added, = there already,
// ! refused.
func (t *tale) answer(n int, at *ledger.Attempt, lang words.Lang) (s string, st screen.Style) {
	where := ""
	if at.Offset >= 0 {
		where = telling.Offset(at.Offset)
		if at.Records > 1 {
			where += "…" + strconv.FormatInt(at.Offset+int64(at.Records)-1, 10)
		}
		where += " "
	}
	switch {
	case telling.Refusal(at):
		return "! " + lang.Pick("refused, ", "refusé, ") + telling.Code(at.Code), screen.Failed
	case t.s.Recognised(t.m, n-1):
		return "= " + where + lang.Pick("there already: recognised by its sequence", "déjà là\u00a0: reconnu à sa séquence"), screen.Fine
	case t.s.Added(t.m, n-1):
		return "+ " + where + lang.Pick("added", "ajouté"), screen.Ink
	case at.Offset >= 0:
		return where + lang.Pick("there: added by this one, or before", "là : ajouté par celle-ci, ou avant"), screen.Ink
	}
	return "", screen.Ink
}

// fault says a fault with its direction: ◀ latency 5 s.
func fault(b *ledger.Band, lang words.Lang) string {
	arrow := map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream]
	if b.Approximate {
		arrow += telling.About
	}
	return arrow + telling.Fault(b.Kind, b.Detail, lang)
}

// faultInWords says it for those who don't see arrows.
func faultInWords(b *ledger.Band, lang words.Lang) string {
	s := telling.Fault(b.Kind, b.Detail, lang)
	switch b.Stream {
	case "upstream":
		s += lang.Pick(" on the requests", " sur les requêtes")
	case "downstream":
		s += lang.Pick(" on the answers", " sur les réponses")
	}
	return s + ", broker " + strconv.Itoa(int(b.Broker))
}

// names lists faults.
func names(bands []*ledger.Band, lang words.Lang) string {
	var out []string
	for _, b := range bands {
		out = append(out, telling.Fault(b.Kind, b.Detail, lang))
	}
	return strings.Join(out, ", ")
}

// waited says after how long an attempt was given up or cut.
func waited(m *moment, lang words.Lang) string {
	if m.try.Departed < 0 {
		return ""
	}
	return lang.Pick(" after ", " au bout de ") + telling.Duration(m.at-m.try.Departed, lang)
}

// report is what the producer was told, and why.
func (t *tale) report(lang words.Lang) (said telling.Said) {
	said = telling.Report(t.m.Report, lang)
	if t.m.Report == ledger.AckedReport && t.m.Offset >= 0 {
		said.Words += " " + telling.Offset(t.m.Offset)
	}
	if t.m.Report != ledger.FiredReport {
		said.Words += lang.Pick(" after ", " au bout de ") + telling.Duration(t.m.Reported-t.m.Sent, lang)
	}
	if r := telling.Reason(t.m, lang); r != "" {
		said.Words += lang.Pick(": ", "\u00a0: ") + r
	}
	return said
}

// verdict is what the log says, with the offsets of the copies.
func (t *tale) verdict(lang words.Lang) (v, flag telling.Said, where string) {
	v, flag = telling.Verdict(t.m, lang)
	if len(t.copies) > 0 {
		where = offsets(t.copies)
		if left := t.m.Copies - int64(len(t.copies)); left > 0 {
			where += lang.Pick(" and ", " et ") + telling.Count(left, lang) + lang.Pick(" further back", " plus loin")
		}
	}
	return v, flag, where
}

// unsaid tells of the copies that no answer spoke of.
func (t *tale) unsaid(lang words.Lang) string {
	o := t.silent()
	if len(o) == 0 || t.m.Report == ledger.FiredReport {
		return ""
	}
	return lang.Pick("no answer that was seen spoke of ", "aucune réponse vue ne parlait de ") + offsets(o)
}
