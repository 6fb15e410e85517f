package api_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"atelier/lessons/course"
)

// copies wants so many of a message in the log, once it is read back.
func (t *terminal) copies(id any, copies int, ghost bool) {
	t.Helper()
	t.types("a")
	t.get(fmt.Sprintf("/api/v1/messages/%v", id)).want(t, 200, fields{"copies": float64(copies), "ghost": ghost})
}

// attempts is how often an answer says that its message departed: at least
// twice, and as often as its settings allow where nobody else is at work here.
func (t *terminal) attempts(answer fields, most int) int {
	t.Helper()
	n, _ := answer["attempts"].(float64)
	if n < 2 || int(n) > most {
		t.Errorf("%v attempts: %v", n, answer)
	}
	return int(n)
}

var practice = []block{
	{begins: "mkdir ", needs: "internet", then: func(t *terminal, program course.Code, _ ran) {
		// The project's own go.mod has the library.
		for name, from := range map[string]string{"go.mod": "../../go.mod", "go.sum": "../../go.sum"} {
			text, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			t.write(name, string(text))
		}
		t.write("main.go", program.Text)
		t.ports = append(t.ports, "127.0.0.1:44019", t.bench.Brokers()[0].Advertised) // as the text says, the address of broker 1's proxy
	}},
	{begins: "go run . 127.0.0.1:44019", then: learnersProducer},
	{
		begins: "curl -X POST http://localhost:18081/api/v1/send", statuses: "200", shown: true,
		then: func(t *terminal, _ course.Code, r ran) { t.copies(r.answers[0]["eventId"], 1, false) },
	},
	{begins: "api=http://localhost:18081/api/v1/test\nfor way in", statuses: "200 200 202 202", answers: []fields{
		{"mode": "plain", "sendMode": "sync", "partition": some, "offset": some, "topic": "test-topic"},
		{"mode": "idempotent", "sendMode": "sync", "partition": some, "offset": some},
		{"mode": "plain", "sendMode": "async", "state": "PENDING"},
		{"mode": "idempotent", "sendMode": "async", "state": "PENDING"},
	}, then: func(t *terminal, _ course.Code, r ran) {
		for _, a := range r.answers[2:] {
			if a["partition"] != nil || a["offset"] != nil {
				t.Errorf("a place that nobody knows yet: %v", a)
			}
		}
	}},
	{begins: "api=http://localhost:18081/api/v1/test\ncurl", statuses: "200", answers: []fields{{"success": true, "offset": some}}},
	{typed: []string{"l"}, begins: "api=http://localhost:18081/api/v1\ncurl -X POST \"$api/test/plain-async\"", statuses: "202", shown: true, then: func(t *terminal, _ course.Code, r ran) {
		t.copied = r.answers[0]
	}},
	{begins: `curl "$api/status?requestId=…"`, statuses: "404", then: became},
	{begins: "api=http://localhost:18081/api/v1\ncurl -X POST \"$api/send?eventId=transfer-9\"", statuses: "200 200 200 200", answers: []fields{
		{"mode": "idempotent"},
		{"mode": "idempotent"},
		{"duplicates": some},
		{"eventId": "transfer-9", "count": 2, "copies": 2, "verdict": "duplicate"},
	}},
	{typed: []string{"l"}, begins: "api=http://localhost:18081/api/v1\ncurl --max-time 1", statuses: "000", exits: "28", then: hungUp},
}

// learnersProducer is the program of module 2, first without a fault, then in
// the one that the text has typed.
func learnersProducer(t *terminal, b course.Code, r ran) {
	if !regexp.MustCompile(`^acked 1 \d+\nsame: true\n100 acked, 0 not\n$`).MatchString(r.out) {
		t.Errorf("the learner's producer said\n%s", r.out)
	}
	t.types("toxic latency latency=5s stream=downstream broker=2")
	began := time.Now()
	r = t.run(b.Text)
	if took := time.Since(began); took < 20*time.Second || r.exits == "" || !strings.Contains(r.errs, "it may be written: ") {
		t.Errorf("after %s the learner's producer said %s", took, r.errs)
	}
	t.types("c")
}

// became asks what became of a request, until it is known.
func became(t *terminal, b course.Code, _ ran) {
	ask := func() fields {
		r := t.run(strings.Replace(b.Text, "…", fmt.Sprint(t.copied["requestId"]), 1))
		if r.statuses != "200" || r.exits != "" {
			t.Fatalf("%s %s\n%s", r.statuses, r.errs, r.out)
		}
		return r.answers[0]
	}
	first := ask()
	last := first
	for last["state"] == "PENDING" {
		last = ask()
	}
	if first["state"] != "PENDING" || last["state"] != "ERROR" || last["reason"] == "" {
		t.Errorf("%v, then %v", first, last)
	}
	t.types("c")
	t.copies(last["eventId"], t.attempts(last, 3), true)
	r := t.run(`curl -X POST "$api/test/plain-async"`) // without the fault
	for t.copied = r.answers[0]; ; {
		if last = ask(); last["state"] != "PENDING" {
			break
		}
	}
	if last["state"] != "OK" || last["topic"] != "test-topic" || last["partition"] == nil || last["offset"] == nil {
		t.Errorf("without the fault: %v", last)
	}
}

// hungUp sees that a message goes on after its caller hung up.
func hungUp(t *terminal, _ course.Code, r ran) {
	if !strings.Contains(r.errs, "curl: (28) Operation timed out") {
		t.Error(r.errs)
	}
	before := t.bench.Ledger().Snapshot().All
	if before.Unknown+before.Acked == before.Sent {
		t.Error("the message did not go on")
	}
	t.types("wait until done", "c", "a")
	after := t.bench.Ledger().Snapshot().All
	if copies := after.Copies - before.Copies; after.Unknown != before.Unknown+1 || copies < 2 || copies > 3 {
		t.Errorf("%+v", after)
	}
}

var deployment = []block{
	{begins: "docker build ", needs: "docker"},
	{
		typed: []string{"broker stop 1", "broker stop 2", "broker stop 3"}, begins: "curl -i http://localhost:18081/health\n",
		statuses: "200 503", answers: []fields{{"status": "healthy"}, {"status": 503, "detail": some}},
		then: func(t *terminal, b course.Code, _ ran) {
			t.types("r")
			if r := t.run(b.Text); r.statuses != "200 200" {
				t.Errorf("after r: %s", r.statuses)
			}
		},
	},
	{begins: "docker save ", needs: "kubernetes"},
}

var validation = []block{
	{begins: `curl -X POST "http://localhost:18081/api/v1/test/plain"`, statuses: "200 200 202 202", answers: []fields{
		{"partition": some, "offset": some},
		{"partition": some, "offset": some},
		{"state": "PENDING", "requestId": some},
		{"state": "PENDING", "requestId": some},
	}, then: func(t *terminal, b course.Code, r ran) {
		again := t.run(b.Text)
		for i := range 2 {
			if was, is := r.answers[i], again.answers[i]; is["partition"] != was["partition"] || is["offset"].(float64) <= was["offset"].(float64) {
				t.Errorf("%v, then %v", was, is)
			}
		}
	}},
	{begins: "for i in {1..100}\n", statuses: strings.TrimSpace(strings.Repeat("200 ", 100)), answers: slices.Repeat([]fields{{"partition": some, "offset": some}}, 100)},
	{begins: "curl -X POST http://localhost:18081/api/v1/audit", statuses: "200", answers: []fields{{"sent": 108, "copies": 108, "duplicates": 0, "lost": 0, "absent": 0}}},
	{
		begins: `curl -X POST "http://localhost:18081/api/v1/test/plain"`, statuses: "404", answers: []fields{{"status": 404, "type": "urn:atelier:problem:unknown-topic"}},
		then: func(t *terminal, _ course.Code, r ran) {
			for _, topic := range []string{"nonexistent-topic", "reliability-test", "load-test"} { // its own name, and those that there are
				if !strings.Contains(r.out, topic) {
					t.Errorf("nothing of %s: %s", topic, r.out)
				}
			}
		},
	},
	{begins: "curl -X POST http://localhost:8474/proxies/kafka/toxics", statuses: "200 000", exits: "28", answers: []fields{{"name": "latency_downstream", "type": "latency"}}, then: func(t *terminal, _ course.Code, r ran) {
		if !strings.Contains(r.errs, "curl: (28) Operation timed out") {
			t.Error(r.errs)
		}
		t.types("wait until done") // the text: attempts that go on; then ask
	}},
	{begins: "curl -X POST http://localhost:18081/api/v1/audit\n", statuses: "200 200 204", answers: []fields{{"copies": some}, {"eventId": "transfer-7", "copies": 1, "ghost": true, "count": 1}}, then: func(t *terminal, _ course.Code, r ran) {
		if !strings.Contains(r.out, `"report":"unknown"`) {
			t.Error(r.out)
		}
	}},
	{begins: "curl -i http://localhost:18081/health\n", statuses: "200 200 200 200", answers: []fields{{}, {}, {"modes": "[plain idempotent]"}, {"counts": some}}, then: func(t *terminal, b course.Code, r ran) {
		if counts, _ := r.answers[3]["counts"].([]any); len(counts) != 4 {
			t.Errorf("%v", counts)
		}
		t.types("proxy down")
		if r = t.run(b.Text); !strings.HasPrefix(r.statuses, "200 200 ") { // it asks over the straight road
			t.Error(r.statuses)
		}
	}},
}

// Under each toxic, what a curl sends ends as the text says.
func unheard(mode string, most int) func(*terminal, course.Code, ran) {
	return func(t *terminal, _ course.Code, r ran) {
		sent := r.answers[1]
		copies := t.attempts(sent, most)
		if mode == "idempotent" {
			copies = 1
		}
		t.copies(sent["eventId"], copies, true)
	}
}

var faults = []block{
	{begins: "curl -X POST http://localhost:8474/proxies \\", statuses: "201", answers: []fields{{"name": "dotnet-api-proxy", "toxics": "[]", "enabled": true}}, then: func(t *terminal, _ course.Code, r ran) {
		if at := fmt.Sprint(r.answers[0]["listen"]); !strings.HasPrefix(at, "127.0.0.1:") {
			t.Errorf("it listens on %s", at)
		}
	}},
	{
		begins: "curl http://localhost:8474/proxies", statuses: "200",
		answers: []fields{{"broker-1": some, "broker-2": some, "broker-3": some, "dotnet-api-proxy": some, "kafka": some}},
		then: func(t *terminal, _ course.Code, r ran) {
			if len(r.answers[0]) != 5 {
				t.Error(r.out)
			}
		},
	},
	{begins: "curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics", statuses: "200 504", answers: []fields{
		{"name": "latency_5s"}, {"status": 504, "report": "unknown", "mayBeInLog": true, "mode": "idempotent"},
	}, then: func(t *terminal, b course.Code, r ran) {
		a := t.run("curl http://localhost:8474/proxies")
		for _, broker := range []string{"broker-1", "broker-2", "broker-3"} {
			if !strings.Contains(fmt.Sprint(a.answers[0][broker]), "latency_5s") {
				t.Errorf("%v", a.answers[0][broker])
			}
		}
		unheard("idempotent", 4)(t, b, r)
	}},
	{begins: "curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/latency_5s", statuses: "204"},
	{begins: "curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics", statuses: "200 504", answers: []fields{
		{"name": "timeout_2s"}, {"status": 504, "report": "unknown", "mode": "plain"},
	}, then: unheard("plain", 3)},
	{begins: "curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/timeout_2s", statuses: "204"},
	{begins: "curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics", statuses: "200 200", answers: []fields{{"name": "bandwidth_1kb"}, {"success": true, "offset": some, "mode": "plain"}}},
	{begins: "curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/latency_5s\ncurl -X DELETE", statuses: "404 404 204 200", then: func(t *terminal, _ course.Code, r ran) {
		proxy := r.answers[len(r.answers)-1] // behind those of the toxics that were away already
		if proxy["name"] != "dotnet-api-proxy" || proxy["enabled"] != true || fmt.Sprint(proxy["toxics"]) != "[]" {
			t.Errorf("%v", proxy)
		}
	}},
}
