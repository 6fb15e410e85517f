package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"atelier/kafka"
	"atelier/kafka/cluster"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/check/spell"
	"atelier/lessons/lab"
	"atelier/ui/api/ask"
)

// Origin is what the ledger calls messages that came through here.
const Origin = "api"

// patience is how long a request waits for its report. Its budget is far
// shorter, but begins with the hand-over, and an audit may come first.
const patience = 30 * time.Second

// sendAnswer is what a sync send answers: the course's fields first.
type sendAnswer struct {
	Success   bool    `json:"success"`
	Topic     string  `json:"topic"`
	Partition int32   `json:"partition"`
	Offset    int64   `json:"offset"`
	Mode      string  `json:"mode" enum:"plain,idempotent"`
	SendMode  string  `json:"sendMode" enum:"sync,async"`
	EventID   string  `json:"eventId" doc:"the message, as in its header event-id: send it again under this id"`
	RequestID string  `json:"requestId" doc:"this one send"`
	State     state   `json:"state" enum:"PENDING,OK,ERROR"`
	LatencyMs float64 `json:"latencyMs" doc:"from the hand-over to the producer's report"`
	Attempts  *int    `json:"attempts,omitempty" doc:"Produce requests that carried the message, counted on the wire"`
}

// pendingAnswer is what an async send answers.
type pendingAnswer struct {
	Success   bool   `json:"success"`
	Topic     string `json:"topic"`
	Mode      string `json:"mode" enum:"plain,idempotent"`
	SendMode  string `json:"sendMode" enum:"sync,async"`
	EventID   string `json:"eventId"`
	RequestID string `json:"requestId" doc:"ask GET /api/v1/status?requestId=…"`
	State     state  `json:"state" enum:"PENDING,OK,ERROR"`
}

// send takes one message, in the way that the path says where it says one.
func (s *Server) send(path ask.Send) route {
	return func(w http.ResponseWriter, r *http.Request) (any, int, error) {
		q, err := ask.ReadSend(w, r, path)
		if err != nil {
			return nil, 0, err
		}
		q.Topic = cmp.Or(q.Topic, lab.DefaultTopic)
		asked, err := s.submit(r.Context(), q)
		if err != nil {
			return nil, 0, err
		}
		if q.Sending == ask.Async {
			return pendingAnswer{
				Success: true, Topic: asked.Topic, Mode: q.Mode, SendMode: q.Sending,
				EventID: asked.ID, RequestID: asked.Send, State: pending,
			}, http.StatusAccepted, nil
		}
		return s.await(r.Context(), asked)
	}
}

// submit hands a message to the bench.
func (s *Server) submit(ctx context.Context, q ask.Message) (*request, error) {
	r := &request{mode: kafka.Mode(q.Mode), sending: kafka.Sending(q.Sending), asked: s.now(), attempts: -1}
	if q.Sending == ask.Sync {
		r.done = make(chan struct{})
	}
	ticket, err := s.bench.Submit(ctx, bench.Ask{
		Origin: Origin, Mode: r.mode, Sending: r.sending, Topic: q.Topic, Partition: q.Partition,
		Key: q.Key, Value: q.Message, ID: q.EventID,
		Told: func(t bench.Told) { s.desk.tell(r, t, s.attempts(t.Report.Ref), s.now()) },
	})
	if err != nil {
		return nil, s.unsent(ctx, q, err)
	}
	r.Ticket = ticket
	s.desk.add(r)
	return r, nil
}

// attempts is how many Produce requests carried a send; -1 where that is not
// kept.
func (s *Server) attempts(ref ledger.Ref) int {
	m, kept, known := s.bench.Ledger().Told(ref)
	if !known || !kept {
		return -1
	}
	return len(m.Attempts) + m.More
}

// await waits for a request's report.
func (s *Server) await(ctx context.Context, r *request) (any, int, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-r.done:
	case <-ctx.Done():
		return nil, 0, ctx.Err() // nobody is there to hear it
	case <-timer.C:
		p := refuse(outOfBudget, "", say("the message still waits for its turn: others were before it, or an audit reads the log", "le message attend encore son tour : d’autres étaient avant lui, ou un audit lit le journal"),
			say("ask what becomes of it: GET /api/v1/status?requestId=%s", "demandez ce qu’il devient : GET /api/v1/status?requestId=%s", r.Send))
		p.fate = &Fate{RequestID: r.Send, EventID: r.ID, Topic: r.Topic, Mode: string(r.mode), SendMode: string(r.sending)}
		return nil, 0, p
	}
	if r.state() != ok {
		return nil, 0, r.refused()
	}
	return r.answer(), http.StatusOK, nil
}

func (r *request) answer() sendAnswer {
	a := sendAnswer{
		Success: true, Topic: r.Topic, Partition: r.told.Report.Partition, Offset: r.told.Report.Offset,
		Mode: string(r.mode), SendMode: string(r.sending), EventID: r.ID, RequestID: r.Send, State: ok,
		LatencyMs: millis(r.told.Report.Latency),
	}
	if r.attempts >= 0 {
		a.Attempts = &r.attempts
	}
	return a
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// unsent says why a message was not taken. Nothing of it was written.
func (s *Server) unsent(ctx context.Context, q ask.Message, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, bench.ErrUnknownTopic):
		return noSuchTopic(q.Topic)
	case errors.Is(err, bench.ErrBusy):
		p := refuse(tooMuch, "", say("%d messages that were asked for have no report yet: nothing was sent", "%d messages demandés n’ont pas encore de rapport : rien n’a été envoyé", s.bench.UnderWay()),
			say("wait for some of them, then send again", "attendez-en quelques-uns, puis envoyez de nouveau"))
		p.after = time.Second
		return p
	case errors.Is(err, bench.ErrNames):
		return refuse(unprocessable, "eventId", say("this run has had %d messages with an eventId of their own, and remembers each: nothing was sent", "cet essai a eu %d messages à l’eventId choisi, et se souvient de chacun : rien n’a été envoyé", bench.MaxNamedAsks),
			say("leave eventId out, or begin a new run: POST /api/v1/lab with the line reset", "retirez eventId, ou commencez un nouvel essai : POST /api/v1/lab avec la ligne reset"))
	case errors.Is(err, bench.ErrClosed):
		return shuttingDown()
	}
	p := refuse(noBroker, "", say("no broker says anything about topic %s: %v. Nothing was sent", "aucun broker ne dit rien du topic %s : %v. Rien n’a été envoyé", q.Topic, err),
		say("see who is up: GET /health/ready; start brokers again, or clear the toxics", "voyez qui est debout : GET /health/ready ; redémarrez les brokers, ou retirez les toxics"))
	p.after = time.Second
	return p
}

func noSuchTopic(topic string) *problem {
	return refuse(unknownTopic, "topic", say("the cluster has no topic %s: nothing was sent", "le cluster n’a pas de topic %s : rien n’a été envoyé", topic),
		say("check the name%s. Or create it: POST /api/v1/lab with the line topic %s", "vérifiez le nom%s. Ou créez-le : POST /api/v1/lab avec la ligne topic %s", spell.Hint(topic, cluster.Topics()), topic))
}

func shuttingDown() *problem {
	return refuse(closing, "", say("the atelier is closing: nothing was sent", "l’atelier se ferme : rien n’a été envoyé"), say("start it again", "redémarrez-le"))
}

// refused says why a message that was taken is not acknowledged, and what is
// known of it.
func (r *request) refused() *problem {
	report := r.told.Report
	mayBe := r.told.Kind == ledger.UnknownReport
	f := &Fate{
		RequestID: r.Send, EventID: r.ID, Topic: r.Topic, Mode: string(r.mode), SendMode: string(r.sending),
		Report: reportName(r.told.Kind), Reason: string(report.Reason), Client: report.Err, MayBeInLog: &mayBe,
	}
	if r.attempts >= 0 {
		f.Attempts = &r.attempts
	}
	p := r.cause()
	p.fate = f
	return p
}

func (r *request) cause() *problem {
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
		return r.ended()
	}
	if r.told.Kind == ledger.UnknownReport {
		return refuse(outOfBudget, "", say("no acknowledgement came within %s (%s): the message may be in the log", "aucun acquittement n’est venu en %s (%s) : le message est peut-être dans le journal", report.Latency.Round(time.Millisecond), report.Err),
			say("look: POST /api/v1/audit, then GET /api/v1/messages/%s. Sending it again may write it twice", "regardez : POST /api/v1/audit, puis GET /api/v1/messages/%s. L’envoyer de nouveau peut l’écrire deux fois", r.ID))
	}
	if report.Reason == ledger.RefusedBy {
		return refuse(noBroker, "", say("the broker refused it (%s): nothing was written", "le broker l’a refusé (%s) : rien n’a été écrit", report.Err),
			say("see what the brokers lack: POST /api/v1/lab with the line brokers %s", "voyez ce qui manque aux brokers : POST /api/v1/lab avec la ligne brokers %s", r.Topic))
	}
	if report.Reason == ledger.BudgetSpent || report.Reason == ledger.Timeout {
		return refuse(outOfBudget, "", say("no request with it departed within %s (%s): nothing was written", "aucune requête le portant n’est partie en %s (%s) : rien n’a été écrit", report.Latency.Round(time.Millisecond), report.Err),
			say("clear the toxics, or send less at once; then send it again", "retirez les toxics, ou envoyez moins à la fois ; puis renvoyez-le"))
	}
	p := refuse(noBroker, "", say("no broker could be reached (%s): no request departed, nothing was written", "aucun broker n’a pu être joint (%s) : aucune requête n’est partie, rien n’a été écrit", report.Err),
		say("see who is up: GET /health/ready; start brokers again (broker start), or clear the toxics", "voyez qui est debout : GET /health/ready ; redémarrez les brokers (broker start), ou retirez les toxics"))
	p.after = time.Second
	return p
}

// ended is a message whose run was reset, or whose bench was closed, before it
// had an acknowledgement.
func (r *request) ended() *problem {
	if r.told.Kind == ledger.UnknownReport {
		return refuse(closing, "", say("the run was reset, or the atelier closed, before an acknowledgement came: the message may be in the log", "l’essai a été remis à zéro, ou l’atelier fermé, avant un acquittement : le message est peut-être dans le journal"),
			say("send it again in the new run", "renvoyez-le dans le nouvel essai"))
	}
	return refuse(closing, "", say("the run was reset, or the atelier closed, before the message departed: nothing was written", "l’essai a été remis à zéro, ou l’atelier fermé, avant le départ du message : rien n’a été écrit"),
		say("send it again in the new run", "renvoyez-le dans le nouvel essai"))
}

// reportName is what a report is called.
func reportName(k ledger.Kind) string {
	return [...]string{
		ledger.NoReport: "pending", ledger.AckedReport: "acked", ledger.FailedReport: "failed",
		ledger.UnknownReport: "unknown", ledger.FiredReport: "fired",
	}[k]
}
