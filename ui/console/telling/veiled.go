package telling

import (
	"atelier/assets/words"
	"atelier/kafka"
	"atelier/lessons/lab"
)

// Veiled stands for what the log says while a prediction asks for just that.
func Veiled() words.Text {
	return words.Text{En: "veiled until your prediction", Fr: "voilé jusqu’à votre prédiction"}
}

// OfTheLog says whether what came of a line tells what the log holds.
func OfTheLog(c lab.Command) bool {
	switch c := c.(type) {
	case *lab.Audit, *lab.Expect:
		return true
	case *lab.Send: // of one alone its offset is told
		return c.Sending == kafka.Sync && c.Count == 1
	case *lab.After:
		return OfTheLog(c.Command)
	}
	return false
}
