package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"atelier/lessons/bench"
	"atelier/ui/api/ask"
)

var jsonType = []string{"application/json"} // as a header has it: shared, and never changed

// serve answers with what a route says.
func (s *Server) serve(path string, do route, w http.ResponseWriter, r *http.Request) {
	began := s.now()
	body, status, err := do(w, r)
	var p *problem
	var wrong *ask.Wrong
	switch {
	case errors.As(err, &p):
	case errors.As(err, &wrong):
		p = misread(wrong)
	case err != nil && r.Context().Err() != nil:
		s.desk.count(outcome{path, 499}, s.now().Sub(began)) // the client went away
		return
	case errors.Is(err, bench.ErrClosed), s.ctx.Err() != nil && err != nil:
		p = shuttingDown()
	case err != nil:
		p = refuse(broken, "", because(err), say("the log has no more to say than this; try again", "il n’y a rien de plus à en dire ; réessayez"))
	case status == 0:
		s.desk.count(outcome{path, http.StatusOK}, s.now().Sub(began))
		return
	}
	if p != nil {
		status = p.status
	}
	s.desk.count(outcome{path, status}, s.now().Sub(began))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // where there is none to set, the client is a test
	if p != nil {
		p.write(w, s.langOf(r))
		return
	}
	write(w, status, body)
}

// write answers with JSON; without a body there is none.
func write(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	a := answers.Get().(*written)
	defer answers.Put(a)
	a.text.Reset()
	if err := a.encoder.Encode(body); err != nil {
		panic(err) // our own types: it cannot fail
	}
	w.Header()["Content-Type"] = jsonType
	w.WriteHeader(status)
	_, _ = w.Write(a.text.Bytes()) // who went away needs no answer
}

// written is an answer's text, and what writes it.
type written struct {
	text    bytes.Buffer
	encoder *json.Encoder
}

var answers = sync.Pool{New: func() any {
	a := &written{}
	a.encoder = json.NewEncoder(&a.text)
	a.encoder.SetEscapeHTML(false) // no page shows it as one: it says what it is
	return a
}}
