package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// reader reads server-sent events.
type reader struct {
	response *http.Response
	in       *bufio.Reader
	id       string // of the last event
}

// listen begins to read the events; last is where it has come to, if anywhere.
func (w *world) listen(last string) *reader {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), http.MethodGet, w.url+"/api/v1/events", nil)
	if err != nil {
		w.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	response, err := w.client.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = response.Body.Close() })
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		w.Fatal(response.Status)
	}
	return &reader{response: response, in: bufio.NewReader(response.Body)}
}

// next reads one event.
func (r *reader) next() (name string, data map[string]any, err error) {
	for {
		line, err := r.in.ReadBytes('\n')
		if err != nil {
			return "", nil, err
		}
		line = bytes.TrimSpace(line)
		if value, is := bytes.CutPrefix(line, []byte("id: ")); is {
			r.id = string(value)
		}
		if value, is := bytes.CutPrefix(line, []byte("event: ")); is {
			name = string(value)
		}
		if value, is := bytes.CutPrefix(line, []byte("data: ")); is {
			err := json.Unmarshal(value, &data)
			return name, data, err
		}
	}
}

// until reads events up to one of a name, and returns all of them.
func (r *reader) until(t *testing.T, last string) (all []map[string]any) {
	t.Helper()
	before := r.id
	for {
		name, data, err := r.next()
		if err != nil {
			t.Fatal(err)
		}
		if data["event"] != name || r.id == before && name != "run-began" {
			t.Errorf("%s %q is %v", name, r.id, data)
		}
		all, before = append(all, data), r.id
		if name == last {
			return all
		}
	}
}

// named finds the events of a name.
func named(all []map[string]any, name string) (some []map[string]any) {
	for _, e := range all {
		if e["event"] == name {
			some = append(some, e)
		}
	}
	return some
}

func TestEvents(t *testing.T) {
	w := open(t)
	r := w.listen("")
	if name, data, err := r.next(); err != nil || name != "run-began" || data["run"] != w.bench.Ledger().Snapshot().Run || r.id == "" {
		t.Fatal(name, data, err)
	}
	w.post("/api/v1/test/plain", `{"key":"k"}`).want(t, http.StatusOK, nil)
	all := r.until(t, "reported")
	for _, name := range []string{"batch-opened", "sent", "departed", "arrived", "answered", "heard"} {
		if len(named(all, name)) == 0 {
			t.Errorf("no %s among %v", name, all)
		}
	}
	if opened, sent := named(all, "batch-opened")[0], named(all, "sent")[0]; opened["origin"] != "api" || opened["stream"] != true || sent["key"] != "k" {
		t.Error(opened, sent)
	}
}

// Wherever an event names a message by batch and number, its eventId stands
// beside them: a generated one, or the one that somebody gave.
func TestEventsNameTheirMessages(t *testing.T) {
	t.Parallel()
	w := open(t)
	r := w.listen("")
	generated := w.post("/api/v1/test/plain", "").body["eventId"]
	for _, c := range []struct {
		send func()
		id   any
	}{
		{func() {}, generated},
		{func() { w.post("/api/v1/test/plain", `{"eventId":"order-1"}`) }, "order-1"},
		{func() {
			w.do(http.MethodPost, "/api/v1/lab", "send 1 plain id=order-2", "Content-Type", "text/plain")
		}, "order-2"},
	} {
		c.send()
		all := r.until(t, "reported")
		sent := named(all, "sent")[0]
		part := named(all, "departed")[0]["parts"].([]any)[0].(map[string]any)["refs"].([]any)[0].(map[string]any)
		report := named(all, "reported")[0]["reports"].([]any)[0].(map[string]any)
		ref := report["ref"].(map[string]any)
		if sent["eventId"] != c.id || part["eventId"] != c.id || ref["eventId"] != c.id {
			t.Errorf("want %v: %v %v %v", c.id, sent, part, ref)
		}
		if ref["batch"] != sent["batch"] || part["n"] != sent["from"] || report["latency"] == nil || report["offset"] == nil {
			t.Error("a recording's fields are missing:", sent, part, report)
		}
	}
	w.post("/api/v1/audit", "")
	ids := map[any]bool{}
	for _, read := range named(r.until(t, "audit-ended"), "copies-read") {
		for _, c := range read["copies"].([]any) {
			ids[c.(map[string]any)["ref"].(map[string]any)["eventId"]] = true
		}
	}
	if len(ids) != 3 || !ids[generated] || !ids["order-1"] || !ids["order-2"] {
		t.Error(ids)
	}
	w.do(http.MethodPost, "/api/v1/lab", "send 3 plain async", "Content-Type", "text/plain")
	sent := named(r.until(t, "batch-closed"), "sent")[0]
	if several, is := sent["eventIds"].([]any); !is || len(several) != 3 || sent["eventId"] != nil || !strings.HasSuffix(several[2].(string), "-2") {
		t.Error(sent)
	}
}

// Who was cut off goes on where he was: he is told what came meanwhile, and
// nothing twice.
func TestEventsGoOn(t *testing.T) {
	t.Parallel()
	w := open(t)
	r := w.listen("")
	w.post("/api/v1/test/plain", `{"eventId":"before"}`)
	r.until(t, "reported")
	last := r.id
	_ = r.response.Body.Close()
	w.post("/api/v1/test/plain", `{"eventId":"meanwhile"}`).want(t, http.StatusOK, nil)
	r = w.listen(last)
	all := r.until(t, "reported")
	if all[0]["event"] != "sent" || all[0]["eventId"] != "meanwhile" || len(named(all, "dropped")) > 0 {
		t.Error(all)
	}
	_ = r.response.Body.Close()

	// An id of another server, or none at all, says nothing about what was missed.
	for _, other := range []string{"another-7", "7", last + "999", "-"} {
		r = w.listen(other)
		all = r.until(t, "run-began")
		if len(all) != 2 || all[0]["event"] != "dropped" || all[0]["count"] != nil || all[1]["run"] != w.bench.Ledger().Snapshot().Run {
			t.Error(other, all)
		}
		_ = r.response.Body.Close()
	}
}

// Who does not read holds nobody up, and is told what he missed.
func TestAReaderThatSleeps(t *testing.T) {
	t.Parallel()
	w := open(t)
	slow := w.listen("")
	if _, _, err := slow.next(); err != nil {
		t.Fatal(err)
	}
	value := strings.Repeat("x", 100)
	for range 3 {
		a := w.do(http.MethodPost, "/api/v1/lab", "send 20000 plain async rate=1000000/s value=\""+value+"\" as A", "Content-Type", "text/plain")
		a.want(t, http.StatusOK, map[string]any{"status": "passed"})
		w.burst(5000)
	}
	for {
		name, data, err := slow.next()
		if err != nil {
			t.Fatal(err)
		}
		if name == "dropped" {
			if n, is := data["count"].(float64); !is || n < 1 {
				t.Error(data)
			}
			return
		}
	}
}

// burst asks for many messages at once and waits for their reports.
func (w *world) burst(count int) {
	request := postOf(w, "/api/v1/test/plain-async", `{"key":"some-key-of-its-own"}`)
	w.load(count, w.server.Addr(), request, "202")
	wait(w, w)
}
