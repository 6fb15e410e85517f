package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"atelier/kafka"
	"atelier/lessons/check/spell"
	"atelier/lessons/lab"
)

// The bounds of what is read.
const (
	maxBody    = 1 << 20
	maxID      = 200 // characters of an eventId
	bodyTime   = 10 * time.Second
	maxTopic   = 249 // Kafka's own
	maxMessage = kafka.MaxMessageBytes
)

// sendBody is what the course's service takes, under its names, and what we
// take beside.
type sendBody struct {
	Topic        *string `json:"topic,omitempty" doc:"default: test-topic" example:"test-topic"`
	Key          *string `json:"key,omitempty" doc:"default: the message's id" example:"order-1"`
	Message      *string `json:"message,omitempty" doc:"default: a generated text" example:"Plain test message 1"`
	IsIdempotent *bool   `json:"isIdempotent,omitempty" doc:"the course's way to say mode; default: true"`
	IsAsync      *bool   `json:"isAsync,omitempty" doc:"the course's way to say sendMode; default: false"`
	Mode         *string `json:"mode,omitempty" enum:"plain,idempotent"`
	SendMode     *string `json:"sendMode,omitempty" enum:"sync,async"`
	EventID      *string `json:"eventId,omitempty" maxLength:"200" doc:"the message that this is a send of: given again, it is the same message, sent once more; default: a new one"`
	Partition    *int32  `json:"partition,omitempty" minimum:"0" doc:"default: by the key"`
}

// sendRequest is what is asked for, once read.
type sendRequest struct {
	topic     string
	key       *string
	message   *string
	mode      kafka.Mode
	sending   kafka.Sending
	eventID   string
	partition int32
}

// readSend reads what is asked for: from the body and from the query, which
// must not contradict each other. path is what the path itself says.
func readSend(w http.ResponseWriter, r *http.Request, path sendBody) (sendRequest, error) {
	var body sendBody
	raw, err := readBody(w, r, "application/json")
	if err != nil {
		return sendRequest{}, err
	}
	if len(raw) > 0 {
		if err := decode(raw, &body); err != nil {
			return sendRequest{}, err
		}
	}
	query, err := fromQuery(r.URL.RawQuery)
	if err != nil {
		return sendRequest{}, err
	}
	if err := body.join(&query, "the query", "la query"); err != nil {
		return sendRequest{}, err
	}
	if err := body.join(&path, "the path", "le chemin"); err != nil {
		return sendRequest{}, err
	}
	return body.read()
}

// readBody reads a body of the type that a route takes; none is no error.
func readBody(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	if r.ContentLength > maxBody {
		return nil, bodyTooLarge()
	}
	deadline := http.NewResponseController(w)
	_ = deadline.SetReadDeadline(time.Now().Add(bodyTime)) // where there is none to set, the client is a test
	body, err := readAll(http.MaxBytesReader(w, r.Body, maxBody), r.ContentLength)
	_ = deadline.SetReadDeadline(time.Time{})
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, bodyTooLarge()
	case err != nil:
		return nil, refuse(badRequest, "body", say("the body ended in the middle: %v", "le corps s'est arrêté au milieu : %v", err),
			say("send it again", "envoyez-le de nouveau"))
	case len(body) == 0:
		return nil, nil
	}
	if given := r.Header.Get("Content-Type"); given != "" {
		if t, _, err := mime.ParseMediaType(given); err != nil || !takes(types, t) {
			return nil, refuse(wrongType, "Content-Type",
				say("this route takes %s, not %s", "cette route prend %s, pas %s", strings.Join(types, ", "), spell.Quote(given)),
				say("say so: curl -H \"Content-Type: %s\"", "dites-le : curl -H \"Content-Type: %s\"", types[0]))
		}
	}
	if !utf8.Valid(body) {
		return nil, refuse(badRequest, "body", say("the body is not UTF-8", "le corps n'est pas en UTF-8"), say("send it as UTF-8", "envoyez-le en UTF-8"))
	}
	return body, nil
}

// readAll reads a body whose length is known, or is -1.
func readAll(in io.Reader, length int64) ([]byte, error) {
	if length < 0 {
		return io.ReadAll(in)
	}
	body := make([]byte, length) // bounded by maxBody
	_, err := io.ReadFull(in, body)
	return body, err
}

func takes(types []string, given string) bool {
	for _, t := range types {
		if given == t || t == "application/json" && strings.HasSuffix(given, "+json") {
			return true
		}
	}
	return false
}

func bodyTooLarge() *problem {
	return refuse(tooLarge, "body", say("the body is larger than 1 MB", "le corps dépasse 1 Mo"),
		say("send a smaller message: Kafka's own limit is about 1 MB too", "envoyez un message plus petit : la limite de Kafka est d'environ 1 Mo aussi"))
}

// fieldNames are the fields of a JSON object that a type takes.
type fieldNames interface{ fields() []string }

func (sendBody) fields() []string {
	return []string{"topic", "key", "message", "isIdempotent", "isAsync", "mode", "sendMode", "eventId", "partition"}
}

// decode reads one JSON object, and says which field is wrong.
func decode(raw []byte, into fieldNames) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			return refuse(badRequest, "body", say("something stands behind the JSON object", "quelque chose suit l'objet JSON"), say("send one object", "envoyez un seul objet"))
		}
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return refuse(badRequest, wrong.Field,
			say("%s can't be a JSON %s here", "%s ne peut pas être un %s JSON ici", wrong.Field, spell.Plain(wrong.Value)),
			say("give a JSON %s", "donnez un %s JSON", kindName(wrong.Type.Kind().String())))
	}
	if name, is := strings.CutPrefix(err.Error(), "json: unknown field "); is {
		name = strings.Trim(name, `"`)
		return refuse(badRequest, spell.Plain(name),
			say("there is no field %s%s", "il n'y a pas de champ %s%s", spell.Quote(name), spell.Hint(name, into.fields())),
			say("the fields are: %s", "les champs sont : %s", strings.Join(into.fields(), ", ")))
	}
	return refuse(badRequest, "body", say("the body is no JSON object: %v", "le corps n'est pas un objet JSON : %v", spell.Plain(err.Error())),
		say("write for instance {\"topic\":\"test-topic\",\"message\":\"hello\"}", "écrivez par exemple {\"topic\":\"test-topic\",\"message\":\"bonjour\"}"))
}

// kindName is what JSON calls a Go kind.
func kindName(kind string) string {
	switch kind {
	case "bool":
		return "boolean"
	case "int", "int32", "int64", "float32", "float64":
		return "number"
	case "slice":
		return "array"
	case "map", "struct":
		return "object"
	}
	return kind
}

// fromQuery reads the same fields from a query.
func fromQuery(raw string) (b sendBody, err error) {
	if raw == "" {
		return b, nil
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return b, refuse(badRequest, "query", say("the query can't be read: %v", "la query est illisible : %v", spell.Plain(err.Error())),
			say("encode what is not a letter or a digit: curl -G --data-urlencode", "encodez ce qui n'est ni lettre ni chiffre : curl -G --data-urlencode"))
	}
	for name, list := range values {
		value := list[0]
		if !utf8.ValidString(value) {
			return b, refuse(badRequest, spell.Plain(name), say("%s is not UTF-8", "%s n'est pas en UTF-8", spell.Plain(name)), say("send it as UTF-8", "envoyez-le en UTF-8"))
		}
		for _, other := range list[1:] {
			if other != value {
				return b, refuse(contradiction, spell.Plain(name), say("%s is given twice, and differently", "%s est donné deux fois, et autrement", spell.Plain(name)), say("give it once", "donnez-le une fois"))
			}
		}
		if err := b.set(name, value); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *sendBody) set(name, value string) error {
	switch name {
	case "topic":
		b.Topic = &value
	case "key":
		b.Key = &value
	case "message":
		b.Message = &value
	case "mode":
		b.Mode = &value
	case "sendMode":
		b.SendMode = &value
	case "eventId":
		b.EventID = &value
	case "isIdempotent", "isAsync":
		is, err := strconv.ParseBool(value)
		if err != nil {
			return refuse(badRequest, name, say("%s is true or false, not %s", "%s est true ou false, pas %s", name, spell.Quote(value)), say("write %s=true", "écrivez %s=true", name))
		}
		if name == "isAsync" {
			b.IsAsync = &is
		} else {
			b.IsIdempotent = &is
		}
	case "partition":
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return refuse(badRequest, name, say("partition is a number, not %s", "partition est un nombre, pas %s", spell.Quote(value)), say("write partition=0", "écrivez partition=0"))
		}
		partition := int32(n)
		b.Partition = &partition
	default:
		return refuse(badRequest, spell.Plain(name), say("there is no parameter %s%s", "il n'y a pas de paramètre %s%s", spell.Quote(name), spell.Hint(name, b.fields())),
			say("the parameters are: %s", "les paramètres sont : %s", strings.Join(b.fields(), ", ")))
	}
	return nil
}

// join takes what another source gives. Both may say the same.
func (b *sendBody) join(other *sendBody, en, fr string) error {
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
			return refuse(contradiction, f.name, say("%s says one thing about %s, and the rest of the request another", "%[3]s dit une chose de %[2]s, et le reste de la requête une autre", en, f.name, fr),
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
func (b *sendBody) read() (sendRequest, error) {
	q := sendRequest{topic: lab.DefaultTopic, key: b.Key, message: b.Message, mode: kafka.Idempotent, sending: kafka.Sync, partition: -1}
	if b.IsIdempotent != nil && !*b.IsIdempotent {
		q.mode = kafka.Plain
	}
	if b.IsAsync != nil && *b.IsAsync {
		q.sending = kafka.Async
	}
	if err := b.ways(&q); err != nil {
		return q, err
	}
	if b.Topic != nil {
		q.topic = *b.Topic
		if !legalTopic(q.topic) {
			return q, refuse(unprocessable, "topic", say("no topic can be called %s", "aucun topic ne peut s'appeler %s", spell.Quote(q.topic)),
				say("a topic's name has 1 to 249 of a-z A-Z 0-9 . _ -", "le nom d'un topic a de 1 à 249 caractères parmi a-z A-Z 0-9 . _ -"))
		}
	}
	if b.Partition != nil {
		if q.partition = *b.Partition; q.partition < 0 {
			return q, refuse(unprocessable, "partition", say("partition=%d: partitions count from 0", "partition=%d : les partitions comptent à partir de 0", q.partition),
				say("leave it out, and the key decides", "retirez-la, et la clé décide"))
		}
	}
	if b.EventID != nil {
		q.eventID = *b.EventID
		if n := utf8.RuneCountInString(q.eventID); n == 0 || n > maxID || strings.ContainsFunc(q.eventID, unicode.IsControl) {
			return q, refuse(unprocessable, "eventId", say("an eventId has 1 to %d characters, none of them a control character", "un eventId a de 1 à %d caractères, sans caractère de contrôle", maxID),
				say("leave it out, and one is generated", "retirez-le, et il en sera généré un"))
		}
	}
	size := 0
	for _, part := range []*string{b.Key, b.Message} {
		if part != nil {
			size += len(*part)
		}
	}
	if size > maxMessage {
		return q, refuse(tooLarge, "message", say("key and message have %d bytes: at most %d", "la clé et le message font %d octets : %d au plus", size, maxMessage),
			say("send a smaller message", "envoyez un message plus petit"))
	}
	return q, nil
}

// ways reads mode and sendMode, and holds them against the course's own fields.
func (b *sendBody) ways(q *sendRequest) error {
	if b.Mode != nil {
		if *b.Mode != string(kafka.Plain) && *b.Mode != string(kafka.Idempotent) {
			return oneOf("mode", *b.Mode, string(kafka.Plain), string(kafka.Idempotent))
		}
		if b.IsIdempotent != nil && *b.IsIdempotent != (*b.Mode == string(kafka.Idempotent)) {
			return atOdds("isIdempotent", "mode")
		}
		q.mode = kafka.Mode(*b.Mode)
	}
	if b.SendMode != nil {
		if *b.SendMode != string(kafka.Sync) && *b.SendMode != string(kafka.Async) {
			return oneOf("sendMode", *b.SendMode, string(kafka.Sync), string(kafka.Async))
		}
		if b.IsAsync != nil && *b.IsAsync != (*b.SendMode == string(kafka.Async)) {
			return atOdds("isAsync", "sendMode")
		}
		q.sending = kafka.Sending(*b.SendMode)
	}
	return nil
}

func oneOf(field, given string, choices ...string) *problem {
	return refuse(badRequest, field, say("%s=%s is unknown%s", "%s=%s est inconnu%s", field, spell.Quote(given), spell.Hint(given, choices)),
		say("choose %s", "choisissez %s", spell.List(choices)))
}

func atOdds(field, other string) *problem {
	return refuse(contradiction, field, say("%s and %s say different things", "%s et %s se contredisent", field, other), say("give one of the two", "donnez l'un des deux"))
}
