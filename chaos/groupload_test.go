package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	toxiproxy "github.com/Shopify/toxiproxy/v2/client"
)

// Everybody at once: what the groups show in the end is what is on the members,
// and what was told is what there is.
//
// Toxiproxy writes what it changes in a toxic while connections read it: so
// either toxics are changed, or there are connections.
func TestGroupsUnderLoad(t *testing.T) {
	t.Run("changes", func(t *testing.T) { loadGroups(t, true) })
	t.Run("connections", func(t *testing.T) { loadGroups(t, false) })
}

func loadGroups(t *testing.T, changes bool) {
	r := newRig(t, 3)
	try := func(method, path, body string) {
		request, err := http.NewRequestWithContext(r.ctx, method, r.server.URL()+path, strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode >= 500 {
			t.Errorf("%s %s %s: %s", method, path, body, answer.Status)
		}
	}
	var all sync.WaitGroup
	for i := range 4 {
		own := fmt.Sprint("mine-", i%2)
		all.Go(func() {
			for n := range 12 {
				name := fmt.Sprint(i, "-", n)
				try("POST", "/proxies/kafka/toxics", latencyNamed(name))
				if changes {
					try("POST", "/proxies/kafka/toxics/"+name, `{"attributes":{"jitter":1}}`)
				}
				if n%2 == 0 {
					try("DELETE", "/proxies/kafka/toxics/"+name, "")
				}
				try("POST", "/proxies", `{"name":"`+own+`","listen":"127.0.0.1:0","upstream":"kafka:9092"}`)
				try("POST", "/proxies/"+own+"/toxics", latencyNamed("own-"+name))
				try("GET", "/proxies", "")
				if n%3 == 0 {
					try("DELETE", "/proxies/"+own, "")
				}
			}
		})
	}
	all.Go(func() {
		for n := range 10 {
			try("DELETE", "/proxies/broker-2/toxics/"+fmt.Sprint("0-", n), "")
			try("POST", "/proxies/kafka", `{"enabled":false}`)
			try("POST", "/proxies/broker-1", `{"enabled":true}`)
			try("POST", "/proxies/kafka", `{"enabled":true}`)
			try("DELETE", "/proxies/broker-3", "")
			if err := r.proxies.Repair(r.ctx); err != nil {
				t.Error(err)
			}
		}
	})
	for range 2 {
		all.Go(func() { // connections that come while proxies go
			for n := 0; n < 30 && !changes; n++ {
				c, err := net.Dial("tcp", r.server.handler.groups.find("kafka").entry.address())
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.WriteString(c, "x\n")
				_, _ = c.Read(make([]byte, 5))
				c.Close()
			}
		})
	}
	all.Wait()

	r.mu.Lock()
	told := make(map[string]bool)
	for _, c := range r.changes {
		switch key := c.Proxy + " " + c.Toxic.Name; c.What {
		case ToxicAdded:
			told[key] = true
		case ToxicRemoved:
			delete(told, key)
		}
	}
	r.mu.Unlock()
	var shown map[string]toxiproxy.Proxy
	r.must(json.Unmarshal([]byte(r.ask(http.StatusOK, "GET", "/proxies", "")), &shown))
	on := make(map[string]int)
	for name, proxy := range shown {
		for _, toxic := range proxy.ActiveToxics {
			switch {
			case brokerOf(name) == NoBroker:
				on[toxic.Name] |= 2
			case !told[name+" "+toxic.Name]:
				t.Errorf("%s on %s was not told", toxic.Name, name)
			default:
				delete(told, name+" "+toxic.Name)
				on[toxic.Name] |= 1
			}
		}
	}
	for key := range told {
		t.Errorf("told, and not there: %s", key)
	}
	for name, where := range on {
		if where != 3 {
			t.Errorf("%s is not on a group and on members alike: %d", name, where)
		}
	}
}

// fuzzed is a server, and what asks it without a connection: the answer's
// status, type and text.
func fuzzed(f *testing.F) (*Server, func(method, path, body string) string) {
	server, err := Serve(f.Context(), ServeOptions{Addr: "127.0.0.1:0"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { server.Close() })
	return server, func(method, path, body string) string {
		w := httptest.NewRecorder()
		request := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
		server.handler.ServeHTTP(w, request)
		return fmt.Sprintf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}

// FuzzGroup asks a group and a proxy of Toxiproxy's for the same: whatever the
// bodies, they answer the same, and in the end the members have what the group
// shows.
func FuzzGroup(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"type":"latency"}`, `{"attributes":{"latency":1}}`},
		{`{"name":"a","type":"timeout","stream":"UPSTREAM","toxicity":0.5,"attributes":{"timeout":1}}`, `{"toxicity":2}`},
		{`{"name":"a","type":"slicer"}`, `{}`},
		{`{"name":"a","type":"slicer","attributes":{"average_size":3}}`, `{"attributes":{"average_size":0}}`},
		{`{"name":"a","type":"bandwidth","attributes":{"rate":"x"}}`, `[`},
		{`{"name":"a","type":"latency","attributes":null}`, `{"attributes":{"latency":7,"jitter":"x"}}`},
		{`{"type":"noop","name":"a/b"}`, `null`},
		{``, ``},
		{`null`, `{"attributes":null}`},
		{`{"type":1}`, `{"toxicity":1e99}`},
	} {
		f.Add(seed[0], seed[1])
	}
	_, ask := fuzzed(f)
	for _, name := range []string{"broker-1", "broker-2", "plain"} {
		if made := ask("POST", "/proxies", `{"name":"`+name+`","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}`); !strings.HasPrefix(made, "201 ") {
			f.Fatal(made)
		}
	}
	f.Fuzz(func(t *testing.T, added, changed string) {
		both := func(method, path, body string) string {
			t.Helper()
			plain, group := ask(method, "/proxies/plain"+path, body), ask(method, "/proxies/kafka"+path, body)
			if plain != group {
				t.Fatalf("%s %s %q\nToxiproxy %s\ngroup     %s", method, path, body, plain, group)
			}
			return plain
		}
		text := both("POST", "/toxics", added)
		both("POST", "/toxics", added)
		var toxic struct{ Name string }
		if made, ok := strings.CutPrefix(text, "200 application/json "); ok && json.Unmarshal([]byte(made), &toxic) == nil {
			path := "/toxics/" + toxic.Name
			if before := both("GET", path, ""); strings.HasPrefix(both("PATCH", path, changed), "400 ") {
				after := ask("GET", "/proxies/kafka"+path, "")
				if after != before {
					t.Fatalf("%q was refused, and %s became %s", changed, before, after)
				}
			} else {
				both("GET", path, "")
			}
		}
		if list, member := ask("GET", "/proxies/kafka/toxics", ""), ask("GET", "/proxies/broker-2/toxics", ""); list != member {
			t.Fatalf("the group shows %s, its member %s", list, member)
		}
		if cleared := ask("POST", "/reset", ""); !strings.HasPrefix(cleared, "204 ") {
			t.Fatal(cleared)
		}
		both("GET", "/toxics", "")
	})
}

// FuzzGroupProxy makes, changes and populates groups by any body that listens
// where it may. Each answers in one form, and shows as it is listed.
func FuzzGroupProxy(f *testing.F) {
	for _, seed := range [][2]string{
		{"mine", ``},
		{"mine", `,"enabled":false`},
		{"kafka", `,"enabled":null`},
		{"", `,"toxics":[]`},
		{"broker-1", ``},
		{"a/b", `,"upstream":"kafka:29092"`},
		{"x", `,"upstream":"127.0.0.1:1"`},
		{"x", `,"name":5`},
		{"x", `}{`},
		{"\x00", `,`},
		{"%2e", `,"Logger":{},"enabled":"x"`},
		{"..", ``},
	} {
		f.Add(seed[0], seed[1])
	}
	server, ask := fuzzed(f)
	groups := server.handler.groups
	form := regexp.MustCompile(`^(20[01] application/json [{[]|204  $|(400|404|409|500) text/plain; charset=utf-8 \{"error":|(400|500) application/json \{"error":|301 |404 text/plain; charset=utf-8 404 page)`)
	f.Fuzz(func(t *testing.T, name, rest string) {
		// JSON knows the same name in other letters, too.
		if strings.Contains(strings.ToLower(rest), "listen") || strings.ContainsFunc(rest, func(c rune) bool { return c == '\\' || c > 127 }) {
			t.Skip("it may listen anywhere")
		}
		quoted, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		body := `{"listen":"127.0.0.1:0","upstream":"kafka:9092","name":` + string(quoted) + rest + `}`
		path := "/proxies/" + url.PathEscape(name)
		for _, call := range [][3]string{
			{"POST", "/proxies", body},
			{"POST", "/proxies", body},
			{"GET", path, ""},
			{"POST", path, body},
			{"PATCH", path, body},
			{"POST", "/populate", "[" + body + "]"},
			{"POST", "/populate", "[" + body + "," + body + "]"},
			{"POST", "/reset", ""},
			{"DELETE", path, ""},
		} {
			if answer := ask(call[0], call[1], call[2]); !form.MatchString(answer) {
				t.Fatalf("%q: %q", call, answer)
			}
			list, _ := strings.CutPrefix(ask("GET", "/proxies", ""), "200 application/json ")
			var listed map[string]toxiproxy.Proxy
			if err := json.Unmarshal([]byte(list), &listed); err != nil {
				t.Fatal(err, list)
			}
			for key, proxy := range listed {
				if proxy.Listen == "" || proxy.Name != key && utf8.ValidString(name) {
					t.Fatalf("%q is %+v", key, proxy)
				}
			}
		}
		for _, g := range groups.all() {
			if err := groups.remove(t.Context(), g); err != nil {
				t.Fatal(err)
			}
		}
		if err := server.api.Collection.Clear(); err != nil {
			t.Fatal(err)
		}
	})
}
