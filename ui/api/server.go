package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/lab"
)

// DefaultAddr is where the course has its service.
const DefaultAddr = "127.0.0.1:18081"

// Bench is what the API needs of a bench.
type Bench interface {
	lab.Bench
	Ledger() *ledger.Ledger
	Submit(context.Context, bench.Ask) (bench.Ticket, error)
	UnderWay() int
	Ready(ctx context.Context, topic string) error
	Closed() bool
	Replicates() bool
}

// Options say where the API listens, on what it works, and who may ask.
type Options struct {
	Bench Bench
	Addr  string // host:port; empty: DefaultAddr
	// Asked is true where the user chose the address: it is then an error if it
	// is taken. Otherwise a free port is taken instead.
	Asked   bool
	Token   string     // that every request must show; empty: none, on loopback only
	Origins []string   // of web pages that may ask; empty: none but our own
	Lang    words.Lang // spoken where a request asks for none
	Cluster string     // what the bench runs on, in a word or two
	Version string     // of the atelier
	// Listener is there already; Addr is then where it listens. nil: we listen.
	Listener net.Listener
	Now      func() time.Time // nil: time.Now
}

// Server is the API while it listens. Its owner closes it, around the bench.
type Server struct {
	options Options
	bench   Bench
	now     func() time.Time
	began   time.Time
	guard   *guard
	desk    *desk
	hub     *hub
	streams atomic.Int64  // who read the events
	lab     chan struct{} // holds one: who runs a script
	left    left
	http    *http.Server
	addr    string

	ctx    context.Context // of what goes on until somebody ends it: streams, labs
	end    context.CancelFunc
	served chan struct{}
	once   sync.Once
	err    error
}

// headerTime is the patience with who begins a request, farewell with who reads
// his answer once the bench has told everything. Tests have more, see Patiently.
var (
	headerTime = 5 * time.Second
	farewell   = 300 * time.Millisecond
)

// The patience with clients else.
const (
	idleTime  = 60 * time.Second
	writeTime = 20 * time.Second // net/http may first read what is left of a body: see ask.Bound
	maxHeader = 16 << 10
)

// Serve begins to listen. ctx bounds the start, not the life. Errors are for the
// learner.
func Serve(ctx context.Context, o Options) (*Server, error) {
	if o.Addr == "" {
		o.Addr = DefaultAddr
	}
	if err := CheckAddr(o.Addr, o.Token); err != nil {
		return nil, err
	}
	listener := o.Listener
	if listener == nil {
		var err error
		if listener, err = listen(ctx, o.Addr, o.Asked); err != nil {
			return nil, err
		}
	}
	s := New(o)
	s.addr = listener.Addr().String()
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // ends with Close
	}()
	return s, nil
}

// New makes a server that does not listen: Handler is all there is to it.
func New(o Options) *Server {
	s := &Server{
		options: o, bench: o.Bench, now: o.Now, desk: newDesk(), hub: newHub(),
		lab: make(chan struct{}, 1), served: make(chan struct{}), addr: o.Addr,
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.began = s.now()
	s.guard = newGuard(o)
	s.ctx, s.end = context.WithCancel(context.Background())
	s.http = &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          log.New(io.Discard, "", 0), // what clients do wrong is theirs to know
	}
	o.Bench.Ledger().ListenNaming(s.hub.hear)
	s.hub.begin(o.Bench.Ledger().Snapshot())
	return s
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

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
		"the HTTP API cannot listen on %s: %v; choose another address (--api), leave it out (--api off), or stop what holds this one",
		"l’API HTTP ne peut pas écouter sur %s : %v ; choisissez une autre adresse (--api), retirez-la (--api off), ou arrêtez ce qui occupe celle-ci", addr, err)
}

// CheckAddr says whether an address can be listened on: one that others reach
// wants a token, as whoever asks may send messages and break the network.
func CheckAddr(addr, token string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" {
		return words.Errorf("--api %q is no address: write HOST:PORT, as in 127.0.0.1:18081, or off", "--api %q n’est pas une adresse : écrivez HÔTE:PORT, comme 127.0.0.1:18081, ou off", addr)
	}
	if loopback(host) || token != "" {
		return nil
	}
	return words.Errorf(
		"--api %s can be reached from other machines, and whoever reaches it may send messages and break the network. Give a token that each request must show (--api-token, or ATELIER_API_TOKEN), or listen on 127.0.0.1",
		"--api %s est joignable d’autres machines, et qui la joint peut envoyer des messages et casser le réseau. Donnez un jeton que chaque requête doit montrer (--api-token, ou ATELIER_API_TOKEN), ou écoutez sur 127.0.0.1", addr)
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Addr is where the API listens, as host:port.
func (s *Server) Addr() string { return s.addr }

// URL is where the API is reached, from this machine where that is one of
// several addresses.
func (s *Server) URL() string { return chaos.URL(s.addr) }

// Everywhere says that the API listens on every address of this machine.
func (s *Server) Everywhere() bool { return chaos.Everywhere(s.addr) }

// Announced says that the API is not where it was meant to be, so that the
// learner has to be told.
func (s *Server) Announced() bool { return !s.options.Asked && s.addr != s.options.Addr }

// Close takes no more requests, ends streams and labs, then closes the bench:
// which tells what is in flight, so that whoever waits for a report is answered.
// It may be called again, and returns the same.
func (s *Server) Close(bench func() error) error {
	s.once.Do(func() {
		s.end()
		defer s.hub.close()
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- s.http.Shutdown(ctx) }() // answered below
		err := bench()
		timer := time.AfterFunc(farewell, cancel)
		defer timer.Stop()
		if late := <-ended; late != nil && !errors.Is(late, context.Canceled) {
			err = errors.Join(err, fmt.Errorf("close the HTTP API: %w", late))
		}
		_ = s.http.Close() // whoever does not read his answer
		<-s.served
		s.err = err
	})
	return s.err
}
