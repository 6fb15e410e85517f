package chaos

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atelier/chaos/chaostest"

	toxiproxy "github.com/Shopify/toxiproxy/v2/client"
)

const courseProxy = `{"name":"dotnet-api-proxy","listen":"127.0.0.1:0","upstream":"kafka:9092","enabled":true}`

// ask asks the API, and fails where the status is another.
func (r *rig) ask(status int, method, path, body string) string {
	r.Helper()
	got, text := r.curl(method, path, body)
	if got != status {
		r.Fatalf("%s %s: %d %s, want %d", method, path, got, text, status)
	}
	return text
}

// shown reads a proxy or a group from the API.
func (r *rig) shown(name string) toxiproxy.Proxy {
	r.Helper()
	var p toxiproxy.Proxy
	r.must(json.Unmarshal([]byte(r.ask(http.StatusOK, "GET", "/proxies/"+name, "")), &p))
	return p
}

// wantToxics compares the names of the toxics that proxies or groups show.
func (r *rig) wantToxics(want string, names ...string) {
	r.Helper()
	for _, name := range names {
		got := []string{}
		for _, toxic := range r.shown(name).ActiveToxics {
			got = append(got, toxic.Name)
		}
		if strings.Join(got, " ") != want {
			r.Errorf("%s has %q, want %q", name, got, want)
		}
	}
}

func (r *rig) wantEnabled(want bool, names ...string) {
	r.Helper()
	for _, name := range names {
		if r.shown(name).Enabled != want {
			r.Errorf("%s is enabled: %v", name, !want)
		}
	}
}

func latencyNamed(name string) string {
	return `{"type":"latency","name":"` + name + `","attributes":{"latency":1}}`
}

// A group answers as Toxiproxy itself does for a proxy, word for word, but for
// the port of a listener.
func TestGroupAnswersAsToxiproxy(t *testing.T) {
	r := newRig(t, 3)
	theirs := chaostest.Start(t)
	port := regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)
	const proxy, its = "/proxies/dotnet-api-proxy", "/proxies/dotnet-api-proxy/toxics"
	for _, ask := range [][3]string{
		{"GET", proxy, ""},
		{"POST", its, `{"type":"latency"}`},
		{"POST", "/proxies", courseProxy},
		{"POST", "/proxies", courseProxy},
		{"POST", "/proxies", `{"name":"dotnet-api-proxy","upstream":"127.0.0.1:1"}`},
		{"POST", "/proxies", `{"name":"","upstream":"kafka:9092"}`},
		{"POST", "/proxies", `{"name":"other"}`},
		{"POST", "/proxies", `{"name":"dotnet-api-proxy"}`},
		{"POST", "/proxies", `{`},
		{"POST", "/proxies", `[]`},
		{"POST", "/proxies", `{"name":"off","listen":"127.0.0.1:99999","upstream":"kafka:29092"}`},
		{"POST", "/proxies", `{"name":"off","listen":"127.0.0.1","upstream":"kafka:29092"}`},
		{"GET", proxy, ""},
		{"GET", its, ""},
		{"POST", its, `{"name":"latency_5s","type":"latency","stream":"downstream","attributes":{"latency":5000,"jitter":500}}`},
		{"POST", its, `{"name":"latency_5s","type":"latency"}`},
		{"POST", its, `{"type":"timeout"}`},
		{"POST", its, `{"type":"timeout"}`},
		{"POST", its, `{"type":"bandwidth","stream":"UPSTREAM","toxicity":0.5,"attributes":{"rate":1}}`},
		{"POST", its, `{"type":"limit_data","stream":"up"}`},
		{"POST", its, `{"type":"nothing"}`},
		{"POST", its, `{"type":"latency","name":"x","attributes":{"latency":"5s"}}`},
		{"POST", its, `{"type":"latency","name":"x","toxicity":"all"}`},
		{"POST", its, `{}`},
		{"POST", its, ``},
		{"POST", its, `{"type":"noop"}`},
		{"GET", proxy, ""},
		{"GET", its, ""},
		{"GET", its + "/latency_5s", ""},
		{"GET", its + "/nothing", ""},
		{"PATCH", its + "/latency_5s", `{"attributes":{"latency":1}}`},
		{"POST", its + "/latency_5s", `{"toxicity":0.25}`},
		{"POST", its + "/latency_5s", `{"attributes":{"jitter":"x"}}`},
		{"POST", its + "/latency_5s", `[`},
		{"POST", its + "/nothing", `{}`},
		{"GET", its + "/latency_5s", ""},
		{"PUT", its + "/latency_5s", ""},
		{"DELETE", its + "/nothing", ""},
		{"DELETE", its + "/latency_5s", ""},
		{"DELETE", its + "/latency_5s", ""},
		{"PATCH", proxy, `{"enabled":false}`},
		{"GET", proxy, ""},
		{"POST", proxy, `{"enabled":true}`},
		{"POST", proxy, `{"enabled":"yes"}`},
		{"POST", proxy, `{"listen":"127.0.0.1:99999"}`},
		{"POST", "/reset", ""},
		{"GET", its, ""},
		{"PUT", proxy, ""},
		{"DELETE", proxy, ""},
		{"DELETE", proxy, ""},
		{"GET", its, ""},
		{"POST", "/populate", `[` + courseProxy + `]`},
		{"POST", "/populate", `[` + courseProxy + `,{"name":"plain","listen":"127.0.0.1:0","upstream":"127.0.0.1:1","enabled":false}]`},
		{"POST", "/populate", `[` + courseProxy + `,{"name":"plain"}]`},
		{"POST", "/populate", `[{"name":"dotnet-api-proxy","listen":"127.0.0.1:99999","upstream":"kafka:29092"}]`},
		{"POST", "/populate", `{}`},
		{"DELETE", proxy, ""},
	} {
		if ask[1] == proxy && strings.Contains(ask[2], "99999") {
			continue // Toxiproxy is left switched off by it; we stay as we were
		}
		status, text := r.curl(ask[0], ask[1], ask[2])
		wantStatus, want := theirs.Do(ask[0], ask[1], ask[2])
		text, want = port.ReplaceAllString(text, "HERE"), port.ReplaceAllString(want, "HERE")
		if status != wantStatus || text != want {
			t.Errorf("%q:\n  we  %d %s\n  it  %d %s", ask, status, text, wantStatus, want)
		}
	}
	request, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.server.URL()+"/proxies/kafka", nil)
	r.must(err)
	request.Header.Set("User-Agent", "Mozilla/5.0")
	answer, err := http.DefaultClient.Do(request)
	r.must(err)
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("a browser was let in: %s", answer.Status)
	}
}

func TestGroupsToxicsAreOnEveryBroker(t *testing.T) {
	r := newRig(t, 2)
	r.wantToxics("", "kafka")
	var all map[string]toxiproxy.Proxy
	r.must(json.Unmarshal([]byte(r.ask(http.StatusOK, "GET", "/proxies", "")), &all))
	if len(all) != 3 || all["kafka"].Upstream != "kafka:9092" || all["broker-2"].Name != "broker-2" {
		t.Errorf("listed: %+v", all)
	}
	r.ask(http.StatusCreated, "POST", "/proxies", courseProxy)
	r.heard()
	r.ask(http.StatusOK, "POST", "/proxies/dotnet-api-proxy/toxics", latencyNamed("slow"))
	r.wantHeard("toxic added 1 slow", "toxic added 2 slow")
	r.wantToxics("slow", "dotnet-api-proxy", "broker-1", "broker-2")
	r.wantToxics("", "kafka")
	// Members are shared: so is a name.
	r.ask(http.StatusConflict, "POST", "/proxies/kafka/toxics", latencyNamed("slow"))
	r.ask(http.StatusNotFound, "DELETE", "/proxies/kafka/toxics/slow", "")
	r.ask(http.StatusOK, "POST", "/proxies/broker-2/toxics", latencyNamed("late"))
	r.heard()
	r.ask(http.StatusConflict, "POST", "/proxies/kafka/toxics", latencyNamed("late"))
	r.wantHeard() // all or none
	r.wantToxics("slow", "broker-1")

	r.ask(http.StatusOK, "PATCH", "/proxies/dotnet-api-proxy/toxics/slow", `{"attributes":{"jitter":3}}`)
	r.wantHeard("toxic changed 1 slow", "toxic changed 2 slow")
	r.ask(http.StatusBadRequest, "PATCH", "/proxies/dotnet-api-proxy/toxics/slow", `{"attributes":{"latency":9,"jitter":"x"}}`)
	r.wantHeard()
	r.ask(http.StatusNoContent, "DELETE", "/proxies/dotnet-api-proxy/toxics/slow", "")
	r.wantHeard("toxic removed 1 slow", "toxic removed 2 slow")
	r.ask(http.StatusBadRequest, "POST", "/proxies/kafka/toxics", `{"type":"slicer"}`)
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", `{"type":"slicer","attributes":{"average_size":9}}`)
	r.ask(http.StatusBadRequest, "PATCH", "/proxies/kafka/toxics/slicer_downstream", `{"attributes":{"average_size":0}}`)
}

// Nothing is left in a group's listing when its toxics are gone from the
// members, whoever removed them; a toxic that one member still has is the
// group's for as long.
func TestGroupFollowsItsMembers(t *testing.T) {
	r := newRig(t, 2)
	for _, removed := range []func(){
		func() { r.must(r.proxies.Clear(r.ctx, Which{Name: "slow"})) },
		func() { r.must(r.proxies.Clear(r.ctx, Which{})) },
		func() { r.ask(http.StatusNoContent, "POST", "/reset", "") },
		func() {
			r.ask(http.StatusNoContent, "DELETE", "/proxies/broker-1/toxics/slow", "")
			r.wantToxics("slow", "kafka", "broker-2")
			r.ask(http.StatusOK, "PATCH", "/proxies/kafka/toxics/slow", `{"toxicity":0.5}`)
			r.ask(http.StatusConflict, "POST", "/proxies/kafka/toxics", latencyNamed("slow"))
			r.wantToxics("", "broker-1")
			// Another of its name is another's.
			r.ask(http.StatusOK, "POST", "/proxies/broker-1/toxics", latencyNamed("slow"))
			r.ask(http.StatusNoContent, "DELETE", "/proxies/kafka/toxics/slow", "")
			r.wantToxics("", "kafka", "broker-2")
			r.wantToxics("slow", "broker-1")
			r.must(r.proxies.Clear(r.ctx, Which{}))
		},
	} {
		r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", latencyNamed("slow"))
		r.wantToxics("slow", "kafka", "broker-1", "broker-2")
		removed()
		r.wantToxics("", "kafka", "broker-1", "broker-2")
		r.ask(http.StatusNotFound, "GET", "/proxies/kafka/toxics/slow", "")
	}
}

func TestBrokersThatComeAreMembers(t *testing.T) {
	r := newRig(t, 1)
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", latencyNamed("slow"))
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", latencyNamed("cleared"))
	r.must(r.proxies.Clear(r.ctx, Which{Name: "cleared"}))
	r.heard()
	_, err := r.proxies.Front(r.ctx, 2, r.upstream.Addr().String())
	r.must(err)
	r.wantHeard("proxy added 2", "toxic added 2 slow")
	// One that was removed by hand comes back with what is in force.
	r.ask(http.StatusNoContent, "DELETE", "/proxies/broker-1", "")
	r.wantToxics("slow", "kafka", "broker-2")
	r.heard()
	r.must(r.proxies.Repair(r.ctx))
	r.wantHeard("proxy added 1", "toxic added 1 slow")
	// So does one that was replaced.
	r.ask(http.StatusCreated, "POST", "/populate", `[{"name":"broker-2","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}]`)
	r.wantToxics("slow", "kafka", "broker-1", "broker-2")
	// The end of a group is the end of its toxics.
	r.ask(http.StatusNoContent, "DELETE", "/proxies/kafka", "")
	r.wantToxics("", "broker-1", "broker-2")
	r.ask(http.StatusNotFound, "GET", "/proxies/kafka", "")

	none := newRig(t, 0)
	if text := none.ask(http.StatusServiceUnavailable, "POST", "/proxies/kafka/toxics", latencyNamed("slow")); !strings.Contains(text, `"status":503`) {
		t.Error(text)
	}
	none.wantToxics("", "kafka")
}

func TestGroupSwitchedOff(t *testing.T) {
	r := newRig(t, 2)
	r.ask(http.StatusCreated, "POST", "/proxies", courseProxy)
	r.heard()
	r.ask(http.StatusOK, "POST", "/proxies/dotnet-api-proxy", `{"enabled":false}`)
	r.wantHeard("proxy down 1", "proxy down 2")
	r.wantEnabled(false, "dotnet-api-proxy", "kafka", "broker-1")
	// Whoever comes meanwhile is down as well.
	_, err := r.proxies.Front(r.ctx, 3, r.upstream.Addr().String())
	r.must(err)
	r.wantEnabled(false, "broker-3", "kafka")
	// One that is up makes a group that is.
	r.must(r.proxies.Up(r.ctx, Broker(2)))
	r.wantEnabled(true, "broker-2", "dotnet-api-proxy", "kafka")
	r.ask(http.StatusOK, "PATCH", "/proxies/dotnet-api-proxy", `{"enabled":true}`)
	r.wantEnabled(true, "broker-1", "broker-2", "broker-3")
	// What a group switched off is on when the group is gone, and no more.
	r.ask(http.StatusOK, "PATCH", "/proxies/dotnet-api-proxy", `{"enabled":false}`)
	r.ask(http.StatusNoContent, "DELETE", "/proxies/dotnet-api-proxy", "")
	r.wantEnabled(true, "broker-1", "kafka")
	r.must(r.proxies.Down(r.ctx, On{}))
	r.ask(http.StatusNoContent, "DELETE", "/proxies/kafka", "")
	r.wantEnabled(false, "broker-1", "broker-2")
	r.ask(http.StatusNoContent, "POST", "/reset", "")
	r.ask(http.StatusCreated, "POST", "/proxies", strings.Replace(courseProxy, "true", "false", 1))
	r.wantEnabled(false, "dotnet-api-proxy", "broker-1", "broker-2")
	r.ask(http.StatusNoContent, "POST", "/reset", "")
	r.wantEnabled(true, "dotnet-api-proxy", "broker-1", "broker-2")
}

// What is no group is Toxiproxy's.
func TestWhatIsNoGroup(t *testing.T) {
	r := newRig(t, 1)
	_, err := r.proxies.Front(r.ctx, 2, "kafka:29092") // a cluster that is really there
	r.must(err)
	for name, upstream := range map[string]string{
		"a": "kafka:29092", "b": "kafka:9093", "c": r.upstream.Addr().String(),
	} {
		r.ask(http.StatusCreated, "POST", "/proxies", `{"name":"`+name+`","listen":"127.0.0.1:0","upstream":"`+upstream+`"}`)
		if _, err := r.server.api.Collection.Get(name); err != nil {
			t.Errorf("%s to %s is a group", name, upstream)
		}
	}
	if text := r.ask(http.StatusBadRequest, "POST", "/proxies/kafka", `{"upstream":"127.0.0.1:1"}`); !strings.Contains(text, `"error":"kafka stands for`) {
		t.Error(text)
	}
	r.ask(http.StatusConflict, "POST", "/proxies", `{"name":"c","upstream":"kafka:9092"}`)
	// A populate replaces one by the other.
	r.ask(http.StatusCreated, "POST", "/populate", `[{"name":"kafka","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"},{"name":"c","listen":"127.0.0.1:0","upstream":"kafka:9092"}]`)
	if groups := r.server.handler.groups; groups.find("kafka") != nil || groups.find("c") == nil {
		t.Error("not replaced")
	}
	r.ask(http.StatusCreated, "POST", "/proxies", `{"name":"broker-7","listen":"127.0.0.1:0","upstream":"kafka:9092"}`)
	if _, err := r.server.api.Collection.Get("broker-7"); err != nil {
		t.Error("a broker is a group")
	}
}

// The Go client of Toxiproxy sees a group as a proxy.
func TestGoClientOnAGroup(t *testing.T) {
	r := newRig(t, 3)
	client := toxiproxy.NewClient(r.server.URL())
	proxy, err := client.CreateProxy("mine", "127.0.0.1:0", "kafka:29092")
	r.must(err)
	_, err = proxy.AddToxic("", "latency", "", -1, toxiproxy.Attributes{"latency": 1000})
	r.must(err)
	added, err := client.AddToxic(&toxiproxy.ToxicOptions{
		ProxyName: "mine", ToxicName: "cut", ToxicType: "timeout", Stream: "upstream", Toxicity: 0.5, Attributes: toxiproxy.Attributes{"timeout": 5},
	})
	r.must(err)
	if added.Name != "cut" || added.Stream != "upstream" || added.Toxicity != 0.5 || added.Attributes["timeout"] != 5.0 {
		t.Errorf("added %+v", added)
	}
	r.wantToxics("cut latency_downstream", "mine", "broker-1", "broker-2", "broker-3")
	changed, err := proxy.UpdateToxic("cut", -1, toxiproxy.Attributes{"timeout": 6})
	r.must(err)
	if changed.Toxicity != 0.5 || changed.Attributes["timeout"] != 6.0 {
		t.Errorf("changed %+v", changed)
	}
	list, err := proxy.Toxics()
	r.must(err)
	if len(list) != 2 || list[1].Toxicity != 1 {
		t.Errorf("lists %+v", list)
	}
	r.must(proxy.RemoveToxic("cut"))
	r.must(proxy.Disable())
	r.wantEnabled(false, "mine", "broker-1", "broker-2", "broker-3")
	r.must(proxy.Enable())
	r.wantEnabled(true, "mine", "broker-1", "broker-2", "broker-3")
	r.must(client.ResetState())
	r.wantToxics("", "mine", "broker-1")
	made, err := client.Populate([]toxiproxy.Proxy{
		{Name: "mine", Listen: "127.0.0.1:0", Upstream: "kafka:9092", Enabled: true},
		{Name: "plain", Listen: "127.0.0.1:0", Upstream: "127.0.0.1:1"},
	})
	r.must(err)
	if len(made) != 2 || made[0].Upstream != "kafka:9092" || made[0].Listen == proxy.Listen || made[1].Enabled {
		t.Errorf("made %+v", made)
	}
	all, err := client.Proxies()
	r.must(err)
	if names := slices.Sorted(maps.Keys(all)); !slices.Equal(names, []string{"broker-1", "broker-2", "broker-3", "kafka", "mine", "plain"}) {
		t.Errorf("lists %q", names)
	}
	mine, err := client.Proxy("mine")
	r.must(err)
	r.must(mine.Delete())
	if _, err := client.Proxy("mine"); err == nil || !strings.Contains(err.Error(), "proxy not found") {
		t.Error(err)
	}
}
