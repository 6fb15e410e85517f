package chaos

import (
	"context"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"atelier/assets/words"

	"github.com/Shopify/toxiproxy/v2/client"
)

// pollEvery is how often a shared server is looked at.
const pollEvery = 250 * time.Millisecond

// lookTimeout is how long one look may take.
const lookTimeout = 2 * time.Second

// Shared is a Toxiproxy that was there before us and that others may use, other
// benches too. What others do there is polled. We remove nothing that is not
// ours.
type Shared struct {
	Map Map // which addresses Toxiproxy knows under other names
	// Changed is called at each change to a proxy before a broker of ours, in
	// order and never concurrently: of our own before the call that made it
	// returns, of others' within about the time between two polls.
	Changed func(Change)
	// Away hears, once each time, that the server stopped answering, and, with
	// nil, that it answers again.
	Away  func(error)
	Every time.Duration // between two polls; 0: 250 ms
}

// knock makes sure that a Toxiproxy answers.
func (p *Proxies) knock(ctx context.Context) error {
	p.host = hostOfURL(p.api.base)
	ctx, cancel := context.WithTimeout(ctx, connectTimeout+time.Second)
	defer cancel()
	err := p.api.introduce(ctx)
	var all map[string]*toxiproxy.Proxy
	if err == nil {
		all, err = p.api.proxies(ctx)
	}
	for name, proxy := range all {
		if err == nil && (proxy == nil || proxy.Name != name || proxy.Listen == "") {
			err = errStranger
		}
	}
	if err != nil {
		return words.Errorf(
			"no Toxiproxy answers at %s: %v. Is it running, and is this its API's port (often 8474)?",
			"aucun Toxiproxy ne répond à %s : %v. Tourne-t-il, et est-ce le port de son API (souvent 8474) ?", p.api.shown(), inWords(cause(err)))
	}
	return nil
}

// share begins a life among others: what killed benches left is removed, and
// what others do is polled from now on.
func (p *Proxies) share(ctx context.Context) {
	p.owner = newOwner()
	p.here = isHere(p.host)
	p.watch = watcher{changed: p.told, last: make(map[string]State)}
	p.sweep(ctx)
	every := p.shared.Every
	if every == 0 {
		every = pollEvery
	}
	p.polling.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				p.look(p.ctx)
			case <-p.ctx.Done():
				return
			}
		}
	})
}

// sweep removes what benches of this host left when they were killed. What
// can't be removed stays: the next start tries again.
func (p *Proxies) sweep(ctx context.Context) {
	all, err := p.api.proxies(ctx)
	if err != nil {
		return
	}
	for name, proxy := range all {
		if isLeft(ownedProxy, name) {
			_ = p.api.remove(ctx, name)
			continue
		}
		for _, toxic := range proxy.ActiveToxics {
			if isLeft(ownedToxic, toxic.Name) {
				_ = p.api.removeToxic(ctx, name, toxic.Name)
			}
		}
	}
}

// look compares the server with what was last seen of it, and tells the
// difference.
func (p *Proxies) look(ctx context.Context) {
	p.looking.Lock()
	defer p.looking.Unlock()
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	all, err := p.api.proxies(ctx)
	switch {
	case err == nil:
		if p.silent >= tooSilent && p.shared.Away != nil {
			p.shared.Away(nil)
		}
		p.silent = 0
	case p.ctx.Err() != nil || ctx.Err() != nil && ctx.Err() != context.DeadlineExceeded:
		return // it is we who gave up
	default:
		p.missed(err)
		if !isGone(err) {
			return // it may hang, with its proxies as they were
		}
	}
	states := p.states(all)
	p.noteCuts(states)
	p.watch.see(func() map[string]State { return states }, nil)
}

// tooSilent is how many looks in a row without an answer make a server away.
const tooSilent = 2

// missed counts a look without an answer. A server that is not there at all is
// away at once.
func (p *Proxies) missed(err error) {
	before := p.silent
	p.silent++
	p.why = err
	if isGone(err) {
		p.silent = max(p.silent, tooSilent)
	}
	if before < tooSilent && p.silent >= tooSilent && p.shared.Away != nil {
		p.shared.Away(cause(err))
	}
}

// Gone looks whether a shared server still answers, and says why it does not;
// nil where it does, or may just be slow.
func (p *Proxies) Gone(ctx context.Context) error {
	if p.shared == nil {
		return nil
	}
	p.look(ctx)
	p.looking.Lock()
	defer p.looking.Unlock()
	if p.silent < tooSilent {
		return nil
	}
	return p.why
}

// told passes a change on. Of our own we know the moment; of others' only
// between which two looks it was.
func (p *Proxies) told(c Change) {
	p.mu.Lock()
	c.Approximate = c.Toxic.Foreign || p.altering[c.Broker] == 0
	p.mu.Unlock()
	if p.shared.Changed != nil {
		p.shared.Changed(c)
	}
}

// adoptable finds a proxy that leads to an address: one that is up, if there
// is a choice. Those of other benches go when they go.
func (p *Proxies) adoptable(all map[string]*toxiproxy.Proxy, upstream string) *toxiproxy.Proxy {
	var found *toxiproxy.Proxy
	for _, name := range slices.Sorted(maps.Keys(all)) {
		proxy := all[name]
		if isOwned(name) || !sameAddress(proxy.Upstream, upstream) || !p.reachable(proxy.Listen) {
			continue
		}
		if proxy.Enabled {
			return proxy
		}
		if found == nil {
			found = proxy
		}
	}
	return found
}

// letGo takes our part from a proxy that was there before us.
func (p *Proxies) letGo(ctx context.Context, at place) error {
	proxy, err := p.api.proxy(ctx, at.name)
	if err != nil {
		return err
	}
	for _, toxic := range proxy.ActiveToxics {
		if !strings.HasSuffix(toxic.Name, p.owner.suffix()) {
			continue
		}
		if e := p.api.removeToxic(ctx, at.name, toxic.Name); e != nil && !isUnknown(e) {
			err = e
		}
	}
	if at.downed && !proxy.Enabled {
		if e := p.api.update(ctx, at.name, map[string]any{"enabled": true}); e != nil {
			err = e
		}
	}
	return err
}

// name is what a new proxy is called.
func (p *Proxies) name(broker int32) string {
	if p.shared == nil {
		return proxyName(broker)
	}
	return p.owner.proxy(broker)
}

// Adopted says whether the proxy of a broker was there before us, and its name.
func (p *Proxies) Adopted(broker int32) (name string, adopted bool) {
	at, _ := p.at(broker)
	return at.name, at.adopted
}

// Before names a proxy of others' that leads to an address, empty where there
// is none.
func (p *Proxies) Before(ctx context.Context, address string) (string, error) {
	all, err := p.api.proxies(ctx)
	if err != nil || p.shared == nil {
		return "", err
	}
	if found := p.adoptable(all, p.shared.Map.theirs(address)); found != nil {
		return found.Name, nil
	}
	return "", nil
}

// theirs is what the server calls an address of ours. What only this machine
// can reach is an error where the server runs on another.
func (p *Proxies) theirs(ours string) (string, error) {
	if p.shared == nil {
		return ours, nil
	}
	theirs := p.shared.Map.theirs(ours)
	if theirs == ours && !p.here && isLoopback(hostOf(ours)) {
		return "", words.Errorf(
			"Toxiproxy runs on %s and can't reach %s, which is on this machine alone. Use a Toxiproxy on this machine, or, where it sees this broker under another name, say so: --toxiproxy-map %s=NAME:PORT",
			"Toxiproxy tourne sur %s et ne peut pas joindre %s, qui n’existe que sur cette machine. Utilisez un Toxiproxy sur cette machine, ou, s’il voit ce broker sous un autre nom, dites-le : --toxiproxy-map %s=NOM:PORT",
			p.host, ours, ours)
	}
	return theirs, nil
}

// ours is where a listener of the server's is dialled: one on all addresses at
// the address of its API.
func (p *Proxies) ours(listen string) string {
	if p.shared == nil {
		return listen
	}
	if ours, said := p.shared.Map.ours(listen); said {
		return ours
	}
	if host, port, err := net.SplitHostPort(listen); err == nil && isUnspecified(host) {
		return net.JoinHostPort(p.host, port)
	}
	return listen
}

// reachable says whether a listener can be one that we reach: the loopback of
// another machine can not, and dialled here it would lead astray.
func (p *Proxies) reachable(listen string) bool {
	return p.here || !isLoopback(hostOf(p.ours(listen)))
}

// Here says whether the server runs on this machine, or behind a port of it.
func (p *Proxies) Here() bool { return p.shared == nil || p.here }

// Knock finds out whether a Toxiproxy answers at a URL, and changes nothing
// there. Its error says what is wrong, and what to do next.
func Knock(ctx context.Context, url string) error {
	p := &Proxies{api: newAPI(url, "")}
	defer p.api.close()
	return p.knock(ctx)
}
