package network

import (
	"strconv"

	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says of each broker what sits on its way, what is under way, and what
// it leads.
func (n *Pane) Tell() []string {
	s := n.Seen.Snap
	if s == nil {
		return nil
	}
	n.count(s)
	said := make([]string, 0, len(n.wires))
	for i := range n.wires {
		said = append(said, n.tellOf(&n.wires[i], s))
	}
	return said
}

func (n *Pane) tellOf(w *wire, s *ledger.Snapshot) string {
	said := "Broker " + strconv.Itoa(int(w.broker.ID))
	switch {
	case !w.broker.Up:
		said += n.Pick(", stopped", ", arrêté")
	case w.broker.Frozen:
		said += n.Pick(", frozen", ", gelé")
	}
	if !w.broker.ProxyUp {
		said += n.Pick(", its proxy refuses everything", ", son proxy refuse tout")
	}
	var leads []string
	for p := range int32(12) {
		if s.Leader(n.topic, p) == w.broker.ID {
			leads = append(leads, strconv.Itoa(int(p)))
		}
	}
	if len(leads) > 0 {
		said += n.Pick(", leads partition ", ", leader de la partition ") + telling.List(leads, n.Lang) + n.Pick(" of ", " de ") + screen.Plain(n.topic)
	}
	said += ". " + n.way("upstream", n.Pick("Requests", "Requêtes"), w.requests, w, s)
	return said + " " + n.way("downstream", n.Pick("Answers", "Réponses"), w.answers, w, s)
}

// way says one direction: its toxics, and how many are held or under way.
func (n *Pane) way(stream, name string, held int, w *wire, s *ledger.Snapshot) string {
	var toxics []string
	for i := range s.Toxics {
		if t := &s.Toxics[i]; t.Broker == w.broker.ID && t.Stream == stream {
			said := n.words.Of(t.Kind, t.Attributes, n.Lang)
			if t.Foreign {
				said += n.Pick(" (of others)", " (posée par d’autres)")
			}
			toxics = append(toxics, said)
		}
	}
	said := name + n.Pick(": ", "\u00a0: ")
	if len(toxics) == 0 {
		said += n.Pick("no toxic", "aucune panne")
	}
	said += telling.List(toxics, n.Lang)
	if held > 0 {
		said += ", " + strconv.Itoa(held) + n.Pick(" under way", " en route")
	}
	return said + "."
}
