package chaos

import "atelier/assets/words"

// resetPeer cuts a connection at its first data. Toxiproxy turns the cut into a
// TCP reset only for connections that were opened after the toxic was added;
// the others see an ordinary end.
//
// Its wait cannot be interrupted, not even by removing the toxic or closing
// the server, hence the low maximum.
func resetPeer() Kind {
	return Kind{
		Name: "reset_peer",
		Says: words.Text{
			En: "The first data is dropped and, after the timeout, the connection is cut; with a TCP reset if it was opened after the toxic was added.",
			Fr: "Les premières données sont perdues et, après le délai, la connexion est coupée ; par un reset TCP si elle a été ouverte après l’ajout du toxic.",
		},
		Attributes: []Attribute{{
			Name: "timeout", Unit: Milliseconds, Max: 10 * 1000,
			Says: words.Text{En: "how long after the first data; 0: at once", Fr: "le temps après les premières données ; 0 : aussitôt"},
		}},
		Streams: bothWays(),
		cuts:    true,
		tell: func(attributes map[string]int64) words.Text {
			if attributes["timeout"] == 0 {
				return words.Text{En: "reset_peer", Fr: "reset_peer"}
			}
			return words.Textf("reset_peer after %s", "reset_peer après %s", Milliseconds.Tell(attributes["timeout"]))
		},
	}
}
