package program

import (
	"strings"
	"testing"

	"atelier/chaos"
	"atelier/lessons/bench"
	"atelier/ui/api"
	"atelier/ui/commandline"
	"atelier/ui/doctor"
	"atelier/ui/ports"
)

// What the console itself listens on is not a stranger's.
func TestPortsOfOurOwnAreKnown(t *testing.T) {
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	url, _ := b.Toxiproxy()
	p := program{asked: &commandline.Asked{}}
	at := p.ours([]doctor.Port{
		{Address: strings.TrimPrefix(url, "http://"), Flag: "--toxiproxy-api"}, {Address: "127.0.0.1:1", Flag: "--toxiproxy-api"}, {Address: "127.0.0.1:1", Flag: "--api"},
	}, b)
	if !at[0].Ours || at[1].Ours || at[1].Instead != url || at[2].Ours || at[2].Instead != "" {
		t.Errorf("%+v", at)
	}
}

// Where the lessons have their service, and Toxiproxy, is where both are at first.
func TestTheLessonsNameTheUsualPorts(t *testing.T) {
	for usual, port := range map[string]string{api.DefaultAddr: ports.API, chaos.DefaultAddr: ports.Toxiproxy} {
		if usual != "127.0.0.1:"+port {
			t.Errorf("%s, not port %s", usual, port)
		}
	}
}
