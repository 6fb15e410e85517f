package chaos

import "atelier/assets/words"

// down is a proxy that is switched off: the one fault that is no toxic. See
// Proxies.Down and Proxies.Up.
func down() Kind {
	return Kind{
		Name: "down",
		Says: words.Text{
			En: "The proxy is down: its connections are cut and new ones refused.",
			Fr: "Le proxy est arrêté : ses connexions sont coupées et les nouvelles refusées.",
		},
		tell: func(map[string]int64) words.Text {
			return words.Text{En: "down", Fr: "arrêté"}
		},
	}
}
