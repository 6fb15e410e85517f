package chaos

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// underAll are toxics of every kind, with values that hold for long. reset_peer
// cannot be interrupted once it has seen data, so it waits for nothing here.
var underAll = []Toxic{
	{Kind: "latency", Attributes: numbers("latency", hour, "jitter", 10)},
	{Kind: "timeout", Attributes: numbers("timeout", 0)},
	{Kind: "timeout", Attributes: numbers("timeout", hour), Name: "later"},
	{Kind: "bandwidth", Attributes: numbers("rate", 1)},
	{Kind: "slow_close", Attributes: numbers("delay", hour)},
	{Kind: "reset_peer", Attributes: numbers("timeout", 50)},
	{Kind: "slicer", Attributes: numbers("average_size", 1, "delay", 1000*1000)},
	{Kind: "limit_data", Attributes: numbers("bytes", 5)},
}

// closeUnder holds connections of every sort open and closes the server.
func (r *rig) closeUnder(perSort int) time.Duration {
	r.Helper()
	var writers sync.WaitGroup
	defer writers.Wait()
	load := func(c net.Conn, line string, n int) {
		writers.Go(func() {
			for range n {
				if _, err := io.WriteString(c, line+"\n"); err != nil {
					return
				}
			}
		})
	}
	for i := range perSort {
		one := r.dial() // one request whose answer is awaited
		load(one, "a", 1)
		many := r.dial() // many requests, closed while under way
		load(many, strings.Repeat("x", 1000), 100)
		half := r.stranger() // gone, hard
		load(half, strings.Repeat("y", 1000), 100)
		never := r.stranger() // reads nothing of an endless answer
		load(never, "flood", 1)
		_ = r.dial() // idle
		if i%2 == 0 {
			many.Close()
			_ = half.(*net.TCPConn).SetLinger(0)
			half.Close()
		}
	}
	start := time.Now()
	if err := r.server.Close(); err != nil {
		r.Error(err)
	}
	took := time.Since(start)
	r.dialer.Close()
	r.upstream.close()
	return took
}

func TestCloseUnderEachToxicLeavesNothing(t *testing.T) {
	for _, toxic := range append([]Toxic{{}}, underAll...) {
		for _, stream := range bothWays() {
			t.Run(fmt.Sprintf("%s%s %s", toxic.Kind, toxic.Name, stream), func(t *testing.T) {
				r := newRig(t, 1)
				if toxic.Kind != "" {
					toxic := toxic
					toxic.Stream = stream
					r.add(toxic)
				}
				if took := r.closeUnder(4); took > guardTime/2 {
					t.Errorf("Close took %v", took)
				}
			})
		}
	}
}

func TestCloseUnderAllToxicsAtOnceLeavesNothing(t *testing.T) {
	r := newRig(t, 1)
	for i, toxic := range underAll {
		for _, stream := range bothWays() {
			if toxic.Kind == "limit_data" || toxic.Kind == "reset_peer" {
				toxic.Toxicity = .5
			}
			toxic.Name, toxic.Stream = fmt.Sprint("t", i, stream), stream
			r.add(toxic)
		}
	}
	took := r.closeUnder(20)
	t.Logf("Close under %d toxics with 100 connections took %v", 2*len(underAll), took)
	if took > guardTime/2 {
		t.Errorf("Close took %v", took)
	}
}

func TestPipelinedAnswersBehindACutLeaveNothing(t *testing.T) {
	for _, toxic := range []Toxic{
		{Kind: "limit_data", Attributes: numbers("bytes", 3)},
		{Kind: "timeout", Attributes: numbers("timeout", 1)},
		{Kind: "reset_peer", Attributes: numbers("timeout", 1)},
	} {
		t.Run(toxic.Kind, func(t *testing.T) {
			r := newRig(t, 1)
			r.add(toxic)
			for range 20 {
				c := r.stranger()
				_, _ = io.WriteString(c, strings.Repeat("flood\n", 10)) // may be cut at once
				_, _ = io.Copy(io.Discard, c)
			}
			if live := r.settled(); live != 0 {
				t.Errorf("%d links are left of connections that ended", live)
			}
		})
	}
}

// settled waits until no link is live, and returns how many are in the end.
func (r *rig) settled() int {
	for {
		live, changed := r.server.keep.live()
		if live == 0 {
			return 0
		}
		select {
		case <-changed:
		case <-r.ctx.Done():
			return live
		}
	}
}

func TestCloseTwiceAndWithoutAnything(t *testing.T) {
	r := newRig(t, 0)
	r.must(r.server.Close())
	r.must(r.server.Close())
	if _, err := r.proxies.List(r.ctx); err == nil {
		t.Error("a closed server answers")
	}
}

func TestCloseDoesNotWaitForAResetThatSleeps(t *testing.T) {
	closing = usually
	defer func() { closing = guardTime / 4 }()
	r := newRig(t, 1)
	r.sleeps = true
	r.add(Toxic{Kind: "reset_peer", Attributes: numbers("timeout", 4000)})
	r.add(Toxic{Kind: "latency", Attributes: numbers("latency", hour)})
	c := r.dial()
	r.say(c, "a")
	r.hears("a")
	for live := 0; live < 2; { // both halves of the connection are known
		var changed <-chan struct{}
		if live, changed = r.server.keep.live(); live < 2 {
			<-changed
		}
	}
	start := time.Now()
	if err := r.server.Close(); err == nil {
		t.Log("the answer had not reached the toxic yet")
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("Close took %v", took)
	}
}

func TestCloseDuringRequests(t *testing.T) {
	r := newRig(t, 3)
	var asking sync.WaitGroup
	for i := range 8 {
		asking.Go(func() {
			for n := range 50 {
				name := fmt.Sprint(i, "-", n)
				if r.proxies.Add(r.ctx, Toxic{Name: name, Kind: "latency", Attributes: numbers("latency", hour)}) != nil {
					return
				}
				if r.proxies.Clear(r.ctx, Which{Name: name}) != nil {
					return
				}
			}
		})
	}
	for range 30 { // some are under way
		<-r.told
	}
	start := time.Now()
	r.must(r.server.Close())
	if took := time.Since(start); took > guardTime/2 {
		t.Errorf("Close took %v", took)
	}
	asking.Wait()
}
