package chaos

import (
	"time"

	"atelier/assets/words"
)

// latency holds everything back. It holds data, not the end of a connection.
func latency() Kind {
	return Kind{
		Name: "latency",
		Says: words.Text{
			En: "Everything is delivered, each piece late by the latency, give or take the jitter.",
			Fr: "Tout est livré, mais chaque morceau en retard de la latence, à la gigue (jitter) près.",
		},
		Attributes: []Attribute{
			{
				Name: "latency", Unit: Milliseconds, Default: 5000, Max: hour, Required: true,
				Says: words.Text{En: "how late", Fr: "le retard"},
			},
			{
				Name: "jitter", Unit: Milliseconds, Max: hour,
				Says: words.Text{En: "how much the latency varies, both ways", Fr: "la gigue : la variation du retard, ±"},
			},
		},
		Streams: bothWays(),
		holds: func(attributes map[string]int64) time.Duration {
			return time.Duration(attributes["latency"]+attributes["jitter"]) * time.Millisecond
		},
		tell: func(attributes map[string]int64) words.Text {
			late := Milliseconds.Tell(attributes["latency"])
			if jitter := attributes["jitter"]; jitter > 0 {
				return words.Textf("latency %s ± %s", "latency %s ± %s", late, Milliseconds.Tell(jitter))
			}
			return words.Textf("latency %s", "latency %s", late)
		},
	}
}

// hour is the longest duration of an attribute in ms: no lesson waits longer,
// and far below where Toxiproxy's arithmetic overflows.
const hour = 60 * 60 * 1000
