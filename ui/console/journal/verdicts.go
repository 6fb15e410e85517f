package journal

import (
	"slices"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// many is how many messages without a label are told one by one.
const many = 24

// verdictRow is what is said of a label, or of a message without one.
type verdictRow struct {
	label   string
	batch   uint32
	name    string
	style   screen.Style
	report  telling.Said
	told    string // the reports of a label, counted
	verdict []telling.Said

	messages int64
	grave    bool // a duplicate, a loss, a ghost
	kept     bool
}

// verdicts says what is known of each label, and of the latest messages
// without a label.
func verdicts(rows []verdictRow, s *ledger.Snapshot, c *telling.Cast, lang words.Lang) []verdictRow {
	var last uint32
	rest := telling.Others(s)
	together := rest.Sent > many
	if together {
		rows = append(rows, restRow(&rest, s, c, lang))
	}
	for i := max(0, len(s.Messages)-24); i < len(s.Messages); i++ {
		m := &s.Messages[i]
		if t, ok := s.Label(m.Label); ok && m.Label != "" {
			if t.Sent == 1 {
				rows = append(rows, messageRow(m, c, lang))
			} else if !inRows(rows, screen.Plain(m.Label)) {
				rows = append(rows, labelRow(&t, c.Style(m.Ref, m.Label), lang))
			}
			continue
		}
		if together {
			continue
		}
		if c.Many(m.Ref.Batch) && last == m.Ref.Batch && len(rows) > 4 {
			continue // a long batch must not push everything else out
		}
		last = m.Ref.Batch
		rows = append(rows, messageRow(m, c, lang))
	}
	slices.SortStableFunc(rows, func(x, y verdictRow) int { return telling.Before(x.label, x.batch, y.label, y.batch) })
	return rows
}

func inRows(rows []verdictRow, name string) bool {
	for i := range rows {
		if rows[i].name == name {
			return true
		}
	}
	return false
}

func messageRow(m *ledger.Message, c *telling.Cast, lang words.Lang) verdictRow {
	v, flag := telling.Verdict(m, lang)
	row := verdictRow{label: m.Label, batch: m.Ref.Batch, name: c.Name(m.Ref, m.Label) + " " + screen.Plain(m.Mode), style: c.Style(m.Ref, m.Label), report: telling.Report(m.Report, lang), verdict: []telling.Said{v}}
	row.messages, row.grave = 1, m.Verdict == ledger.Duplicate || m.Verdict == ledger.Lost || m.Ghost
	if flag.Words != "" {
		row.verdict = append(row.verdict, flag)
	}
	return row
}

// labelRow adds up a label: how many messages got which verdict.
func labelRow(t *ledger.Totals, st screen.Style, lang words.Lang) verdictRow {
	row := verdictRow{label: t.Label, name: screen.Plain(t.Label), style: st, report: telling.Said{Mark: "", Words: telling.Count(t.Sent, lang) + " " + sent(t, lang), Style: screen.Ink}}
	row.told = telling.Reports(map[ledger.Kind]int64{
		ledger.AckedReport: t.Acked, ledger.FailedReport: t.Failed, ledger.UnknownReport: t.Unknown, ledger.FiredReport: t.Fired,
	}, lang)
	row.messages, row.grave = t.Sent, t.Duplicates+t.Lost+t.Ghosts > 0
	if !t.Audited {
		row.verdict = []telling.Said{{Mark: "", Words: telling.Unread, Style: screen.Faint}}
		return row
	}
	add := func(n int64, en, fr string, st screen.Style) {
		if n > 0 {
			row.verdict = append(row.verdict, telling.Said{Mark: "", Words: telling.Count(n, lang) + " " + lang.Pick(en, fr), Style: st})
		}
	}
	add(t.Once, telling.Plural(t.Once, "in one copy", "in one copy"), telling.Plural(t.Once, "en une seule copie", "en une seule copie"), screen.Once)
	add(t.Duplicates, telling.Plural(t.Duplicates, "DUPLICATE", "DUPLICATES"), telling.Plural(t.Duplicates, "DOUBLON", "DOUBLONS"), screen.Dup)
	add(t.Lost, "LOST", telling.Plural(t.Lost, "PERDU", "PERDUS"), screen.Lost)
	add(t.Absent, "not written", telling.Plural(t.Absent, "non écrit", "non écrits"), screen.Absent)
	flags := len(row.verdict) // they stand beside the verdicts, which divide the messages
	add(t.Ghosts, telling.Plural(t.Ghosts, "GHOST", "GHOSTS"), telling.Plural(t.Ghosts, "FANTÔME", "FANTÔMES"), screen.Ghost)
	add(t.Reordered, "out of order", "dans le désordre", screen.Dup)
	if flags < len(row.verdict) {
		row.verdict[flags].Words = lang.Pick("of these ", "dont ") + row.verdict[flags].Words
	}
	row.verdict = append(row.verdict, telling.Said{Mark: "", Words: "(" + telling.CopiesIn(t.Copies, lang) + ")", Style: screen.Faint})
	return row
}

// sent is what a label sent: messages, or, where the log shows that one was sent
// again with its id, sends.
func sent(t *ledger.Totals, lang words.Lang) string {
	if t.Audited && t.Once+t.Duplicates+t.Lost+t.Absent < t.Sent {
		return lang.Pick(telling.Plural(t.Sent, "send", "sends"), telling.Plural(t.Sent, "envoi", "envois"))
	}
	return telling.Plural(t.Sent, "message", "messages")
}

// restRow tells of all messages without a label at once.
func restRow(t *ledger.Totals, s *ledger.Snapshot, c *telling.Cast, lang words.Lang) verdictRow {
	row := labelRow(t, screen.Faint, lang)
	row.name = lang.Pick("without a label", "sans étiquette")
	// Where they are one batch, its name says more.
	if n := len(s.Messages); n > 0 && s.Messages[n-1].Label == "" && c.Alone() && s.Messages[n-1].Ref.Batch == 1 {
		m := &s.Messages[n-1]
		row.name, row.style = "#1 "+screen.Plain(m.Mode), c.Style(m.Ref, "")
	}
	return row
}
