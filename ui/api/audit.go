package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"atelier/lessons/bench"
	"atelier/ui/api/ask"
)

// auditAnswer is what an audit found in the log, of this run and whoever sent.
type auditAnswer struct {
	Run        string `json:"run"`
	Sent       int64  `json:"sent"`
	Copies     int64  `json:"copies" doc:"records in the log"`
	Once       int64  `json:"once" doc:"messages, as all that follow"`
	Duplicates int64  `json:"duplicates"`
	Lost       int64  `json:"lost" doc:"acked, and not in the log"`
	Absent     int64  `json:"absent" doc:"not acked, and not in the log"`
	Ghosts     int64  `json:"ghosts" doc:"written although not acked"`
	Reordered  int64  `json:"reordered"`
	Partitions int64  `json:"partitions" doc:"that hold at least one copy"`
	Pending    int64  `json:"pending" doc:"messages that were asked for meanwhile and wait for their hand-over: they have no verdict"`
	Current    bool   `json:"current" doc:"this is the verdict on all that was asked for: nothing was sent since, and nothing is pending"`
}

// audit reads the log back and judges every message of this run.
func (s *Server) audit(w http.ResponseWriter, r *http.Request) (any, int, error) {
	if _, err := ask.Body(w, r, "application/json"); err != nil {
		return nil, 0, err
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	if err := s.bench.Audit(ctx); err != nil {
		return nil, 0, unaudited(ctx, err)
	}
	snap := s.bench.Ledger().Snapshot()
	t := snap.All
	return auditAnswer{
		snap.Run, t.Sent, t.Copies, t.Once, t.Duplicates, t.Lost, t.Absent, t.Ghosts, t.Reordered, t.Partitions,
		snap.Audit.Pending, t.Audited && snap.Audit.Pending == 0,
	}, http.StatusOK, nil
}

func unaudited(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil, errors.Is(err, bench.ErrClosed), errors.Is(err, context.Canceled):
		if ctx.Err() == nil {
			return refuse(closing, "", say("the run was reset while the audit looked", "l’essai a été remis à zéro pendant l’audit"), say("audit again", "auditez à nouveau"))
		}
		return err
	case errors.Is(err, bench.ErrNotSettled):
		p := refuse(conflict, "", because(err), say("judge nothing by this audit; then POST /api/v1/audit again", "ne jugez rien d’après cet audit ; puis refaites POST /api/v1/audit"))
		p.after = time.Second
		return p
	}
	p := refuse(noBroker, "", because(err), say("start the brokers again, then POST /api/v1/audit", "redémarrez les brokers, puis POST /api/v1/audit"))
	p.after = time.Second
	return p
}
