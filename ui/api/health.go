package api

import (
	"context"
	"net/http"
	"time"

	"atelier/lessons/lab"
)

// readyTime is how long the cluster may take to answer.
const readyTime = 2 * time.Second

// healthAnswer is the course's own.
type healthAnswer struct {
	Status    string    `json:"status" example:"healthy"`
	Timestamp time.Time `json:"timestamp"`
}

// health says that the process answers: no more.
func (s *Server) health(http.ResponseWriter, *http.Request) (any, int, error) {
	return healthAnswer{"healthy", s.now().UTC()}, http.StatusOK, nil
}

// ready says that the cluster answers, too.
func (s *Server) ready(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	stop := context.AfterFunc(s.ctx, cancel)
	defer stop()
	if err := s.bench.Ready(ctx, lab.DefaultTopic); err != nil {
		if r.Context().Err() != nil || s.ctx.Err() != nil {
			return nil, 0, err
		}
		p := refuse(notReady, "", because(err), say("ask again in a moment", "redemandez dans un instant"))
		p.after = time.Second
		return nil, 0, p
	}
	return healthAnswer{"ready", s.now().UTC()}, http.StatusOK, nil
}
