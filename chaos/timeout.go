package chaos

import "atelier/assets/words"

// timeout swallows the data. Toxiproxy's clock starts again with each piece
// that it drops, so the connection is cut after that long of silence.
func timeout() Kind {
	return Kind{
		Name: "timeout",
		Says: words.Text{
			En: "Nothing is delivered, and after that long without data the connection is cut; 0 never cuts. Its removal cuts what hangs on it.",
			Fr: "Rien n’est livré, et après ce temps sans données la connexion est coupée ; 0 ne coupe jamais. Son retrait coupe ce qui y est suspendu.",
		},
		Attributes: []Attribute{{
			Name: "timeout", Unit: Milliseconds, Default: 2000, Max: hour, Required: true,
			Says: words.Text{En: "how long until the cut; 0: never", Fr: "le temps avant la coupure ; 0 : jamais"},
		}},
		Streams: bothWays(),
		cuts:    true,
		tell: func(attributes map[string]int64) words.Text {
			if attributes["timeout"] == 0 {
				return words.Text{En: "timeout 0, for ever", Fr: "timeout 0, sans fin"}
			}
			return words.Textf("timeout %[1]s", "timeout %[1]s", Milliseconds.Tell(attributes["timeout"]))
		},
	}
}
