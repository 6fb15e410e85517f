package faults

import (
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// inForce is a fault that can be taken away: one line takes it from every broker
// that has it.
type inForce struct {
	name    string // of its field
	says    words.Text
	ends    string // the lab line
	brokers []int32
	stream  string
}

func (f *inForce) on(broker int32, stream string) bool {
	return slices.Contains(f.brokers, broker) && (f.stream == stream || f.stream == "")
}

// inForceOf lists the toxics of ours, by name, and the proxies that are down.
// What others added to a server that we share is not ours to take away.
func inForceOf(s *ledger.Snapshot) []inForce {
	var all []inForce
	seen := map[string]int{}
	first := map[string]*ledger.Toxic{}
	for i := range s.Toxics {
		t := &s.Toxics[i]
		if t.Foreign {
			continue
		}
		at, there := seen[t.Name]
		if !there {
			at = len(all)
			seen[t.Name], first[t.Name] = at, t
			all = append(all, inForce{name: "toxic " + t.Name, ends: "toxics clear " + t.Name, stream: t.Stream})
		}
		all[at].brokers = append(all[at].brokers, t.Broker)
	}
	for name, at := range seen {
		t := first[name]
		all[at].says = words.Text{En: tell(t, all[at].brokers, len(s.Brokers), words.English), Fr: tell(t, all[at].brokers, len(s.Brokers), words.French)}
	}
	for i := range s.Brokers {
		if b := &s.Brokers[i]; !b.ProxyUp {
			id := strconv.Itoa(int(b.ID))
			all = append(all, inForce{
				name: "proxy " + id, ends: "proxy up broker=" + id, brokers: []int32{b.ID},
				says: words.Textf("proxy down · broker %[1]s", "proxy arrêté · broker %[1]s", id),
			})
		}
	}
	return all
}

// tell says a toxic, its direction and its brokers.
func tell(t *ledger.Toxic, brokers []int32, of int, lang words.Lang) string {
	said := telling.Fault(t.Kind, t.Attributes, lang)
	switch t.Stream {
	case chaos.Upstream:
		said += lang.Pick(" · requests", " · requêtes")
	case chaos.Downstream:
		said += lang.Pick(" · answers", " · réponses")
	}
	if t.Toxicity > 0 && t.Toxicity < 1 {
		said += " · " + strconv.FormatFloat(float64(t.Toxicity), 'g', 3, 32)
	}
	if len(brokers) == of {
		said += lang.Pick(" · every broker", " · tous les brokers")
	} else {
		ids := make([]string, len(brokers))
		for i, b := range brokers {
			ids[i] = strconv.Itoa(int(b))
		}
		said += " · broker " + strings.Join(ids, ", ")
	}
	if t.Name != t.Kind+"_"+t.Stream {
		said += " · " + screen.Plain(t.Name)
	}
	return said
}
