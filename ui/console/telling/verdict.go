package telling

import (
	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
)

// Said is a report or a verdict in words: a mark, a sentence, a colour.
type Said struct {
	Mark, Words string
	Style       screen.Style
}

// Unread stands for what nobody has looked at.
const Unread = "—"

// Report says what the producer was told.
func Report(k ledger.Kind, lang words.Lang) Said {
	switch k {
	case ledger.AckedReport:
		return Said{"✓", lang.Pick("acked", "acquitté"), screen.Fine}
	case ledger.FailedReport:
		return Said{"✗", lang.Pick("failed", "refusé"), screen.Failed}
	case ledger.UnknownReport:
		return Said{"✗", lang.Pick("unknown", "sort inconnu"), screen.Failed}
	case ledger.FiredReport:
		return Said{"·", lang.Pick("no ack asked", "sans acquittement"), screen.Faint}
	default:
		return Said{"…", lang.Pick("in flight", "en vol"), screen.Pending}
	}
}

// Verdict says what the log says of one message: the word first, then the
// flags beside it.
func Verdict(m *ledger.Message, lang words.Lang) (v, flag Said) {
	switch m.Verdict {
	case ledger.Once:
		v = Said{"", Copies(1, lang), screen.Once}
		if m.Ghost {
			v.Words = lang.Pick("1 copy", "1 copie")
		}
	case ledger.Duplicate:
		v = Said{"", Copies(m.Copies, lang) + " " + lang.Pick("DUPLICATE", "DOUBLON"), screen.Dup}
	case ledger.Lost:
		v = Said{"", lang.Pick("acked, then LOST", "acquitté mais PERDU"), screen.Lost}
	case ledger.Absent:
		v = Said{"", lang.Pick("not written", "non écrit"), screen.Absent}
	default:
		v = Said{"", Unread, screen.Faint}
	}
	switch {
	case m.Ghost:
		flag = Said{"", lang.Pick("GHOST, written anyway", "FANTÔME, écrit malgré tout"), screen.Ghost}
	case m.Reordered:
		flag = Said{"", lang.Pick("out of order", "dans le désordre"), screen.Dup}
	}
	return v, flag
}

// Copies counts copies; one alone is worth a word.
func Copies(n int64, lang words.Lang) string {
	if n == 1 {
		return lang.Pick("1 copy", "une seule copie")
	}
	return Count(n, lang) + " copies"
}
