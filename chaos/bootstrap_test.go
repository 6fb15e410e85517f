package chaos

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What starts at a group's address meets its toxics once.
func TestGroupListens(t *testing.T) {
	r := newRig(t, 2)
	listen := r.shown("kafka").Listen
	dial := func() net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", listen)
		r.must(err)
		r.must(c.SetDeadline(time.Now().Add(guardTime)))
		t.Cleanup(func() { c.Close() })
		return c
	}
	c := dial()
	r.say(c, "a")
	r.reads(c, "re:a\n")
	// Once: five bytes of an answer pass, and not six.
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", `{"type":"limit_data","attributes":{"bytes":5}}`)
	c = dial()
	r.say(c, "abcdef")
	if got := r.ends(c); got != "re:ab" {
		t.Errorf("read %q", got)
	}
	r.must(r.proxies.Clear(r.ctx, Which{}))
	// A reset is a reset.
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", `{"type":"reset_peer","attributes":{"timeout":0}}`)
	c = dial()
	_, _ = io.WriteString(c, "a\n")
	if _, err := io.ReadAll(c); !isReset(err) {
		t.Errorf("read until %v", err)
	}
	r.must(r.proxies.Clear(r.ctx, Which{}))
	// The first broker's proxy is down: the next one's.
	r.must(r.proxies.Down(r.ctx, Broker(1)))
	c = dial()
	r.say(c, "b")
	r.reads(c, "re:b\n")
	// All are down: connections end.
	r.must(r.proxies.Down(r.ctx, On{}))
	if got := r.ends(c) + r.ends(dial()); got != "" {
		t.Errorf("read %q", got)
	}
	r.must(r.proxies.Up(r.ctx, On{}))
	// Somewhere else, and where that can't be, where it was.
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	r.must(err)
	defer taken.Close()
	r.ask(http.StatusInternalServerError, "POST", "/proxies/kafka", `{"listen":"`+taken.Addr().String()+`"}`)
	c = dial()
	r.say(c, "c")
	r.reads(c, "re:c\n")
	r.ask(http.StatusOK, "POST", "/proxies/kafka", `{"listen":"0.0.0.0:0"}`)
	if now := r.shown("kafka").Listen; now == listen || !strings.HasPrefix(now, "127.0.0.1:") {
		t.Errorf("listens on %s, was on %s", now, listen)
	}
	if got := r.ends(c); got != "" {
		t.Errorf("read %q", got)
	}
	listen = r.shown("kafka").Listen
	c = dial()
	r.ask(http.StatusNoContent, "DELETE", "/proxies/kafka", "")
	_ = r.ends(c)
	if _, err := net.Dial("tcp", listen); err == nil {
		t.Error("a group that is gone listens")
	}
}

// A client that leaves does not take the answers that are held from their
// reader: removing the toxic would hang.
func TestLeavingAGroupsListenerIsPolite(t *testing.T) {
	r := newRig(t, 1)
	r.ask(http.StatusOK, "POST", "/proxies/kafka/toxics", fmt.Sprintf(`{"type":"latency","attributes":{"latency":%d}}`, hour))
	for _, hard := range []bool{false, true} {
		c, err := net.Dial("tcp", r.shown("kafka").Listen)
		r.must(err)
		for range 50 {
			r.say(c, "a")
			r.hears("a")
		}
		if hard {
			r.must(c.(*net.TCPConn).SetLinger(0))
		}
		r.must(c.Close())
	}
	r.ask(http.StatusNoContent, "DELETE", "/proxies/kafka/toxics/latency_downstream", "") // within the rig's time
}

func TestOnLoopback(t *testing.T) {
	for listen, want := range map[string]string{
		"": "127.0.0.1:0", "0.0.0.0:29093": "127.0.0.1:29093", ":29093": "127.0.0.1:29093", "[::]:1": "127.0.0.1:1",
		"127.0.0.1:1": "127.0.0.1:1", "192.0.2.1:1": "192.0.2.1:1", "localhost:1": "localhost:1", "nonsense": "nonsense",
	} {
		if got := onLoopback(listen); got != want {
			t.Errorf("%s is %s, want %s", listen, got, want)
		}
	}
}
