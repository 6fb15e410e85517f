package api

import (
	"errors"
	"net/http"
	"strings"

	"atelier/lessons/check/spell"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/swaggest/swgui/v5emb"
)

var nosniff = []string{"nosniff"} // as a header has it: shared, and never changed

// routes puts everything on one mux.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	d := newDocument(s.options.Version)
	doc := humago.New(mux, d.config) // it serves the document: see shows
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
		if p := page(mux, w, r); p != nil {
			p.write(w, s.langOf(r))
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// shows are the paths of the document, and of the page that shows it: others
// answer there than our routes.
func shows(path string) bool {
	return path == "/" || strings.HasPrefix(path, "/docs") || strings.HasPrefix(path, "/openapi")
}

// page refuses what the document and its page do not take, as strictly does for
// routes; nil where there is nothing to refuse.
func page(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) *problem {
	if !shows(r.URL.Path) {
		return nil
	}
	if _, pattern := mux.Handler(r); pattern == "/" {
		return nil // there is no such thing
	}
	_, err := ask.Query(r.URL.RawQuery, nil)
	if err == nil {
		err = ask.NoBody(w, r)
	}
	var wrong *ask.Wrong
	if errors.As(err, &wrong) {
		return misread(wrong)
	}
	return nil
}

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
