package chaos

import (
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// On chooses among the brokers: one of them, or, as its zero value, every one.
// A node id of 0 is as good as any other.
type On struct {
	one    bool
	broker int32
}

// Broker chooses one.
func Broker(id int32) On { return On{true, id} }

// One is the broker that is chosen; false where every one is.
func (o On) One() (id int32, one bool) { return o.broker, o.one }

// Is says whether a broker is chosen.
func (o On) Is(broker int32) bool { return !o.one || o.broker == broker }

// chosen lists the brokers among those that have a proxy.
func (p *Proxies) chosen(on On) ([]int32, error) {
	own := p.own()
	id, one := on.One()
	switch {
	case one && slices.Contains(own, id):
		return []int32{id}, nil
	case one && len(own) > 0:
		return nil, words.Errorf(
			"there is no proxy for broker %d; there is one for %s",
			"il n’y a pas de proxy pour le broker %d ; il y en a pour %s", id, listed(own))
	case len(own) == 0:
		return nil, words.Errorf("no broker has a proxy", "aucun broker n’a de proxy")
	}
	return own, nil
}

func listed(brokers []int32) string {
	ids := make([]string, len(brokers))
	for i, id := range brokers {
		ids[i] = strconv.Itoa(int(id))
	}
	return strings.Join(ids, ", ")
}
