package api

import (
	"net/http"
	"time"

	"atelier/kafka"
)

// metricsAnswer is the course's own, with what was counted beside.
type metricsAnswer struct {
	Producer      string        `json:"producer"`
	Uptime        time.Time     `json:"uptime" doc:"since when this service is up"`
	UptimeSeconds float64       `json:"uptimeSeconds"`
	Modes         []modeAnswer  `json:"modes"`
	SendTypes     []namedAnswer `json:"sendTypes"`
	Counts        []countAnswer `json:"counts" doc:"of this run, whoever sent: the ledger's own counts"`
}

type modeAnswer struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Acks        string `json:"acks"`
}

type namedAnswer struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

type countAnswer struct {
	Mode     string `json:"mode"`
	SendMode string `json:"sendMode"`
	Sent     int64  `json:"sent"`
	Acked    int64  `json:"acked"`
	Failed   int64  `json:"failed"`
	Unknown  int64  `json:"unknown"`
	Attempts int64  `json:"attempts"`
	Retries  int64  `json:"retries"`
}

// metrics is the course's page of metrics. Prometheus reads another: /metrics.
func (s *Server) metrics(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	lang := s.langOf(r)
	a := metricsAnswer{
		Producer: "Kafka Producer Service", Uptime: s.began.UTC(), UptimeSeconds: s.now().Sub(s.began).Seconds(),
		Modes: []modeAnswer{
			{string(kafka.Plain), lang.Pick("Fast but less reliable", "Rapide mais moins fiable"), "leader"},
			{string(kafka.Idempotent), lang.Pick("Reliable but slightly slower", "Fiable mais un peu plus lent"), "all"},
		},
		SendTypes: []namedAnswer{
			{string(kafka.Sync), lang.Pick("Blocking: waits for the report", "Bloquant : attend le rapport")},
			{string(kafka.Async), lang.Pick("Non-blocking, high throughput", "Non bloquant, haut débit")},
		},
		Counts: []countAnswer{},
	}
	for _, w := range s.bench.Ledger().Snapshot().Ways {
		a.Counts = append(a.Counts, countAnswer{w.Mode, w.Sending, w.Sent, w.Acked, w.Failed, w.Unknown, w.Attempts, w.Retries})
	}
	return a, http.StatusOK, nil
}
