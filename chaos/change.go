package chaos

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
)

// What says what a Change is about.
type What string

// What can change on a Toxiproxy server.
const (
	ToxicAdded   What = "toxic added"
	ToxicChanged What = "toxic changed" // its attributes or its toxicity
	ToxicRemoved What = "toxic removed"
	ProxyAdded   What = "proxy added"
	ProxyRemoved What = "proxy removed"
	ProxyUp      What = "proxy up"
	ProxyDown    What = "proxy down"
	ProxyMoved   What = "proxy moved" // its listener or its upstream
)

// Change is one thing that changed on a server, whoever asked.
type Change struct {
	What   What
	Proxy  string // its name
	Broker int32  // the proxy's; NoBroker where the proxy is not ours
	Toxic  Toxic  // of the three toxic changes; as it was, where removed
	State  State  // of the proxy, after the change; before, where removed
	// Approximate is a change that was seen between two looks at a shared
	// server, and not as it was made.
	Approximate bool
}

// State is a proxy and the toxics on it.
type State struct {
	Broker   int32 // NoBroker where the proxy is not ours
	Name     string
	Listen   string
	Upstream string
	Up       bool
	Toxics   []Toxic // sorted by name; the slice is the receiver's
}

// watcher compares what the server holds with what it last told of.
type watcher struct {
	changed func(Change)

	mu   sync.Mutex // held while telling, so that changes come in order
	last map[string]State
}

// see compares proxies, by name, with what was last seen of them, and tells
// the difference. It reads them when it is its turn, so that nobody tells of
// the past. With only set, the others are left as they were.
func (w *watcher) see(read func() map[string]State, only []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := read()
	names := make(map[string]bool)
	for _, name := range only {
		names[name] = true
	}
	if only == nil {
		for name := range w.last {
			names[name] = true
		}
		for name := range now {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		before, was := w.last[name]
		after, is := now[name]
		delete(w.last, name)
		if is {
			w.last[name] = after
		}
		for _, change := range differences(before, was, after, is) {
			if w.changed != nil {
				change.State.Toxics = slices.Clone(change.State.Toxics)
				w.changed(change)
			}
		}
	}
}

// differences lists what lies between two states of a proxy.
func differences(before State, was bool, after State, is bool) []Change {
	var changes []Change
	add := func(what What, state State, toxic Toxic) {
		changes = append(changes, Change{What: what, Proxy: state.Name, Broker: state.Broker, Toxic: toxic, State: state})
	}
	for _, old := range before.Toxics {
		if _, still := find(after.Toxics, old); !still {
			state := after
			if !is {
				state = before
			}
			add(ToxicRemoved, state, old)
		}
	}
	switch {
	case !was && !is:
	case !was:
		add(ProxyAdded, after, Toxic{})
		if !after.Up {
			add(ProxyDown, after, Toxic{})
		}
	case !is:
		add(ProxyRemoved, before, Toxic{})
	default:
		if before.Listen != after.Listen || before.Upstream != after.Upstream {
			add(ProxyMoved, after, Toxic{})
		}
		if before.Up && !after.Up {
			add(ProxyDown, after, Toxic{})
		}
		if !before.Up && after.Up {
			add(ProxyUp, after, Toxic{})
		}
	}
	for _, toxic := range after.Toxics {
		old, had := find(before.Toxics, toxic)
		switch {
		case !had:
			add(ToxicAdded, after, toxic)
		case !reflect.DeepEqual(old, toxic):
			add(ToxicChanged, after, toxic)
		}
	}
	return changes
}

func find(toxics []Toxic, toxic Toxic) (Toxic, bool) {
	i := slices.IndexFunc(toxics, func(t Toxic) bool { return t.Name == toxic.Name && t.Foreign == toxic.Foreign })
	if i < 0 {
		return Toxic{}, false
	}
	return toxics[i], true
}

// statesOf reads the proxies of the embedded server, or some of them. The
// caller keeps updates away.
func statesOf(proxies map[string]*toxiproxy.Proxy, only []string) map[string]State {
	states := make(map[string]State, len(proxies))
	for name, proxy := range proxies {
		if only == nil || slices.Contains(only, name) {
			states[name] = stateOf(proxy)
		}
	}
	return states
}

// stateOf reads a proxy of the embedded server. The caller keeps updates away.
func stateOf(p *toxiproxy.Proxy) State {
	s := State{Broker: brokerOf(p.Name), Name: p.Name, Listen: p.Listen, Upstream: p.Upstream, Up: p.Enabled}
	for _, toxic := range p.Toxics.GetToxicArray() {
		w, ok := toxic.(*toxics.ToxicWrapper)
		if !ok {
			continue
		}
		s.Toxics = append(s.Toxics, Toxic{
			On: Broker(s.Broker), Name: w.Name, Kind: w.Type, Stream: w.Direction.String(),
			Toxicity: w.Toxicity, Attributes: attributesOf(w.Toxic),
		})
	}
	sortToxics(s.Toxics)
	return s
}

// attributesOf reads a toxic's numbers, under the names that the API has.
func attributesOf(toxic toxics.Toxic) map[string]int64 {
	text, err := json.Marshal(toxic)
	attributes := make(map[string]int64)
	if err == nil {
		err = json.Unmarshal(text, &attributes)
	}
	if err != nil {
		return map[string]int64{} // a toxic of someone's own, with other than numbers
	}
	return attributes
}

func sortToxics(list []Toxic) {
	slices.SortFunc(list, func(a, b Toxic) int { return strings.Compare(a.Name, b.Name) })
}

// proxyName is what a broker's proxy is called on the embedded server.
func proxyName(broker int32) string { return prefix + strconv.Itoa(int(broker)) }

const prefix = "broker-"

// brokerOf is the broker of a proxy's name, NoBroker where it is none of ours.
func brokerOf(name string) int32 {
	digits, ours := strings.CutPrefix(name, prefix)
	id, err := strconv.ParseInt(digits, 10, 32)
	if !ours || err != nil || id < 0 || proxyName(int32(id)) != name {
		return NoBroker
	}
	return int32(id)
}
