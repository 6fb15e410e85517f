package chaos

import (
	"context"
	"maps"
	"slices"
	"sync"

	"atelier/assets/words"

	"github.com/Shopify/toxiproxy/v2/client"
)

// anyPort is where a proxy listens: Toxiproxy answers with what it got.
const anyPort = "127.0.0.1:0"

// Proxies drives a Toxiproxy, embedded or not, through its HTTP API: one proxy
// a broker, the toxics on them, and their state. It is safe for concurrent use.
// Its owner calls Remove and, once an embedded server is closed, Close. All its
// errors are for the learner.
type Proxies struct {
	client *toxiproxy.Client
	calls  sync.WaitGroup // requests that their callers may have left

	mu      sync.Mutex
	brokers map[int32]place // those that Create made, with their listen addresses
}

// place is where a proxy listens, and what it stands before.
type place struct{ listen, upstream string }

// Open reaches the Toxiproxy whose API is at the URL, and asks for its version
// to see that it is one.
func Open(ctx context.Context, url string) (*Proxies, error) {
	p := &Proxies{client: toxiproxy.NewClient(url), brokers: make(map[int32]place)}
	p.client.UserAgent = "atelier"
	_, err := call(ctx, &p.calls, func() ([]byte, error) { return p.client.Version() })
	if err != nil {
		return nil, words.Errorf(
			"no Toxiproxy answers at %s: %v",
			"aucun Toxiproxy ne répond à %s : %v", url, err)
	}
	return p, nil
}

// Create puts a proxy in front of a broker and returns the address where it
// listens. The proxy is called broker-<id>; one of that name that is left from
// another run is replaced.
func (p *Proxies) Create(ctx context.Context, broker int32, upstream string) (string, error) {
	name := proxyName(broker)
	create := func() (*toxiproxy.Proxy, error) { return p.client.CreateProxy(name, anyPort, upstream) }
	proxy, err := call(ctx, &p.calls, create)
	if isConflict(err) {
		if _, err := call(ctx, &p.calls, func() (any, error) { return nil, p.delete(name) }); err != nil {
			return "", createError(broker, err)
		}
		proxy, err = call(ctx, &p.calls, create)
	}
	if err != nil {
		return "", createError(broker, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.brokers[broker] = place{proxy.Listen, upstream}
	return proxy.Listen, nil
}

// Repair puts each of our proxies back where somebody moved or deleted it: in
// front of its broker, at the address that it always had.
func (p *Proxies) Repair(ctx context.Context) error {
	for _, id := range p.own() {
		p.mu.Lock()
		at := p.brokers[id]
		p.mu.Unlock()
		_, err := call(ctx, &p.calls, func() (any, error) {
			name := proxyName(id)
			proxy, err := p.client.Proxy(name)
			if isUnknown(err) {
				return p.client.CreateProxy(name, at.listen, at.upstream)
			}
			if err != nil || proxy.Listen == at.listen && proxy.Upstream == at.upstream {
				return nil, err
			}
			proxy.Listen, proxy.Upstream = at.listen, at.upstream
			return nil, proxy.Save()
		})
		if err != nil {
			return createError(id, err)
		}
	}
	return nil
}

// Move leads the proxy of a broker to another upstream. It goes on listening
// where it did, with its toxics; what passes through it is cut.
func (p *Proxies) Move(ctx context.Context, broker int32, upstream string) error {
	_, err := call(ctx, &p.calls, func() (any, error) {
		proxy, err := p.client.Proxy(proxyName(broker))
		if err != nil || proxy.Upstream == upstream {
			return nil, err
		}
		proxy.Upstream = upstream
		return nil, proxy.Save()
	})
	if err != nil {
		return words.Errorf(
			"the proxy of broker %d cannot be led to %s: %v",
			"le proxy du broker %d ne peut pas être dirigé vers %s : %v", broker, upstream, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.brokers[broker] = place{p.brokers[broker].listen, upstream}
	return nil
}

// Listens is where the proxy of a broker listens; false where it has none.
func (p *Proxies) Listens(broker int32) (address string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.brokers[broker]
	return at.listen, ok
}

func createError(broker int32, err error) error {
	return words.Errorf(
		"the proxy of broker %d cannot be created: %v",
		"le proxy du broker %d ne peut pas être créé : %v", broker, err)
}

// Down switches the proxy of a broker off, or each for broker 0: connections
// are cut, new ones refused. Up switches it on again at the same address, with
// the toxics that it had.
func (p *Proxies) Down(ctx context.Context, broker int32) error { return p.turn(ctx, broker, false) }

// Up undoes Down.
func (p *Proxies) Up(ctx context.Context, broker int32) error { return p.turn(ctx, broker, true) }

func (p *Proxies) turn(ctx context.Context, broker int32, up bool) error {
	brokers, err := p.chosen(broker)
	if err != nil {
		return err
	}
	for _, id := range brokers {
		_, err := call(ctx, &p.calls, func() (any, error) {
			proxy, err := p.client.Proxy(proxyName(id))
			if err != nil || proxy.Enabled == up {
				return nil, err
			}
			proxy.Enabled = up
			return nil, proxy.Save()
		})
		if err != nil {
			return words.Errorf(
				"the proxy of broker %d cannot be switched: %v",
				"le proxy du broker %d ne peut pas être commuté : %v", id, err)
		}
	}
	return nil
}

// List returns the state of our proxies, in the order of the brokers.
func (p *Proxies) List(ctx context.Context) ([]State, error) {
	all, err := call(ctx, &p.calls, p.client.Proxies)
	if err != nil {
		return nil, words.Errorf(
			"Toxiproxy does not tell its proxies: %v",
			"Toxiproxy ne donne pas ses proxys : %v", err)
	}
	var states []State
	for _, id := range p.own() {
		if proxy, ok := all[proxyName(id)]; ok {
			states = append(states, stateFrom(id, proxy))
		}
	}
	return states, nil
}

// Remove deletes our proxies. It goes on where one cannot be deleted, and
// returns the first error; one that is gone already is none.
func (p *Proxies) Remove(ctx context.Context) error {
	var first error
	for _, id := range p.own() {
		_, err := call(ctx, &p.calls, func() (any, error) { return nil, p.delete(proxyName(id)) })
		if err != nil && !isUnknown(err) {
			if first == nil {
				first = words.Errorf(
					"the proxy of broker %d cannot be removed: %v",
					"le proxy du broker %d ne peut pas être retiré : %v", id, err)
			}
			continue
		}
		p.mu.Lock()
		delete(p.brokers, id)
		p.mu.Unlock()
	}
	return first
}

// Close waits for requests that were left when their context ended. A server
// that is closed ends them at once, another within 30 s.
func (p *Proxies) Close() { p.calls.Wait() }

func (p *Proxies) delete(name string) error {
	proxy, err := p.client.Proxy(name)
	if err != nil {
		return err
	}
	return proxy.Delete()
}

// own lists the brokers that have a proxy of ours, in order.
func (p *Proxies) own() []int32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.brokers))
}

// chosen is one broker, or all for 0.
func (p *Proxies) chosen(broker int32) ([]int32, error) {
	own := p.own()
	if broker == 0 && len(own) > 0 {
		return own, nil
	}
	if !slices.Contains(own, broker) {
		return nil, words.Errorf(
			"there is no proxy for broker %d; choose 1 to %d",
			"il n'y a pas de proxy pour le broker %d ; choisissez de 1 à %d", broker, len(own))
	}
	return []int32{broker}, nil
}

func stateFrom(broker int32, proxy *toxiproxy.Proxy) State {
	s := State{Broker: broker, Name: proxy.Name, Listen: proxy.Listen, Upstream: proxy.Upstream, Up: proxy.Enabled}
	for _, t := range proxy.ActiveToxics {
		s.Toxics = append(s.Toxics, toxicFrom(broker, t))
	}
	sortToxics(s.Toxics)
	return s
}
