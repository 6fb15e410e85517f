package chaos

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"atelier/assets/words"
)

// curl makes a plain request, as anybody may, and returns the status.
func (r *rig) curl(method, path, body string) (int, string) {
	r.Helper()
	request, err := http.NewRequestWithContext(r.ctx, method, r.server.URL()+path, strings.NewReader(body))
	r.must(err)
	response, err := http.DefaultClient.Do(request)
	r.must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	r.must(err)
	return response.StatusCode, string(text)
}

// heard lists the changes so far as "what proxy toxic".
func (r *rig) heard() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []string
	for _, c := range r.changes {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %d %s", c.What, c.Broker, c.Toxic.Name)))
	}
	r.changes = nil
	return list
}

func (r *rig) wantHeard(want ...string) {
	r.Helper()
	if got := r.heard(); !slices.Equal(got, want) {
		r.Errorf("heard %q\nwant  %q", got, want)
	}
}

func TestChangesByAnybodyAreHeardBeforeTheAnswer(t *testing.T) {
	r := newRig(t, 2)
	r.wantHeard("proxy added 1", "proxy added 2")

	status, text := r.curl("POST", "/proxies/broker-1/toxics", `{"type":"latency","name":"slow","attributes":{"latency":5000}}`)
	if status != http.StatusOK {
		t.Fatal(status, text)
	}
	r.wantHeard("toxic added 1 slow")
	states, err := r.proxies.List(r.ctx)
	r.must(err)
	if len(states) != 2 || len(states[0].Toxics) != 1 {
		t.Fatalf("states %+v", states)
	}
	toxic := states[0].Toxics[0]
	if got := toxic.Describe(words.English); got != "latency 5 s on the answers (downstream), broker 1" {
		t.Error(got)
	}

	r.curl("PATCH", "/proxies/broker-1/toxics/slow", `{"attributes":{"jitter":10}}`)
	r.wantHeard("toxic changed 1 slow")
	r.curl("DELETE", "/proxies/broker-1/toxics/slow", "")
	r.wantHeard("toxic removed 1 slow")

	r.add(Toxic{Name: "n", Kind: "timeout", Attributes: numbers("timeout", 1)})
	r.wantHeard("toxic added 1 n", "toxic added 2 n")
	r.must(r.proxies.Down(r.ctx, Broker(2)))
	r.wantHeard("proxy down 2")
	r.curl("POST", "/reset", "")
	r.wantHeard("toxic removed 1 n", "toxic removed 2 n", "proxy up 2")
	r.curl("POST", "/proxies", `{"name":"mine","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}`)
	r.wantHeard("proxy added -1")
	r.curl("DELETE", "/proxies/mine", "")
	r.wantHeard("proxy removed -1")
	r.must(r.proxies.Remove(r.ctx)) // all at once
	if got := slices.Sorted(slices.Values(r.heard())); !slices.Equal(got, []string{"proxy removed 1", "proxy removed 2"}) {
		t.Errorf("heard %q", got)
	}
}

func TestToxicsThatWouldCrashAreRefused(t *testing.T) {
	r := newRig(t, 1)
	for _, body := range []string{
		`{"type":"slicer"}`,
		`{"type":"slicer","attributes":{"average_size":5,"size_variation":9}}`,
		`{"type":"bandwidth","attributes":{"rate":-1}}`,
		`{"type":"bandwidth","attributes":{"RATE":-1}}`,
		`{"type":"latency","attributes":{"latency":1,"jitter":9223372036854775807}}`,
	} {
		status, text := r.curl("POST", "/proxies/broker-1/toxics", body)
		if status != http.StatusBadRequest || !strings.Contains(text, `"error"`) {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
	r.add(Toxic{Kind: "slicer", Attributes: numbers("average_size", 10)})
	if status, text := r.curl("PATCH", "/proxies/broker-1/toxics/slicer_downstream", `{"attributes":{"average_size":0}}`); status != http.StatusBadRequest {
		t.Error(status, text)
	}
	if status, _ := r.curl("POST", "/proxies", strings.Repeat(" ", maxBody+1)); status != http.StatusRequestEntityTooLarge {
		t.Error("a flood was read:", status)
	}
	c := r.dial()
	r.say(c, "a")
	r.reads(c, "re:a\n")
}

func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	addr := taken.Addr().String()
	if s, err := Serve(t.Context(), ServeOptions{Addr: addr, Asked: true}); err == nil {
		s.Close()
		t.Error("an address that was asked for is taken, and it is no error")
	} else if !strings.Contains(words.Tell(words.French, err), "ne peut pas écouter sur "+addr) {
		t.Error(err)
	}
	s, err := Serve(t.Context(), ServeOptions{Addr: addr})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Addr() == addr || !s.Announced() {
		t.Errorf("listens on %s, announced %v", s.Addr(), s.Announced())
	}
}

func TestAddIsAllOrNothing(t *testing.T) {
	r := newRig(t, 3)
	r.add(Toxic{On: Broker(3), Name: "x", Kind: "latency", Attributes: numbers("latency", 1)})
	r.heard()
	err := r.proxies.Add(r.ctx, Toxic{Name: "x", Kind: "timeout", Attributes: numbers("timeout", 1)})
	if err == nil || !strings.Contains(words.Tell(words.French, err), "le broker 3 a déjà un toxic nommé «\u00a0x\u00a0»") {
		t.Error(err)
	}
	r.wantHeard("toxic added 1 x", "toxic added 2 x", "toxic removed 1 x", "toxic removed 2 x")
	for _, wrong := range []error{
		r.proxies.Add(r.ctx, Toxic{Kind: "nonsense"}),
		r.proxies.Add(r.ctx, Toxic{Kind: "latency"}),
		r.proxies.Add(r.ctx, Toxic{On: Broker(9), Kind: "latency", Attributes: numbers("latency", 1)}),
		r.proxies.Clear(r.ctx, Which{Name: "nothing"}),
		r.proxies.Down(r.ctx, Broker(9)),
	} {
		if wrong == nil || words.Tell(words.French, wrong) == wrong.Error() {
			t.Errorf("%v", wrong)
		}
	}
	r.wantHeard()
	r.must(r.proxies.Clear(r.ctx, Which{Name: "x"}))
	r.wantHeard("toxic removed 3 x")
}

func TestClearTakesAwayWhatItIsAskedFor(t *testing.T) {
	r := newRig(t, 2)
	for _, stream := range []string{Upstream, Downstream} {
		r.add(Toxic{Kind: "latency", Stream: stream, Attributes: numbers("latency", 1)})
	}
	r.heard()
	for _, c := range []struct {
		which Which
		want  []string
	}{
		{Which{Stream: Upstream, On: Broker(2)}, []string{"toxic removed 2 latency_upstream"}},
		{Which{Stream: Upstream, On: Broker(2)}, nil},
		{Which{Name: "latency_downstream", On: Broker(1)}, []string{"toxic removed 1 latency_downstream"}},
		{Which{Stream: Downstream}, []string{"toxic removed 2 latency_downstream"}},
		{Which{On: Broker(1)}, []string{"toxic removed 1 latency_upstream"}},
		{Which{}, nil},
	} {
		r.must(r.proxies.Clear(r.ctx, c.which))
		r.wantHeard(c.want...)
	}
	r.add(Toxic{On: Broker(1), Kind: "latency", Attributes: numbers("latency", 1)})
	for which, want := range map[Which]string{
		{On: Broker(9)}: "9", {Name: "latency_downstream", On: Broker(2)}: "there", {Name: "x"}: "no toxic is named",
	} {
		if err := r.proxies.Clear(r.ctx, which); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", which, err)
		}
	}
}

func TestOpenWithoutToxiproxy(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := Open(t.Context(), Options{URL: "http://" + l.Addr().String()}); err == nil || !strings.Contains(err.Error(), "no Toxiproxy answers at") {
		t.Error(err)
	}
}

func TestManyAtOnceAddUpToTheState(t *testing.T) {
	r := newRig(t, 2)
	var asking sync.WaitGroup
	for i := range 6 {
		asking.Go(func() {
			for n := range 20 {
				name := fmt.Sprint(i, "-", n)
				if err := r.proxies.Add(r.ctx, Toxic{Name: name, Kind: "latency", Attributes: numbers("latency", 1)}); err != nil {
					t.Error(err)
				}
				if n%2 == 0 {
					if err := r.proxies.Clear(r.ctx, Which{Name: name}); err != nil {
						t.Error(err)
					}
				}
				if _, err := r.proxies.List(r.ctx); err != nil {
					t.Error(err)
				}
			}
		})
	}
	asking.Go(func() {
		for range 10 {
			if err := errors.Join(r.proxies.Down(r.ctx, On{}), r.proxies.Up(r.ctx, On{})); err != nil {
				t.Error(err)
			}
		}
	})
	asking.Wait()

	r.mu.Lock()
	defer r.mu.Unlock()
	folded := make(map[string]bool)
	for _, c := range r.changes {
		key := c.Proxy + " " + c.Toxic.Name
		switch c.What {
		case ToxicAdded:
			if folded[key] {
				t.Errorf("%s was added twice", key)
			}
			folded[key] = true
		case ToxicRemoved:
			delete(folded, key)
		}
	}
	states, err := r.proxies.List(r.ctx)
	r.must(err)
	real := 0
	for _, s := range states {
		for _, toxic := range s.Toxics {
			real++
			if !folded[s.Name+" "+toxic.Name] {
				t.Errorf("%s %s was not told", s.Name, toxic.Name)
			}
		}
	}
	if real != len(folded) || real != 2*6*10 {
		t.Errorf("%d toxics, %d told", real, len(folded))
	}
}
