package bench_test

import (
	"net/http"
	"os"
	"sync"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/cluster/clustertest"
	"atelier/lessons/bench"

	"go.uber.org/goleak"
)

// The suite runs on the embedded cluster, and with ATELIER_APACHE=1 on Apache
// Kafka: the same tests, the same claims. Brokers of Apache Kafka take seconds
// to start, so there all tests share one bench, one after the other, each on a
// run of its own.

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(suite{m}, goleak.Cleanup(func(code int) {
		os.Exit(code)
	}))
}

// suite closes the shared bench before anybody looks for what leaked.
type suite struct{ *testing.M }

func (s suite) Run() int {
	code := s.M.Run()
	if shared.bench != nil {
		if err := shared.bench.Close(); err != nil {
			println(err.Error())
			code = 1
		}
		_ = os.RemoveAll(shared.dir)
	}
	if err := clustertest.Close(); err != nil {
		println(err.Error())
		code = 1
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	return code
}

var shared struct {
	sync.Mutex // whose turn it is
	bench      *bench.Bench
	dir        string
	notices    chan words.Text // what the bench tells its learner
}

func onApache() bool { return clustertest.OnApache() }

// embeddedOnly skips a test whose claim holds on the embedded cluster alone.
func embeddedOnly(t testing.TB, why string) {
	t.Helper()
	if onApache() {
		t.Skip("embedded cluster only: " + why)
	}
}

// apacheOnly skips a test that needs a cluster that replicates.
func apacheOnly(t testing.TB) {
	t.Helper()
	if !onApache() {
		t.Skip("needs a real cluster: make test-apache")
	}
}

// open returns a bench on the suite's cluster, the test's own until its end.
func open(t testing.TB) *bench.Bench {
	t.Helper()
	if !onApache() {
		return openWith(t, bench.Options{})
	}
	shared.Lock()
	t.Cleanup(shared.Unlock)
	if shared.bench == nil {
		var err error
		if shared.dir, err = os.MkdirTemp("", "suite-*"); err != nil {
			t.Fatal(err)
		}
		shared.notices = make(chan words.Text, 16)
		shared.bench, err = bench.Open(t.Context(), bench.Options{
			Cluster: bench.Apache, Toxiproxy: "127.0.0.1:0", TempDir: shared.dir,
			Notice:   hear,
			Progress: func(w words.Text) { t.Log(w.En) },
		})
		if err != nil {
			t.Fatal(err)
		}
	} else if err := shared.bench.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	return shared.bench
}

// hear keeps the latest notices; whoever tells one is never held up.
func hear(w words.Text) {
	for {
		select {
		case shared.notices <- w:
			return
		default:
		}
		select {
		case <-shared.notices:
		default:
		}
	}
}

// openWith returns a bench of its own, which is closed at the test's end.
func openWith(t testing.TB, o bench.Options) *bench.Bench {
	t.Helper()
	o.Toxiproxy, o.TempDir = "127.0.0.1:0", t.TempDir()
	b, err := bench.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return b
}
