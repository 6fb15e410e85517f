package ask

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// The course's words for how to send, which are ours too.
const (
	Plain      = "plain"
	Idempotent = "idempotent"
	Sync       = "sync"
	Async      = "async"
)

// The bounds of a message.
const (
	MaxMessage = 1_000_000 // bytes of key and value: Kafka's own limit, less what is around them
	maxID      = 200       // characters of an eventId
	maxTopic   = 249       // Kafka's own
)

// Send is what the course's service takes, under its names, and what we
// take beside.
type Send struct {
	Topic        *string `json:"topic,omitempty" nullable:"true" minLength:"1" maxLength:"249" pattern:"^[a-zA-Z0-9._-]+$" doc:"default: test-topic" example:"test-topic"`
	Key          *string `json:"key,omitempty" nullable:"true" doc:"default: the message's id" example:"order-1"`
	Message      *string `json:"message,omitempty" nullable:"true" doc:"default: a generated text" example:"Plain test message 1"`
	IsIdempotent *bool   `json:"isIdempotent,omitempty" nullable:"true" doc:"the course's way to say mode; default: true"`
	IsAsync      *bool   `json:"isAsync,omitempty" nullable:"true" doc:"the course's way to say sendMode; default: false"`
	Mode         *string `json:"mode,omitempty" nullable:"true" enum:"plain,idempotent"`
	SendMode     *string `json:"sendMode,omitempty" nullable:"true" enum:"sync,async"`
	EventID      *string `json:"eventId,omitempty" nullable:"true" minLength:"1" maxLength:"200" pattern:"^[^\\x00-\\x1f\\x7f-\\x9f]+$" doc:"the message that this is a send of: given again, it is the same message, sent once more; default: a new one"`
	Partition    *Whole  `json:"partition,omitempty" nullable:"true" minimum:"0" maximum:"2147483647" doc:"default: by the key"`
}

// Fields are its names.
func (Send) Fields() []string {
	return []string{"topic", "key", "message", "isIdempotent", "isAsync", "mode", "sendMode", "eventId", "partition"}
}

// Example is one.
func (Send) Example() words.Text {
	return words.Text{En: `{"topic":"test-topic","message":"hello"}`, Fr: `{"topic":"test-topic","message":"bonjour"}`}
}

// Message is what is asked for, once read.
type Message struct {
	Topic     string // empty: the default
	Key       *string
	Message   *string
	Mode      string
	Sending   string
	EventID   string // empty: a new one
	Partition int32  // -1: by key
}

// ReadSend reads what is asked for: from the body and from the query, which
// must not contradict each other. path is what the path itself says.
func ReadSend(w http.ResponseWriter, r *http.Request, path Send) (Message, error) {
	var body Send
	raw, err := Body(w, r, "application/json")
	if err != nil {
		return Message{}, err
	}
	if len(raw) > 0 {
		if err := Decode(raw, &body); err != nil {
			return Message{}, err
		}
	}
	query, err := fromQuery(r.URL.RawQuery)
	if err != nil {
		return Message{}, err
	}
	if err := body.join(&query, "the query", "la query"); err != nil {
		return Message{}, err
	}
	if err := body.join(&path, "the path", "le chemin"); err != nil {
		return Message{}, err
	}
	return body.read()
}

// join takes what another source gives. Both may say the same.
func (b *Send) join(other *Send, en, fr string) error {
	fields := [...]struct {
		name string
		same bool
	}{
		{"topic", merge(&b.Topic, other.Topic)},
		{"key", merge(&b.Key, other.Key)},
		{"message", merge(&b.Message, other.Message)},
		{"isIdempotent", merge(&b.IsIdempotent, other.IsIdempotent)},
		{"isAsync", merge(&b.IsAsync, other.IsAsync)},
		{"mode", merge(&b.Mode, other.Mode)},
		{"sendMode", merge(&b.SendMode, other.SendMode)},
		{"eventId", merge(&b.EventID, other.EventID)},
		{"partition", merge(&b.Partition, other.Partition)},
	}
	for _, f := range fields {
		if !f.same {
			return wrong(Contradictory, f.name, say("%[1]s says one thing about %[2]s, and the rest of the request another", "%[3]s dit une chose de %[2]s, et le reste de la requête une autre", en, f.name, fr),
				say("give %s once, or the same everywhere", "donnez %s une fois, ou le même partout", f.name))
		}
	}
	return nil
}

func merge[T comparable](into **T, from *T) bool {
	if from == nil {
		return true
	}
	if *into != nil && **into != *from {
		return false
	}
	*into = from
	return true
}

// legalTopic says whether Kafka could have a topic of that name.
func legalTopic(name string) bool {
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return name != "" && len(name) <= maxTopic && name != "." && name != ".."
}

// read gives what is left out its default, and sees whether the rest can be.
func (b *Send) read() (Message, error) {
	q := Message{Key: b.Key, Message: b.Message, Mode: Idempotent, Sending: Sync, Partition: -1}
	if b.IsIdempotent != nil && !*b.IsIdempotent {
		q.Mode = Plain
	}
	if b.IsAsync != nil && *b.IsAsync {
		q.Sending = Async
	}
	if err := b.ways(&q); err != nil {
		return q, err
	}
	if b.Topic != nil {
		q.Topic = *b.Topic
		if !legalTopic(q.Topic) {
			return q, wrong(Impossible, "topic", say("no topic can be called %s", "aucun topic ne peut s’appeler %s", spell.Quote(q.Topic)),
				say("a topic's name has 1 to 249 of a-z A-Z 0-9 . _ -", "le nom d’un topic a de 1 à 249 caractères parmi a-z A-Z 0-9 . _ -"))
		}
	}
	if b.Partition != nil {
		n := *b.Partition
		if n < 0 || n > math.MaxInt32 {
			return q, noPartition(strconv.FormatInt(int64(n), 10))
		}
		q.Partition = int32(n)
	}
	if b.EventID != nil {
		q.EventID = *b.EventID
		if n := utf8.RuneCountInString(q.EventID); n == 0 || n > maxID || strings.ContainsFunc(q.EventID, unicode.IsControl) {
			return q, wrong(Impossible, "eventId", say("an eventId has 1 to %d characters, none of them a control character", "un eventId a de 1 à %d caractères, sans caractère de contrôle", maxID),
				say("leave it out, and one is generated", "retirez-le, et il en sera généré un"))
		}
	}
	size := 0
	for _, part := range []*string{b.Key, b.Message} {
		if part != nil {
			size += len(*part)
		}
	}
	if size > MaxMessage {
		return q, wrong(TooLarge, "message", say("key and message have %d bytes: at most %d", "la clé et le message font %d octets : %d au plus", size, MaxMessage),
			say("send a smaller message", "envoyez un message plus petit"))
	}
	return q, nil
}

func noPartition(n string) *Wrong {
	return wrong(Impossible, "partition", say("partition=%s: no topic has that; they count from 0", "partition=%s : aucun topic n’a cela ; elles comptent à partir de 0", spell.Plain(n)),
		say("leave it out, and the key decides", "retirez-la, et la clé décide"))
}

// ways reads mode and sendMode, and holds them against the course's own fields.
func (b *Send) ways(q *Message) error {
	if b.Mode != nil {
		if *b.Mode != Plain && *b.Mode != Idempotent {
			return oneOf("mode", *b.Mode, Plain, Idempotent)
		}
		if b.IsIdempotent != nil && *b.IsIdempotent != (*b.Mode == Idempotent) {
			return atOdds("isIdempotent", "mode")
		}
		q.Mode = *b.Mode
	}
	if b.SendMode != nil {
		if *b.SendMode != Sync && *b.SendMode != Async {
			return oneOf("sendMode", *b.SendMode, Sync, Async)
		}
		if b.IsAsync != nil && *b.IsAsync != (*b.SendMode == Async) {
			return atOdds("isAsync", "sendMode")
		}
		q.Sending = *b.SendMode
	}
	return nil
}

func oneOf(field, given string, choices ...string) *Wrong {
	return wrong(Unreadable, field, say("%s=%s is unknown%s", "%s=%s est inconnu%s", field, spell.Quote(given), spell.Hint(given, choices)),
		say("choose %s", "choisissez %s", spell.List(choices)))
}

func atOdds(field, other string) *Wrong {
	return wrong(Contradictory, field, say("%s and %s say different things", "%s et %s se contredisent", field, other), say("give one of the two", "donnez l’un des deux"))
}
