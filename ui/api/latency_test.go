package api_test

import (
	"net/http"
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// An answer's latency is what its caller waited, also for the hand-over: a
// message that is asked for while an audit looks waits for the audit's end.
func TestLatencyIsWhatACallerSees(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post("/api/v1/test/plain-async", "").want(t, http.StatusAccepted, nil)
	var late answer
	var asked, ended time.Duration
	w.bench.Ledger().Listen(func(e ledger.Event) {
		switch e.(type) {
		case ledger.AuditBegan:
			late = w.post("/api/v1/test/plain-async", "")
			asked = w.bench.Now()
		case ledger.AuditEnded:
			ended = e.When()
		}
	})
	w.post("/api/v1/audit", "").want(t, http.StatusOK, map[string]any{"pending": 1.0, "current": false})
	a := w.eventually("/api/v1/status?requestId="+late.body["requestId"].(string), func(a answer) bool { return a.body["state"] != "PENDING" })
	latency, queued := a.body["latencyMs"].(float64), a.body["queuedMs"].(float64)
	if least := float64((ended - asked).Microseconds()) / 1000; queued < least || latency <= queued {
		t.Errorf("it waited %g ms at least: %s", least, a.text)
	}
	sync := w.post("/api/v1/test/plain", "")
	if latency, queued := sync.body["latencyMs"].(float64), sync.body["queuedMs"].(float64); queued < 0 || latency <= queued {
		t.Error(sync.text)
	}
}
