package chaos

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"atelier/chaos/chaostest"
)

func TestProxiesThatAreThereAreAdoptedAndTheRestIsMade(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, one := newBroker(t)
	_, two := newBroker(t)
	server.Do("POST", "/proxies", `{"name":"theirs","listen":"127.0.0.1:0","upstream":"`+strings.Replace(one, "127.0.0.1", "localhost", 1)+`"}`)
	server.Do("POST", "/proxies", `{"name":"else","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}`)
	server.Do("POST", "/proxies/theirs/toxics", `{"type":"latency","attributes":{"latency":1}}`)

	g := newGuest(t, server.URL)
	g.echoes(g.front(1, one))
	g.echoes(g.front(2, two))
	if name, adopted := g.Adopted(1); name != "theirs" || !adopted {
		t.Errorf("broker 1 has %s, adopted %v", name, adopted)
	}
	made, adopted := g.Adopted(2)
	if adopted || !isOwned(made) {
		t.Errorf("broker 2 has %s, adopted %v", made, adopted)
	}
	if got := g.toxics(); !slices.Equal(got, []string{"≈latency_downstream"}) {
		t.Errorf("toxics %q", got)
	}
	if c := g.hears(ToxicAdded); !c.Approximate || !c.Toxic.Foreign || c.Broker != 1 {
		t.Errorf("heard %+v", c)
	}
	// One of ours may have the same name in the lab.
	g.must(g.Add(g.ctx, Toxic{Kind: "latency", Attributes: numbers("latency", 2)}))
	if c := g.hears(ToxicAdded); c.Approximate || c.Toxic.Foreign || c.Toxic.Name != "latency_downstream" {
		t.Errorf("heard %+v", c)
	}
	g.must(g.Clear(g.ctx, Which{Name: "latency_downstream"}))
	if got := g.toxics(); !slices.Equal(got, []string{"≈latency_downstream"}) {
		t.Errorf("toxics %q", got)
	}
	if err := g.Clear(g.ctx, Which{Name: "latency_downstream"}); err == nil || !strings.Contains(err.Error(), "somebody else") {
		t.Error(err)
	}
	g.must(g.Add(g.ctx, Toxic{Kind: "latency", Attributes: numbers("latency", 2)}))
	g.must(g.Down(g.ctx, Broker(1)))
	g.must(g.Remove(g.ctx))
	if !exists(server, "theirs") || !exists(server, "else") || exists(server, made) {
		t.Error("removed too much or too little")
	}
	_, text := server.Do("GET", "/proxies/theirs", "")
	if !strings.Contains(text, `"enabled":true`) || !strings.Contains(text, `"name":"latency_downstream"`) || strings.Contains(text, "atelier") {
		t.Errorf("left behind: %s", text)
	}
}

func TestTwoBenchesOnOneToxiproxy(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, one := newBroker(t)
	_, two := newBroker(t)
	server.Do("POST", "/proxies", `{"name":"theirs","listen":"127.0.0.1:0","upstream":"`+one+`"}`)
	a, b := newGuest(t, server.URL), newGuest(t, server.URL)
	for _, g := range []*guest{a, b} {
		g.front(1, one)
		g.front(2, two)
	}
	if nameA, _ := a.Adopted(2); nameA == "" || isLeft(ownedProxy, nameA) {
		t.Errorf("the proxy %s of a bench that lives counts as left", nameA)
	}
	if nameB, adopted := b.Adopted(2); adopted {
		t.Errorf("b took %s, which is a's and goes with it", nameB)
	}
	latency := Toxic{Kind: "latency", Attributes: numbers("latency", 1)}
	a.must(a.Add(a.ctx, latency))
	b.must(b.Add(b.ctx, latency))
	for _, g := range []*guest{a, b} {
		// On the shared proxy both are seen; each has its own on its own.
		names := g.toxics()
		if len(names) != 3 || !strings.HasPrefix(names[1], "≈latency_downstream.atelier-") || names[0] != names[2] {
			t.Errorf("toxics %q", names)
		}
	}
	a.must(a.Clear(a.ctx, Which{}))
	a.must(a.Restore(a.ctx))
	if got := b.toxics(); !slices.Equal(got, []string{"latency_downstream", "latency_downstream"}) {
		t.Errorf("b has %q left", got)
	}
	b.must(b.Down(b.ctx, Broker(1)))
	a.must(a.Repair(a.ctx))
	a.must(a.Restore(a.ctx))
	if states, err := b.List(b.ctx); err != nil || states[0].Up {
		t.Errorf("a's reset undid b's: %+v, %v", states, err)
	}
	a.must(a.Remove(a.ctx))
	b.must(b.Up(b.ctx, On{}))
	listen, _ := b.Listens(2)
	b.echoes(listen)
}

func TestWhatOthersDoIsPolled(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, one := newBroker(t)
	server.Do("POST", "/proxies", `{"name":"theirs","listen":"127.0.0.1:0","upstream":"`+one+`"}`)
	g := newGuest(t, server.URL)
	g.front(1, one)
	check := func(what What, foreign bool) {
		t.Helper()
		if c := g.hears(what); !c.Approximate || c.Toxic.Foreign != foreign || c.Broker != 1 {
			t.Errorf("heard %+v", c)
		}
	}
	server.Do("POST", "/proxies/theirs/toxics", `{"type":"latency","attributes":{"latency":1}}`)
	check(ToxicAdded, true)
	server.Do("POST", "/proxies/theirs/toxics/latency_downstream", `{"attributes":{"latency":2}}`)
	check(ToxicChanged, true)
	g.must(g.Clear(g.ctx, Which{}))
	if got := g.toxics(); !slices.Equal(got, []string{"≈latency_downstream"}) {
		t.Errorf("toxics %q", got)
	}
	server.Do("DELETE", "/proxies/theirs/toxics/latency_downstream", "")
	check(ToxicRemoved, true)
	server.Do("POST", "/proxies/theirs", `{"enabled":false}`)
	check(ProxyDown, false)
	server.Do("POST", "/proxies/theirs", `{"enabled":true}`)
	check(ProxyUp, false)
	// One of ours that somebody else removes.
	g.must(g.Add(g.ctx, Toxic{Kind: "latency", Attributes: numbers("latency", 1)}))
	if c := g.hears(ToxicAdded); c.Approximate {
		t.Errorf("our own is heard as %+v", c)
	}
	server.Do("POST", "/reset", "")
	check(ToxicRemoved, false)
	server.Do("DELETE", "/proxies/theirs", "")
	check(ProxyRemoved, false)
	// Where the adopted one is gone, a reset makes one of our own.
	g.must(g.Repair(g.ctx))
	listen, _ := g.Listens(1)
	g.echoes(listen)
	g.must(g.Remove(g.ctx))
	if _, text := server.Do("GET", "/proxies", ""); text != "{}" {
		t.Errorf("left behind: %s", text)
	}
}

func TestServerKilledAndStartedAgain(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, one := newBroker(t)
	g := newGuest(t, server.URL)
	listen := g.front(1, one)
	g.must(g.Add(g.ctx, Toxic{Kind: "latency", Attributes: numbers("latency", 1)}))
	server.Kill()
	if err := <-g.away; err == nil {
		t.Error("away without a reason")
	}
	g.hears(ToxicRemoved)
	g.hears(ProxyRemoved)
	for _, err := range []error{g.Add(g.ctx, Toxic{Kind: "latency", Attributes: numbers("latency", 1)}), g.Clear(g.ctx, Which{}), g.Down(g.ctx, Broker(1)), g.Repair(g.ctx)} {
		if err == nil || !IsAway(err) || !strings.Contains(err.Error(), "Toxiproxy does not answer at "+server.URL) {
			t.Errorf("said %v", err)
		}
	}
	server.Restart()
	if err := <-g.away; err != nil {
		t.Errorf("back, but %v", err)
	}
	g.must(g.Repair(g.ctx))
	g.hears(ProxyAdded)
	if again, _ := g.Listens(1); again != listen {
		t.Errorf("listens on %s, was on %s", again, listen)
	}
	g.echoes(listen)
	server.Kill()
	<-g.away
	g.must(g.Remove(g.ctx)) // it went with its server
	if len(g.away) > 0 {
		t.Error("it was told twice")
	}
}

func TestWhatAKilledBenchLeftIsRemoved(t *testing.T) {
	leakless(t)
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Skip(err)
	}
	gone := fmt.Sprintf("atelier-%s-%d-abc123", host(), dead.Process.Pid)
	stranger := "atelier-00000000-" + strconv.Itoa(dead.Process.Pid) + "-abc123"
	server := chaostest.Start(t)
	for _, name := range []string{gone + "-broker-1", stranger + "-broker-1", "theirs"} {
		server.Do("POST", "/proxies", `{"name":"`+name+`","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}`)
	}
	for _, name := range []string{"slow." + gone, "slow." + stranger, "slow"} {
		server.Do("POST", "/proxies/theirs/toxics", `{"type":"latency","name":"`+name+`","attributes":{"latency":1}}`)
	}
	newGuest(t, server.URL)
	if exists(server, gone+"-broker-1") || !exists(server, stranger+"-broker-1") {
		t.Error("the wrong proxy is left")
	}
	_, text := server.Do("GET", "/proxies/theirs", "")
	if strings.Contains(text, gone) || !strings.Contains(text, "slow."+stranger) || !strings.Contains(text, `"name":"slow"`) {
		t.Errorf("the wrong toxic is left: %s", text)
	}
}

func TestNoToxiproxy(t *testing.T) {
	leakless(t)
	for name, answer := range map[string]http.HandlerFunc{
		"not found":  http.NotFound,
		"yes to all": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) },
		"page":       func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
		"other":      func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"proxies":{"a":{}}}`) },
		"moved":      func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) },
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, strings.Repeat("{", 1<<16))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(answer)
			defer s.Close()
			_, err := Open(t.Context(), Options{URL: s.URL, Shared: &Shared{}})
			if err == nil || !strings.Contains(err.Error(), "no Toxiproxy answers at "+s.URL+": this is no Toxiproxy") {
				t.Error(err)
			}
		})
	}
}

// Not every program that answers 200 to a new proxy has made one.
func TestNoProxyMade(t *testing.T) {
	leakless(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/version" {
			fmt.Fprint(w, `{"version":"2.12.0"}`)
			return
		}
		fmt.Fprint(w, `{}`)
	}))
	defer s.Close()
	p, err := Open(t.Context(), Options{URL: s.URL, Shared: &Shared{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.Front(t.Context(), 1, "127.0.0.1:9092"); err == nil || !strings.Contains(err.Error(), "this is no Toxiproxy") {
		t.Error(err)
	}
}

// A connection that a toxic cut on our side may still have a request on the
// other, held by a toxic there: until it can't be any more, it is carried.
func TestCarriesOnASharedServer(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	broker, one := newBroker(t)
	g := newGuest(t, server.URL)
	roads := new(Roads)
	roads.Add(1, one, g.front(1, one))
	dialer := NewDialer(roads, DialerOptions{Lingers: g.Lingers})
	t.Cleanup(func() { dialer.Close() })
	delivers := func() {
		t.Helper()
		said := time.Now()
		conn, err := dialer.Dial("tcp", one)
		g.must(err)
		_, err = conn.Write([]byte("x\n"))
		g.must(err)
		g.must(conn.Close())
		for dialer.Carries(conn.LocalAddr().String()) {
			time.Sleep(time.Millisecond)
		}
		if took := time.Since(said); took < 300*time.Millisecond {
			t.Errorf("carried no more after %v", took)
		}
	}
	// In order: carried until it is delivered.
	g.must(g.Add(g.ctx, Toxic{Kind: "latency", Stream: Upstream, Attributes: numbers("latency", 300)}))
	delivers()
	<-broker.heard
	// Cut on our side, perhaps before the proxy has read a word.
	g.must(g.Add(g.ctx, Toxic{Kind: "timeout", Stream: Downstream, Attributes: numbers("timeout", 1)}))
	delivers()
}
