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
	address          = regexp.MustCompile(`HTTP API is at (http://\S+)`)
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
		{"serve and more", headless.ExitInvalid, "unknown command"},
		{"serve --api 0.0.0.0:0", headless.ExitInvalid, "--api-token"},
		{"serve --api 0.0.0.0:0 --api-token short", headless.ExitInvalid, "too short"},
		{"serve --api nowhere", headless.ExitInvalid, "no address"},
		{"serve --api-cors localhost", headless.ExitInvalid, "no origin"},
		{"serve --toxiproxy-api 127.0.0.1:0 --api " + taken.Addr().String(), headless.ExitError, "cannot listen"},
	} {
		var errs bytes.Buffer
		if status := run(t.Context(), io.Discard, &errs, strings.Fields(c.args)...); status != c.status || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s: %d %s", c.args, status, errs.String())
		}
	}
}
