package bench_test

import (
	"net"
	"strconv"
	"testing"
)

// No connection is given a proxy's port while that is down: it lies below those
// that are given out.
func TestADownProxysPortIsNotGivenAway(t *testing.T) {
	t.Parallel()
	b := open(t)
	proxies, err := b.Proxies(t.Context())
	must(t, err)
	for _, p := range proxies {
		_, port, err := net.SplitHostPort(p.Listen)
		must(t, err)
		if n, err := strconv.Atoi(port); err != nil || n < 20_000 || n >= 32_000 {
			t.Errorf("%s listens on %s", p.Name, p.Listen)
		}
	}
}
