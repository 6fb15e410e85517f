package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"time"

	"atelier/assets/words"
	"atelier/lessons/lab"
	"atelier/ui/api/ask"
	"atelier/ui/jsonl"
)

// labBody is a script as JSON. Most send it as it is, as text/plain.
type labBody struct {
	Script string `json:"script" example:"reset\nsend 10 plain async as A\naudit\nexpect A.once == 10"`
}

// Fields are its names.
func (labBody) Fields() []string { return []string{"script"} }

// Example is one.
func (labBody) Example() words.Text {
	return say(`{"script":"send 10 plain as A\naudit"}`, `{"script":"send 10 plain as A\naudit"}`)
}

// labAnswer is what --format json says, line by line, and its last line.
type labAnswer struct {
	Status lab.Status        `json:"status" enum:"passed,failed,error,interrupted"`
	Events []json.RawMessage `json:"events" doc:"what happened at each line, as --format json has it"`
	Result json.RawMessage   `json:"result" doc:"what it came to: every value of the lab language, by label and over the whole run"`
}

// lab carries a script out: one at a time, and no longer than the client waits.
func (s *Server) runLab(w http.ResponseWriter, r *http.Request) (any, int, error) {
	lang := s.langOf(r)
	script, err := s.readScript(w, r, lang)
	if err != nil {
		return nil, 0, err
	}
	select {
	case s.lab <- struct{}{}:
		defer func() { <-s.lab }()
	default:
		p := refuse(tooMuch, "", say("another script runs: one at a time", "un autre script s’exécute : un seul à la fois"), say("wait for its end", "attendez sa fin"))
		p.after = time.Second
		return nil, 0, p
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	var out bytes.Buffer
	lines := jsonl.New(&out, lang)
	runner := lab.Runner{Bench: s.bench, Watch: lines.Progress}
	result := runner.Run(ctx, script)
	if r.Context().Err() != nil {
		return nil, 0, r.Context().Err()
	}
	lines.End(result, s.bench.Ledger().Snapshot())
	a := labAnswer{Status: result.Status, Events: []json.RawMessage{}}
	for line := range bytes.Lines(out.Bytes()) {
		a.Events = append(a.Events, json.RawMessage(bytes.TrimSpace(line)))
	}
	a.Events, a.Result = a.Events[:len(a.Events)-1], a.Events[len(a.Events)-1]
	return a, http.StatusOK, nil
}

func (s *Server) readScript(w http.ResponseWriter, r *http.Request, lang words.Lang) (*lab.Script, error) {
	raw, err := ask.Body(w, r, "text/plain", "application/json", "application/x-www-form-urlencoded")
	if err != nil {
		return nil, err
	}
	t, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if ask.Takes([]string{"application/json"}, t) {
		var body labBody
		if err := ask.Decode(raw, &body); err != nil {
			return nil, err
		}
		raw = []byte(body.Script)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, refuse(unprocessable, "script", say("there is no script", "il n’y a pas de script"), say("send lab lines: curl --data-binary @lost-answer.lab", "envoyez des lignes de lab : curl --data-binary @lost-answer.lab"))
	}
	script, err := lab.Parse("script", raw)
	if err == nil {
		return script, nil
	}
	p := refuse(unprocessable, "script", say("the script is wrong: nothing was sent", "le script est faux : rien n’a été envoyé"), say("correct the lines that errors names", "corrigez les lignes que nomme errors"))
	var wrong lab.Errors
	if errors.As(err, &wrong) {
		for _, e := range wrong {
			p.wrong = append(p.wrong, place{e.Pos.Line, e.Pos.Column, e.In(lang)})
		}
	}
	return nil, p
}
