package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// curl runs a script with the real curl, whose ports lead to the world's servers,
// and returns its answers.
func (w *world) curl(name string) []map[string]any {
	w.Helper()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			w.Skipf("needs %s", tool)
		}
	}
	lines, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		w.Fatal(err)
	}
	home := w.TempDir()
	toxiproxy, _ := w.bench.Toxiproxy()
	settings := fmt.Sprintf("silent\nshow-error\nconnect-to = \"localhost:18081:%s\"\nconnect-to = \"localhost:8474:%s\"\n", w.server.Addr(), strings.TrimPrefix(toxiproxy, "http://"))
	if err := os.WriteFile(filepath.Join(home, ".curlrc"), []byte(settings), 0o600); err != nil {
		w.Fatal(err)
	}
	script := exec.CommandContext(w.Context(), "bash", "-c", strings.ReplaceAll(string(lines), "0.0.0.0:29093", "127.0.0.1:0"))
	script.Env = append(os.Environ(), "CURL_HOME="+home, "NO_PROXY=*", "no_proxy=*")
	var errs bytes.Buffer
	script.Stderr = &errs
	out, err := script.Output()
	if err != nil || errs.Len() > 0 {
		w.Fatalf("%v\n%s", err, errs.String())
	}
	var answers []map[string]any
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var a map[string]any
		if err := d.Decode(&a); err != nil {
			w.Fatalf("%v\n%s", err, out)
		}
		answers = append(answers, a)
	}
	return answers
}

// hold holds answers against some of their fields.
func hold(t *testing.T, answers, wants []map[string]any) {
	t.Helper()
	if len(answers) < len(wants) {
		t.Fatalf("%d answers: %v", len(answers), answers)
	}
	for i, want := range wants {
		for field, value := range want {
			if answers[i][field] != value {
				t.Errorf("answer %d: %s is %v, not %v", i, field, answers[i][field], value)
			}
		}
	}
}

// The course's own lines, with the real curl.
func TestTheCoursesCurlLines(t *testing.T) {
	w := open(t)
	answers := w.curl("course.sh")
	hold(t, answers, []map[string]any{
		{"success": true, "topic": "reliability-test", "mode": "plain", "sendMode": "sync", "offset": 0.0},
		{"success": true, "topic": "reliability-test", "mode": "idempotent", "sendMode": "sync"},
		{"success": true, "topic": "performance-test", "mode": "plain", "sendMode": "async", "state": "PENDING"},
		{"success": true, "topic": "performance-test", "mode": "idempotent", "sendMode": "async", "state": "PENDING"},
		{"status": 404.0, "type": "urn:atelier:problem:unknown-topic"},
		{"status": "healthy"},
		{"service": "Kafka Producer"},
	})
	if len(answers) != 107 {
		t.Fatalf("%d answers", len(answers))
	}
	for _, a := range answers[7:] {
		if a["success"] != true || a["topic"] != "load-test" || a["offset"] == nil {
			t.Errorf("%v", a)
		}
	}
	wait(t, w)
	if err := w.bench.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all := w.bench.Ledger().Snapshot().All; all.Sent != 104 || all.Once != 104 || all.Copies != 104 {
		t.Errorf("%+v", all)
	}
}

// A toxic that a curl sets on 8474 delays a curl on 18081, and what came of it
// stands in the log.
func TestTheCoursesToxiproxyLines(t *testing.T) {
	t.Parallel()
	w := open(t)
	began := time.Now()
	answers := w.curl("course-toxiproxy.sh")
	if took := time.Since(began); took < 5*time.Second+2*3*time.Second { // the budgets of one idempotent send and two plain ones
		t.Errorf("no toxic has delayed anything: all took %s", took)
	}
	late := "urn:atelier:problem:out-of-budget"
	hold(t, answers, []map[string]any{
		{"name": "dotnet-api-proxy", "upstream": "kafka:9092", "enabled": true},
		{"name": "latency_5s", "type": "latency", "stream": "downstream"},
		{"type": late, "topic": "latency-test", "mode": "idempotent", "report": "unknown", "mayBeInLog": true},
		{"name": "timeout_2s", "type": "timeout"},
		{"type": late, "topic": "timeout-test", "mode": "plain", "report": "unknown"},
		{"name": "bandwidth_1kb", "type": "bandwidth"},
		{"type": late, "topic": "bandwidth-test", "mode": "plain", "report": "unknown"},
		{"name": "dotnet-api-proxy", "enabled": true},
	})
	for _, i := range []int{2, 4, 6} { // four and three and three, where nobody else is at work here: the last of them depart just before the budget ends
		if n, is := answers[i]["attempts"].(float64); !is || n < 2 {
			t.Errorf("%v", answers[i])
		}
	}
	if left, is := answers[7]["toxics"].([]any); !is || len(left) != 0 {
		t.Errorf("%v", answers[7])
	}
	w.post("/api/v1/audit", "").want(t, http.StatusOK, nil)
	for i, copies := range map[int]any{2: 1.0, 4: answers[4]["attempts"], 6: answers[6]["attempts"]} {
		w.get(fmt.Sprintf("/api/v1/messages/%v", answers[i]["eventId"])).want(t, http.StatusOK, map[string]any{"copies": copies, "ghost": true})
	}
}
