package chaos

import (
	"context"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"atelier/assets/words"

	"github.com/Shopify/toxiproxy/v2/client"
)

// Proxies drives a Toxiproxy, embedded or not, through its HTTP API: one proxy
// a broker, the toxics on them, and their state. It is safe for concurrent use.
// Its owner calls Remove, where the server goes on living, and Close. All its
// errors are for the learner.
type Proxies struct {
	api    *api
	listen func() (net.Listener, error) // Options.Listen
	shared *Shared                      // nil where the server is ours alone
	owner  owner                        // empty where the server is ours alone
	host   string                       // of the URL
	here   bool                         // the server runs on this machine, or behind a port of it

	ctx     context.Context // of the polling; ends with Remove
	end     context.CancelFunc
	polling sync.WaitGroup
	looking sync.Mutex // one look at a time, so that none tells of the past
	silent  int        // looks without an answer; under looking
	why     error      // what the last of them said; under looking
	watch   watcher    // of a shared server

	fronting sync.Mutex // one broker's proxy is found at a time

	mu       sync.Mutex
	brokers  map[int32]place
	altering map[int32]int       // how many of our own changes are under way
	cut      map[int32]time.Time // when a toxic that cuts was last seen
}

// place is a proxy before a broker: its name, where it listens, and what it
// leads to, all as Toxiproxy has them.
type place struct {
	name, listen, upstream string
	adopted                bool // it was there before us, and will be after us
	downed                 bool // it is adopted, and we switched it off
}

// maxTries is on how many ports a new proxy is tried.
const maxTries = 3

// Options say which Toxiproxy is driven.
type Options struct {
	URL string
	Key string // of a server of our own (Server.Key), which veils nothing from us then; empty: none
	// Listen finds where a new proxy listens, on a server of our own: a port that
	// stays free while the proxy is down. nil is any port.
	Listen func() (net.Listener, error)
	// Shared is set for a server that others may use too. Without it the server
	// is ours alone, and tells of its changes itself (ServeOptions.Changed).
	Shared *Shared
}

// Open reaches a Toxiproxy, and makes sure that it is one.
func Open(ctx context.Context, o Options) (*Proxies, error) {
	p := &Proxies{
		api: newAPI(o.URL, o.Key), listen: o.Listen, shared: o.Shared,
		brokers: make(map[int32]place), altering: make(map[int32]int), cut: make(map[int32]time.Time),
	}
	p.ctx, p.end = context.WithCancel(context.Background())
	if err := p.knock(ctx); err != nil {
		p.Close()
		return nil, err
	}
	if p.shared != nil {
		p.share(ctx)
	}
	return p, nil
}

// Front puts a proxy before a broker, or leads the one that it has to where the
// broker went, and returns the address to dial. A shared server may have one
// already: then that one is taken.
func (p *Proxies) Front(ctx context.Context, broker int32, upstream string) (string, error) {
	p.fronting.Lock()
	defer p.fronting.Unlock()
	upstream, err := p.theirs(upstream)
	if err != nil {
		return "", createError(broker, err)
	}
	err = p.alter(ctx, broker, func(at place, has bool) error {
		switch {
		case has && sameAddress(at.upstream, upstream):
			return nil
		case has && !at.adopted:
			if err := p.api.update(ctx, at.name, map[string]any{"upstream": upstream}); err != nil {
				return err
			}
			at.upstream = upstream
			p.keep(broker, at)
			return nil
		case has:
			if err := p.letGo(ctx, at); err != nil {
				return err
			}
		}
		return p.stand(ctx, broker, upstream)
	})
	if err != nil {
		return "", createError(broker, err)
	}
	address, _ := p.Listens(broker)
	return address, nil
}

// stand finds a proxy for a broker: on a shared server one that is there, else
// a new one.
func (p *Proxies) stand(ctx context.Context, broker int32, upstream string) error {
	if p.shared != nil {
		all, err := p.api.proxies(ctx)
		if err != nil {
			return err
		}
		if found := p.adoptable(all, upstream); found != nil {
			p.keep(broker, place{name: found.Name, listen: found.Listen, upstream: upstream, adopted: true})
			return nil
		}
	}
	name := p.name(broker)
	made, err := p.create(ctx, name, upstream)
	if isConflict(err) && p.shared == nil { // somebody made one by hand
		if err := p.api.remove(ctx, name); err != nil {
			return err
		}
		made, err = p.create(ctx, name, upstream)
	}
	if err != nil {
		return err
	}
	p.keep(broker, place{name: name, listen: made.Listen, upstream: upstream})
	return nil
}

// create makes a proxy on a free port: on another one where somebody took the
// first between our look and the server's.
func (p *Proxies) create(ctx context.Context, name, upstream string) (*toxiproxy.Proxy, error) {
	for try := 1; ; try++ {
		listen, err := p.free()
		if err != nil {
			return nil, err
		}
		made, err := p.api.create(ctx, name, listen, upstream)
		if try == maxTries || !hasStatus(err, http.StatusInternalServerError) {
			return made, err
		}
	}
}

// Repair puts each of our proxies back where somebody moved or deleted it, or
// the server forgot it: in front of its broker, at the address that it always
// had where that can be. A proxy that was there before us is left as it is, and
// replaced where it leads elsewhere now.
func (p *Proxies) Repair(ctx context.Context) error {
	p.fronting.Lock()
	defer p.fronting.Unlock()
	for _, id := range p.own() {
		err := p.alter(ctx, id, func(at place, _ bool) error { return p.repair(ctx, id, at) })
		if err != nil {
			return createError(id, err)
		}
	}
	return nil
}

func (p *Proxies) repair(ctx context.Context, broker int32, at place) error {
	proxy, err := p.api.proxy(ctx, at.name)
	gone := isUnknown(err)
	switch {
	case err != nil && !gone:
		return err
	case at.adopted && (gone || !sameAddress(proxy.Upstream, at.upstream)):
		return p.stand(ctx, broker, at.upstream)
	case at.adopted:
		at.listen = proxy.Listen
		p.keep(broker, at)
		return nil
	case gone:
		if _, err = p.api.create(ctx, at.name, at.listen, at.upstream); err != nil && p.shared != nil {
			return p.stand(ctx, broker, at.upstream) // its old port is taken
		}
		return err
	case proxy.Listen == at.listen && proxy.Upstream == at.upstream:
		return nil
	}
	return p.api.update(ctx, at.name, map[string]any{"listen": at.listen, "upstream": at.upstream})
}

// Listens is where the proxy of a broker is dialled; false where it has none.
func (p *Proxies) Listens(broker int32) (address string, ok bool) {
	at, ok := p.at(broker)
	return p.ours(at.listen), ok
}

func createError(broker int32, err error) error {
	return words.Errorf(
		"the proxy of broker %d cannot be created: %v",
		"le proxy du broker %d ne peut pas être créé : %v", broker, err)
}

// List returns the state of our proxies, in the order of the brokers.
func (p *Proxies) List(ctx context.Context) ([]State, error) {
	all, err := p.api.proxies(ctx)
	if err != nil {
		return nil, words.Errorf(
			"Toxiproxy does not tell its proxies: %v",
			"Toxiproxy ne donne pas ses proxys : %v", err)
	}
	states := slices.Collect(maps.Values(p.states(all)))
	slices.SortFunc(states, func(a, b State) int { return int(a.Broker) - int(b.Broker) })
	return states, nil
}

// states finds our proxies among all, under the names that they have on a
// server that is ours alone.
func (p *Proxies) states(all map[string]*toxiproxy.Proxy) map[string]State {
	states := make(map[string]State)
	for _, id := range p.own() {
		at, _ := p.at(id)
		if proxy, ok := all[at.name]; ok {
			states[proxyName(id)] = p.state(id, proxy)
		}
	}
	return states
}

func (p *Proxies) state(broker int32, proxy *toxiproxy.Proxy) State {
	s := State{Broker: broker, Name: proxy.Name, Listen: p.ours(proxy.Listen), Upstream: proxy.Upstream, Up: proxy.Enabled}
	for _, t := range proxy.ActiveToxics {
		s.Toxics = append(s.Toxics, p.toxic(broker, t))
	}
	sortToxics(s.Toxics)
	return s
}

// Remove takes our part from the server: the proxies that we made, and from
// those that were there our toxics, and switched on what we had switched off.
// It goes on where one fails, and returns the first error. What is gone
// already, or went with its server, is none. A shared server is not looked at
// any more.
func (p *Proxies) Remove(ctx context.Context) error {
	p.end()
	p.polling.Wait()
	own := p.own()
	errs := make([]error, len(own))
	var leaving sync.WaitGroup
	for i, id := range own {
		leaving.Go(func() { errs[i] = p.leave(ctx, id) })
	}
	leaving.Wait()
	for i, err := range errs {
		if err != nil {
			return words.Errorf(
				"what is ours before broker %d stays on Toxiproxy (%v). It bears the name %s; the next atelier on this machine that uses this Toxiproxy removes it",
				"ce qui est à nous devant le broker %d reste sur Toxiproxy (%v). Il porte le nom %s ; le prochain atelier de cette machine qui emploie ce Toxiproxy le retire", own[i], err, p.owner)
		}
	}
	return nil
}

func (p *Proxies) leave(ctx context.Context, broker int32) error {
	return p.alter(ctx, broker, func(at place, _ bool) error {
		var err error
		if at.adopted {
			err = p.letGo(ctx, at)
		} else {
			err = p.api.remove(ctx, at.name)
		}
		if err != nil && !isUnknown(err) && !isGone(err) {
			return err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.brokers, broker)
		return nil
	})
}

// Close ends the polling and the connections to the API.
func (p *Proxies) Close() {
	p.end()
	p.polling.Wait()
	p.api.close()
}

// alter makes a change of ours to a broker's proxy, and tells of it before it
// returns.
func (p *Proxies) alter(ctx context.Context, broker int32, change func(at place, has bool) error) error {
	p.mu.Lock()
	at, has := p.brokers[broker]
	p.altering[broker]++
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.altering[broker]--
	}()
	err := change(at, has)
	if p.shared != nil && p.ctx.Err() == nil {
		p.look(ctx)
	}
	return err
}

func (p *Proxies) at(broker int32) (place, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.brokers[broker]
	return at, ok
}

func (p *Proxies) keep(broker int32, at place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.brokers[broker] = at
}

// own lists the brokers that have a proxy, in order.
func (p *Proxies) own() []int32 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.brokers))
}

// free is where a new proxy can listen. On a shared server that is where its API
// is reached, on any port: it answers with the one that it got.
func (p *Proxies) free() (string, error) {
	switch {
	case p.shared != nil:
		return net.JoinHostPort(p.host, "0"), nil
	case p.listen == nil:
		return "127.0.0.1:0", nil
	}
	l, err := p.listen()
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// hostOfURL is the host that a URL names.
func hostOfURL(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
