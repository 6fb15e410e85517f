package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/standstill/standstilltest"
)

// The course's four ways, with the course's bodies: the answer's partition and
// offset are those of the log.
func TestTheCoursesSends(t *testing.T) {
	w := open(t)
	for n, c := range []struct{ path, topic, key, mode, sending string }{
		{"/api/v1/test/plain", "reliability-test", "plain-1", "plain", "sync"},
		{"/api/v1/test/idempotent", "reliability-test", "idempotent-1", "idempotent", "sync"},
		{"/api/v1/test/plain-async", "performance-test", "async-1", "plain", "async"},
		{"/api/v1/test/idempotent-async", "performance-test", "idempotent-async-1", "idempotent", "async"},
	} {
		a := w.post(c.path, fmt.Sprintf(`{"topic":%q,"key":%q,"message":"Test message"}`, c.topic, c.key))
		fields := map[string]any{"success": true, "topic": c.topic, "mode": c.mode, "sendMode": c.sending}
		if c.sending == "sync" {
			fields["state"] = "OK"
			fields["attempts"] = 1.0
			a.want(t, http.StatusOK, fields)
		} else {
			fields["state"] = "PENDING"
			a.want(t, http.StatusAccepted, fields)
			a = w.eventually("/api/v1/status?requestId="+a.body["requestId"].(string), func(a answer) bool { return a.body["state"] != "PENDING" })
			a.want(t, http.StatusOK, map[string]any{"state": "OK", "topic": c.topic, "mode": c.mode, "sendMode": c.sending})
		}
		if a.body["offset"].(float64) < 0 || a.body["partition"].(float64) < 0 {
			t.Errorf("%d: %s", n, a.text)
		}
	}
	if err := w.bench.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all := w.bench.Ledger().Snapshot().All; all.Once != 4 {
		t.Errorf("%+v", all)
	}
}

// JSON and query may say the same, and each may say what the other leaves out.
func TestBodyAndQuery(t *testing.T) {
	w := open(t)
	for path, body := range map[string]string{
		"/api/v1/send?": "",
		"/api/v1/send?topic=load-test&mode=plain":          "",
		"/api/v1/send?key=k&message=m&sendMode=sync":       `{"topic":"load-test","isIdempotent":false}`,
		"/api/v1/send?topic=load-test":                     `{"topic":"load-test"}`,
		"/api/v1/send?mode=idempotent&isIdempotent=true":   `{"mode":"idempotent","isAsync":false}`,
		"/api/v1/test/plain?topic=atelier&key=k&message=m": "",
		"/api/v1/send?partition=2":                         `{}`,
		"/api/v1/send":                                     `{"partition":2.0,"key":null}`,
	} {
		a := w.post(path, body)
		if a.status != http.StatusOK || a.body["offset"] == nil {
			t.Errorf("%s %s: %d %s", path, body, a.status, a.text)
		}
		if strings.Contains(path, "partition") && a.body["partition"] != 2.0 {
			t.Error(a.text)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		path, body, kind string
		status           int
		field            string
	}{
		{"/api/v1/send?topic=a", `{"topic":"b"}`, "contradiction", 400, "topic"},
		{"/api/v1/send?mode=plain", `{"isIdempotent":true}`, "contradiction", 400, "isIdempotent"},
		{"/api/v1/test/plain", `{"isIdempotent":true}`, "contradiction", 400, "isIdempotent"},
		{"/api/v1/test/plain?sendMode=async", ``, "contradiction", 400, "sendMode"},
		{"/api/v1/send?key=a&key=b", ``, "contradiction", 400, "key"},
		{"/api/v1/send?partition=two", ``, "bad-request", 400, "partition"},
		{"/api/v1/send?isAsync=perhaps", ``, "bad-request", 400, "isAsync"},
		{"/api/v1/send?mesage=x", ``, "bad-request", 400, "mesage"},
		{"/api/v1/send?mode=plian", ``, "bad-request", 400, "mode"},
		{"/api/v1/send?%zz", ``, "bad-request", 400, "query"},
		{"/api/v1/send", `{"topic":5}`, "bad-request", 400, "topic"},
		{"/api/v1/send", `{"isAsync":"yes"}`, "bad-request", 400, "isAsync"},
		{"/api/v1/send", `{"mesage":"x"}`, "bad-request", 400, "mesage"},
		{"/api/v1/send", `{"topic":`, "bad-request", 400, "body"},
		{"/api/v1/send", `[]`, "bad-request", 400, "body"},
		{"/api/v1/send", `null`, "bad-request", 400, "body"},
		{"/api/v1/send", `{"partition":1.5}`, "bad-request", 400, "partition"},
		{"/api/v1/send", `{"partition":3000000000}`, "unprocessable", 422, "partition"},
		{"/api/v1/send", `{"partition":99999999999999999999}`, "unprocessable", 422, "partition"},
		{"/api/v1/send?partition=99999999999999999999", ``, "unprocessable", 422, "partition"},
		{"/api/v1/send", `{"message":"a","key":"k","message":"b"}`, "contradiction", 400, "message"},
		{"/api/v1/send", `{"message":"a","Message":"a"}`, "contradiction", 400, "Message"},
		{"/api/v1/send?isAsync=1", ``, "bad-request", 400, "isAsync"},
		{"/api/v1/send", `{} {}`, "bad-request", 400, "body"},
		{"/api/v1/send", "{\"key\":\"\xff\"}", "bad-request", 400, "body"},
		{"/api/v1/send", `{"topic":"no such name"}`, "unprocessable", 422, "topic"},
		{"/api/v1/send", `{"topic":""}`, "unprocessable", 422, "topic"},
		{"/api/v1/send", `{"partition":-1}`, "unprocessable", 422, "partition"},
		{"/api/v1/send", `{"partition":7}`, "unprocessable", 422, "partition"},
		{"/api/v1/send", `{"eventId":""}`, "unprocessable", 422, "eventId"},
		{"/api/v1/send", `{"eventId":"a\u0007"}`, "unprocessable", 422, "eventId"},
		{"/api/v1/test/plain", `{"topic":"nonexistent-topic","key":"error-test","message":"This should fail"}`, "unknown-topic", 404, "topic"},
		{"/api/v1/send", `{"message":"` + strings.Repeat("x", 1_000_001) + `"}`, "too-large", 413, "message"},
		{"/api/v1/send", `{"message":"` + strings.Repeat("x", 2_000_000) + `"}`, "too-large", 413, "body"},
		{"/api/v1/send/", ``, "not-found", 404, ""},
	} {
		a := w.post(c.path, c.body)
		name := c.path + " " + c.body[:min(len(c.body), 60)]
		if a.status != c.status || a.body["type"] != "urn:atelier:problem:"+c.kind || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", name, a.status, a.text)
			continue
		}
		if field, _ := a.body["field"].(string); field != c.field {
			t.Errorf("%s: %s", name, a.text)
		}
		if strings.Contains(a.text, "%!") || strings.Contains(a.text, "unmarshal") {
			t.Errorf("%s: %s", name, a.text)
		}
		for _, must := range []string{"title", "detail", "action"} {
			if a.body[must] == "" || a.body[must] == nil {
				t.Errorf("%s: no %s: %s", name, must, a.text)
			}
		}
		french, err := w.try(http.MethodPost, c.path, c.body, "Accept-Language", "de, fr-CH;q=0.9, en;q=0.5")
		if err == nil && (french.body["detail"] == a.body["detail"] || french.header.Get("Content-Language") != "fr") {
			t.Errorf("%s: not in French: %s", name, french.text)
		}
	}
	w.do(http.MethodPost, "/api/v1/send", "<x/>", "Content-Type", "text/xml").want(t, 415, map[string]any{"field": "Content-Type"})
	a := w.get("/api/v1/send")
	if a.want(t, 405, nil); a.header.Get("Allow") != "POST" {
		t.Error(a.header)
	}
	if sent := w.bench.Ledger().Snapshot().All.Acked; sent != 0 {
		t.Errorf("%d were written all the same", sent)
	}
}

// A hundred at once, as the course's load test has it.
func TestAHundredAtOnce(t *testing.T) {
	w := open(t)
	var all sync.WaitGroup
	for i := 1; i <= 100; i++ {
		all.Go(func() {
			a, err := w.try(http.MethodPost, "/api/v1/test/idempotent", fmt.Sprintf(`{"topic":"load-test","key":"load-%d","message":"Load test message %[1]d"}`, i))
			if err != nil || a.status != http.StatusOK {
				t.Error(err, a.text)
			}
		})
	}
	all.Wait()
	if err := w.bench.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := w.bench.Ledger().Snapshot().All
	if a.Acked != 100 || a.Once != 100 || a.Copies != 100 || a.Partitions != 3 {
		t.Errorf("%+v", a)
	}
}

// Under a late answer the plain producer gives up, and the API says what is known.
func TestOutOfTheBudget(t *testing.T) {
	t.Parallel()
	standstilltest.Try(t, func(t testing.TB) {
		w := open(t)
		if err := w.bench.AddToxic(t.Context(), chaos.Toxic{Kind: "latency", Stream: chaos.Downstream, Attributes: map[string]int64{"latency": 5000}}); err != nil {
			t.Fatal(err)
		}
		a := w.post("/api/v1/test/plain", `{"topic":"latency-test","key":"latency-1","message":"Test with latency"}`)
		a.want(t, http.StatusGatewayTimeout, map[string]any{
			"type": "urn:atelier:problem:out-of-budget", "report": "unknown", "attempts": 3.0, "mayBeInLog": true, "topic": "latency-test",
		})
		if err := w.bench.ClearToxics(t.Context(), chaos.Which{}); err != nil {
			t.Fatal(err)
		}
		if err := w.bench.Audit(t.Context()); err != nil {
			t.Fatal(err)
		}
		story, there := w.bench.Ledger().Story(a.body["eventId"].(string))
		if !there || story.Copies != 3 || story.Verdict != ledger.Duplicate || !story.Ghost {
			t.Errorf("%+v", story)
		}
		status := w.get("/api/v1/status?requestId=" + a.body["requestId"].(string))
		status.want(t, http.StatusOK, map[string]any{"state": "ERROR", "attempts": 3.0})
		if !strings.Contains(status.text, "may be in the log") {
			t.Error(status.text)
		}
	})
}

func TestNoBroker(t *testing.T) {
	t.Parallel()
	w := open(t)
	for id := range int32(3) {
		if err := w.bench.SwitchProxy(t.Context(), chaos.Broker(id+1), false); err != nil {
			t.Fatal(err)
		}
	}
	w.post("/api/v1/test/plain", "").want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:no-broker", "report": "failed", "mayBeInLog": false})
}

func TestStatusAndHealth(t *testing.T) {
	w := open(t)
	a := w.get("/api/v1/status")
	a.want(t, http.StatusOK, map[string]any{"service": "Kafka Producer", "defaultTopic": "test-topic", "cluster": "embedded", "replicates": false})
	if fmt.Sprint(a.body["modes"], a.body["sendTypes"]) != "[plain idempotent] [sync async]" || a.body["run"] == "" {
		t.Error(a.text)
	}
	w.get("/api/v1/status?requestId=nobody").want(t, http.StatusNotFound, map[string]any{"field": "requestId"})
	w.get("/api/v1/status?id=x").want(t, http.StatusBadRequest, map[string]any{"field": "id"})
	w.get("/health").want(t, http.StatusOK, map[string]any{"status": "healthy"})
	w.get("/health/ready").want(t, http.StatusOK, map[string]any{"status": "ready"})
	if a := w.get("/api/v1/metrics"); a.status != http.StatusOK || len(a.body["modes"].([]any)) != 2 {
		t.Error(a.text)
	}
}

// A request that names the message of another is one more send of it.
func TestARepeatedEventID(t *testing.T) {
	w := open(t)
	first := w.post("/api/v1/send", "")
	again := w.post("/api/v1/send?eventId="+first.body["eventId"].(string), "")
	again.want(t, http.StatusOK, map[string]any{"eventId": first.body["eventId"], "partition": first.body["partition"]})
	if again.body["requestId"] == first.body["requestId"] || again.body["offset"] == first.body["offset"] {
		t.Error(again.text)
	}
}

// Of a reset, whoever waits is told; what he asks next is of the new run.
func TestAResetTellsWhoWaits(t *testing.T) {
	w := open(t)
	if err := w.bench.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	asynchronous := w.post("/api/v1/test/idempotent-async", "")
	answered := make(chan answer, 1)
	go func() {
		a, err := w.try(http.MethodPost, "/api/v1/test/plain", "")
		if err != nil {
			t.Error(err)
		}
		answered <- a
	}()
	both := func(s *ledger.Snapshot) bool { // an attempt of each has departed
		return len(s.Ways) == 2 && s.Ways[0].Attempts > 0 && s.Ways[1].Attempts > 0
	}
	ledgertest.Until(t, w.bench.Ledger(), both)
	if err := w.bench.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	(<-answered).want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:closing", "mayBeInLog": true})
	w.get("/api/v1/status?requestId="+asynchronous.body["requestId"].(string)).want(t, http.StatusOK, map[string]any{"state": "ERROR"})
	w.post("/api/v1/send", "").want(t, http.StatusOK, nil)
}
