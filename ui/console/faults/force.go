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
// that has it, or from one of them.
type inForce struct {
	name    string // of its field
	says    words.Text
	where   words.Text // on which brokers
	also    words.Text // its name, where that says more
	ends    string     // the lab line
	brokers []int32
	stream  string
}

// from is the line that takes it from one broker, or from all that have it.
func (f *inForce) from(on chaos.On) string {
	broker, one := on.One()
	if !one || len(f.brokers) < 2 {
		return f.ends
	}
	return f.ends + " broker=" + strconv.Itoa(int(broker))
}

// tells says what it is, and from where it would be taken.
func (f *inForce) tells(on chaos.On) words.Text {
	where := f.where
	if broker, one := on.One(); one && len(f.brokers) > 1 {
		where = words.Textf("broker %[1]d alone", "broker %[1]d seul", broker)
	}
	return words.Textf("%s · %s%s", "%s · %s%s", f.says, where, f.also)
}

// turn goes from all brokers that have it to each, and on; it returns the next.
func (f *inForce) turn(on chaos.On, by int) chaos.On {
	n := len(f.brokers) + 1
	if n < 3 {
		return chaos.On{}
	}
	at := 0
	if broker, one := on.One(); one {
		at = slices.Index(f.brokers, broker) + 1
	}
	if at = (at + by + n) % n; at == 0 {
		return chaos.On{}
	}
	return chaos.Broker(f.brokers[at-1])
}

func (f *inForce) acts(broker int32, stream string) bool {
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
		t, f := first[name], &all[at]
		f.says = words.Text{En: tell(t, words.English), Fr: tell(t, words.French)}
		f.where = places(f.brokers, len(s.Brokers))
		if t.Name != t.Kind+"_"+t.Stream {
			f.also = words.Textf(" · %[1]s", " · %[1]s", screen.Plain(t.Name))
		}
	}
	for i := range s.Brokers {
		if b := &s.Brokers[i]; !b.ProxyUp {
			id := strconv.Itoa(int(b.ID))
			all = append(all, inForce{
				name: "proxy " + id, ends: "proxy up broker=" + id, brokers: []int32{b.ID},
				says: words.Text{En: "proxy down", Fr: "proxy arrêté"}, where: words.Textf("broker %[1]s", "broker %[1]s", id),
			})
		}
	}
	return all
}

// tell says a toxic and its direction.
func tell(t *ledger.Toxic, lang words.Lang) string {
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
	return said
}

// places names some brokers, of so many.
func places(brokers []int32, of int) words.Text {
	if len(brokers) == of {
		return words.Text{En: "every broker", Fr: "tous les brokers"}
	}
	ids := make([]string, len(brokers))
	for i, b := range brokers {
		ids[i] = strconv.Itoa(int(b))
	}
	return words.Textf("broker %[1]s", "broker %[1]s", strings.Join(ids, ", "))
}
