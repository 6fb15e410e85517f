package api

import (
	"cmp"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/ui/metrics"
)

// prometheus writes what the ledger counts, and what this server does, in
// Prometheus' text format.
func (s *Server) prometheus(w http.ResponseWriter, r *http.Request) (any, int, error) {
	snap := s.bench.Ledger().Snapshot()
	families := append(metrics.Of(snap), s.families()...)
	families = slices.DeleteFunc(families, func(f metrics.Family) bool { return len(f.Samples) == 0 })
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // where there is none to set, the client is a test
	_, _ = w.Write(metrics.Append(nil, families, s.langOf(r)))                    // who went away needs no answer
	return nil, 0, nil
}

// families are the server's own.
func (s *Server) families() []metrics.Family {
	one := func(v float64) []metrics.Sample { return []metrics.Sample{{Value: v}} }
	requests, durations := s.desk.samples()
	return []metrics.Family{
		{
			Name: "atelier_build_info", Kind: metrics.Gauge, Help: words.Text{En: "What runs here: always 1.", Fr: "Ce qui tourne ici : toujours 1."},
			Samples: []metrics.Sample{{Labels: []metrics.Label{{Name: "version", Value: s.options.Version}, {Name: "go_version", Value: runtime.Version()}, {Name: "cluster", Value: s.options.Cluster}}, Value: 1}},
		},
		{
			Name: "atelier_start_time_seconds", Kind: metrics.Gauge, Help: words.Text{En: "When the HTTP API began, in seconds since 1970.", Fr: "Début de l’API HTTP, en secondes depuis 1970."},
			Samples: one(float64(s.began.UnixMilli()) / 1000),
		},
		{
			Name: "atelier_asked_in_flight_messages", Kind: metrics.Gauge, Help: words.Text{En: "Messages asked for over HTTP that have no report yet.", Fr: "Messages demandés en HTTP encore sans rapport."},
			Samples: one(float64(s.bench.UnderWay())),
		},
		{
			Name: "atelier_event_streams", Kind: metrics.Gauge, Help: words.Text{En: "Who reads the events.", Fr: "Lecteurs des événements."},
			Samples: one(float64(s.streams.Load())),
		},
		{Name: "atelier_http_requests_total", Kind: metrics.Counter, Help: words.Text{En: "Requests by path and status; 499: the client went away.", Fr: "Requêtes par chemin et statut ; 499 : le client est parti."}, Samples: requests},
		{Name: "atelier_http_request_duration_seconds", Kind: metrics.Histogram, Help: words.Text{En: "From request to answer.", Fr: "De la requête à la réponse."}, Samples: durations},
	}
}

// samples are the requests so far, by path and status, and how long they took.
func (d *desk) samples() (requests, durations []metrics.Sample) {
	d.mu.Lock()
	defer d.mu.Unlock()
	outcomes := make([]outcome, 0, len(d.counts))
	for o := range d.counts {
		outcomes = append(outcomes, o)
	}
	slices.SortFunc(outcomes, func(a, b outcome) int { return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.status, b.status)) })
	for _, o := range outcomes {
		t := d.counts[o]
		labels := []metrics.Label{{Name: "path", Value: o.path}, {Name: "status", Value: strconv.Itoa(o.status)}}
		requests = append(requests, metrics.Sample{Labels: labels, Value: float64(t.total())})
		durations = append(durations, metrics.Buckets(labels, requestBounds[:], t.counts[:], t.took.Seconds())...)
	}
	return requests, durations
}
