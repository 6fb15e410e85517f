package api

import (
	"fmt"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/lab"
)

// refused says why a message that was taken is not acknowledged, and what is
// known of it.
func (s *Server) refused(r *request) *problem {
	report := r.told.Report
	mayBe := r.told.Kind == ledger.UnknownReport
	p := s.cause(r)
	p.fate = &Fate{
		RequestID: r.Send, EventID: r.ID, Topic: r.Topic, Mode: string(r.mode), SendMode: string(r.sending),
		Report: reportName(r.told.Kind), Reason: string(report.Reason), Client: report.Err, MayBeInLog: &mayBe,
	}
	if r.attempts >= 0 {
		p.fate.Attempts = &r.attempts
	} else {
		p.note = notKept
	}
	return p
}

// notKept is why there are no details of a send.
var notKept = say("its attempts are not known any more: details are kept of the latest messages only", "ses tentatives ne sont plus connues : seuls les détails des derniers messages sont conservés")

func (s *Server) cause(r *request) *problem {
	report := r.told.Report
	switch report.Reason {
	case ledger.UnknownTopic:
		return noSuchTopic(r.Topic)
	case ledger.NoPartition:
		return refuse(unprocessable, "partition", say("topic %s has no such partition: nothing was written", "le topic %s n’a pas cette partition : rien n’a été écrit", r.Topic),
			say("leave partition out, and the key decides", "retirez partition, et la clé décide"))
	case ledger.TooLarge:
		return refuse(tooLarge, "message", say("the message is larger than the client or the topic allows: nothing was written", "le message dépasse ce que le client ou le topic admet : rien n’a été écrit"),
			say("send a smaller message", "envoyez un message plus petit"))
	case ledger.Closing, ledger.Interrupted:
		return s.ended(r)
	}
	if r.told.Kind == ledger.UnknownReport {
		k, why := r.gaveUp()
		return refuse(k, "", say("%s. The message may be in the log", "%s. Le message est peut-être dans le journal", why),
			say("look: POST /api/v1/audit, then GET /api/v1/messages/%s. Sending it again may write it twice", "regardez : POST /api/v1/audit, puis GET /api/v1/messages/%s. L’envoyer de nouveau peut l’écrire deux fois", r.ID))
	}
	switch report.Reason {
	case ledger.RefusedBy:
		return refuse(noBroker, "", say("%s: nothing was written", "%s : rien n’a été écrit", r.why()),
			say("see what the brokers lack: POST /api/v1/lab with the line brokers %s", "voyez ce qui manque aux brokers : POST /api/v1/lab avec la ligne brokers %s", r.Topic))
	case ledger.BudgetSpent, ledger.Timeout:
		k, why := r.gaveUp()
		return refuse(k, "", say("%s. No request with it departed: nothing was written", "%s. Aucune requête le portant n’est partie : rien n’a été écrit", why),
			say("clear the toxics, or send less at once; then send it again", "retirez les toxics, ou envoyez moins à la fois ; puis renvoyez-le"))
	case ledger.NoBroker:
		return s.noBroker(say("%s: no request departed, nothing was written", "%s : aucune requête n’est partie, rien n’a été écrit", r.why()))
	}
	return s.noBroker(say("no broker could be reached: %s. No request departed, nothing was written", "aucun broker n’a pu être joint : %s. Aucune requête n’est partie, rien n’a été écrit", r.why()))
}

// gaveUp is what ended the wait for an acknowledgement: the delivery budget, the
// retries, or something else.
func (r *request) gaveUp() (kind, words.Text) {
	report, settings := r.told.Report, r.mode.Settings()
	after := report.Latency.Round(time.Millisecond)
	switch {
	case report.Reason == ledger.BudgetSpent && report.Held:
		return outOfBudget, say("no acknowledgement came within the delivery budget of %s, and the client holds the message still: it may yet send it", "aucun acquittement n’est venu dans le budget de livraison de %s, et le client tient encore le message : il peut encore l’envoyer", settings.Total)
	case report.Reason == ledger.BudgetSpent:
		return outOfBudget, say("no acknowledgement came within the delivery budget of %s", "aucun acquittement n’est venu dans le budget de livraison de %s", settings.Total)
	case report.Reason != ledger.Timeout && report.Reason != ledger.Disconnected:
		return noAck, say("no acknowledgement came, and after %s the producer gave up: %s", "aucun acquittement n’est venu, et au bout de %s le producteur a renoncé : %s", after, r.why())
	case report.Latency+settings.Backoff >= settings.Total: // one more retry would not have fitted in
		return outOfBudget, say("no acknowledgement came within the delivery budget of %s: %s", "aucun acquittement n’est venu dans le budget de livraison de %s : %s", settings.Total, r.why())
	}
	return outOfRetries, say("no acknowledgement came; the %d retries were used up after %s of a delivery budget of %s: %s",
		"aucun acquittement n’est venu ; les %d nouvelles tentatives étaient épuisées au bout de %s, sur un budget de livraison de %s : %s",
		settings.Retries, after, settings.Total, r.why())
}

// why is the reason in words. The client's own are in clientError.
func (r *request) why() words.Text {
	report := r.told.Report
	if report.Reason == ledger.OtherReason {
		return say("for a reason of the client's, in clientError", "pour une raison propre au client, dans clientError")
	}
	name, _, _ := strings.Cut(report.Err, ":") // of a broker's refusal; what follows is English
	return lab.Why(ledger.Message{Topic: r.Topic, Reason: report.Reason, Err: name})
}

// ended is a message whose run was reset, or whose bench was closed, before it
// had an acknowledgement. No audit of a later run counts its copies, so that
// only the log itself can tell.
func (s *Server) ended(r *request) *problem {
	over, mayBe := s.closing(), r.told.Kind == ledger.UnknownReport
	switch {
	case over && mayBe:
		return refuse(closing, "", say("the atelier closed before an acknowledgement came: the message may be in the log", "l’atelier s’est fermé avant un acquittement : le message est peut-être dans le journal"),
			say("the atelier is closing: there is no run to send it in. Where the cluster lives on, look first: read topic %s for a record whose header event-id is %s. Sending it again may write it twice",
				"l’atelier se ferme : il n’y a plus d’essai où l’envoyer. Si le cluster lui survit, regardez d’abord : cherchez dans le topic %s un enregistrement dont l’en-tête event-id est %s. L’envoyer de nouveau peut l’écrire deux fois", r.Topic, r.ID))
	case over:
		return refuse(closing, "", say("the atelier closed before the message departed: nothing was written", "l’atelier s’est fermé avant le départ du message : rien n’a été écrit"),
			say("the atelier is closing: start it again, then send the message again", "l’atelier se ferme : redémarrez-le, puis renvoyez le message"))
	case mayBe:
		return refuse(closing, "", say("the run was reset before an acknowledgement came: the message may be in the log", "l’essai a été remis à zéro avant un acquittement : le message est peut-être dans le journal"),
			say("look first: read topic %s for a record whose header event-id is %s (the new run's audit counts none of the last run's). Sending it again may write it twice",
				"regardez d’abord : cherchez dans le topic %s un enregistrement dont l’en-tête event-id est %s (l’audit du nouvel essai ne compte rien du précédent). L’envoyer de nouveau peut l’écrire deux fois", r.Topic, r.ID))
	}
	return refuse(closing, "", say("the run was reset before the message departed: nothing was written", "l’essai a été remis à zéro avant le départ du message : rien n’a été écrit"),
		say("send it again in the new run", "renvoyez-le dans le nouvel essai"))
}

// noBroker refuses for want of a broker, and says what stands in the way as far
// as that is known.
func (s *Server) noBroker(detail words.Text) *problem {
	p := refuse(noBroker, "", detail, remedy(s.bench.Ledger().Brokers()))
	p.after = time.Second
	return p
}

// remedy is what makes brokers reachable again.
func remedy(brokers []ledger.Broker) words.Text {
	var down, stopped, frozen []int32
	for _, b := range brokers {
		switch {
		case !b.ProxyUp:
			down = append(down, b.ID)
		case !b.Up:
			stopped = append(stopped, b.ID)
		case b.Frozen:
			frozen = append(frozen, b.ID)
		}
	}
	switch {
	case len(down) > 0:
		return say("proxy down or gone: %s. POST /api/v1/lab with the line proxy up, or \"enabled\": true at Toxiproxy (a reset puts back one that was deleted); then send it again",
			"proxy hors service ou disparu : %s. POST /api/v1/lab avec la ligne proxy up, ou \"enabled\": true chez Toxiproxy (un reset remet celui qui a été supprimé) ; puis renvoyez-le", named(down))
	case len(stopped) > 0:
		return say("stopped: %s. POST /api/v1/lab with the line broker start %d; then send it again", "à l’arrêt : %s. POST /api/v1/lab avec la ligne broker start %d ; puis renvoyez-le", named(stopped), stopped[0])
	case len(frozen) > 0:
		return say("frozen: %s. POST /api/v1/lab with the line broker thaw %d; then send it again", "gelé : %s. POST /api/v1/lab avec la ligne broker thaw %d ; puis renvoyez-le", named(frozen), frozen[0])
	}
	return say("see who is up: GET /health/ready; clear the toxics (DELETE /api/v1/toxics); then send it again", "voyez qui est debout : GET /health/ready ; retirez les toxics (DELETE /api/v1/toxics) ; puis renvoyez-le")
}

// named lists brokers.
func named(ids []int32) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = fmt.Sprintf("broker %d", id)
	}
	return strings.Join(list, ", ")
}

// reportName is what a report is called.
func reportName(k ledger.Kind) string {
	return [...]string{
		ledger.NoReport: "pending", ledger.AckedReport: "acked", ledger.FailedReport: "failed",
		ledger.UnknownReport: "unknown", ledger.FiredReport: "fired",
	}[k]
}
