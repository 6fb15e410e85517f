package api

import (
	"encoding/json"
	"math"
	"net/http"

	"atelier/chaos"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
)

var toxicExample = toxicsAnswer{Toxics: []toxicAnswer{{
	Broker: 1, Proxy: "broker-1", Name: "latency_downstream", Type: "latency", Stream: "downstream", Toxicity: 1,
	Attributes: map[string]int64{"latency": 5000, "jitter": 0}, Says: "latency 5s on the answers (downstream), broker 1",
}}}

func unreachable() *problem {
	p := refuse(notReady, "", say("Toxiproxy does not answer", ""), say("try again", ""))
	p.after = 1
	return p
}

func (d *document) toxics() huma.Operation {
	o := operation(http.MethodGet, "/api/v1/toxics", "toxics", "faults", "What is in force", "")
	o.Responses["200"] = d.json("Toxics, by broker", toxicsAnswer{}, example{"latency", "answers take five seconds", toxicExample})
	d.refusals(&o, unreachable())
	return o
}

func (d *document) addToxic() huma.Operation {
	o := operation(http.MethodPost, "/api/v1/toxics", "add-toxic", "faults", "Put a toxic in force, on every broker's proxy or on one", "")
	number := func(name, n string) map[string]json.RawMessage {
		return map[string]json.RawMessage{name: json.RawMessage(n)}
	}
	o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": shown(anyToxic(),
		example{"latency", "answers take five seconds", toxicBody{Type: "latency", Stream: "downstream", Toxicity: 1, Attributes: number("latency", "5000")}},
		example{"timeout", "answers are dropped", toxicBody{Type: "timeout", Stream: "downstream", Toxicity: 1, Attributes: number("timeout", "2000")}})}}
	o.Responses["201"] = d.json("In force", toxicsAnswer{}, example{"latency", "answers take five seconds", toxicExample})
	o.Responses["201"].Links = map[string]*huma.Link{
		"clear": {OperationID: "clear-toxic", Parameters: map[string]any{"name": "$response.body#/toxics/0/name"}, Description: "remove it again"},
	}
	d.refusals(&o, unreachable(), misread(ask.LargeBody()),
		refuse(badRequest, "body", say("the body is no JSON object: it ends in the middle", ""), say("write for instance {\"type\":\"latency\",\"attributes\":{\"latency\":5000}}", "")),
		refuse(wrongType, "Content-Type", say("this route takes application/json, not \"text/xml\"", ""), say("say so: curl -H \"Content-Type: application/json\"", "")),
		refuse(unprocessable, "type", say("there is no toxic \"latecy\": did you mean latency?", ""), say("choose latency, bandwidth, …", "")),
		refuse(conflict, "name", say("broker 1 has a toxic named \"latency_downstream\" already", ""), say("remove it first (DELETE /api/v1/toxics/latency_downstream), or give this one another name", "")))
	return o
}

// anyToxic is a toxic of any kind: which attributes it has, the kind decides.
func anyToxic() *huma.Schema {
	number := func(n float64) *float64 { return &n }
	of := &huma.Schema{}
	for _, k := range chaos.Kinds() {
		if !k.IsToxic() {
			continue
		}
		attributes := &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{}, AdditionalProperties: false, Description: "in Toxiproxy's own units"}
		for _, a := range k.Attributes {
			attributes.Properties[a.Name] = &huma.Schema{Type: "integer", Minimum: number(float64(a.Min)), Maximum: number(float64(a.Max)), Description: a.Says.En, Nullable: !a.Required}
			if a.Required {
				attributes.Required = append(attributes.Required, a.Name)
			}
		}
		one := &huma.Schema{
			Type: "object", Title: k.Name, Description: k.Says.En, AdditionalProperties: false, Required: []string{"type"},
			Properties: map[string]*huma.Schema{
				"type":       {Type: "string", Enum: []any{k.Name}},
				"broker":     {Type: "integer", Nullable: true, Minimum: number(0), Maximum: number(math.MaxInt32), Description: "default: every broker"},
				"name":       {Type: "string", Nullable: true, Pattern: "^([a-zA-Z0-9][a-zA-Z0-9._-]{0,63})?$", Description: "default: the type and the stream"},
				"stream":     {Type: "string", Nullable: true, Enum: []any{chaos.Downstream, chaos.Upstream, nil}, Description: "upstream: the requests; downstream: the answers; default: downstream"},
				"toxicity":   {Type: "number", Nullable: true, ExclusiveMinimum: number(0), Maximum: number(1), Description: "the share of the connections that are hit; default: 1"},
				"attributes": attributes,
			},
		}
		if len(attributes.Required) > 0 {
			one.Required = append(one.Required, "attributes")
		}
		attributes.Nullable = len(attributes.Required) == 0
		of.OneOf = append(of.OneOf, one)
	}
	return of
}

func (d *document) clearToxics() huma.Operation {
	o := operation(http.MethodDelete, "/api/v1/toxics", "clear-toxics", "faults", "Remove every toxic, or those of a name, a direction, a broker",
		"Each parameter leaves out the toxics that are otherwise.")
	o.Parameters = append([]*huma.Param{{Name: "name", In: "query", Description: "of toxics", Schema: &huma.Schema{Type: "string", Pattern: "^[^\\x00]+$"}}}, where()...)
	o.Responses["204"] = &huma.Response{Description: "Gone"}
	d.refusals(&o, unmet()...)
	return o
}

// where are the parameters that say which toxics of a name are meant.
func where() []*huma.Param {
	least, most := 0.0, float64(math.MaxInt32)
	return []*huma.Param{
		{Name: "stream", In: "query", Description: "upstream: the requests; downstream: the answers; default: both", Schema: &huma.Schema{Type: "string", Enum: []any{chaos.Downstream, chaos.Upstream}}},
		{Name: "broker", In: "query", Description: "default: every broker", Schema: &huma.Schema{Type: "integer", Minimum: &least, Maximum: &most}},
	}
}

// unmet are why toxics can't be removed.
func unmet() []*problem {
	return []*problem{
		unreachable(),
		refuse(badRequest, "broker", say("broker is a number, not \"two\"", ""), say("write broker=1", "")),
		refuse(notFound, "name", say("no toxic is named \"x\"", ""), say("see what is in force: GET /api/v1/toxics", "")),
		refuse(unprocessable, "broker", say("there is no broker 9", ""), say("leave it out, and every broker is meant", "")),
	}
}

func (d *document) clearToxic() huma.Operation {
	o := operation(http.MethodDelete, "/api/v1/toxics/{name}", "clear-toxic", "faults", "Remove the toxics of a name, on every broker's proxy or on one", "")
	o.Parameters = append([]*huma.Param{{Name: "name", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}, Example: "latency_downstream"}}, where()...)
	o.Responses["204"] = &huma.Response{Description: "Gone"}
	d.refusals(&o, unmet()...)
	return o
}
