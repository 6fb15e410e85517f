package lab

import (
	"regexp"
	"slices"
	"unicode/utf8"

	"atelier/kafka"
	"atelier/lessons/check"
	"atelier/lessons/check/spell"
)

// The bounds of a send.
const (
	DefaultTopic = "test-topic"
	MaxCount     = 10_000_000
	MaxKeys      = 10_000
	MaxMessage   = kafka.MaxMessageBytes // bytes of key, value and headers: Kafka's clients refuse more
	MaxRate      = 1_000_000             // messages per second
)

// send reads `send [COUNT] MODE [SENDING] settings… [as LABEL]`.
func send(a *args) Command {
	s := &Send{Count: 1, Sending: kafka.Sync, Topic: DefaultTopic, Partition: -1}
	label := a.label()
	a.count(s)
	known := a.mode(s)
	a.sending(s)
	a.sendSettings(s, known)
	if label != "" {
		s.Label = label
	}
	a.scope.sent(label, a.number)
	return s
}

// count reads the number of messages, where there is one.
func (a *args) count(s *Send) {
	if len(a.alone) == 0 || !numeric.MatchString(a.alone[0].bare()) {
		return
	}
	w := a.next()
	n, err := integer(w.bare(), 1, MaxCount)
	if err != nil {
		a.at(w, "count: %s", "nombre : %s", err)
		return
	}
	s.Count = n
}

// mode reads the mode; false says that there is none to take settings from.
func (a *args) mode(s *Send) bool {
	w := a.next()
	names := modeNames()
	switch {
	case w == nil:
		a.missing("the mode is missing: choose %s", "il manque le mode : choisissez %s", spell.List(names))
		return false
	case slices.Contains(names, w.bare()):
		s.Mode = kafka.Mode(w.bare())
		s.Settings = s.Mode.Settings()
		return true
	case slices.Contains(sendingNames(), w.bare()):
		a.at(w, "the mode is missing before %s: choose %s", "il manque le mode avant %s : choisissez %s", w.bare(), spell.List(names))
		s.Sending = kafka.Sending(w.bare())
	default:
		a.at(w, "unknown mode %s%s", "mode %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), names))
	}
	return false
}

// sending reads sync or async, where one is there.
func (a *args) sending(s *Send) {
	if len(a.alone) == 0 {
		return
	}
	w := a.alone[0]
	names := sendingNames()
	switch {
	case slices.Contains(names, w.bare()):
		s.Sending = kafka.Sending(a.next().bare())
	case spell.Closest(w.bare(), names) != "":
		a.at(a.next(), "unknown word %s%s", "mot %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), names))
	case numeric.MatchString(w.bare()):
		a.at(a.next(), "the count comes first: send %s plain", "le nombre vient en premier : send %s plain", w.bare())
	}
}

func modeNames() []string {
	var names []string
	for _, m := range kafka.Modes() {
		names = append(names, string(m))
	}
	return names
}

func sendingNames() []string { return []string{string(kafka.Sync), string(kafka.Async)} }

// MaxLabel is how many characters a label may have.
const MaxLabel = 32

var identifier = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*$`)

// label takes `as LABEL` out of the words, wherever it stands.
func (a *args) label() string {
	label := ""
	for i := 0; i < len(a.alone); i++ {
		if a.alone[i].bare() != "as" {
			continue
		}
		as := a.alone[i]
		after := i + 1
		switch {
		case after < len(a.alone) && (label != ""):
			a.at(as, "a send has one label: keep one `as`", "un envoi a une seule étiquette : gardez un seul `as`")
		case after < len(a.alone):
			label = a.labelName(a.alone[after])
		default:
			a.at(as, "which label? Write a name behind as, such as as A", "quelle étiquette ? Écrivez un nom après as, comme as A")
			after = i
		}
		a.alone = slices.Delete(a.alone, i, after+1)
		i--
	}
	return label
}

func (a *args) labelName(w *word) string {
	name := w.bare()
	switch {
	case !identifier.MatchString(name):
		a.at(w, "%s is not a label: write letters, digits and _, beginning with a letter", "%s n’est pas une étiquette : écrivez des lettres, des chiffres et _, en commençant par une lettre", spell.Quote(w.raw()))
	case utf8.RuneCountInString(name) > MaxLabel:
		a.at(w, "the label is too long: at most %d characters", "l’étiquette est trop longue : %d caractères au plus", MaxLabel)
	case check.IsValue(name):
		a.at(w, "%s cannot be a label: it is the name of a value. Choose another, such as A", "%s ne peut pas être une étiquette : c’est le nom d’une valeur. Choisissez-en une autre, comme A", name)
	case check.IsKeyword(name):
		a.at(w, "%s cannot be a label: expressions use that word. Choose another, such as A", "%s ne peut pas être une étiquette : les expressions emploient ce mot. Choisissez-en une autre, comme A", name)
	default:
		return name
	}
	return ""
}
