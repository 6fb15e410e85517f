package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
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
	LatencyMs float64 `json:"latencyMs" doc:"from the acceptance of the request to the producer's report"`
	QueuedMs  float64 `json:"queuedMs" doc:"of it, the wait for the hand-over to the producer: its topic was looked up, others were before it, or an audit read the log"`
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
	r := &request{mode: kafka.Mode(q.Mode), sending: kafka.Sending(q.Sending), attempts: -1}
	if q.Sending == ask.Sync {
		r.done = make(chan struct{})
	}
	ticket, err := s.bench.Submit(ctx, bench.Ask{
		Origin: Origin, Mode: r.mode, Sending: r.sending, Topic: q.Topic, Partition: q.Partition,
		Key: q.Key, Value: q.Message, ID: q.EventID,
		Told: func(t bench.Told) {
			s.desk.tell(r, t, s.attempts(t.Report.Ref))
			if q.Sending == ask.Async && s.closing() {
				s.left.count(t.Kind)
			}
		},
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
	if !known || !kept || m.Partial {
		return -1
	}
	return len(m.Attempts) + m.More
}

// attemptsSince is how many there are by now: a client that holds a message
// still may have gone on after its report.
func (s *Server) attemptsSince(r *request) int {
	if r.Run == s.hub.run() {
		if n := s.attempts(r.Ref); n >= 0 {
			return n
		}
	}
	if r.told.Report.Held {
		return -1
	}
	return r.attempts
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
		return nil, 0, s.refused(r)
	}
	return r.answer(), http.StatusOK, nil
}

func (r *request) answer() sendAnswer {
	a := sendAnswer{
		Success: true, Topic: r.Topic, Partition: r.told.Report.Partition, Offset: r.told.Report.Offset,
		Mode: string(r.mode), SendMode: string(r.sending), EventID: r.ID, RequestID: r.Send, State: ok,
		LatencyMs: millis(r.told.Queued + r.told.Report.Latency), QueuedMs: millis(r.told.Queued),
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
	if !errors.Is(err, bench.ErrUnreachable) {
		return s.noBroker(say("topic %s can't be sent to: %v. Nothing was sent", "impossible d’envoyer au topic %s : %v. Rien n’a été envoyé", q.Topic, err))
	}
	p := s.noBroker(say("no broker says anything about topic %s: nothing was sent", "aucun broker ne dit rien du topic %s : rien n’a été envoyé", q.Topic))
	p.fate = &Fate{Topic: q.Topic, Client: strings.TrimPrefix(err.Error(), bench.ErrUnreachable.Error()+"\n")}
	return p
}

func noSuchTopic(topic string) *problem {
	return refuse(unknownTopic, "topic", say("the cluster has no topic %s: nothing was sent", "le cluster n’a pas de topic %s : rien n’a été envoyé", topic),
		say("check the name%s. Or create it: POST /api/v1/lab with the line topic %s", "vérifiez le nom%s. Ou créez-le : POST /api/v1/lab avec la ligne topic %s", spell.Hint(topic, cluster.Topics()), topic))
}

func shuttingDown() *problem {
	return refuse(closing, "", say("the atelier is closing: nothing was sent", "l’atelier se ferme : rien n’a été envoyé"), say("start it again", "redémarrez-le"))
}
