package api_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

// The README's script passes however often it is sent.
func TestTheReadmesScript(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, script, there := strings.Cut(string(readme), "$ cat lost-answer.lab\n")
	script, _, _ = strings.Cut(script, "\n\n")
	if !there || !strings.Contains(script, "expect ") {
		t.Fatalf("no script: %q", script)
	}
	w := open(t)
	for range 2 {
		w.do(http.MethodPost, "/api/v1/lab", script, "Content-Type", "application/x-www-form-urlencoded").want(t, http.StatusOK, map[string]any{"status": "passed"})
	}
}
