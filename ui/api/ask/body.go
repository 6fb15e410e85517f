package ask

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"atelier/lessons/check/spell"
)

// The bounds of a body.
const (
	maxBody  = 1 << 20
	bodyTime = 10 * time.Second
)

// Bound says how long a request's body may take. It holds for bodies that nobody
// reads, too: before it sends an answer, net/http reads what is left of them.
// Body lifts it once a body is there, and not where it failed.
func Bound(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime)) // where there is none to set, the client is a test
	}
}

// Body reads a body of the type that a route takes; none is no error.
func Body(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	if r.ContentLength > maxBody {
		return nil, LargeBody()
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, maxBody), r.ContentLength)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, LargeBody()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, SlowBody()
	case err != nil:
		return nil, wrong(Unreadable, "body", say("the body ended in the middle: %v", "le corps s’est arrêté au milieu : %v", err),
			say("send it again", "envoyez-le de nouveau"))
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	if len(body) == 0 {
		return nil, nil
	}
	if given := r.Header.Get("Content-Type"); given != "" && given != types[0] {
		if t, _, err := mime.ParseMediaType(given); err != nil || !Takes(types, t) {
			return nil, wrong(WrongType, "Content-Type",
				say("this route takes %s, not %s", "cette route prend %s, pas %s", strings.Join(types, ", "), spell.Quote(given)),
				say("say so: curl -H \"Content-Type: %s\"", "dites-le : curl -H \"Content-Type: %s\"", types[0]))
		}
	}
	if !utf8.Valid(body) {
		return nil, wrong(Unreadable, "body", say("the body is not UTF-8", "le corps n’est pas en UTF-8"), say("send it as UTF-8", "envoyez-le en UTF-8"))
	}
	return body, nil
}

// NoBody reads the body of a route that takes none: {} at most, of any type,
// which some clients send with every POST. What else is there was meant for
// another route.
func NoBody(w http.ResponseWriter, r *http.Request) error {
	raw, err := Body(w, r, r.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	r.Body, r.ContentLength = http.NoBody, 0
	switch string(bytes.Join(bytes.Fields(raw), nil)) {
	case "", "{}", "null":
		return nil
	}
	return wrong(Unreadable, "body", say("this route takes no body", "cette route ne prend pas de corps"), say("leave it out, or send {}", "retirez-le, ou envoyez {}"))
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

// Takes says whether a type of content is among those that a route takes.
func Takes(types []string, given string) bool {
	for _, t := range types {
		if given == t || t == "application/json" && strings.HasSuffix(given, "+json") {
			return true
		}
	}
	return false
}

// SlowBody is what is wrong with a body that does not come.
func SlowBody() *Wrong {
	return wrong(TooSlow, "body", say("the body did not come within %s", "le corps n’est pas arrivé en %s", bodyTime),
		say("send it at once; Content-Length must be its length in bytes", "envoyez-le d’un coup ; Content-Length doit être sa longueur en octets"))
}

// LargeBody is what is wrong with a body that is too large.
func LargeBody() *Wrong {
	return wrong(TooLarge, "body", say("the body is larger than 1 MB", "le corps dépasse 1 Mo"),
		say("send a smaller message: Kafka's own limit is about 1 MB too", "envoyez un message plus petit : la limite de Kafka est d’environ 1 Mo aussi"))
}
