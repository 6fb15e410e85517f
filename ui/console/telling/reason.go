package telling

import (
	"strconv"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
)

// Reason says in a few words why a message was not acked.
func Reason(m *ledger.Message, lang words.Lang) string {
	switch m.Reason {
	case "":
		return ""
	case ledger.Timeout:
		return lang.Pick("no answer in time", "pas de réponse à temps")
	case ledger.Disconnected:
		return lang.Pick("connection cut or refused", "connexion coupée ou refusée")
	case ledger.BudgetSpent:
		return lang.Pick("delivery budget spent", "budget de livraison épuisé")
	case ledger.UnknownTopic:
		return lang.Pick("no topic ", "pas de topic ") + screen.Plain(m.Topic)
	case ledger.NoPartition:
		return lang.Pick("no such partition", "pas de telle partition")
	case ledger.TooLarge:
		return lang.Pick("message too large", "message trop gros")
	case ledger.NoBroker:
		return lang.Pick("no broker to be reached", "aucun broker joignable")
	case ledger.Closing:
		return lang.Pick("the bench was reset", "banc remis à zéro")
	case ledger.Interrupted:
		return lang.Pick("stopped before it was taken", "arrêté avant d’être pris")
	}
	return screen.Plain(m.Err)
}

// Code is an error code by the name under which Kafka's own pages know it.
func Code(code int16) string {
	if name := kafka.CodeName(code); name != "" {
		return name
	}
	return "code " + strconv.Itoa(int(code))
}
