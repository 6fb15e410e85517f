package chaos

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

func TestRemovalWithHeldAnswersAfterTheClientClosedIsQuick(t *testing.T) {
	for _, who := range []string{"our dialer", "a stranger"} {
		t.Run(who, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(Toxic{Kind: "latency", Attributes: numbers("latency", hour)})
			c := r.stranger()
			if who == "our dialer" {
				c = r.dial()
			}
			for range 10 { // one after the other, so that each answer is held as a piece of its own
				r.say(c, "a")
				r.hears("a")
			}
			r.must(c.Close())
			start := time.Now()
			r.must(r.proxies.Clear(r.ctx, Which{}))
			// Toxiproxy alone needs 5 s for each answer from the third on.
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("the removal took %v", took)
			}
		})
	}
}

func TestHeldRequestIsDeliveredAfterTheClientClosed(t *testing.T) {
	r := newRig(t, 1)
	r.add(Toxic{Kind: "latency", Stream: Upstream, Attributes: numbers("latency", 100)})
	c := r.dial()
	r.say(c, "late")
	r.must(c.Close())
	r.hears("late")
}

func TestClosedConnFailsAtOnceForItsUser(t *testing.T) {
	r := newRig(t, 1)
	r.add(Toxic{Kind: "timeout", Attributes: numbers("timeout", 0)})
	for _, how := range []struct {
		name  string
		close func(net.Conn)
	}{
		{"Close", func(c net.Conn) { r.must(c.Close()) }},
		{"Sever", func(net.Conn) { r.dialer.Sever() }},
	} {
		c := r.dial()
		r.say(c, "a")
		r.hears("a")
		read := make(chan error, 1)
		go func() { _, err := c.Read(make([]byte, 1)); read <- err }()
		how.close(c)
		select {
		case err := <-read:
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s: a read under way ended with %v", how.name, err)
			}
		case <-r.ctx.Done():
			t.Fatalf("%s: a read under way goes on", how.name)
		}
		_, reading := c.Read(make([]byte, 1))
		_, writing := c.Write([]byte("x"))
		for what, err := range map[string]error{
			"read": reading, "write": writing, "close": c.Close(), "deadline": c.SetDeadline(time.Now()),
		} {
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s: %s after it: %v", how.name, what, err)
			}
		}
	}
	if _, err := r.dialer.Dial("tcp", r.direct(1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a dial after Sever: %v", err)
	}
}

func TestDeadlinesHold(t *testing.T) {
	r := newRig(t, 1)
	c := r.dial()
	r.must(c.SetReadDeadline(time.Now()))
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
	r.must(c.SetReadDeadline(time.Time{}))
	r.say(c, "a")
	r.reads(c, "re:a\n")
}

func TestDialerCloseEndsDrains(t *testing.T) {
	r := newRig(t, 1)
	r.add(Toxic{Kind: "latency", Attributes: numbers("latency", hour)})
	c := r.dial()
	r.say(c, "a")
	r.hears("a")
	r.must(c.Close())
	closed := make(chan struct{})
	go func() { r.dialer.Close(); close(closed) }()
	select {
	case <-closed:
	case <-r.ctx.Done():
		t.Fatal("Close waits for a drain that has no end")
	}
}

func TestRoads(t *testing.T) {
	var r Roads
	r.Add(1, "a:1", "p:1")
	r.Add(2, "b:1", "p:2")
	r.Add(2, "alias:1", "p:2")
	for _, test := range []struct{ got, want any }{
		{r.Proxied("a:1"), "p:1"},
		{r.Proxied("alias:1"), "p:2"},
		{r.Proxied("elsewhere:1"), "elsewhere:1"},
		{r.Direct("p:1"), "a:1"},
		{r.Direct("a:1"), "a:1"},
		{r.Broker("p:2"), int32(2)},
		{r.Broker("a:1"), int32(1)},
		{r.Broker("elsewhere:1"), NoBroker},
	} {
		if test.got != test.want {
			t.Errorf("got %v, want %v", test.got, test.want)
		}
	}
}
