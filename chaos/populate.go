package chaos

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"net/http"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
)

// proxyInput is a proxy in a list, which may leave out whether it is on.
type proxyInput struct {
	toxiproxy.Proxy
	Enabled *bool `json:"enabled"`
}

// populate makes each proxy of a list, in its order, until one fails. A list
// that has nothing to do with groups, or that is wrong, is Toxiproxy's.
func (s *groups) populate(c call) (int, any, error) {
	var list []proxyInput
	if json.NewDecoder(bytes.NewReader(c.body)).Decode(&list) != nil {
		return 0, nil, errNotOurs
	}
	ours := false
	for i := range list {
		input := &list[i]
		if input.Name == "" || input.Upstream == "" {
			return 0, nil, errNotOurs
		}
		ours = ours || s.find(input.Name) != nil || s.means(input.Name, input.Upstream)
	}
	if !ours {
		return 0, nil, errNotOurs
	}
	var answer struct {
		*toxiproxy.ApiError `json:",omitempty"`
		Proxies             []face `json:"proxies"`
	}
	status := http.StatusCreated
	for i := range list {
		made, err := s.addOrReplace(c, &list[i])
		if err != nil {
			if !errors.As(err, &answer.ApiError) {
				answer.ApiError = &toxiproxy.ApiError{Message: err.Error(), StatusCode: http.StatusInternalServerError}
			}
			status = answer.StatusCode
			break
		}
		answer.Proxies = append(answer.Proxies, made)
	}
	return status, answer, nil
}

// addOrReplace makes one proxy or group. Of its name there is one afterwards,
// which is left as it was if it does not differ.
func (s *groups) addOrReplace(c call, input *proxyInput) (face, error) {
	up := input.Enabled == nil || *input.Enabled
	g, means := s.find(input.Name), s.means(input.Name, input.Upstream)
	if g != nil && means && input.Upstream == g.upstream && onLoopback(input.Listen) == g.entry.address() {
		return s.face(g), nil
	}
	if _, err := net.ResolveTCPAddr("tcp", input.Listen); err != nil {
		return face{}, err
	}
	if g != nil {
		if err := s.remove(c.Context(), g); err != nil {
			return face{}, err
		}
	}
	if !means {
		proxy, err := s.api.Collection.AddOrReplace(toxiproxy.NewProxy(s.api, input.Name, input.Listen, input.Upstream), up)
		if err != nil {
			return face{}, err
		}
		return face{proxy, proxy.Toxics.GetToxicArray()}, nil
	}
	if err := s.api.Collection.Remove(input.Name); err != nil && !errors.Is(err, toxiproxy.ErrProxyNotFound) {
		return face{}, err
	}
	g, err := s.create(input.Name, input.Listen, input.Upstream)
	if err == nil && !up {
		err = s.turn(g, false)
	}
	if err != nil {
		return face{}, err
	}
	return s.face(g), nil
}
