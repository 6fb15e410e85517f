package bench_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/chaos/chaostest"
	"atelier/kafka"
	"atelier/kafka/access"
	"atelier/kafka/cluster/clustertest"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/ledgertest"
	"atelier/lessons/bench"
)

// notices are what a bench tells its learner.
type notices struct {
	t    *testing.T
	come chan string
}

func newNotices(t *testing.T) *notices { return &notices{t, make(chan string, 1000)} }

func (n *notices) take(w words.Text) { n.come <- w.En }

// hear waits for a notice that says something.
func (n *notices) hear(what string) {
	n.t.Helper()
	patience := time.After(20 * time.Second)
	for {
		select {
		case s := <-n.come:
			if strings.Contains(s, what) {
				return
			}
		case <-patience:
			n.t.Fatalf("never heard: %s", what)
		}
	}
}

func slow(stream string, ms int64) chaos.Toxic {
	return chaos.Toxic{Kind: "latency", Stream: stream, Attributes: map[string]int64{"latency": ms}}
}

// The heart experiment through a Toxiproxy in a process of its own: before the
// embedded cluster, before one that is there, and before a secured one.
func TestHeartOnASharedToxiproxy(t *testing.T) {
	plain, gated := clustertest.Start(t, clustertest.Open), clustertest.Start(t, clustertest.TLSPassword)
	for name, o := range map[string]bench.Options{
		"embedded": {}, "brokers": {Brokers: plain.Addresses()},
		"secured": {Brokers: gated.Addresses(), Access: gated.Access(access.ScramSHA256)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := chaostest.Start(t)
			o.ToxiproxyURL = server.URL
			b := openWith(t, o)
			heart(t, b)
		})
	}
}

func heart(t *testing.T, b *bench.Bench) {
	t.Helper()
	must(t, b.AddToxic(t.Context(), slow(chaos.Downstream, 5000)))
	sendBoth(t, b)
	after(t, b, 2500*time.Millisecond)
	must(t, b.ClearToxics(t.Context(), chaos.Which{}))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Copies < 2 || got.Copies != got.Attempts {
		t.Errorf("A: got %+v", got)
	}
	if got := totals(t, b, "B"); got.Copies != 1 || got.Attempts < 2 {
		t.Errorf("B: got %+v", got)
	}
	for _, band := range b.Ledger().Snapshot().Bands {
		if band.Approximate {
			t.Errorf("our own toxic is approximate: %+v", band)
		}
	}
}

// A slow request is written after its producer gave up. The audit waits for
// it, though no broker can tell.
func TestAuditWaitsForASharedToxiproxy(t *testing.T) {
	c := clustertest.Start(t, clustertest.Open)
	for name, cut := range map[string]bool{"in order": false, "cut on our side": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := openWith(t, bench.Options{Brokers: c.Addresses(), ToxiproxyURL: chaostest.Start(t).URL})
			must(t, b.AddToxic(t.Context(), slow(chaos.Upstream, 4000)))
			if cut {
				must(t, b.AddToxic(t.Context(), chaos.Toxic{Kind: "timeout", Stream: chaos.Downstream, Attributes: map[string]int64{"timeout": 600}}))
			}
			must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Sync, "A")))
			must(t, b.Audit(t.Context()))
			if got := totals(t, b, "A"); got.Copies != got.Attempts || got.Copies < 2 || got.Ghosts != 1 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestToxicsOfOthersAreApproximate(t *testing.T) {
	embeddedOnly(t, "it has a Toxiproxy of its own")
	server := chaostest.Start(t)
	told := newNotices(t)
	b := openWith(t, bench.Options{ToxiproxyURL: server.URL, Notice: told.take})
	states, err := b.Proxies(t.Context())
	must(t, err)
	path := "/proxies/" + states[0].Name
	server.Do("POST", path+"/toxics", `{"type":"latency","attributes":{"latency":7}}`)
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool {
		return len(s.Toxics) == 1 && s.Toxics[0].Foreign && s.Toxics[0].Name == "latency_downstream" && s.Bands[0].Approximate
	})
	told.hear("somebody else's toxic")
	must(t, b.AddToxic(t.Context(), slow(chaos.Downstream, 8)))
	must(t, b.ClearToxics(t.Context(), chaos.Which{}))
	must(t, b.Reset(t.Context()))
	snap := b.Ledger().Snapshot()
	if len(snap.Toxics) != 1 || !snap.Toxics[0].Foreign {
		t.Errorf("in force: %+v", snap.Toxics)
	}
	server.Do("POST", path, `{"enabled":false}`)
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool {
		return !s.Brokers[0].ProxyUp && s.Bands[len(s.Bands)-1].Approximate
	})
}

// A Toxiproxy that dies in the middle is told of; what needs it fails, what
// does not goes on; when it is back a reset makes the bench whole.
func TestToxiproxyGoesAwayAndComesBack(t *testing.T) {
	embeddedOnly(t, "it has a Toxiproxy of its own")
	server := chaostest.Start(t)
	told := newNotices(t)
	b := openWith(t, bench.Options{ToxiproxyURL: server.URL, Notice: told.take})
	must(t, b.AddToxic(t.Context(), slow(chaos.Downstream, 60_000)))
	one := batch(1, kafka.Plain, kafka.Async, "A")
	must(t, b.Send(t.Context(), one))
	server.Kill()
	told.hear("Toxiproxy has stopped answering")
	ledgertest.Until(t, b.Ledger(), func(s *ledger.Snapshot) bool {
		return len(s.Toxics) == 0 && !s.Brokers[0].ProxyUp && !s.Brokers[1].ProxyUp && !s.Brokers[2].ProxyUp
	})
	if err := b.AddToxic(t.Context(), slow(chaos.Downstream, 1)); err == nil || !strings.Contains(err.Error(), "Toxiproxy does not answer at "+server.URL) {
		t.Errorf("said %v", err)
	}
	if err := b.ToxiproxyGone(t.Context()); !chaos.IsAway(err) {
		t.Errorf("gone, it says %v", err)
	}
	if err := b.Reset(t.Context()); err == nil || strings.Count(err.Error(), "does not answer") != 1 {
		t.Errorf("said %v", err)
	}
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Failed != 1 || got.Absent != 1 {
		t.Errorf("got %+v", got)
	}
	server.Restart()
	told.hear("Toxiproxy answers again")
	must(t, b.ToxiproxyGone(t.Context()))
	must(t, b.Reset(t.Context()))
	must(t, b.Send(t.Context(), one))
	must(t, b.Audit(t.Context()))
	if got := totals(t, b, "A"); got.Once != 1 {
		t.Errorf("got %+v", got)
	}
	server.Kill()
}

// Brokers under other names, as in Docker: without the map a clear refusal,
// with it the proxy that is there is taken.
func TestToxiproxyMap(t *testing.T) {
	embeddedOnly(t, "it has a cluster of its own")
	c := clustertest.StartFake(t, clustertest.Open)
	direct := c.Addresses()[0]
	server := chaostest.Start(t)
	server.Do("POST", "/proxies", `{"name":"kafka","listen":"127.0.0.1:0","upstream":"`+direct+`"}`)
	_, err := bench.Open(t.Context(), bench.Options{
		Brokers: c.Addresses(), ToxiproxyURL: server.URL, ToxiproxyMap: chaos.Map{{Ours: direct, Theirs: "127.0.0.1:1"}},
	})
	if err == nil || !strings.Contains(err.Error(), "is not reached through Toxiproxy") || !strings.Contains(err.Error(), "--toxiproxy-map "+direct+"=NAME:PORT") {
		t.Errorf("said %v", err)
	}
	if _, text := server.Do("GET", "/proxies", ""); strings.Contains(text, "atelier") {
		t.Errorf("left behind: %s", text)
	}
	told := newNotices(t)
	b := openWith(t, bench.Options{
		Brokers: c.Addresses(), ToxiproxyURL: server.URL, Notice: told.take,
		ToxiproxyMap: chaos.Map{{Ours: "elsewhere:1", Theirs: "kafka:1"}},
	})
	told.hear("the proxy kafka of this Toxiproxy is used")
	must(t, b.AddToxic(t.Context(), slow(chaos.Downstream, 300)))
	must(t, b.Send(t.Context(), batch(1, kafka.Plain, kafka.Sync, "A")))
	if m := b.Ledger().Snapshot().Messages[0]; m.Report != ledger.AckedReport || m.Reported-m.Sent < 300*time.Millisecond {
		t.Errorf("not acked, or not through the toxic: %+v", m)
	}
}

// On a secured cluster a proxy before the broker itself can't be used, and
// that is said.
func TestNoProxyBeforeTLS(t *testing.T) {
	c := clustertest.Start(t, clustertest.TLSPassword)
	server := chaostest.Start(t)
	server.Do("POST", "/proxies", `{"name":"kafka","listen":"127.0.0.1:0","upstream":"`+c.Addresses()[0]+`"}`)
	told := newNotices(t)
	b := openWith(t, bench.Options{Brokers: c.Addresses(), Access: c.Access(access.Plain), ToxiproxyURL: server.URL, Notice: told.take})
	told.hear("the proxy kafka is not used")
	states, err := b.Proxies(t.Context())
	must(t, err)
	for _, s := range states {
		if s.Name == "kafka" {
			t.Errorf("used: %+v", s)
		}
	}
}

// Several benches share a Toxiproxy, and end beside each other.
func TestManyBenchesOnOneToxiproxy(t *testing.T) {
	embeddedOnly(t, "it has clusters of its own")
	defer bench.LeaveWithin(10 * time.Second)()
	server := chaostest.Start(t)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			b, err := bench.Open(t.Context(), bench.Options{ToxiproxyURL: server.URL, TempDir: t.TempDir()})
			if err != nil {
				t.Error(err)
				return
			}
			err = b.AddToxic(t.Context(), slow(chaos.Downstream, 60_000))
			for range i + 1 {
				if err == nil {
					err = b.Send(t.Context(), batch(1, kafka.Plain, kafka.Async, fmt.Sprint("A", i)))
				}
			}
			if e := b.Close(); err != nil || e != nil {
				t.Error(err, e)
			}
		})
	}
	all.Wait()
	if _, text := server.Do("GET", "/proxies", ""); text != "{}" {
		t.Errorf("left behind: %s", text)
	}
}
