package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The course's own lines, with the real curl.
func TestTheCoursesCurlLines(t *testing.T) {
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	w := open(t)
	home := t.TempDir()
	settings := fmt.Sprintf("silent\nshow-error\nconnect-to = \"localhost:18081:%s\"\n", w.server.Addr())
	if err := os.WriteFile(filepath.Join(home, ".curlrc"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	script := exec.CommandContext(t.Context(), "bash", "testdata/course.sh")
	script.Env = append(os.Environ(), "CURL_HOME="+home, "NO_PROXY=*", "no_proxy=*")
	var errs bytes.Buffer
	script.Stderr = &errs
	out, err := script.Output()
	if err != nil || errs.Len() > 0 {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	var answers []map[string]any
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var a map[string]any
		if err := d.Decode(&a); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		answers = append(answers, a)
	}
	if len(answers) != 110 {
		t.Fatalf("%d answers:\n%s", len(answers), out)
	}
	for i, want := range []map[string]any{
		{"success": true, "topic": "reliability-test", "mode": "plain", "sendMode": "sync", "offset": 0.0},
		{"success": true, "topic": "reliability-test", "mode": "idempotent", "sendMode": "sync"},
		{"success": true, "topic": "performance-test", "mode": "plain", "sendMode": "async", "state": "PENDING"},
		{"success": true, "topic": "performance-test", "mode": "idempotent", "sendMode": "async", "state": "PENDING"},
		{"status": 404.0, "type": "urn:atelier:problem:unknown-topic"},
		{"success": true, "topic": "latency-test"},
		{"success": true, "topic": "timeout-test"},
		{"success": true, "topic": "bandwidth-test"},
		{"status": "healthy"},
		{"service": "Kafka Producer"},
	} {
		for field, value := range want {
			if answers[i][field] != value {
				t.Errorf("answer %d: %s is %v, not %v", i, field, answers[i][field], value)
			}
		}
	}
	for _, a := range answers[10:] {
		if a["success"] != true || a["topic"] != "load-test" || a["offset"] == nil {
			t.Errorf("%v", a)
		}
	}
	wait(t, w)
	if err := w.bench.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all := w.bench.Ledger().Snapshot().All; all.Sent != 107 || all.Once != 107 || all.Copies != 107 {
		t.Errorf("%+v", all)
	}
}
