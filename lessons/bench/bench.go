// Package bench is what one learner works on: a cluster, its proxies, the
// producers and the ledger. It is where kafka and chaos meet, who don't know
// each other. Front ends command it and read its ledger.
package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/access"
	"atelier/kafka/audit"
	"atelier/kafka/cluster"
	"atelier/kafka/gate"
	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
	"atelier/kafka/tap"
)

// Options say how a bench is made. The zero value is the default bench.
type Options struct {
	// Toxiproxy is where the embedded Toxiproxy's API listens; empty: at its
	// usual place, or on a free port where that is taken.
	Toxiproxy string
	// ToxiproxyAsked makes it an error where the address is taken.
	ToxiproxyAsked bool
	// ToxiproxyURL is the API of a Toxiproxy that is there, in place of the
	// embedded one; ToxiproxyMap says which addresses it knows under other names.
	ToxiproxyURL string
	ToxiproxyMap chaos.Map
	Brokers      []string         // of a cluster that is there; empty: the embedded one
	Access       *access.Access   // how that cluster lets us in; nil: a plain listener
	TopicPrefix  string           // of every topic's name towards that cluster
	Notice       func(words.Text) // hears what the learner should know of the cluster; from any goroutine
	TempDir      string           // for the embedded log; empty: the system's own
	Cluster      Kind             // of ours; empty: the embedded one
	Progress     func(words.Text) // hears what a start is busy with; nil: nobody
	Clock        func() time.Time // nil: time.Now
	Seed         uint64           // of the run ids; 0: random
	// Listen hears every event, in the ledger's order and under its lock: it
	// must not block. nil: nobody.
	Listen func(ledger.Event)
	// Memory is how many bytes the last run's events may take, to be replayed
	// (see Tape); 0: none are kept.
	Memory int
}

// Bench is one learner's workbench. It is safe for concurrent use; Close ends
// everything that it started.
type Bench struct {
	clock  func() time.Time
	ledger *ledger.Ledger
	tap    *tap.Tap

	server   *chaos.Server // nil where the Toxiproxy is one that was there
	chosen   bool          // its address was the user's choice
	proxies  *chaos.Proxies
	roads    chaos.Roads
	proxied  *chaos.Dialer
	straight *straight
	cluster  Cluster
	embedded *cluster.Embedded // nil where the cluster is another
	external *cluster.External // nil where it is the embedded one
	gates    *gate.Gates       // before secured brokers; nil where there are none
	options  Options
	control  *kafka.Control
	reader   *audit.Reader
	reel     *tape.Reel // nil where no events are kept

	foreign   sync.Once  // toxics of others were told of
	auditing  sync.Mutex // one audit at a time
	resetting sync.Mutex // a reset, or the end

	asked asked     // what others have under way
	turns turnstile // what they ask for passes here

	secret secret // the fault that is hidden

	mu      sync.Mutex
	run     *run
	next    chan struct{} // closed when there is another run, or none
	ids     *mathrand.Rand
	current atomic.Pointer[run]
}

// Open makes a bench and begins its first run. ctx bounds the opening alone.
func Open(ctx context.Context, o Options) (*Bench, error) {
	b := &Bench{clock: o.Clock, ledger: ledger.New(), ids: source(o.Seed), chosen: o.ToxiproxyAsked, options: o, next: make(chan struct{})}
	if b.clock == nil {
		b.clock = time.Now
	}
	b.record(o)
	b.straight = newStraight(&b.roads, o)
	b.tap = tap.New(tap.Options{
		Emit:       func(e ledger.Event) { b.ledger.Apply(e) },
		Now:        b.Now,
		Resolve:    func(id, stamp []byte) (ledger.Ref, bool) { return b.current.Load().identity.Resolve(id, stamp) },
		BrokerEnds: len(o.Brokers) == 0 && o.Cluster != Apache,
		Carries:    b.carries,
		TopicName:  func(id [16]byte) string { return b.embedded.TopicName(id) }, // only its brokers have a tap
	})
	b.current.Store(&run{began: b.clock(), identity: ledger.NewIdentity("")})
	if err := b.open(ctx, o); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (b *Bench) open(ctx context.Context, o Options) (err error) {
	if err := b.openToxiproxy(ctx, o); err != nil {
		return err
	}
	if err := b.openCluster(ctx, o); err != nil {
		return err
	}
	states, err := b.proxies.List(ctx)
	if err != nil {
		return err
	}
	b.tellAdopted(states)
	if err := b.tryProxies(ctx, states); err != nil {
		return err
	}
	b.tellBrokers(states)
	var addresses []string
	for _, broker := range b.cluster.Brokers() {
		addresses = append(addresses, broker.Direct)
	}
	if b.control, err = kafka.Connect(addresses, b.straight, "atelier-control"); err != nil {
		return err
	}
	if b.reader, err = audit.Open(addresses, b.straight, "atelier-audit"); err != nil {
		return err
	}
	b.begin()
	if b.external != nil {
		b.external.Watch()
	}
	return nil
}

// Close reports everything that is in flight, then ends all that the bench
// started. It takes under a second, also under a black hole. Call it once.
func (b *Bench) Close() error {
	var errs []error
	b.secret.forget()
	b.straight.sever() // whoever waits for a cluster that hangs waits no more
	b.resetting.Lock()
	defer b.resetting.Unlock()
	b.mu.Lock()
	r := b.run
	b.run = nil
	b.nextRun()
	b.mu.Unlock()
	if r != nil {
		r.close()
	}
	b.straight.end()
	if b.proxied != nil {
		b.proxied.Sever()
	}
	errs = append(errs, b.leaveToxiproxy())
	if b.server != nil {
		errs = append(errs, b.server.Close())
	}
	if b.proxied != nil {
		errs = append(errs, b.proxied.Close())
	}
	if b.gates != nil {
		b.gates.Close()
	}
	if b.proxies != nil {
		b.proxies.Close()
	}
	if b.control != nil {
		errs = append(errs, b.control.Close())
	}
	if b.reader != nil {
		b.reader.Close()
	}
	if b.cluster != nil {
		errs = append(errs, b.cluster.Close())
	}
	return errors.Join(errs...)
}

// Ledger returns the bench's ledger, from which everything is read.
func (b *Bench) Ledger() *ledger.Ledger { return b.ledger }

// Brokers lists where the brokers are reached: directly, and as they advertise
// themselves, which is through their proxies.
func (b *Bench) Brokers() []cluster.Broker { return b.cluster.Brokers() }

// Now is the time since the current run began.
func (b *Bench) Now() time.Duration { return b.clock().Sub(b.current.Load().began) }

func (b *Bench) at() ledger.At { return ledger.At{At: b.Now()} }

// source makes the ids of runs: from a seed the same ones each time.
func source(seed uint64) *mathrand.Rand {
	if seed != 0 {
		return mathrand.New(mathrand.NewPCG(seed, seed))
	}
	var random [32]byte
	if _, err := rand.Read(random[:]); err != nil {
		panic(fmt.Sprintf("no randomness: %v", err)) // since Go 1.24 it cannot fail
	}
	return mathrand.New(mathrand.NewChaCha8(random))
}
