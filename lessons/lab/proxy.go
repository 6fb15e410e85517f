package lab

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/kafka/cluster"
	"atelier/lessons/bench"
	"atelier/lessons/check/spell"
)

// proxies reads `proxies`.
func proxies(a *args) Command {
	a.take()
	return &ProxiesList{}
}

// proxy reads `proxy down|up [broker=N]`.
func proxy(a *args) Command {
	p := &ProxySwitch{}
	p.Up = a.choice("proxy down broker=2", "down", "up") == "up"
	if len(a.alone) > 0 && numeric.MatchString(a.alone[0].bare()) {
		w := a.next()
		a.at(w, "name the broker: broker=%s", "nommez le broker : broker=%s", w.bare())
	}
	a.take(onSetting(&p.On))
	return p
}

// brokers reads `brokers [TOPIC]`.
func brokers(a *args) Command {
	b := &BrokersList{Topic: DefaultTopic}
	if w := a.next(); w != nil {
		if name, ok := a.bareName(w); ok {
			if err := topicName(name); err != nil {
				a.at(w, "%s", "%s", err)
			}
			b.Topic = name
		}
	}
	a.take()
	return b
}

// broker reads `broker stop|kill|start|freeze|thaw N`.
func broker(a *args) Command {
	b := &Broker{Action: bench.Action(a.choice("broker stop 2", actionNames()...))}
	if b.Action == "" {
		return nil // one complaint is enough
	}
	for _, w := range a.settings {
		if w.name() == "broker" && w.Value != nil {
			a.at(w, "write the number alone, as in broker stop %s", "écrivez le numéro seul, comme broker stop %s", w.Value.raw())
			return nil
		}
	}
	if w := a.next(); w == nil {
		a.missing("which broker? Write its number, as in broker stop 2", "quel broker ? Écrivez son numéro, comme broker stop 2")
	} else if n, err := integer(w.raw(), 0, math.MaxInt32); err != nil {
		a.at(w, "broker: %s", "broker : %s", err)
	} else {
		b.Broker = int32(n)
	}
	a.take()
	return b
}

func actionNames() []string {
	var names []string
	for _, a := range bench.Actions() {
		names = append(names, string(a))
	}
	return names
}

// choice reads one of some words; empty where it is none of them.
func (a *args) choice(example string, choices ...string) string {
	w := a.next()
	switch {
	case w == nil:
		a.missing("%s is missing: write for instance %s", "il manque %s : écrivez par exemple %s", either(choices), example)
	case slices.Contains(choices, w.bare()):
		return w.bare()
	default:
		a.at(w, "unknown word %s%s", "mot %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), choices))
	}
	return ""
}

// either joins choices: a, b or c.
func either(choices []string) words.Text {
	last := len(choices) - 1
	return words.Textf("%s or %s", "%s ou %s", strings.Join(choices[:last], ", "), choices[last])
}

// leader reads `leader move topic/partition to=N`.
func leader(a *args) Command {
	l := &LeaderMove{To: cluster.Nobody}
	if w := a.next(); w == nil {
		a.missing("write leader move topic/partition to=N, as in leader move test-topic/1 to=3", "écrivez leader move topic/partition to=N, comme leader move test-topic/1 to=3")
		return nil
	} else if w.bare() != "move" {
		a.at(w, "unknown word %s%s", "mot %s inconnu%s", spell.Quote(w.raw()), spell.Hint(w.bare(), []string{"move"}))
	}
	if w := a.next(); w == nil {
		a.missing("which partition? Write for instance leader move test-topic/1 to=3", "quelle partition ? Écrivez par exemple leader move test-topic/1 to=3")
	} else {
		a.partitionOf(w, l)
	}
	before := len(a.errors)
	a.take(into("to", &l.To, 0, math.MaxInt32))
	if l.To == cluster.Nobody && len(a.errors) == before {
		a.missing("to which broker? Add to=N, as in to=3", "vers quel broker ? Ajoutez to=N, comme to=3")
	}
	return l
}

func (a *args) partitionOf(w *word, l *LeaderMove) {
	name, number, ok := strings.Cut(w.bare(), "/")
	if !ok {
		a.at(w, "%s names no partition: write topic/partition, as in test-topic/1", "%s ne désigne pas une partition : écrivez topic/partition, comme test-topic/1", spell.Quote(w.raw()))
		return
	}
	if err := topicName(name); err != nil {
		a.complain(w.Pos.Column, utf8.RuneCountInString(name), "%s", "%s", err)
	}
	n, err := integer(number, 0, math.MaxInt32)
	if err != nil {
		a.complain(w.Pos.Column+utf8.RuneCountInString(name)+1, utf8.RuneCountInString(number), "partition: %s", "partition : %s", err)
	}
	l.Topic, l.Partition = name, int32(n)
}
