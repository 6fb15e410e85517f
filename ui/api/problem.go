package api

import (
	"net/http"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/ui/api/ask"
)

// kind is one sort of refusal: its name, which never changes, and its status.
type kind struct {
	name   string
	status int
	title  words.Text
}

// The kinds of refusal.
var (
	badRequest    = kind{"bad-request", http.StatusBadRequest, words.Text{En: "The request can't be read", Fr: "La requête est illisible"}}
	contradiction = kind{"contradiction", http.StatusBadRequest, words.Text{En: "The request contradicts itself", Fr: "La requête se contredit"}}
	noToken       = kind{"unauthorized", http.StatusUnauthorized, words.Text{En: "A token is needed", Fr: "Il faut un jeton"}}
	forbidden     = kind{"forbidden", http.StatusForbidden, words.Text{En: "This request is not let in", Fr: "Cette requête n’est pas admise"}}
	notFound      = kind{"not-found", http.StatusNotFound, words.Text{En: "There is no such thing here", Fr: "Rien de tel ici"}}
	unknownTopic  = kind{"unknown-topic", http.StatusNotFound, words.Text{En: "Unknown topic", Fr: "Topic inconnu"}}
	wrongMethod   = kind{"method-not-allowed", http.StatusMethodNotAllowed, words.Text{En: "Wrong method", Fr: "Mauvaise méthode"}}
	tooSlow       = kind{"too-slow", http.StatusRequestTimeout, words.Text{En: "The request did not come", Fr: "La requête n’est pas arrivée"}}
	conflict      = kind{"conflict", http.StatusConflict, words.Text{En: "This can't be done now", Fr: "Impossible pour l’instant"}}
	tooLarge      = kind{"too-large", http.StatusRequestEntityTooLarge, words.Text{En: "Too large", Fr: "Trop grand"}}
	wrongType     = kind{"unsupported-media-type", http.StatusUnsupportedMediaType, words.Text{En: "Unsupported media type", Fr: "Type de contenu inconnu"}}
	unprocessable = kind{"unprocessable", http.StatusUnprocessableEntity, words.Text{En: "Understood, but it can't be done", Fr: "Compris, mais impossible"}}
	tooMuch       = kind{"too-much-in-flight", http.StatusTooManyRequests, words.Text{En: "Too much is under way", Fr: "Trop de choses en cours"}}
	broken        = kind{"internal", http.StatusInternalServerError, words.Text{En: "That is our mistake", Fr: "C’est une erreur de notre part"}}
	noBroker      = kind{"no-broker", http.StatusServiceUnavailable, words.Text{En: "No broker", Fr: "Pas de broker"}}
	notReady      = kind{"not-ready", http.StatusServiceUnavailable, words.Text{En: "Not ready", Fr: "Pas prêt"}}
	closing       = kind{"closing", http.StatusServiceUnavailable, words.Text{En: "The run has ended", Fr: "L’essai est terminé"}}
	outOfBudget   = kind{"out-of-budget", http.StatusGatewayTimeout, words.Text{En: "Out of the delivery budget", Fr: "Budget de livraison épuisé"}}
	outOfRetries  = kind{"out-of-retries", http.StatusGatewayTimeout, words.Text{En: "Out of retries", Fr: "Nouvelles tentatives épuisées"}}
	noAck         = kind{"no-acknowledgement", http.StatusGatewayTimeout, words.Text{En: "No acknowledgement", Fr: "Pas d’acquittement"}}
)

// problem is a refusal, in both languages: what happened and why, and what to
// do next. It is an error, so that a route can return it.
type problem struct {
	kind
	detail, action words.Text

	field string        // of the request, where one is to blame
	after time.Duration // when to ask again; 0: nobody knows
	allow string        // of a wrong method: the right ones
	wrong []place       // of a script
	fate  *Fate         // of a message that was handed over
	note  words.Text    // what is not known of it any more
}

// Error implements error.
func (p *problem) Error() string { return p.detail.En }

// Fate is what is known of a message that was not acked. Its name is exported
// for the document, which leaves out what is embedded otherwise.
type Fate struct {
	RequestID  string `json:"requestId,omitempty"`
	EventID    string `json:"eventId,omitempty"`
	Topic      string `json:"topic,omitempty"`
	Mode       string `json:"mode,omitempty"`
	SendMode   string `json:"sendMode,omitempty"`
	Report     string `json:"report,omitempty" enum:"failed,unknown" doc:"failed: no attempt can have been written. unknown: the message may be in the log"`
	Reason     string `json:"reason,omitempty" doc:"why the message was not acknowledged"`
	Client     string `json:"clientError,omitempty" doc:"the same in the Kafka client's own words"`
	Attempts   *int   `json:"attempts,omitempty" doc:"Produce requests that carried the message"`
	MayBeInLog *bool  `json:"mayBeInLog,omitempty"`
}

// place is where a script is wrong.
type place struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Detail string `json:"detail"`
}

// problemBody is a problem as RFC 9457 has it, with what we add.
type problemBody struct {
	Type   string  `json:"type" doc:"urn:atelier:problem: and the kind, which never changes"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail" doc:"what happened, and why"`
	Action string  `json:"action" doc:"what to do next"`
	Field  string  `json:"field,omitempty" doc:"the part of the request that is to blame"`
	Errors []place `json:"errors,omitempty" doc:"where a script is wrong"`
	Note   string  `json:"note,omitempty" doc:"what is not known any more"`
	Fate
}

func (p *problem) body(lang words.Lang) problemBody {
	b := problemBody{
		Type: "urn:atelier:problem:" + p.name, Title: p.title.In(lang), Status: p.status,
		Detail: p.detail.In(lang), Action: p.action.In(lang), Field: p.field, Errors: p.wrong, Note: p.note.In(lang),
	}
	if p.fate != nil {
		b.Fate = *p.fate
	}
	return b
}

// write answers with the problem.
func (p *problem) write(w http.ResponseWriter, lang words.Lang) {
	a := answers.Get().(*written)
	defer answers.Put(a)
	a.text.Reset()
	if err := a.encoder.Encode(p.body(lang)); err != nil {
		panic(err) // strings and numbers: it cannot fail
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", string(lang))
	if p.after > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.after+time.Second-1)/time.Second)))
	}
	if p.allow != "" {
		h.Set("Allow", p.allow)
	}
	if p.status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.status)
	_, _ = w.Write(a.text.Bytes()) // who went away needs no answer
}

// misread is what is wrong with a request, as an answer.
func misread(w *ask.Wrong) *problem {
	k := map[ask.Kind]kind{
		ask.Unreadable: badRequest, ask.Contradictory: contradiction, ask.TooLarge: tooLarge, ask.TooSlow: tooSlow,
		ask.WrongType: wrongType, ask.Impossible: unprocessable,
	}[w.Kind]
	return refuse(k, w.Field, w.Detail, w.Action)
}

// refuse makes a problem of one field.
func refuse(k kind, field string, detail, action words.Text) *problem {
	return &problem{kind: k, field: field, detail: detail, action: action}
}

// say is a sentence in both languages, as words.Textf has it.
func say(en, fr string, args ...any) words.Text { return words.Textf(en, fr, args...) }

// because is an error as a sentence.
func because(err error) words.Text { return words.Textf("%v", "%v", err) }
