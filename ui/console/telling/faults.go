package telling

import (
	"slices"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
)

// together is how far apart the brokers of one toxic may have come to it.
const together = 100 * time.Millisecond

// Faults says each fault of a run in a sentence: what it was, on which way, and
// from when to when. One on several brokers is one.
func Faults(s *ledger.Snapshot, lang words.Lang) []string {
	var said []string
	told := make([]bool, len(s.Bands))
	for i := range s.Bands {
		if told[i] {
			continue
		}
		var brokers []int32
		for k := i; k < len(s.Bands); k++ {
			if !told[k] && sameFault(&s.Bands[i], &s.Bands[k]) {
				told[k] = true
				brokers = append(brokers, s.Bands[k].Broker)
			}
		}
		said = append(said, fault(&s.Bands[i], brokers, len(s.Brokers), lang))
	}
	return said
}

func sameFault(a, b *ledger.Band) bool {
	return a.Kind == b.Kind && a.Name == b.Name && a.Stream == b.Stream && a.Foreign == b.Foreign &&
		(a.To < 0) == (b.To < 0) && (b.From-a.From).Abs() < together
}

func fault(b *ledger.Band, brokers []int32, of int, lang words.Lang) string {
	about := ""
	if b.Approximate {
		about = About
	}
	said := Capital(Fault(b.Kind, b.Detail, lang)) + Way(b.Stream, lang) + ", " + Brokers(brokers, of, lang) +
		lang.Pick(": ", "\u00a0: ")
	from := about + Moment(b.From, lang)
	if b.To < 0 {
		return said + lang.Pick("from "+from+" on, still in force.", "depuis "+from+", toujours en vigueur.")
	}
	return said + lang.Pick("from "+from+" to ", "de "+from+" à ") + about + Moment(b.To, lang) + "."
}

// Way says in which direction a fault is; nothing where it has none.
func Way(stream string, lang words.Lang) string {
	switch stream {
	case chaos.Upstream:
		return lang.Pick(" on the requests", " sur les requêtes")
	case chaos.Downstream:
		return lang.Pick(" on the answers", " sur les réponses")
	}
	return ""
}

// Brokers names some, of so many.
func Brokers(ids []int32, of int, lang words.Lang) string {
	if len(ids) == of && of > 1 {
		return lang.Pick("every broker", "tous les brokers")
	}
	s := ""
	slices.Sort(ids)
	for i, id := range ids {
		if i > 0 {
			s += ", "
		}
		s += strconv.Itoa(int(id))
	}
	return Plural(int64(len(ids)), "broker ", "brokers ") + s
}

// List joins parts of a sentence: a, b and c.
func List(parts []string, lang words.Lang) string {
	s := ""
	for i, p := range parts {
		switch {
		case i == 0:
		case i == len(parts)-1:
			s += lang.Pick(" and ", " et ")
		default:
			s += ", "
		}
		s += p
	}
	return s
}
