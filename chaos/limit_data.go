package chaos

import "atelier/assets/words"

// limitData cuts a connection after a number of bytes.
func limitData() Kind {
	return Kind{
		Name: "limit_data",
		Says: words.Text{
			En: "The connection is cut once that many bytes have passed.",
			Fr: "La connexion est coupée dès que ce nombre d’octets est passé.",
		},
		Attributes: []Attribute{{
			Name: "bytes", Unit: Bytes, Default: 1000, Max: 1 << 40, Required: true,
			Says: words.Text{En: "how much passes", Fr: "ce qui passe"},
		}},
		Streams: bothWays(),
		cuts:    true,
		tell: func(attributes map[string]int64) words.Text {
			return words.Textf("limit_data %s", "limit_data %s", Bytes.Tell(attributes["bytes"]))
		},
	}
}
