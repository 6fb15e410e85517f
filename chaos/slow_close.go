package chaos

import "atelier/assets/words"

// slowClose holds the end of a connection back, and no data.
func slowClose() Kind {
	return Kind{
		Name: "slow_close",
		Says: words.Text{
			En: "Data passes; the end of a connection arrives late by the delay.",
			Fr: "Les données passent ; la fin d’une connexion arrive en retard du délai.",
		},
		Attributes: []Attribute{{
			Name: "delay", Unit: Milliseconds, Default: 1000, Max: hour, Required: true,
			Says: words.Text{En: "how late the end is", Fr: "le retard de la fermeture"},
		}},
		Streams: bothWays(),
		tell: func(attributes map[string]int64) words.Text {
			return words.Textf("slow_close %s", "slow_close %s", Milliseconds.Tell(attributes["delay"]))
		},
	}
}
