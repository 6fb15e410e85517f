package program_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"atelier/ui/headless"
)

// served is atelier serve, until the test ends.
type served struct{ api, toxiproxy string }

func serve(t *testing.T) served {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, errs := &heard{where: make(chan string, 1)}, &bytes.Buffer{}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, out, errs, "serve", "--api", "127.0.0.1:0", "--toxiproxy-api", "127.0.0.1:0")
	}()
	t.Cleanup(func() {
		stop()
		if status := <-ended; status != headless.ExitPassed {
			t.Errorf("exit status %d: %s", status, errs.String())
		}
	})
	select {
	case api := <-out.where:
		return served{api, toxiproxyAddress.FindStringSubmatch(out.String())[1]}
	case status := <-ended:
		ended <- status
		t.Fatalf("exit status %d: %s", status, errs.String())
		return served{}
	}
}

// script runs one of assets/scripts, and says what it said and its exit status.
func script(t *testing.T, name string, to served, environ ...string) (said string, status int) {
	t.Helper()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	bash := exec.CommandContext(t.Context(), "bash", filepath.Join("../../assets/scripts", name))
	bash.Env = append(os.Environ(), "BASE_URL="+to.api, "TOXIPROXY_URL="+to.toxiproxy, "LISTEN=127.0.0.1:0", "LC_ALL=C", "TMPDIR="+t.TempDir(), "NO_PROXY=*", "no_proxy=*")
	bash.Env = append(bash.Env, environ...)
	out, err := bash.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return string(out), bash.ProcessState.ExitCode()
}

// Everything at once, as the course has it at its end.
func TestCompleteValidation(t *testing.T) {
	t.Parallel()
	said, status := script(t, "validation-complete.sh", serve(t))
	if status != 0 || strings.Contains(said, "FAILED") || !strings.HasSuffix(said, "\nComplete: all passed.\n") {
		t.Errorf("exit status %d\n%s", status, said)
	}
	for _, line := range []string{
		"ok      plain: acknowledged: partition ",
		"ok      idempotent: acknowledged: partition ",
		"ok      plain-async: its report came: partition ",
		"ok      idempotent-async: its report came: partition ",
		"ok      idempotent-async: one copy\n",
		"ok      100 of 100 requests have a report, with an offset\n",
		"ok      100 copies of 100 messages\n",
		"ok      each of them once\n",
		"ok      an unknown topic is refused (404)\n",
		"ok      no acknowledgement in time; the message may be in the log (504)\n",
		"ok      plain, under the timeout: ",
		"ok      idempotent, under the latency: one copy, however often it was sent\n",
		"PASSED  service: ",
		"PASSED  reliability-tests.sh: ",
		"PASSED  load-test.sh: ",
		"PASSED  unknown-topic.sh: ",
		"PASSED  toxiproxy-tests.sh: ",
	} {
		if !strings.Contains(said, "\n"+line) {
			t.Errorf("no %q in\n%s", line, said)
		}
	}
}

func TestScriptsSpeakFrench(t *testing.T) {
	t.Parallel()
	said, status := script(t, "unknown-topic.sh", serve(t), "LC_ALL=fr_FR.UTF-8")
	if status != 0 || !strings.Contains(said, "\nok      un topic inconnu est refusé (404)\n") || !strings.Contains(said, "le cluster n’a pas de topic nonexistent-topic") {
		t.Errorf("exit status %d\n%s", status, said)
	}
}

// An address may end with a slash, as browsers write it.
func TestScriptsTakeASlash(t *testing.T) {
	t.Parallel()
	to := serve(t)
	said, status := script(t, "unknown-topic.sh", served{to.api + "/", to.toxiproxy + "/"})
	if status != 0 || strings.Contains(said, "FAILED") {
		t.Errorf("exit status %d\n%s", status, said)
	}
}

// Where nobody answers, a script says so and ends.
func TestScriptsWithoutAService(t *testing.T) {
	t.Parallel()
	const nobody = "http://127.0.0.1:1"
	for _, name := range []string{"reliability-tests.sh", "load-test.sh", "unknown-topic.sh", "toxiproxy-tests.sh", "validation-complete.sh"} {
		said, status := script(t, name, served{nobody, nobody})
		if status != 2 || !strings.HasPrefix(said, "FAILED  ") || !strings.Contains(said, "does not answer") {
			t.Errorf("%s: exit status %d\n%s", name, status, said)
		}
	}
}

// liar stands before a server and changes what it says: lie gets each request
// and what came to it, and may change the answer.
func liar(t *testing.T, to string, lie func(r *http.Request, status int, body string) (int, string)) string {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(u) },
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			status, said := lie(r.Request, r.StatusCode, string(body))
			r.StatusCode, r.Body = status, io.NopCloser(strings.NewReader(said))
			r.ContentLength = int64(len(said))
			r.Header.Set("Content-Length", fmt.Sprint(len(said)))
			return nil
		},
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}

// A service that does not keep its word makes a script fail, at the place where
// it shows.
func TestScriptsCanFail(t *testing.T) {
	t.Parallel()
	truth := serve(t)
	var once, first atomic.Bool
	for _, c := range []struct {
		name, says string
		lie        func(r *http.Request, status int, body string) (int, string)
	}{
		{"reliability-tests.sh", `plain: one copy: it is "2", want "1"`, func(r *http.Request, status int, body string) (int, string) {
			return status, strings.Replace(body, `"copies":1`, `"copies":2`, 1)
		}},
		{"reliability-tests.sh", `idempotent: acknowledged: partition , offset : status 500, want 200`, func(r *http.Request, status int, body string) (int, string) {
			if strings.HasSuffix(r.URL.Path, "/idempotent") {
				return http.StatusInternalServerError, ""
			}
			return status, body
		}},
		{"reliability-tests.sh", `offset : it is "ERROR", want "OK"`, func(r *http.Request, status int, body string) (int, string) {
			if strings.HasSuffix(r.URL.Path, "/status") {
				return status, `{"state":"ERROR"}`
			}
			return status, body
		}},
		{"load-test.sh", `99 of 100 requests have a report`, func(r *http.Request, status int, body string) (int, string) {
			if r.Method == http.MethodPost && once.CompareAndSwap(false, true) {
				return http.StatusGatewayTimeout, body
			}
			return status, body
		}},
		{"load-test.sh", `each of them once: it is "0", want "100"`, func(r *http.Request, status int, body string) (int, string) {
			return status, strings.Replace(body, `"verdict":"once"`, `"verdict":"lost"`, 1)
		}},
		{"load-test.sh", `200 copies of 100 messages`, func(r *http.Request, status int, body string) (int, string) {
			return status, strings.Replace(body, `"copies":1`, `"copies":2`, 1)
		}},
		{"unknown-topic.sh", `an unknown topic is refused: status 200, want 404`, func(r *http.Request, status int, body string) (int, string) {
			return http.StatusOK, body
		}},
		{"unknown-topic.sh", `the first send has not made the topic: status 200, want 404`, func(r *http.Request, status int, body string) (int, string) {
			if status == http.StatusNotFound && !first.CompareAndSwap(false, true) {
				return http.StatusOK, `{"success":true}`
			}
			return status, body
		}},
		{"unknown-topic.sh", `there is nothing to look for in the log: it is "x", want ""`, func(r *http.Request, status int, body string) (int, string) {
			return status, strings.Replace(body, `{`, `{"eventId":"x",`, 1)
		}},
	} {
		said, status := script(t, c.name, served{liar(t, truth.api, c.lie), truth.toxiproxy})
		if status != 1 || !strings.Contains(said, "\nFAILED  ") || !strings.Contains(said, c.says) || strings.Contains(said, "passed.\n") {
			t.Errorf("%s: exit status %d, and no %s\n%s", c.name, status, c.says, said)
		}
	}
}

// A Toxiproxy whose toxics never touch a message, as the course's own set-up has
// it, and a service that makes the topics that it lacks: the validation names
// both, and goes on to the end.
func TestCompleteValidationCanFail(t *testing.T) {
	t.Parallel()
	truth := serve(t)
	told := http.NewServeMux()
	told.HandleFunc("POST /proxies/{name}/toxics", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
	u, err := url.Parse(truth.toxiproxy)
	if err != nil {
		t.Fatal(err)
	}
	told.Handle("/", &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(u) }})
	toxiproxy := httptest.NewServer(told)
	defer toxiproxy.Close()
	api := liar(t, truth.api, func(r *http.Request, status int, body string) (int, string) {
		if status == http.StatusNotFound {
			return http.StatusOK, `{"success":true}`
		}
		return status, body
	})
	said, status := script(t, "validation-complete.sh", served{api, toxiproxy.URL})
	if status != 1 || !strings.HasSuffix(said, "\n2 of 5 failed.\n") {
		t.Errorf("exit status %d\n%s", status, said)
	}
	for _, line := range []string{
		"PASSED  service: ", "PASSED  reliability-tests.sh: ", "PASSED  load-test.sh: ", "FAILED  unknown-topic.sh\n", "FAILED  toxiproxy-tests.sh\n",
		"FAILED  no acknowledgement in time; the message may be in the log: status 200, want 504\n",
	} {
		if !strings.Contains(said, "\n"+line) {
			t.Errorf("no %q in\n%s", line, said)
		}
	}
}
