package api

import (
	"encoding/json"
	"net/http"

	"atelier/ui/api/ask"

	"github.com/danielgtaylor/huma/v2"
)

func (d *document) metrics() huma.Operation {
	o := operation(http.MethodGet, "/api/v1/metrics", "metrics", "truth", "The course's metrics, and this run's counts", "Prometheus reads /metrics.")
	o.Responses["200"] = d.json("As it stands", metricsAnswer{}, example{"metrics", "after two sends", metricsAnswer{
		Producer: "Kafka Producer Service", UptimeSeconds: 12.5,
		Modes:     []modeAnswer{{"plain", "Fast but less reliable", "leader"}, {"idempotent", "Reliable but slightly slower", "all"}},
		SendTypes: []namedAnswer{{"sync", "Blocking: waits for the report"}, {"async", "Non-blocking, high throughput"}},
		Counts:    []countAnswer{{Mode: "plain", SendMode: "sync", Sent: 2, Acked: 2, Attempts: 2}},
	}})
	d.refusals(&o)
	return o
}

func (d *document) message() huma.Operation {
	o := operation(http.MethodGet, "/api/v1/messages/{eventId}", "message", "truth", "All that is known of one message",
		"Its sends, what the producer was told of each, the Produce requests that carried it with their four moments, and what the log says.")
	o.Parameters = []*huma.Param{{Name: "eventId", In: "path", Required: true, Description: "of the answer to its send", Schema: &huma.Schema{Type: "string"}, Example: "k7m2xw-1-0"}}
	departed, arrived, answered, heard := 0.214, 0.391, 0.502, 0.633
	partition, offset, copies, verdict, ghost := int32(2), int64(41), int64(1), "once", false
	send := sendOf{
		RequestID: "k7m2xw-1-0", Origin: "api", Topic: "reliability-test", Key: "plain-1", Mode: "plain", SendMode: "sync", Report: "acked",
		Partition: &partition, Offset: &offset, Sent: &departed, Reported: &heard,
		Attempts: []attemptAnswer{{
			Broker: 3, ClientID: "k7m2xw-1-1", ProducerID: -1, Epoch: -1, BaseSequence: -1,
			Departed: &departed, Arrived: &arrived, Answered: &answered, Heard: &heard, Outcome: "acked", Code: "NONE",
		}},
	}
	o.Responses["200"] = d.json("As it stands", messageAnswer{},
		example{"audited", "an audit has looked", messageAnswer{
			EventID: "k7m2xw-1-0", Run: "k7m2xw", Count: 1, Sends: []sendOf{send}, Audited: true, Copies: &copies, Verdict: &verdict, Ghost: &ghost,
			Records: []recordAnswer{{"reliability-test", 2, 41}},
		}},
		example{"unaudited", "nobody has looked into the log", messageAnswer{
			EventID: "k7m2xw-1-0", Run: "k7m2xw", Count: 1, Sends: []sendOf{send},
			Note: "not audited: nobody has looked into the log since its last send. POST /api/v1/audit",
		}})
	d.refusals(&o, refuse(notFound, "eventId", say("no message \"x\" was sent in this run", ""), say("its id is the eventId of the answer to its send", "")))
	return o
}

func (d *document) audit() huma.Operation {
	o := operation(http.MethodPost, "/api/v1/audit", "audit", "truth", "Read the log back and judge every message of this run",
		"Waits for the hand-over and the reports of all that was asked for before, then for the log to settle. What is asked for meanwhile waits too, before its hand-over, "+
			"and is counted as pending: it has no verdict. So is what could not be handed over within ten seconds, as under a toxic that goes on.")
	o.Responses["200"] = d.json("The log has been read", auditAnswer{}, example{"duplicates", "a lost acknowledgement, plain and idempotent", auditAnswer{
		Run: "k7m2xw", Sent: 2, Copies: 4, Once: 1, Duplicates: 1, Ghosts: 1, Partitions: 2, Current: true,
	}})
	unsettled := refuse(conflict, "", say("the log did not settle: after 10s, 2 requests are still on their way to a broker. Clear the toxics and audit again", ""), say("judge nothing by this audit; then POST /api/v1/audit again", ""))
	unsettled.after = 1
	d.refusals(&o, unsettled,
		refuse(noBroker, "", say("the log can't be read: no answer in time. Is every broker up? (brokers, broker start, broker thaw)", ""), say("start the brokers again, then POST /api/v1/audit", "")),
		refuse(closing, "", say("the run was reset while the audit looked", ""), say("audit again", "")))
	return o
}

func (d *document) events() huma.Operation {
	o := operation(http.MethodGet, "/api/v1/events", "events", "truth", "The ledger's events as they come (server-sent events)",
		"Names and fields are those of a recording (--record). Beside each batch and number that name a message stands its eventId; "+
			"sent, where it speaks of several, has eventIds, in their order. arrived, answered, heard and ended name a request: departed says what it carries. "+
			"Each event has an id. A browser's EventSource that was cut off gives the last one back, and is told what came since, as long as that is kept: "+
			"the latest events, up to a minute after the last reader has left. Whoever comes too late, or reads too slowly, misses events, and is told how many: "+
			"the event dropped, without a count where nobody knows. run-began is the first event otherwise.")
	o.Parameters = []*huma.Param{{Name: lastEventID, In: "header", Description: "the id of the last event that the client has; an EventSource sends it by itself", Schema: &huma.Schema{Type: "string"}}}
	o.Responses["200"] = &huma.Response{Description: "Events, until one side ends", Content: map[string]*huma.MediaType{"text/event-stream": {
		Schema: &huma.Schema{ // of one event
			Type: "object", Required: []string{"id", "event", "data"},
			Properties: map[string]*huma.Schema{
				"id":    {Type: "string", Description: "to go on from: Last-Event-ID"},
				"event": {Type: "string", Description: "what happened"},
				"data":  {Type: "string", Description: "the event, as JSON", Extensions: map[string]any{"contentMediaType": "application/json"}},
			},
		},
		Examples: map[string]*huma.Example{
			"sent": {Summary: "a message was handed over", Value: "id: q3v7c2nd5k-7\nevent: sent\ndata: {\"event\":\"sent\",\"at\":214000,\"batch\":1,\"from\":0,\"count\":1,\"key\":\"plain-1\",\"eventId\":\"k7m2xw-1-0\"}\n\n"},
			"reported": {Summary: "what the producer was told", Value: "id: q3v7c2nd5k-12\nevent: reported\ndata: {\"event\":\"reported\",\"at\":633000,\"reports\":[{\"ref\":{\"batch\":1,\"n\":0,\"eventId\":\"k7m2xw-1-0\"}," +
				"\"partition\":2,\"offset\":41,\"latency\":419000}]}\n\n"},
			"dropped": {Summary: "events were missed", Value: "id: q3v7c2nd5k-40\nevent: dropped\ndata: {\"event\":\"dropped\",\"count\":28}\n\n"},
		},
	}}}
	busy := refuse(tooMuch, "", say("10000 read the events already", ""), say("end some of them first", ""))
	busy.after = 1
	d.refusals(&o, busy)
	return o
}

func (d *document) lab() huma.Operation {
	o := operation(http.MethodPost, "/api/v1/lab", "lab", "truth", "Carry a lab script out",
		"One at a time; it ends with the request. What comes back is what --format json says of the same script, object by object and under the same names "+
			"(at_ms, not_done: words joined by _, where the rest of this API writes them together), so that one reader does for both. "+
			"Labels belong to the run, not to the script: a second send as A adds to A. A script that counts begins with reset, which begins a new run.")
	script := "reset\nsend 10 plain async as A\naudit\nexpect A.once == 10\n"
	o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"text/plain":       {Schema: &huma.Schema{Type: "string"}, Examples: map[string]*huma.Example{"send": {Summary: "ten messages, proven", Value: script}}},
		"application/json": d.media(labBody{}, example{"send", "ten messages, proven", labBody{script}}),
	}}
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	o.Responses["200"] = d.json("It ended: status says how", labAnswer{}, example{"passed", "every expectation held", labAnswer{
		Status: "passed",
		Events: []json.RawMessage{
			raw(`{"event":"send","line":2,"at_ms":11.9,"text":"send 10 plain async as A","ok":true,"label":"A","reports":{"acked":0,"failed":0,"unknown":0,"fired":0},"result":"10 in flight"}`),
			raw(`{"event":"expect","line":4,"at_ms":31.2,"text":"expect A.once == 10","ok":true,"expr":"A.once == 10","values":{"A.once":10},"result":"A.once = 10"}`),
		},
		Result: raw(`{"event":"result","status":"passed","labels":{"A":{"sent":10,"acked":10,"once":10}},"all":{"sent":10,"acked":10,"once":10}}`),
	}})
	wrong := refuse(unprocessable, "script", say("the script is wrong: nothing was sent", ""), say("correct the lines that errors names", ""))
	wrong.wrong = []place{{1, 9, "unknown mode \"plian\": did you mean plain?"}}
	busy := refuse(tooMuch, "", say("another script runs: one at a time", ""), say("wait for its end", ""))
	busy.after = 1
	d.refusals(&o, misread(ask.LargeBody()), wrong, busy,
		refuse(badRequest, "body", say("the body is no JSON object: it ends in the middle", ""), say("write for instance {\"script\":\"send 10 plain as A\\naudit\"}", "")),
		refuse(wrongType, "Content-Type", say("this route takes text/plain, application/json, not \"text/xml\"", ""), say("say so: curl -H \"Content-Type: text/plain\"", "")))
	return o
}
