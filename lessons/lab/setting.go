package lab

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/lessons/check/amount"
	"atelier/lessons/check/spell"
)

// sendSettings reads the name=value words of a send, then checks them against
// each other. Without a known mode their own values are still checked.
func (a *args) sendSettings(s *Send, known bool) {
	before := len(a.errors)
	changed := s.Settings
	if !known {
		changed = kafka.Plain.Settings()
	}
	a.take(append(modeSettings(&changed), messageSettings(s)...)...)
	if !known || len(a.errors) > before {
		return
	}
	s.Settings = a.consistent(s.Mode.Settings(), changed)
	a.exclusive("key", "keys", "one key for all messages, or several in turn", "une clé pour tous les messages, ou plusieurs à tour de rôle")
	a.exclusive("value", "size", "a value of your own, or a generated one of that size", "une valeur à vous, ou une valeur générée de cette taille")
	a.fits(s)
}

// modeSettings are those of the producer, for this line alone.
func modeSettings(s *kafka.Settings) []setting {
	return []setting{
		{name: "acks", read: func(text string) error { return readAcks(text, &s.Acks) }},
		into("retries", &s.Retries, 0, kafka.MaxRetries),
		period("backoff", &s.Backoff),
		period("request", &s.Request),
		period("total", &s.Total),
		into("inflight", &s.InFlight, 1, kafka.MaxInFlight),
		period("linger", &s.Linger),
		{name: "compression", read: func(text string) error {
			s.Compression = kafka.Compression(text)
			return oneOf(text, compressionNames())
		}},
	}
}

// messageSettings are those of the messages themselves.
func messageSettings(s *Send) []setting {
	return []setting{
		into("partition", &s.Partition, 0, 1<<31-1),
		{name: "topic", read: func(text string) error { s.Topic = text; return topicName(text) }},
		{name: "size", read: func(text string) error { return readSize(text, &s.Size) }},
		{name: "rate", read: func(text string) error { return readRate(text, &s.Rate) }},
		{name: "header", repeat: true, read: func(text string) error { return readHeader(text, s) }},
		{name: "id", read: func(text string) error { s.ID = text; return readID(text) }},
		into("keys", &s.Keys, 1, MaxKeys),
		{name: "key", read: func(text string) error { s.Key = &text; return nil }},
		{name: "value", read: func(text string) error { s.Value = &text; return nil }},
	}
}

func settingNames(settings []setting) []string {
	names := make([]string, len(settings))
	for i, s := range settings {
		names[i] = s.name
	}
	return names
}

func period(name string, target *time.Duration) setting {
	return setting{name: name, read: func(text string) (err error) {
		*target, err = amount.Duration(text)
		return err
	}}
}

func oneOf(text string, choices []string) error {
	if slices.Contains(choices, text) {
		return nil
	}
	return words.Errorf("unknown value %s%s", "valeur %s inconnue%s", spell.Quote(text), spell.Hint(text, choices))
}

func compressionNames() []string {
	var names []string
	for _, c := range kafka.Compressions() {
		names = append(names, string(c))
	}
	return names
}

func readAcks(text string, acks *kafka.Acks) error {
	switch text {
	case "0":
		*acks = kafka.AcksNone
	case "1":
		*acks = kafka.AcksLeader
	case "all", "-1":
		*acks = kafka.AcksAll
	default:
		return oneOf(text, []string{"0", "1", "all"})
	}
	return nil
}

func readSize(text string, size *int) error {
	n, err := amount.Bytes(text)
	switch {
	case err != nil:
		return err
	case n == 0:
		return words.Errorf("a generated value has at least 1 byte: for an empty one write value=\"\"", "une valeur générée a au moins 1 octet : pour une valeur vide, écrivez value=\"\"")
	case n > MaxMessage:
		return words.Errorf("%s is too large: the client refuses messages of more than 1,000,000 bytes (1MB). Choose a smaller size, or send more messages",
			"%s est trop grand : le client refuse les messages de plus de 1 000 000 octets (1MB). Choisissez une taille plus petite, ou envoyez plus de messages", spell.Quote(text))
	}
	*size = int(n)
	return nil
}

func readRate(text string, rate *float64) error {
	n, err := amount.PerSecond(text)
	switch {
	case err != nil:
		return err
	case n <= 0:
		return words.Errorf("%s sends nothing: write a rate above zero, as in 100/s", "%s n’envoie rien : écrivez un débit positif, comme 100/s", spell.Quote(text))
	case n < 0.001:
		return words.Errorf("%s is too slow: at least 0.001/s", "%s est trop lent : au moins 0.001/s", spell.Quote(text))
	case n > MaxRate:
		return words.Errorf("%s is too fast: at most %d/s; without rate= messages go as fast as they can", "%s est trop rapide : au plus %d/s ; sans rate=, les messages partent aussi vite que possible", spell.Quote(text), MaxRate)
	}
	*rate = n
	return nil
}

// ownHeaders travel with every message; a line cannot replace them.
var ownHeaders = []string{"event-id", "producer-mode", "send-mode", "timestamp"}

func readHeader(text string, s *Send) error {
	name, value, ok := strings.Cut(text, ":")
	switch {
	case !ok || name == "":
		return words.Errorf("%s is not a header: write NAME:VALUE, as in header=trace:42", "%s n’est pas un en-tête : écrivez NOM:VALEUR, comme header=trace:42", spell.Quote(text))
	case slices.Contains(ownHeaders, name):
		return words.Errorf("every message carries the header %s already: choose another name; for the message's id write id=", "chaque message porte déjà l’en-tête %s : choisissez un autre nom ; pour l’identifiant du message, écrivez id=", name)
	case len(s.Headers) == maxHeaders:
		return words.Errorf("too many headers: at most %d", "trop d’en-têtes : %d au plus", maxHeaders)
	}
	s.Headers = append(s.Headers, Header{Name: name, Value: value})
	return nil
}

const (
	maxHeaders = 100
	maxID      = 200 // characters
)

func readID(text string) error {
	switch {
	case text == "":
		return words.Errorf("an id cannot be empty: leave id= out, and each message gets its own", "un identifiant ne peut pas être vide : retirez id=, et chaque message aura le sien")
	case utf8.RuneCountInString(text) > maxID:
		return words.Errorf("the id is too long: at most %d characters", "l’identifiant est trop long : %d caractères au plus", maxID)
	}
	return nil
}

// exclusive complains where two settings exclude each other, at the second.
func (a *args) exclusive(first, second, why, pourquoi string) {
	var given []*word
	for _, w := range a.settings {
		if w.name() == first || w.name() == second {
			given = append(given, w)
		}
	}
	if len(given) > 1 {
		a.at(given[1], "%[1]s and %[2]s contradict each other: choose %[3]s", "%[1]s et %[2]s se contredisent : choisissez %[4]s", first, second, why, pourquoi)
	}
}

// fits complains about a message that the client would refuse.
func (a *args) fits(s *Send) {
	size := s.Size
	if s.Value != nil {
		size = len(*s.Value)
	}
	if s.Key != nil {
		size += len(*s.Key)
	}
	for _, h := range s.Headers {
		size += len(h.Name) + len(h.Value)
	}
	if size > MaxMessage {
		a.missing("key, value and headers have %d bytes together: the client refuses messages of more than 1,000,000 bytes (1MB). Make the value smaller",
			"clé, valeur et en-têtes font %d octets ensemble : le client refuse les messages de plus de 1 000 000 octets (1MB). Réduisez la valeur", size)
	}
}
