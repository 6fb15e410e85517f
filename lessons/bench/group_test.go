package bench_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/standstill/standstilltest"

	"github.com/twmb/franz-go/pkg/kgo"
)

// courseProxy is the source course's proxy on a bench, as curl sees it.
type courseProxy struct {
	t   testing.TB
	url string
}

func newCourseProxy(t testing.TB, b *bench.Bench) courseProxy {
	t.Helper()
	url, _ := b.Toxiproxy()
	p := courseProxy{t, url}
	p.do("POST", "/proxies", `{"name": "dotnet-api-proxy", "listen": "127.0.0.1:0", "upstream": "kafka:9092", "enabled": true}`)
	t.Cleanup(func() { p.do("DELETE", "/proxies/dotnet-api-proxy", "") })
	return p
}

func (p courseProxy) do(method, path, body string) string {
	p.t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(p.t.Context()), method, p.url+path, strings.NewReader(body))
	must(p.t, err)
	answer, err := http.DefaultClient.Do(request)
	must(p.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(p.t, err)
	if answer.StatusCode/100 != 2 {
		p.t.Fatalf("%s %s: %s %s", method, path, answer.Status, text)
	}
	return string(text)
}

func (p courseProxy) toxic(name, body string) {
	p.t.Helper()
	p.do("POST", "/proxies/dotnet-api-proxy/toxics", `{"name": "`+name+`", `+body+`}`)
}

func (p courseProxy) shown() (shown struct {
	Listen string
	Toxics []struct{ Name string }
},
) {
	p.t.Helper()
	must(p.t, json.Unmarshal([]byte(p.do("GET", "/proxies/dotnet-api-proxy", "")), &shown))
	return shown
}

// What the source course's lines never managed: the latency that they set
// touches the messages, and shows before each broker.
func TestTheCoursesProxyTouchesMessages(t *testing.T) {
	t.Parallel()
	standstilltest.Try(t, func(t testing.TB) {
		b := open(t)
		p := newCourseProxy(t, b)
		p.toxic("latency_5s", `"type": "latency", "stream": "downstream", "attributes": {"latency": 5000, "jitter": 500}`)
		snap := b.Ledger().Snapshot()
		if len(snap.Toxics) != 3 {
			t.Errorf("in force: %+v", snap.Toxics)
		}
		for _, toxic := range snap.Toxics {
			if toxic.Name != "latency_5s" || toxic.Foreign || toxic.Broker < 1 {
				t.Errorf("in force: %+v", toxic)
			}
		}
		sendBoth(t, b)
		must(t, b.Audit(t.Context()))
		pair{ledger.UnknownReport, 3, 3, 2990 * time.Millisecond}.check(t, b, "A")
		pair{ledger.UnknownReport, 4, 1, 4990 * time.Millisecond}.check(t, b, "B")

		p.toxic("timeout_2s", `"type": "timeout", "attributes": {"timeout": 2000}`)
		if list := p.shown().Toxics; len(list) != 2 {
			t.Errorf("the group has %+v", list)
		}
		must(t, b.ClearToxics(t.Context(), chaos.Which{Name: "latency_5s"}))
		if list := p.shown().Toxics; len(list) != 1 || list[0].Name != "timeout_2s" {
			t.Errorf("the group has %+v", list)
		}
		must(t, b.Reset(t.Context()))
		if list := p.shown().Toxics; len(list) != 0 {
			t.Errorf("after a reset the group has %+v", list)
		}
		must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Sync, "C")))
		if m := b.Ledger().Snapshot().Messages[0]; m.Report != ledger.AckedReport {
			t.Errorf("after a reset: %+v", m)
		}
	})
}

// A client of a learner's own starts at the group's address and is led to the
// brokers' proxies, and so to the toxics.
func TestAClientOfOnesOwnStartsAtAGroup(t *testing.T) {
	embeddedOnly(t, "it alone advertises its proxies")
	b := open(t)
	p := newCourseProxy(t, b)
	client, err := kgo.NewClient(kgo.SeedBrokers(p.shown().Listen), kgo.DefaultProduceTopic("test-topic"))
	must(t, err)
	defer client.Close()
	send := func() time.Duration {
		t.Helper()
		from := time.Now()
		must(t, client.ProduceSync(t.Context(), kgo.StringRecord("x")).FirstErr())
		return time.Since(from)
	}
	send()
	p.toxic("slow", `"type": "latency", "attributes": {"latency": 300}`)
	if took := send(); took < 300*time.Millisecond {
		t.Errorf("it went past the toxics, in %v", took)
	}
}
