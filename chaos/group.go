package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// group is what a proxy before the whole of Kafka is on our server: a name for
// the proxies of all brokers, its members. A Kafka client leaves the address
// that it started from for those that brokers advertise, so toxics on one proxy
// in front of them would touch no message; those of a group are put on every
// member. Whether it is enabled is read off the members: one is up.
type group struct {
	name, upstream string
	entry          *bootstrap
	downed         bool // its members are down, and it was asked for through it

	toxics []spread // as they were added; replaced as a whole, never written to
}

// spread is a toxic of a group: one of the same name on each member, in the
// order of the brokers.
type spread []placed

// placed is a toxic on a member. It is told from another of its name by being
// the same one.
type placed struct {
	member *toxiproxy.Proxy
	toxic  *toxics.ToxicWrapper
}

// left returns where a toxic still is: on a member it may be removed alone, or
// with its proxy. A group has a toxic for as long as one member has it.
func (s spread) left(now *toxiproxy.ProxyCollection) spread {
	var left spread
	for _, p := range s {
		member, err := now.Get(p.member.Name)
		if err == nil && member == p.member && member.Toxics.GetToxic(p.toxic.Name) == p.toxic {
			left = append(left, p)
		}
	}
	return left
}

// remove takes a toxic off its members, all at once as it may take long on
// each. One that is gone is gone.
func (s spread) remove(ctx context.Context) {
	var removing sync.WaitGroup
	for _, p := range s {
		removing.Go(func() { _ = p.member.Toxics.RemoveToxic(ctx, p.toxic.Name) })
	}
	removing.Wait()
}

// put adds a toxic to members, as Toxiproxy reads it: to all of them or, where
// one refuses, to none.
func put(ctx context.Context, members []*toxiproxy.Proxy, body []byte) (spread, error) {
	var added spread
	for _, member := range members {
		toxic, err := member.Toxics.AddToxicJson(bytes.NewReader(body))
		if err != nil {
			added.remove(ctx)
			return nil, err
		}
		added = append(added, placed{member, toxic})
	}
	return added, nil
}

// change changes a toxic on each of its members, or on none: Toxiproxy keeps
// what it read before it came to an error.
func (s spread) change(body []byte) error {
	trial, err := copyOf(s[0].toxic)
	if err != nil {
		return err
	}
	if err := readInto(trial, body); err != nil {
		return badBody(err)
	}
	for _, p := range s {
		if _, err := p.member.Toxics.UpdateToxicJson(p.toxic.Name, bytes.NewReader(body)); err != nil {
			return err
		}
	}
	return nil
}

// join puts a toxic that is in force on one more member. Where that has one of
// its name already, it stays without.
func (s spread) join(member *toxiproxy.Proxy) spread {
	text, err := json.Marshal(s[0].toxic)
	if err != nil {
		return s
	}
	more, err := put(context.Background(), []*toxiproxy.Proxy{member}, text)
	if err != nil {
		return s
	}
	joined := slices.Concat(s, more)
	slices.SortStableFunc(joined, func(a, b placed) int { return byBroker(a.member, b.member) })
	return joined
}

func byBroker(a, b *toxiproxy.Proxy) int { return int(brokerOf(a.Name)) - int(brokerOf(b.Name)) }
