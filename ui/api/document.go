package api

import (
	"net/http"
	"reflect"
	"strconv"

	"atelier/assets/words"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
)

// document is what the API says of itself: OpenAPI 3.1. Its routes read and
// answer by themselves, in the asked language; the document only describes.
type document struct {
	config  huma.Config
	schemas huma.Registry
}

func newDocument(version string) *document {
	c := huma.DefaultConfig("Kafka Atelier", version)
	c.CreateHooks = nil // answers carry no links to their schemas
	c.DocsPath, c.SchemasPath = "", ""
	c.Info.Description = "The course's own producer service, on the workshop's bench. What comes back is true: partition and offset " +
		"are those of the log, a failure is a failure. Problems are application/problem+json (RFC 9457), in the language of Accept-Language (en, fr)."
	c.Info.License = &huma.License{Name: "MIT", Identifier: "MIT"}
	c.Servers = []*huma.Server{{URL: "/"}}
	c.Tags = []*huma.Tag{
		{Name: "send", Description: "Send messages, and hear what became of them"},
		{Name: "truth", Description: "What the ledger and the log say"},
		{Name: "faults", Description: "The network's faults"},
		{Name: "health", Description: "Whether it works"},
	}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "wanted where the server was started with --api-token"},
	}
	c.Security = []map[string][]string{{}, {"token": {}}}
	return &document{config: c, schemas: c.Components.Schemas}
}

// schema is the schema of a value's type.
func (d *document) schema(v any) *huma.Schema { return d.schemas.Schema(reflect.TypeOf(v), true, "") }

// honest says of each list of values that may be null that null is one of them:
// huma leaves that out.
func (d *document) honest() {
	for _, of := range d.schemas.Map() {
		for _, p := range of.Properties {
			if p.Nullable && len(p.Enum) > 0 {
				p.Enum = append(p.Enum, nil)
			}
		}
	}
}

// example is one example of a body.
type example struct {
	name, summary string
	value         any
}

func (d *document) media(of any, examples ...example) *huma.MediaType {
	return shown(d.schema(of), examples...)
}

// shown is a body of a schema, with examples.
func shown(of *huma.Schema, examples ...example) *huma.MediaType {
	m := &huma.MediaType{Schema: of}
	for _, e := range examples {
		if m.Examples == nil {
			m.Examples = map[string]*huma.Example{}
		}
		m.Examples[e.name] = &huma.Example{Summary: e.summary, Value: e.value}
	}
	return m
}

// json is an answer with a body.
func (d *document) json(description string, of any, examples ...example) *huma.Response {
	return &huma.Response{Description: description, Content: map[string]*huma.MediaType{"application/json": d.media(of, examples...)}}
}

// refusals describes what an operation may refuse with, by status, each with an
// example.
func (d *document) refusals(o *huma.Operation, list ...*problem) {
	for _, p := range append(guarded(), list...) {
		status := strconv.Itoa(p.status)
		r := o.Responses[status]
		if r == nil {
			r = &huma.Response{Description: p.title.En, Content: map[string]*huma.MediaType{"application/problem+json": d.media(problemBody{})}}
			o.Responses[status] = r
		}
		m := r.Content["application/problem+json"]
		if m.Examples == nil {
			m.Examples = map[string]*huma.Example{}
		}
		m.Examples[p.name] = &huma.Example{Summary: p.title.En, Value: p.body(words.English)}
		if p.after > 0 {
			r.Headers = map[string]*huma.Param{"Retry-After": {Description: "seconds", Schema: &huma.Schema{Type: "integer"}}}
		}
		if p.allow != "" {
			r.Headers = map[string]*huma.Param{"Allow": {Description: "the right methods", Schema: &huma.Schema{Type: "string"}}}
		}
	}
}

// guarded is what every route may refuse with.
func guarded() []*problem {
	method := refuse(wrongMethod, "", say("\"/health\" can't be asked with \"PUT\"", ""), say("ask with GET", ""))
	method.allow = http.MethodGet
	return []*problem{
		refuse(badRequest, "x", say("there is no parameter \"x\"", ""), say("this route takes no parameters: leave it out", "")),
		method, misread(ask.SlowBody()),
		refuse(noToken, "Authorization", say("this server wants the token that it was started with", ""), say("show it: curl -H \"Authorization: Bearer …\"", "")),
		refuse(forbidden, "Host", say("this server is not called evil.example", ""), say("ask http://127.0.0.1:18081, or start with --api-token", "")),
	}
}

// operation begins the description of a route.
func operation(method, path, id, tag, summary, description string) huma.Operation {
	return huma.Operation{
		Method: method, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary, Description: description,
		Responses: map[string]*huma.Response{},
	}
}
