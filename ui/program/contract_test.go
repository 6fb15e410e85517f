package program_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The document is held against what the server does by schemathesis, which
// makes up requests from it, right ones and wrong ones: make contract says where
// it is. Toxics are asked for on a server of their own, since under one of them
// each send would take as long as its budget.
func TestContract(t *testing.T) {
	command := os.Getenv("ATELIER_CONTRACT")
	if command == "" {
		t.Skip("needs schemathesis: make contract")
	}
	toxics := []string{"--include-path-regex", "/api/v1/toxics"}
	others := []string{"--exclude-path-regex", "/api/v1/toxics"}
	for _, c := range []struct {
		name string
		args []string
		lie  func(r *http.Request, status int, body string) (int, string)
		says []string // that it finds; none where there is nothing to find
	}{
		{name: "toxics", args: append(toxics, "--max-examples", "30")},
		{name: "all but toxics", args: append(others, "--max-examples", "15")},
		{
			name: "an answer without its offset", says: []string{"Response violates schema", "\"offset\" is a required property"},
			args: []string{"--include-path", "/api/v1/test/plain", "--phases", "examples"},
			lie: func(_ *http.Request, status int, body string) (int, string) {
				return status, strings.Replace(body, `"offset":`, `"place":`, 1)
			},
		},
		{
			name: "a status that nobody told of", says: []string{"Undocumented status code"},
			args: []string{"--include-path", "/health", "--phases", "fuzzing"},
			lie: func(r *http.Request, status int, body string) (int, string) {
				if r.URL.Path == "/health" {
					return http.StatusTeapot, `{"type":"t","title":"t","detail":"d","action":"a","status":418}`
				}
				return status, body
			},
		},
		{
			name: "a refusal that does not say what to do", says: []string{"action is None"},
			args: []string{"--include-path", "/api/v1/status", "--phases", "fuzzing", "--max-examples", "10"},
			lie: func(_ *http.Request, status int, body string) (int, string) {
				return status, strings.Replace(body, `"action":`, `"acton":`, 1)
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := serve(t).api
			if c.lie != nil {
				url = liar(t, url, c.lie)
			}
			said, status := schemathesis(t, command, url, c.args...)
			if (status != 0) != (len(c.says) > 0) {
				t.Errorf("exit status %d\n%s", status, said)
			}
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in\n%s", want, said)
				}
			}
			t.Log(said[max(0, strings.Index(said, "= SUMMARY =")):])
		})
	}
}

func schemathesis(t *testing.T, command, url string, args ...string) (said string, status int) {
	t.Helper()
	contract, err := filepath.Abs("../api/contract")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute) // a bound, not a measure
	defer cancel()
	st := exec.CommandContext(ctx, command, append([]string{
		"--config-file", filepath.Join(contract, "schemathesis.toml"), "run", url + "/openapi.json", "--no-color",
		"--seed", os.Getenv("ATELIER_CONTRACT_SEED"), "--generation-database", "none",
	}, args...)...)
	st.Dir = t.TempDir()
	st.Env = append(os.Environ(), "SCHEMATHESIS_HOOKS="+filepath.Join(contract, "checks.py"), "PYTHONDONTWRITEBYTECODE=1", "NO_PROXY=*", "no_proxy=*")
	out, err := st.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return string(out), st.ProcessState.ExitCode()
}
