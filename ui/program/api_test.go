package program_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"atelier/ui/headless"
	"atelier/ui/program"
)

var (
	address          = regexp.MustCompile(`(?:HTTP API is at|API HTTP est sur) (http://\S+)`)
	toxiproxyAddress = regexp.MustCompile(`Toxiproxy at (http://[^;\s]+)`)
)

// heard is an output that says where the API is, once it is told.
type heard struct {
	bytes.Buffer
	where chan string
}

func (h *heard) Write(p []byte) (int, error) {
	n, err := h.Buffer.Write(p)
	if m := address.FindSubmatch(h.Bytes()); m != nil {
		select {
		case h.where <- string(m[1]):
		default:
		}
	}
	return n, err
}

func run(ctx context.Context, out io.Writer, errs io.Writer, args ...string) int {
	return program.Run(ctx, program.Terminal{Environ: []string{"LANG=en_US.UTF-8"}, In: strings.NewReader(""), Out: out, Errs: errs}, args)
}

// The API alone answers until it is asked to end, and ends in order.
func TestServe(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post(serve(t).api+"/api/v1/test/plain", "application/json", strings.NewReader(`{"topic":"reliability-test"}`))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK || !strings.Contains(string(body), `"offset":0`) {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

func TestWhereTheAPIMayBe(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"serve --api off", headless.ExitInvalid, "leave --api off out"},
		{"serve --linear", headless.ExitInvalid, "no other front end"},
		{"serve and more", headless.ExitInvalid, `atelier serve takes no "and"`},
		{"serve --api 0.0.0.0:0", headless.ExitInvalid, "--api-token"},
		{"serve --api 0.0.0.0:0 --api-token short", headless.ExitInvalid, "too short"},
		{"serve --api nowhere", headless.ExitInvalid, "no address"},
		{"serve --api-cors localhost", headless.ExitInvalid, "no origin"},
		{"serve --toxiproxy-api 127.0.0.1:0 --api " + taken.Addr().String(), headless.ExitError, "cannot listen"},
		{"serve --api 127.0.0.1:0 --toxiproxy-api " + taken.Addr().String(), headless.ExitError, "choose another address (--toxiproxy-api)"},
	} {
		var errs bytes.Buffer
		if status := run(t.Context(), io.Discard, &errs, strings.Fields(c.args)...); status != c.status || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s: %d %s", c.args, status, errs.String())
		}
	}
}

// What others can reach is said at the start, with an address that can be opened.
func TestListeningEverywhere(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for lang, wants := range map[string][]string{
		"en": {"--toxiproxy-api 0.0.0.0:0 can be reached from other machines", "whoever reaches it can break the network", "listens on every address of this machine"},
		"fr": {"--toxiproxy-api 0.0.0.0:0 est joignable d’autres machines", "qui le joint peut casser le réseau", "écoute sur toutes les adresses de cette machine"},
	} {
		said := serving(t, func(url string) {
			if !strings.HasPrefix(url, "http://127.0.0.1:") {
				t.Error(url)
			}
		}, "--lang", lang, "--api", "0.0.0.0:0", "--api-token", "a-long-secret", "--toxiproxy-api", "0.0.0.0:0")
		for _, want := range wants {
			if strings.Count(said, want) != 1 {
				t.Errorf("not once %q in\n%s", want, said)
			}
		}
	}
}

// What was in flight at the end is told, and what became of it.
func TestServeTellsWhatWasInFlight(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	post := func(url, body string, status int) {
		t.Helper()
		response, err := client.Post(url, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != status {
			t.Fatalf("%s: %d", url, response.StatusCode)
		}
	}
	for lang, want := range map[string]string{
		"en": "3 async requests had no report when the atelier closed: ",
		"fr": "3 requêtes async étaient sans rapport à la fermeture\u00a0: ",
	} {
		said := serving(t, func(url string) {
			post(url+"/api/v1/toxics", `{"type":"timeout","stream":"downstream","attributes":{"timeout":0}}`, http.StatusCreated)
			for range 3 {
				post(url+"/api/v1/test/idempotent-async", "", http.StatusAccepted)
			}
		}, "--lang", lang, "--api", "127.0.0.1:0", "--toxiproxy-api", "127.0.0.1:0")
		if strings.Count(said, want) != 1 {
			t.Errorf("not once %q in\n%s", want, said)
		}
	}
}

// serving serves, does something and ends; it returns what was said on the error
// stream.
func serving(t *testing.T, do func(url string), args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, errs := &heard{where: make(chan string, 1)}, &bytes.Buffer{}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, out, errs, append([]string{"serve"}, args...)...) }()
	select {
	case url := <-out.where:
		do(url)
		stop()
		if status := <-ended; status != headless.ExitPassed {
			t.Errorf("exit status %d", status)
		}
	case status := <-ended:
		t.Errorf("exit status %d", status)
	}
	return errs.String()
}
