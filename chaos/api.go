package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"atelier/assets/words"

	"github.com/Shopify/toxiproxy/v2/client"
)

// The patience with Toxiproxy's API. Removing a toxic may take long: Toxiproxy
// waits 5 s for each piece that nobody takes.
const (
	connectTimeout = 3 * time.Second
	answerTimeout  = 5 * time.Second
	removeTimeout  = 30 * time.Second
)

// maxAnswer is how much of an answer is read: ten thousand proxies fit.
const maxAnswer = 8 << 20

// api speaks with a Toxiproxy over HTTP, in the types of its own Go client.
// That client knows no contexts: what it asks of a server that hangs would
// outlive us by 30 s.
type api struct {
	base string // the URL, without a slash at its end
	key  string // of our own server; empty: none
	http *http.Client
}

func newAPI(base, key string) *api {
	return &api{base: base, key: key, http: &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
			TLSHandshakeTimeout: connectTimeout,
			MaxIdleConnsPerHost: 4,
			IdleConnTimeout:     30 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// close ends the connections that wait for a next request.
func (a *api) close() { a.http.CloseIdleConnections() }

// away is a Toxiproxy that gave no answer.
type away struct {
	error
	cause   error
	refused bool // nobody listens: its proxies are gone with it
}

// Unwrap returns the words.
func (e away) Unwrap() error { return e.error }

// do asks for something, and reads the answer where one is wanted. Its error
// is a *toxiproxy.ApiError where Toxiproxy refused, away where it did not
// answer, or the context's.
func (a *api) do(ctx context.Context, method, path string, body, answer any) error {
	patience := answerTimeout
	if method == http.MethodDelete {
		patience = removeTimeout
	}
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	text, err := a.send(bounded, method, path, body)
	var refused *toxiproxy.ApiError
	switch {
	case errors.As(err, &refused):
		return refused
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return a.away(err)
	case answer == nil:
		return nil
	}
	if err := json.Unmarshal(text, answer); err != nil {
		return a.away(err)
	}
	return nil
}

func (a *api) send(ctx context.Context, method, path string, body any) ([]byte, error) {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "atelier")
	request.Header.Set("Content-Type", "application/json")
	if a.key != "" {
		request.Header.Set(keyHeader, a.key)
	}
	if method == http.MethodDelete {
		// So net/http asks again where a connection of before has ended meanwhile
		// (it sends no such header): then a server that is gone says so.
		request.Header["Idempotency-Key"] = nil
	}
	response, err := a.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 == 2 {
		return text, nil
	}
	refused := &toxiproxy.ApiError{}
	if json.Unmarshal(text, refused) != nil || refused.Message == "" {
		refused.Message = http.StatusText(response.StatusCode)
	}
	refused.Status = response.StatusCode
	return nil, refused
}

// away says that there was no answer, and why.
func (a *api) away(err error) error {
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err // it would name the URL once more, with its password
	}
	refused := isRefused(err)
	err = inWords(err)
	said := words.Errorf(
		"Toxiproxy does not answer at %s: %v. Is it still running? Start it again, then reset",
		"Toxiproxy ne répond pas à %s : %v. Tourne-t-il encore ? Relancez-le, puis faites reset", a.shown(), err)
	return away{said, err, refused}
}

// shown is the URL without its password.
func (a *api) shown() string {
	u, err := url.Parse(a.base)
	if err != nil {
		return a.base
	}
	return u.Redacted()
}

func (a *api) proxies(ctx context.Context) (map[string]*toxiproxy.Proxy, error) {
	all := make(map[string]*toxiproxy.Proxy)
	err := a.do(ctx, http.MethodGet, "/proxies", nil, &all)
	return all, err
}

func (a *api) proxy(ctx context.Context, name string) (*toxiproxy.Proxy, error) {
	proxy := &toxiproxy.Proxy{}
	err := a.do(ctx, http.MethodGet, proxyPath(name), nil, proxy)
	return proxy, err
}

func (a *api) create(ctx context.Context, name, listen, upstream string) (*toxiproxy.Proxy, error) {
	made := &toxiproxy.Proxy{}
	err := a.do(ctx, http.MethodPost, "/proxies", &toxiproxy.Proxy{Name: name, Listen: listen, Upstream: upstream, Enabled: true}, made)
	if err == nil && (made.Name != name || made.Listen == "" || made.Listen == listen && strings.HasSuffix(listen, ":0")) {
		err = errStranger // it takes everything, and makes nothing of it
	}
	return made, err
}

// update changes the fields of a proxy that are given, by the API's names. It
// is a POST, which every Toxiproxy 2 knows.
func (a *api) update(ctx context.Context, name string, fields map[string]any) error {
	return a.do(ctx, http.MethodPost, proxyPath(name), fields, nil)
}

func (a *api) remove(ctx context.Context, name string) error {
	return a.do(ctx, http.MethodDelete, proxyPath(name), nil, nil)
}

func (a *api) addToxic(ctx context.Context, proxy string, toxic toxiproxy.Toxic) error {
	return a.do(ctx, http.MethodPost, proxyPath(proxy)+"/toxics", toxic, nil)
}

func (a *api) removeToxic(ctx context.Context, proxy, name string) error {
	return a.do(ctx, http.MethodDelete, proxyPath(proxy)+"/toxics/"+url.PathEscape(name), nil, nil)
}

func proxyPath(name string) string { return "/proxies/" + url.PathEscape(name) }

// isConflict says that the name is taken.
func isConflict(err error) bool { return hasStatus(err, http.StatusConflict) }

// isUnknown says that there is no proxy or toxic of the name.
func isUnknown(err error) bool { return hasStatus(err, http.StatusNotFound) }

// hasAnyStatus says that there was an answer, and that it was a refusal.
func hasAnyStatus(err error) bool {
	var refused *toxiproxy.ApiError
	return errors.As(err, &refused)
}

func hasStatus(err error, status int) bool {
	var refused *toxiproxy.ApiError
	return errors.As(err, &refused) && refused.Status == status
}

// IsAway says whether an error comes from a Toxiproxy that did not answer.
func IsAway(err error) bool {
	var a away
	return errors.As(err, &a)
}

// isGone says that nobody listens where the server was: its proxies went with it.
func isGone(err error) bool {
	var a away
	return errors.As(err, &a) && a.refused
}

// cause is why a server did not answer, without the advice of the middle of a
// lab.
func cause(err error) error {
	var a away
	if errors.As(err, &a) {
		return a.cause
	}
	return err
}

// isRefused says whether nobody listens; Windows has a number of its own for it.
func isRefused(err error) bool {
	const onWindows = syscall.Errno(10061)
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, onWindows)
}
