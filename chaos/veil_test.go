package chaos

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/Shopify/toxiproxy/v2/client"
)

// A toxic that is hidden is in no answer to whoever has no key, whatever is
// asked, and can be read by Toxiproxy's own client; deleting it by its name, or
// a reset, takes it away all the same.
func TestAHiddenToxicIsInNoAnswer(t *testing.T) {
	var hidden atomic.Value
	hidden.Store("secret")
	r := newRigWith(t, 2, ServeOptions{Hidden: func() string { return hidden.Load().(string) }})
	secret := Toxic{Kind: "timeout", Name: "secret", Stream: Upstream, Attributes: numbers("timeout", 2017)}
	r.add(secret)
	r.add(Toxic{Kind: "latency", Name: "open", Stream: Upstream, Attributes: numbers("latency", 7)})
	if status, _ := r.curl("POST", "/proxies/kafka/toxics", `{"name":"shared","type":"noop","stream":"upstream"}`); status != 200 {
		t.Fatal(status)
	}

	for _, a := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/proxies", "", 200},
		{"GET", "/proxies/broker-1", "", 200},
		{"GET", "/proxies/broker-1/toxics", "", 200},
		{"GET", "/proxies/broker-1/toxics/secret", "", 404},
		{"POST", "/proxies/broker-1/toxics/secret", "{}", 404},
		{"PATCH", "/proxies/broker-1/toxics/secret", `{"attributes":{"timeout":1}}`, 404},
		{"POST", "/proxies/broker-1", "{}", 200},
		{"GET", "/proxies/kafka", "", 200},
		{"GET", "/proxies/kafka/toxics", "", 200},
		{"GET", "/proxies/kafka/toxics/secret", "", 404},
		{"POST", "/proxies/broker-2/toxics", `{"name":"secret","type":"noop"}`, 409},
	} {
		status, text := r.curl(a.method, a.path, a.body)
		if status != a.status || strings.Contains(text, "2017") || strings.Contains(text, "timeout") || status == 200 && strings.Contains(text, "secret") {
			t.Errorf("%s %s: %d %s", a.method, a.path, status, text)
		}
		seen := "open"
		if strings.Contains(a.path, "kafka") {
			seen = "shared"
		}
		if status == 200 && !strings.Contains(text, seen) {
			t.Errorf("%s %s leaves out more: %s", a.method, a.path, text)
		}
	}
	theirs := toxiproxy.NewClient(r.server.Addr())
	all, err := theirs.Proxies()
	r.must(err)
	if got := all["broker-1"]; len(got.ActiveToxics) != 2 || !got.Enabled || got.Listen == "" {
		t.Errorf("their client reads %+v", got)
	}
	states, err := r.proxies.List(r.ctx)
	r.must(err)
	if len(states) != 2 || len(states[0].Toxics) != 3 {
		t.Errorf("we see %+v", states)
	}

	if status, text := r.curl("DELETE", "/proxies/broker-1/toxics/secret", ""); status != 204 || text != "" {
		t.Errorf("deleted: %d %s", status, text)
	}
	hidden.Store("")
	if _, text := r.curl("GET", "/proxies", ""); strings.Count(text, "2017") != 1 {
		t.Errorf("shown again, on broker 2 alone: %s", text)
	}
	hidden.Store("secret")
	if status, _ := r.curl("POST", "/reset", ""); status != 204 {
		t.Errorf("reset: %d", status)
	}
	if states, err := r.proxies.List(r.ctx); err != nil || len(states[0].Toxics)+len(states[1].Toxics) != 0 {
		t.Errorf("after a reset: %+v, %v", states, err)
	}
}
