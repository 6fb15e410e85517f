package api

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"

	"atelier/chaos"
	"atelier/lessons/check/spell"
)

// which reads which toxics are meant: by a name, in the path or in the query, a
// direction, a broker. What is there but empty is refused: it would mean all.
func (s *Server) which(r *http.Request) (chaos.Which, error) {
	query := r.URL.Query()
	which := chaos.Which{Name: cmp.Or(r.PathValue("name"), query.Get("name")), Stream: query.Get("stream")}
	if query.Has("name") && which.Name == "" {
		return which, refuse(badRequest, "name", say("name is empty", "name est vide"), say("give a name, or leave the parameter out: every toxic is then meant", "donnez un nom, ou retirez le paramètre : tous les toxics sont alors visés"))
	}
	if streams := []string{chaos.Downstream, chaos.Upstream}; query.Has("stream") && !slices.Contains(streams, which.Stream) {
		return which, refuse(badRequest, "stream", say("stream=%s is unknown%s", "stream=%s est inconnu%s", spell.Quote(which.Stream), spell.Hint(which.Stream, streams)), say("choose %s", "choisissez %s", spell.List(streams)))
	}
	states, err := s.bench.Proxies(r.Context())
	if err != nil {
		return which, s.noToxiproxy(r.Context(), err)
	}
	if query.Has("broker") {
		if which.On, err = brokerOf(query.Get("broker"), states); err != nil {
			return which, err
		}
	}
	if which.Name != "" && !anyOf(states, which) {
		return which, refuse(notFound, "name", say("no toxic is named %s", "aucun toxic ne s’appelle %s", spell.Quote(which.Name)), say("see what is in force, and where: GET /api/v1/toxics", "voyez ceux qui agissent, et où : GET /api/v1/toxics"))
	}
	return which, nil
}

func brokerOf(text string, states []chaos.State) (chaos.On, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return chaos.On{}, refuse(badRequest, "broker", say("broker is a number, not %s", "broker est un nombre, pas %s", spell.Quote(text)), say("write broker=1", "écrivez broker=1"))
	}
	if id < 0 || id > math.MaxInt32 || !slices.ContainsFunc(states, func(p chaos.State) bool { return p.Broker == int32(id) }) {
		return chaos.On{}, noSuchBroker(id)
	}
	return chaos.Broker(int32(id)), nil
}

// anyOf says whether a toxic of ours is among those that are meant.
func anyOf(states []chaos.State, which chaos.Which) bool {
	for _, p := range states {
		for _, t := range p.Toxics {
			if !t.Foreign && which.Is(p.Broker, t) {
				return true
			}
		}
	}
	return false
}
