package cluster

import (
	"fmt"
	"math/rand/v2"
	"net"
	"sync"

	"atelier/assets/words"
)

// The ports of brokers and of their proxies lie below those that systems give to
// who connects (Linux from 32768, Windows and macOS from 49152), so that no
// connection takes the port of one that is stopped; and below those that the
// course gives to Kafka in Docker (29092) and to a proxy (29093).
const (
	firstPort, lastPort = 20_000, 29_000
	stretchLength       = 500
)

// given are the ports of this process.
var given = ports{first: firstPort, last: lastPort}

// Listen listens on a port of 127.0.0.1 that stays free while nobody listens on
// it. The caller closes the listener.
func Listen() (net.Listener, error) { return given.listen() }

// ports gives each port in its turn, so that one which nobody listens on just
// now, as its broker is stopped or its proxy down, is the last to be given
// again. They come from stretches that no other atelier on this machine gives
// from. It is safe for concurrent use.
type ports struct {
	first, last int // it ends before the last

	mu        sync.Mutex
	stretches []*stretch
}

func (p *ports) listen() (net.Listener, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		for _, s := range p.stretches {
			if l := s.listen(); l != nil {
				return l, nil
			}
		}
		if !p.claim() {
			return nil, words.Errorf(
				"no free port between %d and %d on this machine", "pas de port libre entre %d et %d sur cette machine", p.first, p.last)
		}
	}
}

// claim takes one more stretch: one that no other atelier has, if there is one.
func (p *ports) claim() bool {
	starts := p.unclaimed()
	for _, first := range starts {
		if l, err := listenOn(first); err == nil {
			p.stretches = append(p.stretches, &stretch{mark: l, first: first})
			return true
		}
	}
	if len(starts) > 0 {
		p.stretches = append(p.stretches, &stretch{first: starts[0]})
	}
	return len(starts) > 0
}

// unclaimed are the first ports of the stretches that this process does not give
// from, in any order.
func (p *ports) unclaimed() []int {
	var starts []int
	for _, i := range rand.Perm((p.last - p.first) / stretchLength) {
		first := p.first + i*stretchLength
		ours := false
		for _, s := range p.stretches {
			ours = ours || s.first == first
		}
		if !ours {
			starts = append(starts, first)
		}
	}
	return starts
}

// stretch is a row of ports. Whoever listens on its first one gives the others.
type stretch struct {
	mark  net.Listener // until the process ends; nil: another atelier has it, too
	first int
	last  int // how far behind the first the one is that was given last
}

// listen returns nil where each port is taken.
func (s *stretch) listen() net.Listener {
	for range stretchLength - 1 {
		s.last = s.last%(stretchLength-1) + 1
		if l, err := listenOn(s.first + s.last); err == nil {
			return l
		}
	}
	return nil
}

func listenOn(port int) (net.Listener, error) {
	return net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
}
