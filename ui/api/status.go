package api

import (
	"net/http"
	"time"

	"atelier/kafka"
	"atelier/lessons/check/spell"
	"atelier/lessons/lab"
)

// statusAnswer says what there is: the course's fields first.
type statusAnswer struct {
	Service      string    `json:"service"`
	Version      string    `json:"version"`
	Modes        []string  `json:"modes"`
	SendTypes    []string  `json:"sendTypes"`
	Timestamp    time.Time `json:"timestamp"`
	DefaultTopic string    `json:"defaultTopic"`
	Cluster      string    `json:"cluster"`
	Replicates   bool      `json:"replicates" doc:"false: one copy of everything, and acks=all promises no more than acks=1 (simulated)"`
	Run          string    `json:"run" doc:"from one reset to the next"`
	InFlight     int       `json:"inFlight" doc:"messages asked for here that have no report yet"`
}

// requestAnswer says what became of one request.
type requestAnswer struct {
	RequestID string       `json:"requestId"`
	EventID   string       `json:"eventId"`
	State     state        `json:"state" enum:"PENDING,OK,ERROR"`
	Topic     string       `json:"topic"`
	Mode      string       `json:"mode" enum:"plain,idempotent"`
	SendMode  string       `json:"sendMode" enum:"sync,async"`
	Partition *int32       `json:"partition,omitempty"`
	Offset    *int64       `json:"offset,omitempty"`
	LatencyMs *float64     `json:"latencyMs,omitempty" doc:"from the acceptance of the request to the producer's report"`
	QueuedMs  *float64     `json:"queuedMs,omitempty" doc:"of it, the wait for the hand-over to the producer"`
	Attempts  *int         `json:"attempts,omitempty"`
	Problem   *problemBody `json:"problem,omitempty" doc:"of an ERROR: what a sync send would have answered"`
	Reason    string       `json:"reason,omitempty" doc:"of an ERROR, in a sentence"`
	Note      string       `json:"note,omitempty" doc:"what is not known any more"`
}

// status says what this service can, or what became of one request.
func (s *Server) status(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	if query := r.URL.Query(); query.Has("requestId") {
		return s.became(query.Get("requestId"), r)
	}
	return statusAnswer{
		Service: "Kafka Producer", Version: s.options.Version,
		Modes:     []string{string(kafka.Plain), string(kafka.Idempotent)},
		SendTypes: []string{string(kafka.Sync), string(kafka.Async)},
		Timestamp: s.now().UTC(), DefaultTopic: lab.DefaultTopic, Cluster: s.options.Cluster,
		Replicates: s.bench.Replicates(), Run: s.hub.run(), InFlight: s.bench.UnderWay(),
	}, http.StatusOK, nil
}

func (s *Server) became(id string, r *http.Request) (any, int, error) {
	if id == "" {
		return nil, 0, refuse(badRequest, "requestId", say("requestId is empty", "requestId est vide"),
			say("give the requestId of the answer to a send, or leave the parameter out", "donnez le requestId de la réponse à un envoi, ou retirez le paramètre"))
	}
	x, there := s.desk.find(id)
	if !there {
		return nil, 0, refuse(notFound, "requestId",
			say("no request %s is remembered: it was never given, or %d came after it", "aucune requête %s n’est gardée en mémoire : elle n’a jamais été donnée, ou %d ont suivi", spell.Quote(id), maxRequests),
			say("of this run, its message may still be known: GET /api/v1/messages/…", "son message est peut-être encore connu, s’il est de cet essai : GET /api/v1/messages/…"))
	}
	a := requestAnswer{
		RequestID: x.Send, EventID: x.ID, State: x.state(), Topic: x.Topic, Mode: string(x.mode), SendMode: string(x.sending),
	}
	if a.State == pending {
		return a, http.StatusOK, nil
	}
	x.attempts = s.attemptsSince(&x)
	latency, queued := millis(x.told.Queued+x.told.Report.Latency), millis(x.told.Queued)
	a.LatencyMs, a.QueuedMs = &latency, &queued
	if x.attempts >= 0 {
		a.Attempts = &x.attempts
	} else {
		a.Note = notKept.In(s.langOf(r))
	}
	if a.State == ok {
		a.Partition, a.Offset = &x.told.Report.Partition, &x.told.Report.Offset
		return a, http.StatusOK, nil
	}
	lang := s.langOf(r)
	p := s.refused(&x)
	body := p.body(lang)
	a.Reason, a.Problem = p.detail.In(lang), &body
	return a, http.StatusOK, nil
}
