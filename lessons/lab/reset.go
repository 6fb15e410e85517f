package lab

import (
	"atelier/assets/recordings"
	"atelier/lessons/bench"
)

// reset reads `reset [needs=leaders|replication|brokers [recording=NAME]]`.
func reset(a *args) Command {
	r := &Reset{}
	a.take(setting{name: "needs", read: func(text string) error {
		r.Needs = bench.Ability(text)
		return oneOf(text, abilityNames())
	}}, setting{name: "recording", read: func(text string) error {
		r.Recording = text
		return oneOf(text, recordings.Names())
	}})
	if r.Recording != "" && r.Needs == "" {
		a.missing("recording= is for what not every cluster can do: write needs= as well",
			"recording= est pour ce que tout cluster ne sait pas faire : écrivez aussi needs=")
	}
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

// resets are the settings of a reset, written out.
func resets() []string {
	var list []string
	for _, name := range abilityNames() {
		list = append(list, "needs="+name)
	}
	for _, name := range recordings.Names() {
		list = append(list, "recording="+name)
	}
	return list
}
