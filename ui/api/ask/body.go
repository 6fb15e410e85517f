package ask

import (
	"errors"
	"io"
	"mime"
	"net/http"
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

// Body reads a body of the type that a route takes; none is no error.
func Body(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	if r.ContentLength > maxBody {
		return nil, LargeBody()
	}
	deadline := http.NewResponseController(w)
	_ = deadline.SetReadDeadline(time.Now().Add(bodyTime)) // where there is none to set, the client is a test
	body, err := readAll(http.MaxBytesReader(w, r.Body, maxBody), r.ContentLength)
	_ = deadline.SetReadDeadline(time.Time{})
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, LargeBody()
	case err != nil:
		return nil, wrong(Unreadable, "body", say("the body ended in the middle: %v", "le corps s’est arrêté au milieu : %v", err),
			say("send it again", "envoyez-le de nouveau"))
	case len(body) == 0:
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

// LargeBody is what is wrong with a body that is too large.
func LargeBody() *Wrong {
	return wrong(TooLarge, "body", say("the body is larger than 1 MB", "le corps dépasse 1 Mo"),
		say("send a smaller message: Kafka's own limit is about 1 MB too", "envoyez un message plus petit : la limite de Kafka est d’environ 1 Mo aussi"))
}
