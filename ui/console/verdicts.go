package console

import (
	"slices"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// many is how many messages without a label are told one by one.
const many = 24

// verdictRow is what is said of a label, or of a message without one.
type verdictRow struct {
	label   string
	batch   uint32
	name    string
	style   style
	report  said
	verdict []said

	messages int64
	grave    bool // a duplicate, a loss, a ghost
	kept     bool
}

// verdicts says what is known of each label, and of the latest messages
// without a label.
func verdicts(rows []verdictRow, s *ledger.Snapshot, c *cast, lang words.Lang) []verdictRow {
	var last uint32
	rest := others(s)
	together := rest.Sent > many
	if together {
		rows = append(rows, restRow(&rest, s, c, lang))
	}
	for i := max(0, len(s.Messages)-24); i < len(s.Messages); i++ {
		m := &s.Messages[i]
		if t, ok := s.Label(m.Label); ok && m.Label != "" {
			if t.Sent == 1 {
				rows = append(rows, messageRow(m, c, lang))
			} else if !listed(rows, plain(m.Label)) {
				rows = append(rows, labelRow(&t, c.style(m.Ref, m.Label), lang))
			}
			continue
		}
		if together {
			continue
		}
		if c.many(m.Ref.Batch) && last == m.Ref.Batch && len(rows) > 4 {
			continue // a long batch must not push everything else out
		}
		last = m.Ref.Batch
		rows = append(rows, messageRow(m, c, lang))
	}
	slices.SortStableFunc(rows, func(x, y verdictRow) int { return before(x.label, x.batch, y.label, y.batch) })
	return rows
}

func listed(rows []verdictRow, name string) bool {
	for i := range rows {
		if rows[i].name == name {
			return true
		}
	}
	return false
}

func messageRow(m *ledger.Message, c *cast, lang words.Lang) verdictRow {
	v, flag := verdictOf(m, lang)
	row := verdictRow{label: m.Label, batch: m.Ref.Batch, name: c.name(m.Ref, m.Label) + " " + plain(m.Mode), style: c.style(m.Ref, m.Label), report: reportOf(m.Report, lang), verdict: []said{v}}
	row.messages, row.grave = 1, m.Verdict == ledger.Duplicate || m.Verdict == ledger.Lost || m.Ghost
	if flag.words != "" {
		row.verdict = append(row.verdict, flag)
	}
	return row
}

// labelRow adds up a label: how many messages got which verdict.
func labelRow(t *ledger.Totals, st style, lang words.Lang) verdictRow {
	row := verdictRow{label: t.Label, name: plain(t.Label), style: st, report: said{"", count(t.Sent, lang) + " " + plural(t.Sent, "message", "messages"), text}}
	row.messages, row.grave = t.Sent, t.Duplicates+t.Lost+t.Ghosts > 0
	if !t.Audited {
		row.verdict = []said{{"", unread, faint}}
		return row
	}
	add := func(n int64, en, fr string, st style) {
		if n > 0 {
			row.verdict = append(row.verdict, said{"", count(n, lang) + " " + lang.Pick(en, fr), st})
		}
	}
	add(t.Once, plural(t.Once, "in one copy", "in one copy"), plural(t.Once, "en une seule copie", "en une seule copie"), once)
	add(t.Duplicates, plural(t.Duplicates, "DUPLICATE", "DUPLICATES"), plural(t.Duplicates, "DOUBLON", "DOUBLONS"), dup)
	add(t.Lost, "LOST", plural(t.Lost, "PERDU", "PERDUS"), lost)
	add(t.Absent, "not written", plural(t.Absent, "non écrit", "non écrits"), absent)
	add(t.Ghosts, plural(t.Ghosts, "GHOST", "GHOSTS"), plural(t.Ghosts, "FANTÔME", "FANTÔMES"), ghost)
	add(t.Reordered, "out of order", "dans le désordre", dup)
	row.verdict = append(row.verdict, said{"", "(" + copiesIn(t.Copies, lang) + ")", faint})
	return row
}

func copiesIn(n int64, lang words.Lang) string {
	return count(n, lang) + " " + lang.Pick(plural(n, "copy", "copies"), plural(n, "copie", "copies"))
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
