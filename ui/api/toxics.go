package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/check/spell"
	"atelier/ui/api/ask"
)

// toxicBody is a toxic as Toxiproxy has it. The document describes it by kind.
type toxicBody struct {
	Broker     *ask.Whole                 `json:"broker,omitempty"`
	Name       string                     `json:"name,omitempty"`
	Type       string                     `json:"type"`
	Stream     string                     `json:"stream,omitempty"`
	Toxicity   float32                    `json:"toxicity,omitempty"`
	Attributes map[string]json.RawMessage `json:"attributes,omitempty"` // numbers, null: left out
}

// Fields are its names.
func (toxicBody) Fields() []string {
	return []string{"broker", "name", "type", "stream", "toxicity", "attributes"}
}

// Example is one.
func (toxicBody) Example() words.Text {
	const one = `{"type":"latency","attributes":{"latency":5000}}`
	return words.Text{En: one, Fr: one}
}

// toxicsAnswer lists toxics in force.
type toxicsAnswer struct {
	Toxics []toxicAnswer `json:"toxics"`
}

type toxicAnswer struct {
	Broker     int32            `json:"broker"`
	Proxy      string           `json:"proxy"`
	Name       string           `json:"name"`
	Type       string           `json:"type"`
	Stream     string           `json:"stream"`
	Toxicity   float32          `json:"toxicity"`
	Attributes map[string]int64 `json:"attributes"`
	Foreign    bool             `json:"foreign,omitempty" doc:"somebody else's, on a Toxiproxy that is shared"`
	Says       string           `json:"says" doc:"what it does, in words"`
}

// toxics lists what is in force.
func (s *Server) toxics(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	list, err := s.inForce(r, func(chaos.Toxic) bool { return true })
	return list, http.StatusOK, err
}

func (s *Server) inForce(r *http.Request, which func(chaos.Toxic) bool) (toxicsAnswer, error) {
	a := toxicsAnswer{Toxics: []toxicAnswer{}}
	states, err := s.bench.Proxies(r.Context())
	if err != nil {
		return a, s.noToxiproxy(r.Context(), err)
	}
	lang := s.langOf(r)
	for _, p := range states {
		for _, t := range p.Toxics {
			if which(t) {
				a.Toxics = append(a.Toxics, toxicAnswer{p.Broker, p.Name, t.Name, t.Kind, t.Stream, t.Toxicity, t.Attributes, t.Foreign, t.Describe(lang)})
			}
		}
	}
	return a, nil
}

func (s *Server) noToxiproxy(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	p := refuse(notReady, "", because(err), say("try again; where Toxiproxy is one of your own, see that it runs", "réessayez ; si Toxiproxy est le vôtre, voyez s’il tourne"))
	p.after = time.Second
	return p
}

// addToxic puts a toxic in force.
func (s *Server) addToxic(w http.ResponseWriter, r *http.Request) (any, int, error) {
	raw, err := ask.Body(w, r, "application/json")
	if err != nil {
		return nil, 0, err
	}
	body := toxicBody{Toxicity: 1, Stream: chaos.Downstream}
	if err := ask.Decode(raw, &body); err != nil {
		return nil, 0, err
	}
	t, err := body.read()
	if err != nil {
		return nil, 0, err
	}
	if err := s.hasRoom(r, t); err != nil {
		return nil, 0, err
	}
	if err := s.bench.AddToxic(r.Context(), t); err != nil {
		return nil, 0, s.noToxiproxy(r.Context(), err)
	}
	name := nameOf(t)
	list, err := s.inForce(r, func(x chaos.Toxic) bool {
		broker, _ := x.On.One()
		return x.Name == name && !x.Foreign && t.On.Is(broker)
	})
	return list, http.StatusCreated, err
}

// hasRoom says why a toxic can't be where it is to be: no broker is there, or
// another toxic has its name.
func (s *Server) hasRoom(r *http.Request, t chaos.Toxic) error {
	states, err := s.bench.Proxies(r.Context())
	if err != nil {
		return s.noToxiproxy(r.Context(), err)
	}
	broker, one := t.On.One()
	there := !one
	for _, p := range states {
		if !t.On.Is(p.Broker) {
			continue
		}
		there = true
		for _, x := range p.Toxics {
			if x.Name == nameOf(t) && !x.Foreign {
				return refuse(conflict, "name", say("broker %d has a toxic named %s already", "le broker %d a déjà un toxic nommé %s", p.Broker, spell.Quote(x.Name)),
					say("remove it first (DELETE /api/v1/toxics/%s), or give this one another name", "retirez-le d’abord (DELETE /api/v1/toxics/%s), ou donnez un autre nom à celui-ci", x.Name))
			}
		}
	}
	if !there {
		return noSuchBroker(int64(broker))
	}
	return nil
}

func noSuchBroker(id int64) *problem {
	return refuse(unprocessable, "broker", say("there is no broker %d", "il n’y a pas de broker %d", id), say("leave it out, and every broker is meant", "retirez-le, et tous les brokers sont visés"))
}

// nameOf is what Toxiproxy calls a toxic.
func nameOf(t chaos.Toxic) string {
	if t.Name != "" {
		return t.Name
	}
	return t.Kind + "_" + t.Stream
}

// clearToxics removes the toxics that are meant, or all where nothing says which.
func (s *Server) clearToxics(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	which, err := s.which(r)
	if err != nil {
		return nil, 0, err
	}
	if err := s.bench.ClearToxics(r.Context(), which); err != nil {
		if errors.Is(err, context.Canceled) {
			return nil, 0, err
		}
		return nil, 0, s.noToxiproxy(r.Context(), err)
	}
	return nil, http.StatusNoContent, nil
}
