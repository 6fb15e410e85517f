package console

import (
	"cmp"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// said is a report or a verdict in words: a mark, a sentence, a colour.
type said struct {
	mark, words string
	style       style
}

// unread stands for what nobody has looked at.
const unread = "—"

// reportOf says what the producer was told.
func reportOf(k ledger.Kind, lang words.Lang) said {
	switch k {
	case ledger.AckedReport:
		return said{"✓", lang.Pick("acked", "acquitté"), fine}
	case ledger.FailedReport:
		return said{"✗", lang.Pick("failed", "refusé"), failed}
	case ledger.UnknownReport:
		return said{"✗", lang.Pick("unknown", "sort inconnu"), failed}
	case ledger.FiredReport:
		return said{"·", lang.Pick("no ack asked", "sans acquittement"), faint}
	default:
		return said{"…", lang.Pick("in flight", "en vol"), pending}
	}
}

// verdictOf says what the log says of one message: the word first, then the
// flags beside it.
func verdictOf(m *ledger.Message, lang words.Lang) (v, flag said) {
	switch m.Verdict {
	case ledger.Once:
		v = said{"", copies(1, lang), once}
		if m.Ghost {
			v.words = lang.Pick("1 copy", "1 copie")
		}
	case ledger.Duplicate:
		v = said{"", copies(m.Copies, lang) + " " + lang.Pick("DUPLICATE", "DOUBLON"), dup}
	case ledger.Lost:
		v = said{"", lang.Pick("acked, then LOST", "acquitté mais PERDU"), lost}
	case ledger.Absent:
		v = said{"", lang.Pick("not written", "non écrit"), absent}
	default:
		v = said{"", unread, faint}
	}
	switch {
	case m.Ghost:
		flag = said{"", lang.Pick("GHOST, written anyway", "FANTÔME, écrit malgré tout"), ghost}
	case m.Reordered:
		flag = said{"", lang.Pick("out of order", "dans le désordre"), dup}
	}
	return v, flag
}

// copies counts copies; one alone is worth a word.
func copies(n int64, lang words.Lang) string {
	if n == 1 {
		return lang.Pick("1 copy", "une seule copie")
	}
	return count(n, lang) + " copies"
}

// cast gives the messages on one screen their names and colours.
type cast struct {
	labels  []ledger.Totals
	batches []batchSize // ascending
}

type batchSize struct {
	batch uint32
	many  bool
}

// of learns who is there. It reuses what it has.
func (c *cast) of(s *ledger.Snapshot) {
	c.labels, c.batches = s.Labels, c.batches[:0]
	for i := range s.Messages {
		r := s.Messages[i].Ref
		if n := len(c.batches); n == 0 || c.batches[n-1].batch != r.Batch {
			c.batches = append(c.batches, batchSize{batch: r.Batch})
		}
		if r.N > 0 {
			c.batches[len(c.batches)-1].many = true
		}
	}
}

// name is a label, or the batch's number where it has none, with the message's
// own number where the batch has several.
func (c *cast) name(r ledger.Ref, label string) string {
	name := plain(label)
	if label == "" {
		name = "#" + strconv.FormatUint(uint64(r.Batch), 10)
	}
	if r.N > 0 || c.many(r.Batch) {
		name += "·" + strconv.FormatUint(uint64(r.N)+1, 10)
	}
	return name
}

func (c *cast) many(batch uint32) bool {
	for i := len(c.batches) - 1; i >= 0; i-- {
		if c.batches[i].batch == batch {
			return c.batches[i].many
		}
	}
	return false
}

func (c *cast) style(r ledger.Ref, label string) style {
	if label != "" {
		return labelStyle(rank(c.labels, label))
	}
	return labelStyle(len(c.labels) + int(r.Batch) - 1)
}

// rank is a label's place among the labels by name. Two lines that run at once
// start in any order, and A should still stand above B.
func rank(labels []ledger.Totals, label string) int {
	n := 0
	for i := range labels {
		if labels[i].Label < label {
			n++
		}
	}
	return n
}

// before puts labels first, by name, then what has none, by its batch.
func before(label1 string, batch1 uint32, label2 string, batch2 uint32) int {
	switch {
	case label1 == "" && label2 != "":
		return 1
	case label1 != "" && label2 == "":
		return -1
	case label1 != label2:
		return strings.Compare(label1, label2)
	default:
		return cmp.Compare(batch1, batch2)
	}
}
