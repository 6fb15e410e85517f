package chaos

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"atelier/assets/words"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
	zerologger "github.com/rs/zerolog/log"
)

// DefaultAddr is where Toxiproxy's API is expected, by its own documentation.
const DefaultAddr = "127.0.0.1:8474"

func init() {
	// The bandwidth toxic writes traces to zerolog's global logger, which would
	// be the learner's screen.
	zerologger.Logger = zerolog.Nop()
}

// closing is how long Close waits for what Toxiproxy still has running. Tests
// wait longer: of a machine that stands still they say nothing.
var closing = 700 * time.Millisecond

// patience is the part of it that requests under way have to end by
// themselves; only the removal of a toxic takes longer than an instant.
const patience = 100 * time.Millisecond

// ServeOptions says where the embedded Toxiproxy listens and who hears of its
// changes.
type ServeOptions struct {
	Addr string // host:port; "" is DefaultAddr
	// Asked is true where the user chose the address: it is then an error if it
	// is taken. Otherwise a free port is taken instead.
	Asked bool
	// Changed is called at each change, in order and never concurrently, before
	// whoever made it has the answer. It must be quick, and must not call this
	// server's API.
	Changed func(Change)
	// Hidden names the toxic that nobody may hear of, empty where there is none;
	// nil is none ever. It is left out of every answer to a request without Key.
	// It is called at each request, from any goroutine.
	Hidden func() string
}

// Server is an embedded Toxiproxy with its HTTP API. Its owner closes it.
type Server struct {
	api     *toxiproxy.ApiServer
	handler *handler
	http    *http.Server
	addr    string
	keep    *keeper
	served  chan struct{} // closed when the API has stopped
	once    sync.Once
	err     error
}

// Serve starts an embedded Toxiproxy. The context bounds the start, not the
// life. Errors are for the learner.
func Serve(ctx context.Context, options ServeOptions) (*Server, error) {
	if err := checkInnards(); err != nil {
		return nil, err
	}
	addr := options.Addr
	if addr == "" {
		addr = DefaultAddr
	}
	listener, err := listen(ctx, addr, options.Asked)
	if err != nil {
		return nil, err
	}
	s := &Server{addr: listener.Addr().String(), served: make(chan struct{})}
	s.keep = newKeeper(func() map[string]*toxiproxy.Proxy { return s.api.Collection.Proxies() })
	logger := zerolog.New(s.keep).Level(zerolog.TraceLevel)
	s.api = toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), logger)
	groups, err := newGroups(s.api)
	if err != nil {
		_ = listener.Close()
		s.keep.close(true)
		return nil, err
	}
	routes := s.api.Routes()
	routes.Use(groups.middleware)
	s.handler = &handler{
		routes: routes, api: s.api, groups: groups, keep: s.keep,
		watch: &watcher{changed: options.Changed, last: make(map[string]State)}, veil: newVeil(options.Hidden),
	}
	s.http = &http.Server{
		Handler:        s.handler,
		ReadTimeout:    15 * time.Second,
		WriteTimeout:   30 * time.Second, // above Toxiproxy's own 25 s for a request
		IdleTimeout:    60 * time.Second,
		MaxHeaderBytes: 16 << 10,
	}
	s.http.ErrorLog = quiet()
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // ends with Close
	}()
	return s, nil
}

func listen(ctx context.Context, addr string, asked bool) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err == nil {
		return listener, nil
	}
	if host, _, split := net.SplitHostPort(addr); !asked && split == nil {
		if listener, free := config.Listen(ctx, "tcp", net.JoinHostPort(host, "0")); free == nil {
			return listener, nil
		}
	}
	return nil, words.Errorf(
		"Toxiproxy cannot listen on %s: %v; choose another address (--toxiproxy-api), or stop what holds this one",
		"Toxiproxy ne peut pas écouter sur %s : %v ; choisissez une autre adresse (--toxiproxy-api), ou arrêtez ce qui occupe celle-ci",
		addr, err)
}

// Addr is where the API listens, as host:port.
func (s *Server) Addr() string { return s.addr }

// Key is for Options.Key: to whoever has it the server tells everything.
func (s *Server) Key() string { return s.handler.veil.key }

// Carries says whether a proxy still carries what a client sends from an
// address: its half connection towards the broker has not ended.
func (s *Server) Carries(client string) bool {
	return s.keep.carries(client + Upstream)
}

// URL is where the API is reached, from this machine where that is one of
// several addresses.
func (s *Server) URL() string { return URL(s.addr) }

// Announced says that the API is not where its documentation has it, so that
// the learner has to be told.
func (s *Server) Announced() bool { return s.addr != DefaultAddr }

// Close stops the API and every proxy and ends each connection, within a
// second. It returns an error where something of Toxiproxy still runs then: a
// reset_peer that waits out its timeout is the one known case, and ends with
// it. Close may be called again, and returns the same.
func (s *Server) Close() error {
	s.once.Do(func() { s.err = s.close() })
	return s.err
}

func (s *Server) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	requests := s.handler.close()
	_ = s.http.Close() // the listener's error says nothing that matters now
	<-s.served

	answered := make(chan struct{})
	go func() {
		requests.Wait()
		close(answered)
	}()
	select {
	case <-answered:
	case <-time.After(patience):
	}

	s.handler.groups.close()

	// Connections first: nothing new can come in or go out then, so what the
	// toxics hold goes to the keeper, however little the clients read. A request
	// that was removing a toxic ends by it, too.
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		var stopping sync.WaitGroup
		for _, proxy := range s.keep.all() {
			stopping.Go(proxy.Stop)
		}
		stopping.Wait()
		<-answered
		s.keep.sever()
	}()
	err := s.wait(ctx, ended)
	s.keep.close(err == nil)
	return err
}

// wait waits until the proxies have ended and each link's last goroutine.
func (s *Server) wait(ctx context.Context, ended <-chan struct{}) error {
	for {
		live, changed := s.keep.live()
		if live == 0 && ended == nil {
			return nil
		}
		select {
		case <-ended:
			ended = nil
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("close Toxiproxy: %d half connections have not ended: %w", live, ctx.Err())
		}
	}
}

// quiet is the log of the API's own failures, which are its clients' to tell.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
