package chaos

import "atelier/assets/words"

// bandwidth is a narrow pipe. Rates of 0 and below are refused: Toxiproxy
// would deliver nothing at 0 and panic below it.
func bandwidth() Kind {
	return Kind{
		Name: "bandwidth",
		Says: words.Text{
			En: "Everything is delivered, no faster than the rate.",
			Fr: "Tout est livré, mais pas plus vite que le débit.",
		},
		Attributes: []Attribute{{
			Name: "rate", Unit: KilobytesPerSecond, Default: 1, Min: 1, Max: 10 * 1000 * 1000, Required: true,
			Says: words.Text{En: "the most that passes", Fr: "le débit maximal"},
		}},
		Streams: bothWays(),
		holds:   longerThanAnybodyWaits,
		tell: func(attributes map[string]int64) words.Text {
			return words.Textf("bandwidth %s", "bandwidth %s", KilobytesPerSecond.Tell(attributes["rate"]))
		},
	}
}
