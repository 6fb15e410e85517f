package chaos

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"atelier/assets/words"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
	"github.com/gorilla/mux"
)

// call is a request that may be about a group.
type call struct {
	*http.Request
	body  []byte
	group *group // nil where the request is about none
	toxic string // its name
}

// errNotOurs leaves a request to Toxiproxy.
var errNotOurs = errors.New("not about a group")

// refusal is an answer that is none of Toxiproxy's own errors.
type refusal struct {
	error
	status int
}

// groupRoutes are answers to Toxiproxy's own routes, by their names there. An
// answer that is nil has no body.
var groupRoutes = map[string]func(*groups, call) (status int, answer any, err error){
	"ProxyIndex":  (*groups).proxyIndex,
	"ProxyCreate": (*groups).proxyCreate,
	"Populate":    (*groups).populate,
	"ProxyShow":   aboutGroup((*groups).proxyShow),
	"ProxyUpdate": aboutGroup((*groups).proxyUpdate),
	"ProxyDelete": aboutGroup((*groups).proxyDelete),
	"ToxicIndex":  aboutGroup((*groups).toxicIndex),
	"ToxicCreate": aboutGroup((*groups).toxicCreate),
	"ToxicShow":   aboutGroup((*groups).toxicShow),
	"ToxicUpdate": aboutGroup((*groups).toxicUpdate),
	"ToxicDelete": aboutGroup((*groups).toxicDelete),
}

func aboutGroup(route func(*groups, call) (int, any, error)) func(*groups, call) (int, any, error) {
	return func(s *groups, c call) (int, any, error) {
		if c.group == nil {
			return 0, nil, errNotOurs
		}
		return route(s, c)
	}
}

// middleware stands before each of Toxiproxy's handlers, behind what it has
// before them itself, and answers what is about groups in its form.
func (s *groups) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route, ok := groupRoutes[mux.CurrentRoute(r).GetName()]
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			refuse(w, http.StatusBadRequest, err)
			return
		}
		about := mux.Vars(r)
		status, value, err := route(s, call{Request: r, body: body, group: s.find(about["proxy"]), toxic: about["toxic"]})
		if errors.Is(err, errNotOurs) {
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
			return
		}
		reply(w, status, value, err)
	})
}

func reply(w http.ResponseWriter, status int, value any, err error) {
	var theirs *toxiproxy.ApiError
	var ours refusal
	var text []byte
	switch {
	case errors.As(err, &theirs):
		refuse(w, theirs.StatusCode, theirs)
		return
	case errors.As(err, &ours):
		refuse(w, ours.status, ours.error)
		return
	case err == nil && value != nil:
		text, err = json.Marshal(value)
	}
	if err != nil {
		refuse(w, http.StatusInternalServerError, err)
		return
	}
	if value != nil {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // it is held back, and cannot fail
}

// face is a proxy as Toxiproxy shows it.
type face struct {
	*toxiproxy.Proxy
	Toxics []toxics.Toxic `json:"toxics"`
}

// face shows a group as if it were a proxy.
func (s *groups) face(g *group) face {
	return face{&toxiproxy.Proxy{
		Name: g.name, Listen: g.entry.address(), Upstream: g.upstream, Enabled: enabled(s.members()), Logger: s.api.Logger,
	}, s.toxics(g)}
}

// toxics lists what a group has in force, in Toxiproxy's order: those on the
// requests first.
func (s *groups) toxics(g *group) []toxics.Toxic {
	list := []*toxics.ToxicWrapper{}
	for _, toxic := range s.inForce(g) {
		list = append(list, toxic[0].toxic)
	}
	slices.SortStableFunc(list, func(a, b *toxics.ToxicWrapper) int { return int(a.Direction) - int(b.Direction) })
	shown := []toxics.Toxic{}
	for _, toxic := range list {
		shown = append(shown, toxic)
	}
	return shown
}

// proxyIndex lists all proxies, the groups among them.
func (s *groups) proxyIndex(call) (int, any, error) {
	all := make(map[string]face)
	for name, proxy := range s.api.Collection.Proxies() {
		all[name] = face{proxy, proxy.Toxics.GetToxicArray()}
	}
	for _, g := range s.all() {
		all[g.name] = s.face(g)
	}
	return http.StatusOK, all, nil
}

// proxyCreate makes a group of a proxy that means the whole of Kafka.
func (s *groups) proxyCreate(c call) (int, any, error) {
	input := toxiproxy.Proxy{Enabled: true}
	err := json.NewDecoder(bytes.NewReader(c.body)).Decode(&input)
	if err != nil || input.Name == "" || input.Upstream == "" {
		return 0, nil, errNotOurs // Toxiproxy says what is wrong with it
	}
	_, err = s.api.Collection.Get(input.Name)
	means := s.means(input.Name, input.Upstream)
	switch {
	case s.find(input.Name) != nil, means && err == nil:
		return 0, nil, toxiproxy.ErrProxyAlreadyExists
	case !means:
		return 0, nil, errNotOurs
	}
	g, err := s.create(input.Name, input.Listen, input.Upstream)
	if err == nil && !input.Enabled {
		err = s.turn(g, false)
	}
	if err != nil {
		return 0, nil, err
	}
	return http.StatusCreated, s.face(g), nil
}

func (s *groups) proxyShow(c call) (int, any, error) { return http.StatusOK, s.face(c.group), nil }

func (s *groups) proxyDelete(c call) (int, any, error) {
	return http.StatusNoContent, nil, s.remove(c.Context(), c.group)
}

// proxyUpdate moves a group's listener, and switches its members where the
// request says whether they are to be on.
func (s *groups) proxyUpdate(c call) (int, any, error) {
	g := c.group
	input := toxiproxy.Proxy{Listen: g.entry.address(), Upstream: g.upstream}
	var said struct{ Enabled *bool }
	if err := json.NewDecoder(bytes.NewReader(c.body)).Decode(&input); err != nil {
		return 0, nil, badBody(err)
	}
	if err := json.NewDecoder(bytes.NewReader(c.body)).Decode(&said); err != nil {
		return 0, nil, badBody(err)
	}
	if input.Upstream != g.upstream && !s.means(g.name, input.Upstream) {
		return 0, nil, refusal{words.Errorf(
			"%s stands for the proxies of all brokers and can't lead elsewhere: delete it, and create a proxy",
			"%s représente les proxys de tous les brokers et ne peut pas mener ailleurs : supprimez-le, et créez un proxy", g.name), http.StatusBadRequest}
	}
	if err := s.move(g, input.Listen); err != nil {
		return 0, nil, err
	}
	g.upstream = input.Upstream
	if said.Enabled != nil {
		if err := s.turn(g, *said.Enabled); err != nil {
			return 0, nil, err
		}
	}
	return http.StatusOK, s.face(g), nil
}

func badBody(err error) error {
	bad := toxiproxy.ErrBadRequestBody
	return &toxiproxy.ApiError{Message: bad.Message + ": " + err.Error(), StatusCode: bad.StatusCode}
}

func (s *groups) toxicIndex(c call) (int, any, error) { return http.StatusOK, s.toxics(c.group), nil }

func (s *groups) toxicShow(c call) (int, any, error) {
	toxic, err := s.toxic(c.group, c.toxic)
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, toxic[0].toxic, nil
}

func (s *groups) toxicCreate(c call) (int, any, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	members := s.members()
	if len(members) == 0 {
		return 0, nil, refusal{words.Errorf(
			"%s stands for the proxies of all brokers, and there is none yet",
			"%s représente les proxys de tous les brokers, et il n’y en a pas encore", c.group.name), http.StatusServiceUnavailable}
	}
	added, err := put(c.Context(), members, c.body)
	if err != nil {
		return 0, nil, err
	}
	s.set(c.group, append(s.inForce(c.group), added))
	return http.StatusOK, added[0].toxic, nil
}

func (s *groups) toxicUpdate(c call) (int, any, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	toxic, err := s.toxic(c.group, c.toxic)
	if err == nil {
		err = toxic.change(c.body)
	}
	if err != nil {
		return 0, nil, err
	}
	return http.StatusOK, toxic[0].toxic, nil
}

func (s *groups) toxicDelete(c call) (int, any, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	toxic, err := s.toxic(c.group, c.toxic)
	if err != nil {
		return 0, nil, err
	}
	toxic.remove(c.Context())
	return http.StatusNoContent, nil, nil
}
