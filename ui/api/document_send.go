package api

import (
	"net/http"

	"atelier/kafka"
	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
)

func (d *document) send() huma.Operation {
	o := operation(http.MethodPost, "/api/v1/send", "send", "send", "Send one message",
		"As JSON, as query parameters, or as both where they don't contradict each other. sync waits for the report; async answers 202 at once. "+
			"An eventId that was sent before is the same message, sent once more.")
	d.sending(&o, "", true, true)
	return o
}

func (d *document) test(mode string, async bool) huma.Operation {
	path, how := mode, "sync"
	if async {
		path, how = mode+"-async", "async"
	}
	o := operation(http.MethodPost, "/api/v1/test/"+path, "test-"+path, "send", "Send one message, "+mode+" and "+how,
		"The same as /api/v1/send with mode="+mode+" and sendMode="+how+".")
	d.sending(&o, mode, !async, async)
	return o
}

// sending describes what a route that sends takes and answers. mode is what its
// path says; empty: it leaves that open.
func (d *document) sending(o *huma.Operation, mode string, sync, async bool) {
	topic, key, message := "reliability-test", "plain-1", "Plain test message 1"
	o.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{
		"application/json": d.media(ask.Send{}, example{"course", "as the course sends it", ask.Send{Topic: &topic, Key: &key, Message: &message}}),
	}}
	d.schema(ask.Send{})
	for _, name := range (ask.Send{}).Fields() {
		of := *d.schemas.Map()["Send"].Properties[name] // a query has no null
		of.Nullable = false
		p := &huma.Param{Name: name, In: "query", Description: of.Description, Schema: &of}
		switch {
		case name == "mode" && mode != "":
			of.Enum = []any{mode}
		case name == "sendMode" && !async:
			of.Enum = []any{ask.Sync}
		case name == "sendMode" && !sync:
			of.Enum = []any{ask.Async}
		}
		o.Parameters = append(o.Parameters, p)
	}
	one := 1
	if sync {
		o.Responses["200"] = d.json("Acknowledged: it stands there in the log", sendAnswer{}, example{"acked", "acknowledged", sendAnswer{
			Success: true, Topic: "reliability-test", Partition: 2, Offset: 41, Mode: "plain", SendMode: "sync",
			EventID: "k7m2xw-1-0", RequestID: "k7m2xw-1-0", State: ok, LatencyMs: 2.718, QueuedMs: 0.041, Attempts: &one,
		}})
	}
	if async {
		o.Responses["202"] = d.json("Taken: ask later what became of it", pendingAnswer{}, example{"pending", "taken", pendingAnswer{
			Success: true, Topic: "performance-test", Mode: "plain", SendMode: "async",
			EventID: "k7m2xw-2-0", RequestID: "k7m2xw-2-0", State: pending,
		}})
	}
	for _, status := range []string{"200", "202"} {
		if r := o.Responses[status]; r != nil {
			r.Links = map[string]*huma.Link{
				"message": {OperationID: "message", Parameters: map[string]any{"eventId": "$response.body#/eventId"}, Description: "the story of the message"},
				"status":  {OperationID: "status", Parameters: map[string]any{"requestId": "$response.body#/requestId"}, Description: "what became of this send"},
			}
		}
	}
	d.refusals(o, sendingRefusals(sync)...)
}

// sendingRefusals is an example of each way in which a send is refused.
func sendingRefusals(sync bool) []*problem {
	busy := refuse(tooMuch, "", say("20000 messages that were asked for have no report yet: nothing was sent", ""), say("wait for some of them, then send again", ""))
	busy.after = 1
	list := []*problem{
		refuse(badRequest, "partition", say("partition is a number, not \"two\"", ""), say("write partition=0", "")),
		refuse(contradiction, "key", say("the query says one thing about key, and the rest of the request another", ""), say("give key once, or the same everywhere", "")),
		noSuchTopic("nonexistent-topic"),
		misread(ask.LargeBody()),
		refuse(wrongType, "Content-Type", say("this route takes application/json, not \"text/xml\"", ""), say("say so: curl -H \"Content-Type: application/json\"", "")),
		refuse(unprocessable, "eventId", say("an eventId has 1 to 200 characters, none of them a control character", ""), say("leave it out, and one is generated", "")),
		busy,
		refuse(noBroker, "", say("no broker says anything about topic test-topic. Nothing was sent", ""), say("see who is up: GET /health/ready", "")),
		shuttingDown(),
	}
	if !sync {
		return list
	}
	three, yes := 3, true
	late := refuse(outOfBudget, "", say("no acknowledgement came within the delivery budget of 3s: no answer in time. The message may be in the log", ""),
		say("look: POST /api/v1/audit, then GET /api/v1/messages/k7m2xw-1-0. Sending it again may write it twice", ""))
	late.fate = &Fate{
		RequestID: "k7m2xw-1-0", EventID: "k7m2xw-1-0", Topic: "latency-test", Mode: string(kafka.Plain), SendMode: string(kafka.Sync),
		Report: "unknown", Reason: "timeout", Attempts: &three, MayBeInLog: &yes,
	}
	one := 1
	early := refuse(outOfRetries, "", say("no acknowledgement came; the 2 retries were used up after 1.04s of a delivery budget of 3s: the connection was cut or refused. The message may be in the log", ""), late.action)
	early.fate = &Fate{
		RequestID: "k7m2xw-1-0", EventID: "k7m2xw-1-0", Topic: "test-topic", Mode: string(kafka.Plain), SendMode: string(kafka.Sync),
		Report: "unknown", Reason: "disconnected", Attempts: &one, MayBeInLog: &yes,
	}
	return append(list, late, early)
}

func (d *document) status() huma.Operation {
	o := operation(http.MethodGet, "/api/v1/status", "status", "send", "What this service can; with requestId, what became of a request", "")
	some := 1
	o.Parameters = []*huma.Param{{Name: "requestId", In: "query", Description: "of a send", Schema: &huma.Schema{Type: "string", MinLength: &some}}}
	partition, offset, latency, queued, one := int32(2), int64(41), 2.718, 0.041, 1
	m := d.media(statusAnswer{},
		example{"service", "without requestId", statusAnswer{
			Service: "Kafka Producer", Version: "1.0.0", Modes: []string{"plain", "idempotent"}, SendTypes: []string{"sync", "async"},
			DefaultTopic: "test-topic", Cluster: "embedded", Run: "k7m2xw",
		}},
		example{"pending", "no report yet", requestAnswer{RequestID: "k7m2xw-2-0", EventID: "k7m2xw-2-0", State: pending, Topic: "performance-test", Mode: "plain", SendMode: "async"}},
		example{"ok", "acknowledged", requestAnswer{
			RequestID: "k7m2xw-2-0", EventID: "k7m2xw-2-0", State: ok, Topic: "performance-test", Mode: "plain", SendMode: "async",
			Partition: &partition, Offset: &offset, LatencyMs: &latency, QueuedMs: &queued, Attempts: &one,
		}},
		example{"error", "not acknowledged", requestAnswer{
			RequestID: "k7m2xw-2-0", EventID: "k7m2xw-2-0", State: failed, Topic: "latency-test", Mode: "plain", SendMode: "async",
			Reason: "no acknowledgement came within the delivery budget of 3s: no answer in time. The message may be in the log",
		}})
	m.Schema = &huma.Schema{OneOf: []*huma.Schema{d.schema(statusAnswer{}), d.schema(requestAnswer{})}}
	o.Responses["200"] = &huma.Response{Description: "As it stands", Content: map[string]*huma.MediaType{"application/json": m}}
	d.refusals(&o,
		refuse(badRequest, "id", say("there is no parameter \"id\"", ""), say("the only one is requestId", "")),
		refuse(notFound, "requestId", say("no request \"x\" is remembered: it was never given, or 50000 came after it", ""), say("of this run, its message may still be known: GET /api/v1/messages/…", "")))
	return o
}
