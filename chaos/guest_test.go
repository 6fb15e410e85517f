package chaos

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"atelier/chaos/chaostest"

	"go.uber.org/goleak"
)

// guest is one bench's view of a Toxiproxy that others use too.
type guest struct {
	*testing.T
	*Proxies
	ctx  context.Context
	told chan Change
	away chan error
}

func newGuest(t *testing.T, url string, m ...Names) *guest {
	t.Helper()
	g := &guest{T: t, ctx: t.Context(), told: make(chan Change, 1000), away: make(chan error, 100)}
	var err error
	g.Proxies, err = Open(g.ctx, Options{URL: url, Shared: &Shared{
		Map: m, Every: 10 * time.Millisecond,
		Changed: func(c Change) { g.told <- c },
		Away:    func(err error) { g.away <- err },
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// leakless fails a test that leaves a goroutine behind, once all else is
// cleaned up.
func leakless(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		if err := goleak.Find(before); err != nil {
			t.Error(err)
		}
	})
}

func (g *guest) must(err error) {
	g.Helper()
	if err != nil {
		g.Fatal(err)
	}
}

func (g *guest) front(broker int32, upstream string) string {
	g.Helper()
	listen, err := g.Front(g.ctx, broker, upstream)
	g.must(err)
	return listen
}

// hears waits for a change, and returns the first of its kind.
func (g *guest) hears(what What) Change {
	g.Helper()
	patience := time.After(guardTime)
	for {
		select {
		case c := <-g.told:
			if c.What == what {
				return c
			}
		case <-patience:
			g.Fatalf("never heard: %s", what)
		}
	}
}

// toxics lists what acts, as "name" or "≈name".
func (g *guest) toxics() []string {
	g.Helper()
	states, err := g.List(g.ctx)
	g.must(err)
	var names []string
	for _, s := range states {
		for _, toxic := range s.Toxics {
			mark := ""
			if toxic.Foreign {
				mark = "≈"
			}
			names = append(names, mark+toxic.Name)
		}
	}
	return names
}

// echoes makes sure that a line goes through an address and back.
func (g *guest) echoes(address string) {
	g.Helper()
	conn, err := net.Dial("tcp", address)
	g.must(err)
	defer conn.Close()
	g.must(conn.SetDeadline(time.Now().Add(guardTime)))
	_, err = conn.Write([]byte("x\n"))
	g.must(err)
	answer := make([]byte, 5)
	if n, err := conn.Read(answer); string(answer[:n]) != "re:x\n" {
		g.Fatalf("read %q, %v", answer[:n], err)
	}
}

func newBroker(t *testing.T) (u *upstream, address string) {
	u = newUpstream(t)
	t.Cleanup(u.close)
	return u, u.Addr().String()
}

func exists(s *chaostest.Toxiproxy, name string) bool {
	status, _ := s.Do("GET", "/proxies/"+name, "")
	return status == http.StatusOK
}
