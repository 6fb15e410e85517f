package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/standstill/standstilltest"
	"atelier/ui/api"
)

// The heart of the course, over HTTP alone: a lost acknowledgement, its story,
// and the proof.
func TestTheStoryOfAMessage(t *testing.T) {
	t.Parallel()
	standstilltest.Try(t, func(t testing.TB) {
		w := open(t)
		w.post("/api/v1/toxics", `{"type":"latency","stream":"downstream","attributes":{"latency":5000}}`).want(t, http.StatusCreated, nil)
		late := w.post("/api/v1/test/plain", `{"key":"order-1"}`)
		late.want(t, http.StatusGatewayTimeout, nil)
		w.do(http.MethodDelete, "/api/v1/toxics", "").want(t, http.StatusNoContent, nil)
		path := "/api/v1/messages/" + late.body["eventId"].(string)
		before := w.get(path)
		before.want(t, http.StatusOK, map[string]any{"audited": false, "copies": nil, "verdict": nil, "records": nil, "count": 1.0})
		if !strings.Contains(before.text, "not audited") {
			t.Error(before.text)
		}
		w.post("/api/v1/audit", "").want(t, http.StatusOK, map[string]any{"sent": 1.0, "copies": 3.0, "duplicates": 1.0, "ghosts": 1.0, "lost": 0.0, "current": true})
		after := w.get(path)
		after.want(t, http.StatusOK, map[string]any{"audited": true, "copies": 3.0, "verdict": "duplicate", "ghost": true})
		send := after.body["sends"].([]any)[0].(map[string]any)
		if send["report"] != "unknown" || send["origin"] != "api" || send["key"] != "order-1" || len(after.body["records"].([]any)) != 3 {
			t.Error(after.text)
		}
		attempts := send["attempts"].([]any)
		if len(attempts) != 3 {
			t.Fatal(after.text)
		}
		for i, x := range attempts {
			a := x.(map[string]any)
			if i == 2 && a["outcome"] == "cut" { // it departed late, and the budget ended before its answer was due
				a["outcome"] = "timed-out"
			}
			if a["departedMs"] == nil || a["arrivedMs"] == nil || a["answeredMs"] == nil || a["heardMs"] != nil || a["outcome"] != "timed-out" {
				t.Error(a)
			}
		}
		w.get("/api/v1/messages/nobody").want(t, http.StatusNotFound, nil)
	})
}

func TestAnAuditThatCannotSettle(t *testing.T) {
	t.Parallel()
	w := open(t)
	for id := range int32(3) { // requests that never arrive, and answers that never come
		if err := w.bench.AddToxic(t.Context(), chaos.Toxic{On: chaos.Broker(id + 1), Kind: "latency", Stream: chaos.Upstream, Attributes: map[string]int64{"latency": 60_000}}); err != nil {
			t.Fatal(err)
		}
	}
	w.post("/api/v1/test/plain", "").want(t, http.StatusGatewayTimeout, nil)
	w.post("/api/v1/audit", "").want(t, http.StatusConflict, map[string]any{"type": "urn:atelier:problem:conflict"})
}

func TestToxics(t *testing.T) {
	w := open(t)
	w.post("/api/v1/toxics", `{"type":"latency","name":"slow","broker":2,"attributes":{"latency":1}}`).want(t, http.StatusCreated, nil)
	if a := w.get("/api/v1/toxics"); len(a.body["toxics"].([]any)) != 1 || !strings.Contains(a.text, `"broker":2`) {
		t.Error(a.text)
	}
	for body, status := range map[string]int{
		`{"type":"latency","name":"slow","broker":2,"attributes":{"latency":1}}`: 409,
		`{"type":"latecy"}`:  422,
		`{"type":"latency"}`: 422,
		`{"type":"latency","attributes":{"latency":1,"speed":2}}`:           422,
		`{"type":"latency","attributes":{"latency":1},"stream":"sideways"}`: 422,
		`{"type":"latency","attributes":{"latency":1},"broker":9}`:          422,
		`{"type":"latency","attributes":{"latency":1},"toxicity":2}`:        422,
		`{"type":"latency","attributes":{"latency":"long"}}`:                400,
		`{"kind":"latency"}`: 400,
		``:                   400,
	} {
		if a := w.post("/api/v1/toxics", body); a.status != status || a.body["action"] == nil {
			t.Errorf("%s: %d %s", body, a.status, a.text)
		}
	}
	w.do(http.MethodDelete, "/api/v1/toxics/fast", "").want(t, http.StatusNotFound, nil)
	w.do(http.MethodDelete, "/api/v1/toxics/slow", "").want(t, http.StatusNoContent, nil)
	if a := w.get("/api/v1/toxics"); len(a.body["toxics"].([]any)) != 0 {
		t.Error(a.text)
	}
}

func TestALab(t *testing.T) {
	t.Parallel()
	w := open(t)
	script := "send 10 plain async as A\naudit\nexpect A.once == 10\n"
	for _, a := range []answer{
		w.do(http.MethodPost, "/api/v1/lab", script, "Content-Type", "text/plain; charset=utf-8"),
		w.do(http.MethodPost, "/api/v1/lab", "reset\n"+script, "Content-Type", "application/x-www-form-urlencoded"),
		w.post("/api/v1/lab", `{"script":"reset\nsend 10 plain async as A\naudit\nexpect A.once == 10"}`),
	} {
		a.want(t, http.StatusOK, map[string]any{"status": "passed"})
		all := a.body["result"].(map[string]any)["all"].(map[string]any)
		events := a.body["events"].([]any)
		if all["sent"] != 10.0 || all["once"] != 10.0 || len(events) < 3 {
			t.Error(a.text)
		}
		for _, e := range events { // under the names of --format json
			e := e.(map[string]any)
			if e["at_ms"] == nil || e["event"] == "send" && e["reports"].(map[string]any)["acked"] == nil {
				t.Error(e)
			}
		}
	}
	w.do(http.MethodPost, "/api/v1/lab", "send 1 plain as B\naudit\nexpect B.lost > 0", "Content-Type", "text/plain").want(t, http.StatusOK, map[string]any{"status": "failed"})
	a := w.do(http.MethodPost, "/api/v1/lab", "send 1 plian\nsend", "Content-Type", "text/plain")
	a.want(t, http.StatusUnprocessableEntity, map[string]any{"field": "script"})
	if wrong := a.body["errors"].([]any); len(wrong) != 2 || wrong[0].(map[string]any)["line"] != 1.0 {
		t.Error(a.text)
	}
	w.post("/api/v1/lab", "").want(t, http.StatusUnprocessableEntity, nil)
}

// A script ends with its request, and then another one may run.
func TestALabEndsWithItsRequest(t *testing.T) {
	w := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+"/api/v1/lab", strings.NewReader("send 1 plain\nwait 60s"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	ended := make(chan error, 1)
	go func() {
		response, err := w.client.Do(r)
		if err == nil {
			err = response.Body.Close()
		}
		ended <- err
	}()
	ledgertest.Until(t, w.bench.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Acked > 0 })
	w.do(http.MethodPost, "/api/v1/lab", "send 1 plain", "Content-Type", "text/plain").want(t, http.StatusTooManyRequests, nil)
	cancel()
	if <-ended == nil {
		t.Error("it ended by itself")
	}
	for deadline := t.Context(); deadline.Err() == nil; {
		if a := w.do(http.MethodPost, "/api/v1/lab", "send 1 plain", "Content-Type", "text/plain"); a.status == http.StatusOK {
			break
		}
	}
}

func TestPrometheus(t *testing.T) {
	w := open(t)
	w.post("/api/v1/test/plain", "").want(t, http.StatusOK, nil)
	w.post("/api/v1/test/plain", `{"topic":"nope"}`).want(t, http.StatusNotFound, nil)
	w.post("/api/v1/audit", "")
	a := w.get("/metrics")
	for _, want := range []string{
		`atelier_messages_total{mode="plain",sending="sync",outcome="acked"} 1`,
		`atelier_attempts_total{mode="plain",sending="sync"} 1`,
		`atelier_acked_duration_seconds_bucket{mode="plain",sending="sync",le="+Inf"} 1`,
		`atelier_acked_duration_seconds_count{mode="plain",sending="sync"} 1`,
		`atelier_in_flight_messages{mode="plain",sending="sync"} 0`,
		`atelier_audit_messages{verdict="duplicate"} 0`,
		`atelier_audit_messages{verdict="lost"} 0`,
		`atelier_build_info{version="test",go_version="go`,
		`atelier_http_requests_total{path="/api/v1/test/plain",status="404"} 1`,
		`# TYPE atelier_http_request_duration_seconds histogram`,
		`atelier_asked_in_flight_messages 0`,
	} {
		if !strings.Contains(a.text, want) {
			t.Errorf("no %s in\n%s", want, a.text)
		}
	}
}

// The document has every route, and an example of each answer and each refusal.
func TestTheDocument(t *testing.T) {
	w := open(t)
	a := w.get("/openapi.json")
	a.want(t, http.StatusOK, map[string]any{"openapi": "3.1.0"})
	paths := a.body["paths"].(map[string]any)
	operations := 0
	for path, methods := range paths {
		for method, o := range methods.(map[string]any) {
			operations++
			for status, r := range o.(map[string]any)["responses"].(map[string]any) {
				content, has := r.(map[string]any)["content"].(map[string]any)
				if !has && status != "204" {
					t.Errorf("%s %s %s says nothing", method, path, status)
				}
				for kind, media := range content {
					examples, _ := media.(map[string]any)["examples"].(map[string]any)
					if len(examples) == 0 {
						t.Errorf("%s %s %s %s has no example", method, path, status, kind)
					}
				}
			}
		}
	}
	for name, of := range a.body["components"].(map[string]any)["schemas"].(map[string]any) {
		for field, p := range of.(map[string]any)["properties"].(map[string]any) {
			p := p.(map[string]any)
			kinds, several := p["type"].([]any)
			if values, closed := p["enum"].([]any); closed && several && slices.Contains(kinds, "null") && !slices.Contains(values, nil) {
				t.Errorf("%s.%s may be null, and can't be", name, field)
			}
		}
	}
	if operations != 18 {
		t.Errorf("%d operations", operations)
	}
	if yaml := w.get("/openapi.yaml"); yaml.status != http.StatusOK || !strings.Contains(yaml.text, "openapi: 3.1.0") {
		t.Errorf("%d %.200s", yaml.status, yaml.text)
	}
	for _, path := range []string{"/", "/docs", "/docs/"} {
		page := w.get(path)
		if page.status != http.StatusOK || !strings.Contains(page.text, "/openapi.json") || strings.Contains(page.text, "https://cdn") || strings.Contains(page.text, "unpkg") {
			t.Errorf("%s: %d %.300s", path, page.status, page.text)
		}
	}
	for _, asset := range []string{"/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"} {
		if page := w.get(asset); page.status != http.StatusOK || len(page.text) < 1000 {
			t.Errorf("%s: %d", asset, page.status)
		}
	}
}

// Closing answers who waits, also under a black hole.
func TestClosingAnswersWhoWaits(t *testing.T) {
	api.Patiently(t)
	w := open(t)
	w.post("/api/v1/test/idempotent", "").want(t, http.StatusOK, nil) // the topic is known before the crowd comes
	if err := w.bench.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	const many = 50
	answers := make(chan string, many)
	for range many {
		go func() {
			a, err := w.try(http.MethodPost, "/api/v1/test/idempotent", "")
			if err != nil {
				answers <- err.Error()
				return
			}
			answers <- fmt.Sprint(a.status, " ", a.body["type"])
		}()
	}
	_ = w.listen("")
	ledgertest.Until(t, w.bench.Ledger(), func(s *ledger.Snapshot) bool { return s.All.Sent > many || len(answers) > 0 })
	began := time.Now()
	if err := w.server.Close(w.bench.Close); err != nil {
		t.Error(err)
	}
	t.Logf("closed in %s", time.Since(began))
	for range many {
		if got := <-answers; got != "503 urn:atelier:problem:closing" {
			t.Error(got)
		}
	}
}
