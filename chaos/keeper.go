package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// keeper knows each link (one direction of one connection) of the embedded
// Toxiproxy, from its first to its last goroutine, and empties links whose
// reader is gone. Without it Toxiproxy 2.12 hangs and leaks:
//
//   - once a link's writer has ended (the client closed while answers were
//     held), RemoveToxic waits 5 s for each further piece, with the proxy's
//     toxics locked, and each stub still holding a piece blocks for ever;
//   - once limit_data, timeout or reset_peer has closed a link in its middle,
//     whatever arrives before it blocks for ever;
//   - the place of a toxic in such a link stays when the toxic is removed, and a
//     later toxic comes to a place that isn't its own, or panics.
//
// It hears of a link's beginning and end through Toxiproxy's own log, which is
// written synchronously by the goroutine that it tells of.
type keeper struct {
	proxies func() map[string]*toxiproxy.Proxy // those that the server has now

	mu     sync.Mutex
	known  map[*toxiproxy.Proxy]*chain
	links  map[string]*kept // by the link's address, as the log has it
	begun  int              // links that began
	over   int              // links whose last goroutine ended
	change chan struct{}    // closed and replaced at each change of the above
	closed bool

	wake     chan struct{} // 1 deep: a link began
	stop     chan struct{}
	wait     sync.WaitGroup // the goroutines of the keeper, but for those of sever
	severing sync.WaitGroup
}

func newKeeper(proxies func() map[string]*toxiproxy.Proxy) *keeper {
	k := &keeper{
		proxies: proxies,
		known:   make(map[*toxiproxy.Proxy]*chain),
		links:   make(map[string]*kept),
		change:  make(chan struct{}),
		wake:    make(chan struct{}, 1),
		stop:    make(chan struct{}),
	}
	k.wait.Add(1)
	go func() {
		defer k.wait.Done()
		for {
			select {
			case <-k.wake:
				k.look()
			case <-k.stop:
				return
			}
		}
	}()
	return k
}

// The lines of Toxiproxy's log that the keeper reads.
var (
	lineBegun   = []byte(`"message":"Setup connection"`)
	lineEnded   = []byte(`"message":"Remove link `)
	lineRemoved = []byte(`"message":"RemoveConnection `)
)

// Write reads one line of Toxiproxy's log; the keeper is its destination.
func (k *keeper) Write(line []byte) (int, error) {
	switch {
	case bytes.Contains(line, lineBegun):
		k.mu.Lock()
		k.begun++
		k.changed()
		k.mu.Unlock()
		select {
		case k.wake <- struct{}{}:
		default:
		}
	case bytes.Contains(line, lineEnded):
		if l := k.find(address(line)); l != nil {
			close(l.ended)
		}
	case bytes.Contains(line, lineRemoved):
		k.mu.Lock()
		l := k.links[address(line)]
		k.mu.Unlock()
		if l != nil {
			close(l.removed)
		}
	}
	return len(line), nil
}

func address(line []byte) string {
	var said struct {
		Address string `json:"link_addr"`
	}
	_ = json.Unmarshal(line, &said) // without an address no link is found
	return said.Address
}

// find returns a link that is still in its collection.
func (k *keeper) find(address string) *kept {
	for range 2 {
		k.mu.Lock()
		l := k.links[address]
		k.mu.Unlock()
		if l != nil {
			return l
		}
		k.look() // it ended faster than the keeper heard that it had begun
	}
	return nil
}

// look takes up the links that it does not know yet.
func (k *keeper) look() {
	for _, p := range k.all() {
		p.Toxics.Lock()
		for name, link := range linksOf(p.Toxics) {
			k.keep(name, link)
		}
		p.Toxics.Unlock()
	}
}

// forget drops the proxies that are gone and whose links are over.
func (k *keeper) forget() {
	now := k.proxies()
	for _, p := range k.all() {
		if now[p.Name] == p {
			continue
		}
		p.Toxics.Lock()
		over := len(linksOf(p.Toxics)) == 0
		p.Toxics.Unlock()
		if over {
			k.mu.Lock()
			delete(k.known, p)
			k.mu.Unlock()
		}
	}
}

// all returns every proxy that there is or was.
func (k *keeper) all() []*toxiproxy.Proxy {
	var all []*toxiproxy.Proxy
	for _, c := range k.chains() {
		all = append(all, c.proxy)
	}
	return all
}

// chains returns their toxics.
func (k *keeper) chains() []*chain {
	now := k.proxies()
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range now {
		if k.known[p] == nil {
			k.known[p] = &chain{proxy: p}
		}
	}
	return slices.Collect(maps.Values(k.known))
}

func (k *keeper) keep(name string, link *toxiproxy.ToxicLink) {
	k.mu.Lock()
	defer k.mu.Unlock()
	address := fmt.Sprintf("%p", link)
	if k.links[address] != nil || k.closed {
		return
	}
	l := &kept{name: name, link: link, ended: make(chan struct{}), removed: make(chan struct{})}
	k.links[address] = l
	k.wait.Add(1)
	go func() {
		defer k.wait.Done()
		l.empty(k.stop)
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.links, address)
		k.over++
		k.changed()
	}()
}

// carries says whether a link of some name, of any proxy, has not ended.
func (k *keeper) carries(name string) bool {
	for _, p := range k.all() {
		p.Toxics.Lock()
		_, carries := linksOf(p.Toxics)[name]
		p.Toxics.Unlock()
		if carries {
			return true
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range k.links {
		if l.name == name && !l.hasEnded() { // a link that Toxiproxy was made to forget
			return true
		}
	}
	return false
}

// sever ends the toxics of every link, each as soon as it lets itself be
// interrupted; what they hold moves on. It does not wait. Proxies must be
// stopped and nobody may add or remove toxics any more.
//
// RemoveToxic would not do: once a toxic has closed a link in its middle,
// Toxiproxy loses count of the stubs there and interrupts the wrong ones.
func (k *keeper) sever() {
	k.look()
	stubs := make(map[*toxiproxy.ToxicLink][]*toxics.ToxicStub)
	for _, p := range k.all() {
		p.Toxics.Lock()
		for _, link := range linksOf(p.Toxics) {
			stubs[link] = slices.Clone(stubsOf(link))
		}
		p.Toxics.Unlock()
	}
	k.mu.Lock()
	for _, l := range k.links {
		if _, inside := stubs[l.link]; !inside { // and it never will be again
			stubs[l.link] = slices.Clone(stubsOf(l.link))
		}
	}
	k.mu.Unlock()
	for _, along := range stubs {
		for _, stub := range along {
			k.severing.Go(func() {
				if stub.InterruptToxic() {
					stub.Close()
				}
			})
		}
	}
}

// live says how many links there are, and returns a channel that is closed
// when that changes.
func (k *keeper) live() (int, <-chan struct{}) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.begun - k.over, k.change
}

// changed tells those who wait. The keeper must be locked.
func (k *keeper) changed() {
	close(k.change)
	k.change = make(chan struct{})
}

// close ends the keeper's goroutines and waits for them; for those of sever
// only where every link is over, as a toxic that sleeps cannot be hurried.
func (k *keeper) close(over bool) {
	if over {
		k.severing.Wait()
	}
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
	close(k.stop)
	k.wait.Wait()
}
