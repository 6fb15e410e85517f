package chaos

import "sync"

// Roads is the table of the two roads to each broker: its own address, and its
// proxy's. The zero value is empty and ready; it is safe for concurrent use.
type Roads struct {
	mu      sync.RWMutex
	proxied map[string]string // by direct address
	direct  map[string]string // by proxied address
	brokers map[string]int32  // by either
}

// Add puts a broker on the map. A broker may have several direct addresses
// (one that is advertised, one to start from); each is added on its own. What
// an address led to before is replaced.
func (r *Roads) Add(broker int32, direct, proxied string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.proxied == nil {
		r.proxied = make(map[string]string)
		r.direct = make(map[string]string)
		r.brokers = make(map[string]int32)
	}
	r.proxied[direct], r.direct[proxied] = proxied, direct
	r.brokers[direct], r.brokers[proxied] = broker, broker
}

// Proxied is the address of the proxy in front of a broker's address; an
// address that is not on the map leads to itself.
func (r *Roads) Proxied(addr string) string { return r.other(addr, &r.proxied) }

// Direct is the broker's own address behind a proxy's; an address that is not
// on the map leads to itself.
func (r *Roads) Direct(addr string) string { return r.other(addr, &r.direct) }

func (r *Roads) other(addr string, table *map[string]string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if other, ok := (*table)[addr]; ok {
		return other
	}
	return addr
}

// Broker is whose address it is, on either road; NoBroker where it is nobody's.
func (r *Roads) Broker(addr string) int32 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if broker, ok := r.brokers[addr]; ok {
		return broker
	}
	return NoBroker
}
