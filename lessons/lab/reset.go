package lab

import (
	"atelier/lessons/bench"
)

// reset reads `reset [needs=leaders|replication|brokers]`.
func reset(a *args) Command {
	r := &Reset{}
	a.take(setting{name: "needs", read: func(text string) error {
		r.Needs = bench.Ability(text)
		return oneOf(text, abilityNames())
	}})
	a.scope.reset()
	return r
}

func abilityNames() []string {
	var names []string
	for _, a := range bench.Abilities() {
		names = append(names, string(a))
	}
	return names
}

// needs are the settings of a reset, written out.
func needs() []string {
	var list []string
	for _, name := range abilityNames() {
		list = append(list, "needs="+name)
	}
	return list
}
