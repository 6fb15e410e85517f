package program

import (
	"strings"
	"testing"

	"atelier/lessons/bench"
	"atelier/ui/doctor"
)

// What the console itself listens on is not a stranger's.
func TestPortsOfOurOwnAreKnown(t *testing.T) {
	b, err := bench.Open(t.Context(), bench.Options{Toxiproxy: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	url, _ := b.Toxiproxy()
	var p program
	ports := p.ours([]doctor.Port{{Address: strings.TrimPrefix(url, "http://")}, {Address: "127.0.0.1:1"}}, b)
	if !ports[0].Ours || ports[1].Ours {
		t.Errorf("%+v", ports)
	}
}
