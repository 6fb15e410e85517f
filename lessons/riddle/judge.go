package riddle

import (
	"atelier/assets/words"
	"atelier/chaos"
)

// factor is how far off a size may be: what a probe measures includes a busy
// machine, and the sizes of a family lie further apart.
const factor = 1.5

// Judgement is what an answer got right. A size is right only where the kind
// is: seconds are no kilobytes.
type Judgement struct{ Kind, Stream, Size bool }

// Judge compares an answer with the fault that is hidden.
func Judge(fault, answer chaos.Toxic) Judgement {
	j := Judgement{Kind: answer.Kind == fault.Kind, Stream: answer.Stream == fault.Stream}
	if j.Kind {
		is, said := float64(fault.Attributes[Size(fault.Kind)]), float64(answer.Attributes[Size(fault.Kind)])
		j.Size = said >= is/factor && said <= is*factor
	}
	return j
}

// Right says whether the answer is.
func (j Judgement) Right() bool { return j.Kind && j.Stream && j.Size }

// Explain says what of an answer is right and why, or where to look again,
// without giving away what is still hidden.
func (j Judgement) Explain(fault chaos.Toxic) words.Text {
	if j.Right() {
		return words.Textf("Yes: %[1]s. What told it: %[2]s", "Oui : %[1]s. Ce qui la trahit : %[2]s",
			words.Text{En: fault.Describe(words.English), Fr: fault.Describe(words.French)}, symptom(fault))
	}
	return words.Textf("Not yet. %s %s %s", "Pas encore. %s %s %s", j.ofKind(), j.ofStream(), j.ofSize(fault.Kind))
}

// symptom is what gives a fault away.
func symptom(fault chaos.Toxic) words.Text {
	requests := fault.Stream == chaos.Upstream
	switch {
	case fault.Kind == "latency" && requests:
		return words.Text{
			En: "requests arrive late, by the same time whatever their size, and their answers come back at once.",
			Fr: "les requêtes arrivent en retard, du même temps quelle que soit leur taille, et leurs réponses reviennent aussitôt.",
		}
	case fault.Kind == "latency":
		return words.Text{
			En: "requests arrive at once, and their answers come back late, by the same time whatever the size of the message.",
			Fr: "les requêtes arrivent aussitôt, et leurs réponses reviennent en retard, du même temps quelle que soit la taille du message.",
		}
	case fault.Kind == "timeout" && requests:
		return words.Text{
			En: "no request arrives, nothing is written, and the connection is cut after that time.",
			Fr: "aucune requête n’arrive, rien n’est écrit, et la connexion est coupée au bout de ce temps.",
		}
	case fault.Kind == "timeout":
		return words.Text{
			En: "requests arrive and are written, no answer comes back, and the connection is cut after that time.",
			Fr: "les requêtes arrivent et sont écrites, aucune réponse ne revient, et la connexion est coupée au bout de ce temps.",
		}
	}
	return words.Text{
		En: "small requests arrive soon and large ones late: the time grows with the bytes.",
		Fr: "les petites requêtes arrivent vite et les grandes tard : le temps croît avec les octets.",
	}
}

func (j Judgement) ofKind() words.Text {
	if j.Kind {
		return words.Text{En: "Kind: right.", Fr: "Genre : juste."}
	}
	return words.Text{
		En: "Kind: no. Does anything get through in the end? Does it take longer for a larger message?",
		Fr: "Genre : non. Quelque chose finit-il par passer ? Est-ce plus long pour un message plus gros ?",
	}
}

func (j Judgement) ofStream() words.Text {
	if j.Stream {
		return words.Text{En: "Direction: right.", Fr: "Sens : juste."}
	}
	return words.Text{
		En: "Direction: no. Where does the time go: before the request arrives, or after it was answered? And what is in the log?",
		Fr: "Sens : non. Où passe le temps : avant que la requête arrive, ou après qu’elle a reçu sa réponse ? Et qu’y a-t-il dans le journal ?",
	}
}

// ofSize says nothing of the size of a kind that was not recognised.
func (j Judgement) ofSize(kind string) words.Text {
	switch {
	case !j.Kind:
		return words.Text{En: "Size: once the kind is known.", Fr: "Taille : quand le genre sera trouvé."}
	case j.Size:
		return words.Text{En: "Size: right.", Fr: "Taille : juste."}
	case kind == "bandwidth":
		return words.Text{
			En: "Size: no. Divide the bytes of a large message by the time that it takes to arrive.",
			Fr: "Taille : non. Divisez les octets d’un gros message par le temps qu’il met à arriver.",
		}
	}
	return words.Text{
		En: "Size: no. Measure it with one attempt that waits longer than the fault: retries=0 request=9s total=10s.",
		Fr: "Taille : non. Mesurez-la par une seule tentative, plus patiente que la panne : retries=0 request=9s total=10s.",
	}
}
