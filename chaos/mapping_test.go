package chaos

import (
	"net"
	"strings"
	"testing"

	"atelier/chaos/chaostest"
)

func TestMapping(t *testing.T) {
	leakless(t)
	server := chaostest.Start(t)
	_, real := newBroker(t)
	_, port, _ := net.SplitHostPort(real)
	// As in Docker: we say localhost:9092, Toxiproxy says 127.0.0.1:port, and
	// its listener on all addresses is reached at the URL's host.
	server.Do("POST", "/proxies", `{"name":"theirs","listen":"0.0.0.0:0","upstream":"127.0.0.1:`+port+`"}`)
	g := newGuest(t, server.URL, Names{"broker-a:9092", "127.0.0.1:" + port})
	listen := g.front(1, "broker-a:9092")
	if name, adopted := g.Adopted(1); !adopted || name != "theirs" || !strings.HasPrefix(listen, "127.0.0.1:") {
		t.Errorf("took %s at %s", name, listen)
	}
	g.echoes(listen)
	// A port that is published as another.
	_, inside, _ := net.SplitHostPort(listen)
	h := newGuest(t, server.URL, Names{"broker-a:9092", "127.0.0.1:" + port}, Names{"published:1234", "0.0.0.0:" + inside})
	if got := h.front(1, "broker-a:9092"); got != "published:1234" {
		t.Errorf("dials %s", got)
	}
}

func TestParseMap(t *testing.T) {
	m, err := ParseMap([]string{"localhost:9092=kafka:29092", " localhost:1 = :2 "})
	if err != nil || m.theirs("127.0.0.1:9092") != "kafka:29092" || m.theirs("x:9092") != "x:9092" {
		t.Errorf("%v, %v", m, err)
	}
	if ours, ok := m.ours("[::]:2"); !ok || ours != "localhost:1" {
		t.Errorf("%q, %v", ours, ok)
	}
	for _, bad := range []string{"", "=", "a:1", "a=b", "a:1=b", ":1=b:2", "a:0=b:1", "a:1=b:65536", "a:x=b:1"} {
		if _, err := ParseMap([]string{bad}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestAToxiproxyElsewhere(t *testing.T) {
	p := &Proxies{shared: &Shared{}, host: "192.0.2.1"}
	if _, err := p.theirs("127.0.0.1:9092"); err == nil || !strings.Contains(err.Error(), "--toxiproxy-map 127.0.0.1:9092=NAME:PORT") {
		t.Error(err)
	}
	if p.reachable("127.0.0.1:19092") || !p.reachable("0.0.0.0:19092") || p.ours("[::]:19092") != "192.0.2.1:19092" {
		t.Error("a listener of another machine is dialled astray")
	}
}
