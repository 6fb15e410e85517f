package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"atelier/kafka"
	"atelier/lessons/bench"
	"atelier/lessons/check/spell"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/swaggest/swgui/v5emb"
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
	idempotent, plain, yes, no := string(kafka.Idempotent), string(kafka.Plain), true, false
	way := func(mode string, async bool) ask.Send {
		sending := string(kafka.Sync)
		if async {
			sending = string(kafka.Async)
		}
		is := no
		if mode == idempotent {
			is = yes
		}
		return ask.Send{Mode: &mode, SendMode: &sending, IsIdempotent: &is, IsAsync: &async}
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

// Headers that every answer has, under their canonical names: shared, and never
// changed.
var (
	nosniff  = []string{"nosniff"}
	jsonType = []string{"application/json"}
)

// routes puts everything on one mux.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	d := newDocument(s.options.Version)
	doc := humago.New(mux, d.config) // it serves the document
	d.schemas = doc.OpenAPI().Components.Schemas
	for _, e := range s.endpoints(d) {
		doc.OpenAPI().AddOperation(&e.Operation)
		do := e.strictly()
		mux.HandleFunc(e.Method+" "+e.Path, func(w http.ResponseWriter, r *http.Request) { s.serve(e.Path, do, w, r) })
	}
	d.honest()
	docs := v5emb.New("Kafka Atelier", "/openapi.json", "/docs/")
	mux.Handle("GET /{$}", http.RedirectHandler("/docs/", http.StatusFound))
	mux.Handle("GET /docs", docs)
	mux.Handle("GET /docs/", docs)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.nothing(mux, w, r) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["X-Content-Type-Options"] = nosniff
		ask.Bound(w, r)
		if s.guard.share(w, r) {
			return
		}
		if p := s.guard.admit(r); p != nil {
			p.write(w, s.langOf(r))
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// serve answers with what a route says.
func (s *Server) serve(path string, do route, w http.ResponseWriter, r *http.Request) {
	began := s.now()
	body, status, err := do(w, r)
	var p *problem
	var wrong *ask.Wrong
	switch {
	case errors.As(err, &p):
	case errors.As(err, &wrong):
		p = misread(wrong)
	case err != nil && r.Context().Err() != nil:
		s.desk.count(outcome{path, 499}, s.now().Sub(began)) // the client went away
		return
	case errors.Is(err, bench.ErrClosed), s.ctx.Err() != nil && err != nil:
		p = shuttingDown()
	case err != nil:
		p = refuse(broken, "", because(err), say("the log has no more to say than this; try again", "il n’y a rien de plus à en dire ; réessayez"))
	case status == 0:
		s.desk.count(outcome{path, http.StatusOK}, s.now().Sub(began))
		return
	}
	if p != nil {
		status = p.status
	}
	s.desk.count(outcome{path, status}, s.now().Sub(began))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // where there is none to set, the client is a test
	if p != nil {
		p.write(w, s.langOf(r))
		return
	}
	write(w, status, body)
}

// write answers with JSON; without a body there is none.
func write(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	a := answers.Get().(*written)
	defer answers.Put(a)
	a.text.Reset()
	if err := a.encoder.Encode(body); err != nil {
		panic(err) // our own types: it cannot fail
	}
	w.Header()["Content-Type"] = jsonType
	w.WriteHeader(status)
	_, _ = w.Write(a.text.Bytes()) // who went away needs no answer
}

// written is an answer's text, and what writes it.
type written struct {
	text    bytes.Buffer
	encoder *json.Encoder
}

var answers = sync.Pool{New: func() any {
	a := &written{}
	a.encoder = json.NewEncoder(&a.text)
	a.encoder.SetEscapeHTML(false) // no page shows it as one: it says what it is
	return a
}}

// nothing answers where no route is: there is none, or not with that method.
func (s *Server) nothing(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	p := refuse(notFound, "", say("there is no path %s", "il n’y a pas de chemin %s", spell.Quote(r.URL.Path)), say("all paths: GET /docs", "tous les chemins : GET /docs"))
	if len(allowed) > 0 {
		p = refuse(wrongMethod, "", say("%s can't be asked with %s", "%s ne se demande pas avec %s", spell.Quote(r.URL.Path), spell.Quote(r.Method)),
			say("ask with %s", "demandez avec %s", strings.Join(allowed, ", ")))
		p.allow = strings.Join(allowed, ", ")
	}
	s.desk.count(outcome{"", p.status}, 0)
	p.write(w, s.langOf(r))
}
