package chaos

import (
	"slices"
	"strings"
	"sync"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// chain is held by who adds toxics to a proxy or removes them.
type chain struct {
	sync.Mutex
	proxy *toxiproxy.Proxy
}

// hold waits until nobody else adds toxics to some proxies or removes them, and
// returns what lets go of them.
func (k *keeper) hold(names []string) (release func()) {
	var held []*chain
	for _, c := range k.chains() {
		if slices.Contains(names, c.proxy.Name) {
			held = append(held, c)
		}
	}
	slices.SortFunc(held, func(a, b *chain) int { return strings.Compare(a.proxy.Name, b.proxy.Name) })
	for _, c := range held {
		c.Lock()
	}
	return func() {
		for _, c := range held {
			k.part(c.proxy.Toxics)
			c.Unlock()
		}
	}
}

// part makes a proxy forget the links that have lost count of its toxics: each
// is closed in its middle, and what it still holds goes its way as before. Nobody
// may add toxics or remove them meanwhile.
func (k *keeper) part(c *toxiproxy.ToxicCollection) {
	places := map[string]int{Upstream: 1, Downstream: 1} // one that does nothing comes first
	for _, t := range c.GetToxicArray() {
		places[t.(*toxics.ToxicWrapper).Direction.String()]++
	}
	var lost []string
	c.Lock()
	for name, link := range linksOf(c) {
		if len(stubsOf(link)) != places[link.Direction()] {
			k.keep(name, link)
			lost = append(lost, name)
		}
	}
	c.Unlock()
	for _, name := range lost {
		c.RemoveLink(name)
	}
}
