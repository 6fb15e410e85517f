package api

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"

	"atelier/kafka"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
)

// route answers one request: with a body and a status, or with why not. One
// that has written its answer itself returns a status of 0 and no error.
type route func(w http.ResponseWriter, r *http.Request) (body any, status int, err error)

// endpoint is a route and what the document says of it.
type endpoint struct {
	huma.Operation
	route route
}

// parameters are the names of what a route takes in its query.
func (e *endpoint) parameters() []string {
	var names []string
	for _, p := range e.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	return names
}

// strictly makes a route refuse what the document says that it does not take: a
// request that is half understood would do something else than was meant.
func (e *endpoint) strictly() route {
	names, do, bare := e.parameters(), e.route, e.RequestBody == nil
	return func(w http.ResponseWriter, r *http.Request) (any, int, error) {
		if _, err := ask.Query(r.URL.RawQuery, names); err != nil {
			return nil, 0, e.inBody(err, len(names))
		}
		if bare {
			if err := ask.NoBody(w, r); err != nil {
				return nil, 0, err
			}
		}
		return do(w, r)
	}
}

// inBody says, where a route takes no parameters, what its body is like.
func (e *endpoint) inBody(err error, parameters int) error {
	var wrong *ask.Wrong
	if e.RequestBody == nil || parameters > 0 || !errors.As(err, &wrong) {
		return err
	}
	examples := e.RequestBody.Content["application/json"].Examples
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		if body, err := json.Marshal(examples[name].Value); err == nil {
			wrong.Action = say("this route takes no parameters: write a body, for instance %s", "cette route ne prend pas de paramètres : écrivez un corps, par exemple %s", body)
			break
		}
	}
	return wrong
}

// endpoints are all that can be asked.
func (s *Server) endpoints(d *document) []endpoint {
	plain, idempotent := string(kafka.Plain), string(kafka.Idempotent)
	way := func(mode string, async bool) ask.Send {
		sending, isIdempotent := string(kafka.Sync), mode == idempotent
		if async {
			sending = string(kafka.Async)
		}
		return ask.Send{Mode: &mode, SendMode: &sending, IsIdempotent: &isIdempotent, IsAsync: &async}
	}
	return []endpoint{
		{d.send(), s.send(ask.Send{})},
		{d.test(plain, false), s.send(way(plain, false))},
		{d.test(idempotent, false), s.send(way(idempotent, false))},
		{d.test(plain, true), s.send(way(plain, true))},
		{d.test(idempotent, true), s.send(way(idempotent, true))},
		{d.status(), s.status},
		{d.metrics(), s.metrics},
		{d.health(), s.health},
		{d.ready(), s.ready},
		{d.message(), s.message},
		{d.audit(), s.audit},
		{d.events(), s.events},
		{d.toxics(), s.toxics},
		{d.addToxic(), s.addToxic},
		{d.clearToxics(), s.clearToxics},
		{d.clearToxic(), s.clearToxics},
		{d.lab(), s.runLab},
		{d.prometheus(), s.prometheus},
	}
}
