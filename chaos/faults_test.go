package chaos

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestLatencyIsLateInItsDirection(t *testing.T) {
	for _, stream := range bothWays() {
		t.Run(stream, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(Toxic{Kind: "latency", Stream: stream, Attributes: numbers("latency", 150)})
			c := r.dial()
			start := time.Now()
			r.say(c, "a")
			r.hears("a")
			heard := time.Since(start)
			r.reads(c, "re:a\n")
			if all := time.Since(start); all < 150*time.Millisecond {
				t.Errorf("answered after %v", all)
			}
			if stream == Upstream && heard < 150*time.Millisecond {
				t.Errorf("a request with latency upstream was heard after %v", heard)
			}
		})
	}
}

func TestTimeoutSwallowsAndCuts(t *testing.T) {
	t.Run("downstream loses the answer", func(t *testing.T) {
		r := newRig(t, 1)
		r.add(Toxic{Kind: "timeout", Attributes: numbers("timeout", 50)})
		c := r.dial()
		r.say(c, "a")
		r.hears("a")
		if got := r.ends(c); got != "" {
			t.Errorf("read %q", got)
		}
	})
	t.Run("upstream loses the request", func(t *testing.T) {
		r := newRig(t, 1)
		r.add(Toxic{Kind: "timeout", Stream: Upstream, Attributes: numbers("timeout", 50)})
		c := r.dial()
		r.say(c, "a")
		if got := r.ends(c); got != "" {
			t.Errorf("read %q", got)
		}
		if len(r.upstream.heard) > 0 {
			t.Errorf("the upstream heard %q", <-r.upstream.heard)
		}
	})
	t.Run("its removal cuts what hangs on it", func(t *testing.T) {
		r := newRig(t, 1)
		r.add(Toxic{Kind: "timeout", Attributes: numbers("timeout", 0)})
		c := r.dial()
		r.say(c, "a")
		r.hears("a")
		r.must(r.proxies.Clear(r.ctx, Which{}))
		if got := r.ends(c); got != "" {
			t.Errorf("read %q", got)
		}
	})
}

func TestBandwidthIsNoFasterThanItsRate(t *testing.T) {
	for _, stream := range bothWays() {
		t.Run(stream, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(Toxic{Kind: "bandwidth", Stream: stream, Attributes: numbers("rate", 10)})
			c := r.dial()
			line := strings.Repeat("x", 2000)
			start := time.Now()
			r.say(c, line)
			r.reads(c, "re:"+line+"\n")
			if took := time.Since(start); took < 190*time.Millisecond {
				t.Errorf("2 KB at 10 KB/s took %v", took)
			}
		})
	}
}

func TestSlowCloseDelaysTheEnd(t *testing.T) {
	r := newRig(t, 1)
	r.add(Toxic{Kind: "slow_close", Attributes: numbers("delay", 150)})
	c := r.dial()
	r.say(c, "a")
	r.reads(c, "re:a\n")
	r.hears("a")
	start := time.Now()
	r.upstream.mu.Lock()
	r.upstream.conns[0].Close()
	r.upstream.mu.Unlock()
	r.ends(c)
	if took := time.Since(start); took < 150*time.Millisecond {
		t.Errorf("the end came after %v", took)
	}
}

func TestResetPeerCuts(t *testing.T) {
	for _, stream := range bothWays() {
		t.Run(stream, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(Toxic{Kind: "reset_peer", Stream: stream})
			c := r.dial()
			r.say(c, "a")
			_, err := c.Read(make([]byte, 10))
			if !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("a new connection ended with %v, want a reset", err)
			}
			if stream == Downstream {
				r.hears("a")
			} else if len(r.upstream.heard) > 0 {
				t.Error("the request was not dropped")
			}
		})
	}
}

func TestSlicerCutsSmall(t *testing.T) {
	for _, stream := range bothWays() {
		t.Run(stream, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(Toxic{Kind: "slicer", Stream: stream, Attributes: numbers("average_size", 10, "size_variation", 5, "delay", 1000)})
			c := r.dial()
			line := strings.Repeat("x", 500)
			start := time.Now()
			r.say(c, line)
			r.reads(c, "re:"+line+"\n")
			if took := time.Since(start); took < 25*time.Millisecond {
				t.Errorf("500 B in slices of 10, 1 ms apart, took %v", took)
			}
		})
	}
}

func TestLimitDataCutsAfterItsBytes(t *testing.T) {
	t.Run(Downstream, func(t *testing.T) {
		r := newRig(t, 1)
		r.add(Toxic{Kind: "limit_data", Attributes: numbers("bytes", 4)})
		c := r.dial()
		r.say(c, "a")
		if got := r.ends(c); got != "re:a" {
			t.Errorf("read %q", got)
		}
	})
	t.Run(Upstream, func(t *testing.T) {
		r := newRig(t, 1)
		r.add(Toxic{Kind: "limit_data", Stream: Upstream, Attributes: numbers("bytes", 2)})
		c := r.dial()
		r.say(c, "a")
		r.hears("a")
		r.ends(c)
	})
}

func TestDownRefusesAndCutsUpAnswersAgain(t *testing.T) {
	r := newRig(t, 2)
	c := r.dial()
	r.say(c, "a")
	r.reads(c, "re:a\n")
	r.must(r.proxies.Down(r.ctx, Broker(1)))
	r.ends(c)
	if _, err := r.dialer.Dial("tcp", r.direct(1)); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial of a proxy that is down: %v", err)
	}
	states, err := r.proxies.List(r.ctx)
	r.must(err)
	if states[0].Up || !states[1].Up {
		t.Errorf("states %+v", states)
	}
	r.must(r.proxies.Up(r.ctx, On{}))
	again := r.dial()
	r.say(again, "b")
	r.reads(again, "re:b\n")
}

func TestToxicHitsOneBrokerAlone(t *testing.T) {
	r := newRig(t, 2)
	r.add(Toxic{On: Broker(1), Kind: "timeout", Attributes: numbers("timeout", 0)})
	c, err := r.dialer.Dial("tcp", r.direct(2))
	r.must(err)
	r.say(c, "a")
	r.reads(c, "re:a\n")
	if !errors.Is(c.Close(), nil) || !errors.Is(c.Close(), net.ErrClosed) {
		t.Error("a second Close must fail with net.ErrClosed")
	}
}
