package chaos

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// wholeKafka are the upstreams that mean Kafka as a whole: the broker of the
// source course, as its containers know it.
var wholeKafka = []string{"kafka:9092", "kafka:29092"}

// firstGroup is there from the start.
const firstGroup = "kafka"

// groups are those of a server. What adds, removes or switches proxies and
// groups is kept apart from all else by the handler; toxics come and go beside
// each other.
type groups struct {
	api *toxiproxy.ApiServer
	// open are the listeners of the members that are up, as of the last settle:
	// connections come without the handler's lock.
	open atomic.Pointer[[]string]

	changing sync.Mutex // one change to the toxics of groups at a time

	mu     sync.Mutex
	byName map[string]*group
	known  []*toxiproxy.Proxy // the members as of the last settle
	closed bool
}

// newGroups makes the first group; the owner closes them.
func newGroups(api *toxiproxy.ApiServer) (*groups, error) {
	s := &groups{api: api, byName: make(map[string]*group)}
	_, err := s.create(firstGroup, "", wholeKafka[0])
	return s, err
}

// close ends every listener and its connections.
func (s *groups) close() {
	s.mu.Lock()
	s.closed = true
	all := s.byName
	s.byName = nil
	s.mu.Unlock()
	for _, g := range all {
		g.entry.close()
	}
}

// means says whether a proxy of a name and an upstream is a group: the upstream
// is the whole of Kafka, and no broker of ours has that very address.
func (s *groups) means(name, upstream string) bool {
	return brokerOf(name) == NoBroker && slices.Contains(wholeKafka, upstream) &&
		!slices.ContainsFunc(s.members(), func(m *toxiproxy.Proxy) bool { return sameAddress(m.Upstream, upstream) })
}

// create makes a group, and listens for it.
func (s *groups) create(name, listen, upstream string) (*group, error) {
	entry, err := openBootstrap(onLoopback(listen), s.ways)
	if err != nil {
		return nil, err
	}
	g := &group{name: name, upstream: upstream, entry: entry}
	s.mu.Lock()
	late := s.closed
	if !late {
		s.byName[name] = g
	}
	s.mu.Unlock()
	if late {
		entry.close()
		return nil, errors.New("the server is closing")
	}
	return g, nil
}

// move makes a group listen elsewhere; where it can't, it stays.
func (s *groups) move(g *group, listen string) error {
	if listen = onLoopback(listen); listen == g.entry.address() {
		return nil
	}
	entry, err := openBootstrap(listen, s.ways)
	if err != nil {
		return err
	}
	g.entry.close()
	g.entry = entry
	return nil
}

// remove ends a group, and everything that it put in force.
func (s *groups) remove(ctx context.Context, g *group) error {
	s.changing.Lock()
	for _, toxic := range s.inForce(g) {
		toxic.remove(ctx)
	}
	s.changing.Unlock()
	var err error
	if g.downed && !enabled(s.members()) {
		err = s.turn(g, true)
	}
	g.entry.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byName, g.name)
	return err
}

// turn switches every member of a group on or off.
func (s *groups) turn(g *group, up bool) error {
	for _, member := range s.members() {
		if !up {
			member.Stop()
		} else if err := member.Start(); err != nil && !errors.Is(err, toxiproxy.ErrProxyAlreadyStarted) {
			return err
		}
	}
	g.downed = !up
	return nil
}

// settle lets groups follow what became of the proxies: one that came since
// gets the toxics that are in force, and is down where all others are. Nothing
// else may change meanwhile.
func (s *groups) settle() {
	s.changing.Lock()
	defer s.changing.Unlock()
	members, all := s.members(), s.all()
	old := slices.DeleteFunc(slices.Clone(members), func(m *toxiproxy.Proxy) bool { return !slices.Contains(s.known, m) })
	for _, member := range members {
		if slices.Contains(old, member) {
			continue
		}
		for _, g := range all {
			if g.downed && !enabled(old) {
				member.Stop()
			}
			list := s.inForce(g)
			for i := range list {
				list[i] = list[i].join(member)
			}
			s.set(g, list)
		}
	}
	open := []string{}
	for _, member := range members {
		if member.Enabled {
			open = append(open, member.Listen)
		}
	}
	s.open.Store(&open)
	for _, g := range all {
		g.downed = g.downed && len(open) == 0
	}
	s.known = members
}

// ways are the listeners of the members that are up.
func (s *groups) ways() []string {
	if open := s.open.Load(); open != nil {
		return *open
	}
	return nil
}

// members are the brokers' proxies, in the order of the brokers.
func (s *groups) members() []*toxiproxy.Proxy {
	var members []*toxiproxy.Proxy
	for name, proxy := range s.api.Collection.Proxies() {
		if brokerOf(name) != NoBroker {
			members = append(members, proxy)
		}
	}
	slices.SortFunc(members, byBroker)
	return members
}

// enabled says whether one of the members is up; none at all are not down.
func enabled(members []*toxiproxy.Proxy) bool {
	return len(members) == 0 || slices.ContainsFunc(members, func(m *toxiproxy.Proxy) bool { return m.Enabled })
}

// find returns a group by its name, nil where there is none.
func (s *groups) find(name string) *group {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byName[name]
}

func (s *groups) all() []*group {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*group
	for _, g := range s.byName {
		all = append(all, g)
	}
	return all
}

// inForce are the toxics of a group that members still have; the slice is the
// receiver's.
func (s *groups) inForce(g *group) []spread {
	s.mu.Lock()
	list := g.toxics
	s.mu.Unlock()
	var left []spread
	for _, toxic := range list {
		if toxic = toxic.left(s.api.Collection); len(toxic) > 0 {
			left = append(left, toxic)
		}
	}
	return left
}

func (s *groups) set(g *group, list []spread) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.toxics = list
}

// toxic returns a toxic of a group, as it is on the first member that has it.
func (s *groups) toxic(g *group, name string) (spread, error) {
	for _, toxic := range s.inForce(g) {
		if toxic[0].toxic.Name == name {
			return toxic, nil
		}
	}
	return nil, toxiproxy.ErrToxicNotFound
}

// toxicOf returns a toxic of a group or of a proxy, nil where there is none.
func (s *groups) toxicOf(proxy, name string) *toxics.ToxicWrapper {
	if g := s.find(proxy); g != nil {
		if toxic, err := s.toxic(g, name); err == nil {
			return toxic[0].toxic
		}
		return nil
	}
	p, err := s.api.Collection.Get(proxy)
	if err != nil {
		return nil
	}
	return p.Toxics.GetToxic(name)
}

// touched are the proxies that a change to the toxics of one means: the members
// of a group, else the proxy itself.
func (s *groups) touched(name string) []string {
	if s.find(name) == nil {
		return []string{name}
	}
	names := []string{}
	for _, member := range s.members() {
		names = append(names, member.Name)
	}
	return names
}
