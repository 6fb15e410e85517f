package chaos

import (
	"net"
	"testing"
)

// A port that somebody takes between our look and Toxiproxy's is given up for
// another one.
func TestAProxyWhosePortIsTakenListensElsewhere(t *testing.T) {
	r := newRig(t, 0)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	r.must(err)
	defer taken.Close()
	looks := 0
	r.proxies.listen = func() (net.Listener, error) {
		if looks++; looks == 1 {
			return gone{taken}, nil
		}
		return net.Listen("tcp", "127.0.0.1:0")
	}
	listen, err := r.proxies.Front(r.ctx, 1, r.upstream.Addr().String())
	r.must(err)
	if listen == taken.Addr().String() || looks != 2 {
		t.Errorf("listens on %s after %d looks", listen, looks)
	}
	looks = 0
	r.proxies.listen = func() (net.Listener, error) { looks++; return gone{taken}, nil }
	if _, err := r.proxies.Front(r.ctx, 2, r.upstream.Addr().String()); err == nil || looks != maxTries {
		t.Errorf("%v after %d looks", err, looks)
	}
}

// gone seems closed, and listens on.
type gone struct{ net.Listener }

func (gone) Close() error { return nil }
