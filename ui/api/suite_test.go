package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/lessons/bench"
	"atelier/ui/api"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	flag.Parse()
	_ = flag.Set("test.parallel", "6") // those that run side by side mostly wait
	goleak.VerifyTestMain(m)
}

// world is a bench with its API.
type world struct {
	testing.TB
	bench  *bench.Bench
	server *api.Server
	url    string
	client *http.Client
}

// open opens a bench and its API, both closed at the test's end.
func open(t testing.TB, change ...func(*api.Options)) *world {
	t.Helper()
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0", TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	o := api.Options{Bench: b, Addr: "127.0.0.1:0", Asked: true, Lang: words.English, Cluster: "embedded", Version: "test"}
	for _, c := range change {
		c(&o)
	}
	s, err := api.Serve(t.Context(), o)
	if err != nil {
		_ = b.Close()
		t.Fatal(err)
	}
	w := &world{TB: t, bench: b, server: s, url: s.URL(), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	t.Cleanup(func() {
		w.client.CloseIdleConnections()
		if err := s.Close(b.Close); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return w
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	text   string
	body   map[string]any
}

// do asks and reads the answer.
func (w *world) do(method, path, body string, headers ...string) answer {
	w.Helper()
	a, err := w.try(method, path, body, headers...)
	if err != nil {
		w.Fatal(err)
	}
	return a
}

func (w *world) try(method, path, body string, headers ...string) (a answer, err error) {
	r, err := http.NewRequestWithContext(w.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if r.Header.Set(headers[i], headers[i+1]); headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	response, err := w.client.Do(r)
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return a, err
	}
	a = answer{status: response.StatusCode, header: response.Header, text: string(text)}
	_ = json.NewDecoder(bytes.NewReader(text)).Decode(&a.body)
	return a, nil
}

func (w *world) get(path string) answer        { w.Helper(); return w.do(http.MethodGet, path, "") }
func (w *world) post(path, body string) answer { w.Helper(); return w.do(http.MethodPost, path, body) }

// want checks a status and some fields.
func (a answer) want(t testing.TB, status int, fields map[string]any) {
	t.Helper()
	if a.status != status {
		t.Fatalf("%d, not %d: %s", a.status, status, a.text)
	}
	for name, want := range fields {
		if got := a.body[name]; got != want {
			t.Errorf("%s is %v, not %v: %s", name, got, want, a.text)
		}
	}
}

// eventually asks again until an answer will do.
func (w *world) eventually(path string, do func(answer) bool) answer {
	w.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		a := w.get(path)
		if do(a) {
			return a
		}
		select {
		case <-again.C:
		case <-w.Context().Done():
			w.Fatal("never: " + a.text)
		}
	}
}
