package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// What a route does not take, it refuses: half understood, a request would do
// something else than was meant.
func TestWhatNoRouteTakes(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.post("/api/v1/toxics", `{"type":"latency","attributes":{"latency":1}}`).want(t, http.StatusCreated, nil)
	for _, c := range []struct{ request, body, field, says string }{
		{"GET /health?x=1", "", "x", `no parameter "x"`},
		{"GET /health/ready?x=1", "", "x", "takes no parameters"},
		{"GET /metrics?x=1", "", "x", "takes no parameters"},
		{"GET /?x=1", "", "x", "takes no parameters"},
		{"GET /docs?url=/other.json", "", "url", "takes no parameters"},
		{"GET /docs/?x=1", "", "x", "takes no parameters"},
		{"GET /docs/swagger-ui.css?v=5", "", "v", "takes no parameters"},
		{"GET /openapi.json?pretty", "", "pretty", "takes no parameters"},
		{"GET /openapi.yaml?%zz", "", "query", "can't be read"},
		{"GET /openapi.json", "{}x", "body", "takes no body"},
		{"GET /api/v1/metrics?mode=plain", "", "mode", "takes no parameters"},
		{"GET /api/v1/events?label=A", "", "label", "takes no parameters"},
		{"GET /api/v1/messages/nobody?verbose", "", "verbose", "takes no parameters"},
		{"GET /api/v1/toxics?broker=1", "", "broker", "takes no parameters"},
		{"GET /api/v1/toxics?%zz", "", "query", "can't be read"},
		{"GET /api/v1/status?requestID=x", "", "requestID", "did you mean requestId?"},
		{"GET /api/v1/status?requestId=", "", "requestId", "requestId is empty"},
		{"POST /api/v1/audit?label=A", "", "label", "takes no parameters"},
		{"POST /api/v1/audit", "{bad", "body", "takes no body"},
		{"POST /api/v1/audit", `{"label":"A"}`, "body", "takes no body"},
		{"GET /health", "what?", "body", "takes no body"},
		{"DELETE /api/v1/toxics", `{"name":"a1"}`, "body", "takes no body"},
		{"POST /api/v1/lab?script=audit", `{"script":"audit"}`, "script", "takes no parameters"},
		{"POST /api/v1/toxics?type=latency&name=a", "", "name", `for instance {"type":"latency"`},
		{"POST /api/v1/send?mesage=x", "", "mesage", "did you mean message?"},
	} {
		method, path, _ := strings.Cut(c.request, " ")
		a := w.do(method, path, c.body)
		if a.status != http.StatusBadRequest || a.body["field"] != c.field || !strings.Contains(a.text, strings.ReplaceAll(c.says, `"`, `\"`)) {
			t.Errorf("%s %s: %d %s", c.request, c.body, a.status, a.text)
		}
		french := w.do(method, path, c.body, "Accept-Language", "fr")
		if french.body["detail"] == a.body["detail"] || french.body["action"] == a.body["action"] {
			t.Errorf("%s %s: not in French: %s", c.request, c.body, french.text)
		}
	}
	for request, status := range map[string]int{"GET /docsx?x=1": 404, "PUT /docs?x=1": 405} { // that is the matter, not what they take
		method, path, _ := strings.Cut(request, " ")
		w.do(method, path, "").want(t, status, nil)
	}
	if a := w.get("/api/v1/toxics"); len(a.body["toxics"].([]any)) != 3 {
		t.Error(a.text)
	}
	w.post("/api/v1/audit", "{ }").want(t, http.StatusOK, nil)
	w.do(http.MethodPost, "/api/v1/audit", "{bad", "Content-Type", "text/plain").want(t, http.StatusBadRequest, map[string]any{"field": "body"})
}
