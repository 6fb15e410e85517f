package chaos

import (
	"math"
	"time"
)

// A proxy ends a client's connection once it has delivered everything, in both
// directions, with one exception: a toxic on the answers that cuts. It ends the
// client's half, while a toxic on the requests may still hold one.

// longerThanAnybodyWaits is how long a toxic may hold what depends on how much
// there is of it.
func longerThanAnybodyWaits(map[string]int64) time.Duration { return math.MaxInt64 }

// afterCut is how long after a toxic that cuts was last seen connections may
// have been ended by it: more than the time between two looks.
const afterCut = 2 * lookTimeout

// noteCuts remembers where toxics cut.
func (p *Proxies) noteCuts(states map[string]State) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, state := range states {
		for _, toxic := range state.Toxics {
			if kind, ok := KindOf(toxic.Kind); ok && kind.cuts && toxic.Stream == Downstream {
				p.cut[state.Broker] = time.Now()
			}
		}
	}
}

// Lingers says whether a broker's proxy on a shared server may still deliver
// requests of a connection that it ended towards its client at some time.
func (p *Proxies) Lingers(broker int32, ended time.Time) bool {
	p.mu.Lock()
	cut := p.cut[broker]
	p.mu.Unlock()
	if cut.IsZero() || ended.Sub(cut) > afterCut {
		return false
	}
	p.watch.mu.Lock()
	defer p.watch.mu.Unlock()
	var holds time.Duration
	for _, toxic := range p.watch.last[proxyName(broker)].Toxics {
		kind, ok := KindOf(toxic.Kind)
		if !ok || kind.holds == nil || toxic.Stream != Upstream {
			continue
		}
		if holds += kind.holds(toxic.Attributes); holds < 0 {
			holds = math.MaxInt64
		}
	}
	return time.Since(ended) < holds
}
