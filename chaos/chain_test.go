package chaos

import "testing"

// Toxiproxy leaves the place of a toxic in a link that this closed, and panics
// at a later toxic, once the places are more than the toxics.
func TestToxicsComeAndGoOnALinkThatOneHasClosed(t *testing.T) {
	r := newRig(t, 1)
	held := numbers("bytes", 4)
	r.add(Toxic{Name: "cut", Kind: "limit_data", Attributes: held})
	r.add(Toxic{Name: "open", Kind: "limit_data", Attributes: numbers("bytes", 1<<30)})
	r.add(Toxic{Name: "late", Kind: "latency", Attributes: numbers("latency", hour)})
	c := r.stranger()
	r.say(c, "a")
	r.hears("a")
	for cut := false; !cut; { // its place is closed, and the answer is held behind it
		p := r.server.api.Collection.Proxies()["broker-1"]
		p.Toxics.Lock()
		for _, link := range linksOf(p.Toxics) {
			cut = cut || link.Direction() == Downstream && stubsOf(link)[1].Closed()
		}
		p.Toxics.Unlock()
	}
	for _, name := range []string{"cut", "open"} {
		r.must(r.proxies.Clear(r.ctx, Which{Name: name}))
	}
	r.add(Toxic{Name: "more", Kind: "latency", Attributes: numbers("latency", 1)})
	r.must(r.proxies.Clear(r.ctx, Which{}))
	next := r.dial()
	r.say(next, "b")
	r.reads(next, "re:b\n")
}
