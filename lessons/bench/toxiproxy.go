package bench

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
)

// openToxiproxy starts a Toxiproxy of our own, or reaches the one that is
// given.
func (b *Bench) openToxiproxy(ctx context.Context, o Options) (err error) {
	dialing := chaos.DialerOptions{Timeout: dialTimeout}
	if o.ToxiproxyURL != "" {
		b.proxies, err = chaos.Open(ctx, chaos.Options{URL: o.ToxiproxyURL, Shared: &chaos.Shared{
			Map: o.ToxiproxyMap, Changed: b.faultChanged, Away: b.toxiproxyAway,
		}})
		if err != nil {
			return err
		}
		dialing.Lingers = b.proxies.Lingers
		if !b.proxies.Here() {
			dialing.Timeout = farTimeout
		}
	} else {
		if b.server, err = chaos.Serve(ctx, chaos.ServeOptions{
			Addr: o.Toxiproxy, Asked: o.ToxiproxyAsked, Changed: b.faultChanged, Hidden: b.secret.name,
		}); err != nil {
			return err
		}
		if b.proxies, err = chaos.Open(ctx, chaos.Options{URL: b.server.URL(), Key: b.server.Key(), Listen: cluster.Listen}); err != nil {
			return err
		}
	}
	b.proxied = chaos.NewDialer(&b.roads, dialing)
	return nil
}

// carries says whether a proxy may still carry what a producer sent from an
// address. A Toxiproxy of our own says so itself.
func (b *Bench) carries(client string) bool {
	if b.server != nil {
		return b.server.Carries(client)
	}
	return b.proxied.Carries(client)
}

// leaveTime is what leaving a Toxiproxy that is given may take: a bench closes
// within a second. A test takes its time.
var leaveTime = 500 * time.Millisecond

// leaveToxiproxy takes our part from a Toxiproxy that lives on.
func (b *Bench) leaveToxiproxy() error {
	if b.proxies == nil || b.server != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), leaveTime)
	defer cancel()
	return b.proxies.Remove(ctx)
}

// Toxiproxy is the URL of the bench's Toxiproxy; announce is true where it is
// neither the usual one nor one that was asked for, so that the learner must
// be told.
func (b *Bench) Toxiproxy() (url string, announce bool) {
	if b.server == nil {
		return b.options.ToxiproxyURL, false
	}
	return b.server.URL(), b.server.Announced() && !b.chosen
}

// ToxiproxyTells says whether the Toxiproxy names a hidden fault to whoever asks
// it: only our own can be made to keep quiet.
func (b *Bench) ToxiproxyTells() bool { return b.server == nil }

// ToxiproxyGone says why a Toxiproxy that is given does not answer any more; nil
// where it does.
func (b *Bench) ToxiproxyGone(ctx context.Context) error { return b.proxies.Gone(ctx) }

// toxiproxyAway hears that the Toxiproxy that is given stopped answering, and
// that it is back.
func (b *Bench) toxiproxyAway(err error) {
	if err != nil {
		b.notice(words.Textf(
			"Toxiproxy has stopped answering (%v). Nothing passes its proxies until it runs again; then reset",
			"Toxiproxy ne répond plus (%v). Rien ne passe par ses proxys tant qu’il ne tourne pas ; ensuite, faites reset", err))
		return
	}
	b.notice(words.Textf(
		"Toxiproxy answers again. A reset puts back the proxies that it forgot",
		"Toxiproxy répond de nouveau. Un reset remet les proxys qu’il a oubliés"))
}

// tryProxies makes sure that each broker is reached through its proxy on a
// Toxiproxy that is given: it may see other names than we do, or listen where
// we can't go. Where a toxic acts already, or the broker itself is down, that
// can't be told.
func (b *Bench) tryProxies(ctx context.Context, states []chaos.State) error {
	if b.server != nil {
		return nil
	}
	errs := make([]error, len(states))
	var trying sync.WaitGroup
	for i, s := range states {
		if s.Up && len(s.Toxics) == 0 {
			trying.Go(func() { errs[i] = b.tryProxy(ctx, s) })
		}
	}
	trying.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Bench) tryProxy(ctx context.Context, s chaos.State) error {
	err := cluster.Knock(ctx, nil, s.Listen)
	if err == nil {
		return nil
	}
	var direct string
	for _, broker := range b.cluster.Brokers() {
		if broker.ID == s.Broker {
			direct = broker.Direct
		}
	}
	if direct == "" || cluster.Knock(ctx, b.options.Access, direct) != nil {
		return nil // the broker's own trouble, told by who finds it
	}
	if b.gates != nil || len(b.options.Brokers) == 0 {
		return words.Errorf(
			"broker %d is not reached through Toxiproxy: its proxy %s listens on %s and leads to %s, on this machine's loopback. A Toxiproxy in a container can't reach that: use one that runs on this machine itself, or leave --toxiproxy out. In detail: %v",
			"le broker %d n’est pas joint à travers Toxiproxy : son proxy %s écoute sur %s et mène à %s, sur la boucle locale de cette machine. Un Toxiproxy en conteneur ne peut pas y aller : utilisez-en un qui tourne sur cette machine même, ou retirez --toxiproxy. En détail : %v",
			s.Broker, s.Name, s.Listen, s.Upstream, err)
	}
	_, port, _ := net.SplitHostPort(s.Listen)
	return words.Errorf(
		"broker %d is not reached through Toxiproxy: its proxy %s is dialled at %s and leads to %s. Where Toxiproxy sees the broker under another name (in Docker), say so: --toxiproxy-map %s=NAME:PORT; and give it there a proxy whose port is published, which is then used. Where that port is published as another: --toxiproxy-map %s=0.0.0.0:%s. In detail: %v",
		"le broker %d n’est pas joint à travers Toxiproxy : son proxy %s est appelé à %s et mène à %s. Si Toxiproxy voit le broker sous un autre nom (dans Docker), dites-le : --toxiproxy-map %s=NOM:PORT ; et donnez-lui là-bas un proxy dont le port est publié, qui servira alors. Si ce port est publié sous un autre numéro : --toxiproxy-map %s=0.0.0.0:%s. En détail : %v",
		s.Broker, s.Name, s.Listen, s.Upstream, direct, s.Listen, port, err)
}

// tellAdopted says which proxies were there, and on which somebody else's
// toxics act.
func (b *Bench) tellAdopted(states []chaos.State) {
	if b.server != nil {
		return
	}
	for _, s := range states {
		if _, adopted := b.proxies.Adopted(s.Broker); adopted {
			b.notice(words.Textf("broker %d: the proxy %s of this Toxiproxy is used, and stays when we go", "broker %d : le proxy %s de ce Toxiproxy est utilisé, et reste après nous", s.Broker, s.Name))
		}
	}
}

// tellForeign says, once a bench, that the toxics of somebody else act.
func (b *Bench) tellForeign(t chaos.Toxic) {
	b.foreign.Do(func() {
		b.notice(words.Textf(
			"≈ somebody else's toxic acts here: %s. `toxics` lists what is in force; we remove only our own",
			"≈ le toxic de quelqu'un d’autre agit ici : %s. `toxics` liste ceux qui agissent ; nous ne retirons que les nôtres", words.Text{En: t.Describe(words.English), Fr: t.Describe(words.French)}))
	})
}

// beforeGate says so where a proxy leads to a secured broker itself: toxics on
// it would meet handshakes, so it can't be used.
func (b *Bench) beforeGate(ctx context.Context, broker int32, direct string) {
	name, err := b.proxies.Before(ctx, direct)
	if err != nil || name == "" {
		return // what is wrong is told by who needs it
	}
	b.notice(words.Textf(
		"broker %d: the proxy %s is not used, as it leads to the secured broker itself, where toxics would hit the TLS and SASL handshakes. Ours leads to the gate",
		"broker %d : le proxy %s n’est pas utilisé, car il mène au broker sécurisé lui-même, où les toxics toucheraient les négociations TLS et SASL. Le nôtre mène à la porte", broker, name))
}

// paveRoads leads each broker's road through the proxy that it has now.
func (b *Bench) paveRoads() {
	for _, broker := range b.cluster.Brokers() {
		if listen, ok := b.proxies.Listens(broker.ID); ok {
			b.roads.Add(broker.ID, broker.Direct, listen)
		}
	}
}

// tellBrokers puts the brokers and their proxies into the ledger.
func (b *Bench) tellBrokers(states []chaos.State) {
	for _, broker := range b.cluster.Brokers() {
		up := !slices.ContainsFunc(states, func(s chaos.State) bool { return s.Broker == broker.ID && !s.Up })
		b.ledger.Apply(
			ledger.BrokerChanged{At: b.at(), Broker: broker.ID, Up: true},
			ledger.ProxyChanged{At: b.at(), Broker: broker.ID, Up: up},
		)
	}
}
