package api_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/lessons/bench"
)

// Too much under way is refused at once, with when to come back; and then it is
// taken. What is under way is bounded by its bytes, too.
func TestTooMuchUnderWay(t *testing.T) {
	t.Parallel()
	w := open(t)
	if err := w.bench.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 0}}); err != nil {
		t.Fatal(err)
	}
	large := strings.Repeat("x", 999_000)
	taken := 0
	for ; ; taken++ { // others fill the house
		_, err := w.bench.Submit(t.Context(), bench.Ask{Mode: kafka.Idempotent, Sending: kafka.Async, Topic: "test-topic", Partition: -1, Value: &large})
		if errors.Is(err, bench.ErrBusy) {
			break
		}
		if err != nil || taken > 100 {
			t.Fatal(taken, err)
		}
	}
	body := `{"message":"` + large + `"}`
	a := w.post("/api/v1/test/idempotent-async", body)
	a.want(t, http.StatusTooManyRequests, map[string]any{"type": "urn:atelier:problem:too-much-in-flight"})
	if seconds, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || seconds < 1 {
		t.Error(a.header)
	}
	if sent := w.bench.Ledger().Snapshot().All.Sent; sent > int64(taken) {
		t.Errorf("%d were taken, %d sent", taken, sent)
	}
	if err := w.bench.ClearToxics(t.Context(), chaos.Which{}); err != nil {
		t.Fatal(err)
	}
	wait(t, w)
	w.post("/api/v1/test/idempotent", body).want(t, http.StatusOK, nil)
}

// Without a broker nothing can be read: the audit says so, and judges nothing.
func TestAnAuditThatCannotRead(t *testing.T) {
	t.Parallel()
	w := open(t)
	id := w.post("/api/v1/test/plain", "").body["eventId"].(string)
	w.do(http.MethodPost, "/api/v1/lab", "broker stop 1\nbroker stop 2\nbroker stop 3", "Content-Type", "text/plain").want(t, http.StatusOK, map[string]any{"status": "passed"})
	a := w.post("/api/v1/audit", "")
	a.want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:no-broker"})
	if a.header.Get("Retry-After") == "" || !strings.Contains(a.text, "can't be read") {
		t.Error(a.header, a.text)
	}
	w.get("/api/v1/messages/"+id).want(t, http.StatusOK, map[string]any{"audited": false, "copies": nil, "verdict": nil})
	w.get("/health/ready").want(t, http.StatusServiceUnavailable, map[string]any{"type": "urn:atelier:problem:not-ready"})
	w.get("/health").want(t, http.StatusOK, nil)
	w.do(http.MethodPost, "/api/v1/lab", "broker start 1\nbroker start 2\nbroker start 3", "Content-Type", "text/plain").want(t, http.StatusOK, map[string]any{"status": "passed"})
	w.post("/api/v1/audit", "").want(t, http.StatusOK, map[string]any{"sent": 1.0, "once": 1.0})
}
