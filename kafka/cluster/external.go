package cluster

import (
	"cmp"
	"context"
	"maps"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// attachTimeout is how long a cluster that let us in may take to tell its
// brokers.
const attachTimeout = 5 * time.Second

// askTimeout is how long one broker may take to say what another can say too.
const askTimeout = 2 * time.Second

// AttachOptions are what a cluster that is there needs, and who hears of it.
type AttachOptions struct {
	Addresses []string // to start from; one that lets us in is enough
	Access    *access.Access
	// Front stands before a broker, and once more where its address changed.
	Front func(ctx context.Context, broker int32, direct string) error
	// The rest may be nil. All are called by Attach and then by Watch's
	// goroutine and Prepare's caller.
	Notice func(words.Text)                        // for the learner: works, but should be known
	Seen   func(broker int32, up bool)             // a broker joined, left or came back
	Led    func(topic string, partition, by int32) // who leads a partition of a topic in use
	Every  time.Duration                           // how often Watch looks; 0: two seconds
}

// External is a cluster that was there before us, and that others may use: we
// stop nothing in it and remove nothing from it. It is safe for concurrent
// use.
type External struct {
	options AttachOptions
	client  *kgo.Client
	admin   *kadm.Client
	silent  access.Silent

	ctx      context.Context // ends with Close
	end      context.CancelFunc
	watching sync.WaitGroup
	wake     chan struct{} // Watch should look now

	looking sync.Mutex // one look at a time, so that its news come in order

	mu      sync.Mutex
	brokers map[int32]Broker           // those that the cluster names now
	known   map[int32]string           // every broker with a front, by its address
	topics  map[string]map[int32]int32 // in use: the leader of each partition
	heard   map[string]struct{}        // notices that were given
}

// Attach reaches a cluster by any of its addresses and learns its brokers, not
// its topics. Its error says what is wrong at each address. The caller closes
// the cluster.
func Attach(ctx context.Context, o AttachOptions) (*External, error) {
	e := &External{
		options: o, wake: make(chan struct{}, 1),
		brokers: map[int32]Broker{}, known: map[int32]string{}, topics: map[string]map[int32]int32{}, heard: map[string]struct{}{},
	}
	open, failed, err := e.knockAll(ctx)
	if err != nil {
		return nil, err
	}
	e.client, err = kgo.NewClient(
		kgo.SeedBrokers(open...), kgo.ClientID("atelier"), kgo.DisableClientMetrics(),
		kgo.Dialer(func(ctx context.Context, network, address string) (net.Conn, error) {
			return e.silent.Dial(address, func() (net.Conn, error) { return o.Access.Dial(ctx, network, address) })
		}),
		// A broker that is frozen leaves time to ask another.
		kgo.RequestTimeoutOverhead(askTimeout), kgo.RetryTimeout(attachTimeout),
		kgo.RequestRetries(4), kgo.RetryBackoffFn(func(int) time.Duration { return leaderPause }),
	)
	if err != nil {
		return nil, words.Errorf("the cluster at %v can't be used: %v", "le cluster %v est inutilisable : %v", open, err)
	}
	e.admin = kadm.NewClient(e.client)
	e.ctx, e.end = context.WithCancel(context.Background())
	if err := e.learn(ctx, open, failed); err != nil {
		_ = e.Close()
		return nil, err
	}
	return e, nil
}

// knockAll tries every address at once and returns those that let us in, and
// why the others do not.
func (e *External) knockAll(ctx context.Context) (open []string, failed map[string]error, err error) {
	failed = map[string]error{}
	var errs []error
	for i, err := range e.tryAll(ctx, e.options.Addresses) {
		address := e.options.Addresses[i]
		if err == nil {
			open = append(open, address)
			continue
		}
		failed[address] = err
		errs = append(errs, err)
	}
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case len(open) == 0:
		return nil, nil, several(errs)
	}
	return open, failed, nil
}

// tryAll knocks at addresses, all at once.
func (e *External) tryAll(ctx context.Context, addresses []string) []error {
	errs := make([]error, len(addresses))
	var all sync.WaitGroup
	for i, address := range addresses {
		all.Go(func() { errs[i] = knock(ctx, e.options.Access, address) })
	}
	all.Wait()
	return errs
}

// several says all errors, in both languages.
func several(errs []error) error {
	all := errs[0]
	for _, err := range errs[1:] {
		all = words.Errorf("%v\n%v", "%v\n%v", all, err)
	}
	return all
}

// learn puts fronts before the brokers that the cluster names, once each was
// seen to be reached: where nobody reaches what a cluster advertises, no
// client of it can work.
func (e *External) learn(ctx context.Context, open []string, failed map[string]error) error {
	ctx, cancel := context.WithTimeout(ctx, 2*attachTimeout)
	defer cancel()
	answer, err := e.metadata(ctx, nil)
	if err != nil {
		return words.Errorf(
			"the cluster at %v does not tell its brokers: %v. Try again, or ask who runs it",
			"le cluster %v ne donne pas ses brokers : %v. Réessayez, ou demandez à qui s’en occupe", open, err)
	}
	list := brokersOf(answer)
	if err := e.checkAdvertised(ctx, open, failed, list); err != nil {
		return err
	}
	for _, address := range e.options.Addresses {
		named := slices.ContainsFunc(list, func(b Broker) bool { return b.Direct == address })
		if err := failed[address]; err != nil && !named { // of those that are, the learner has heard
			e.notice("one of the addresses fails, and the cluster is reached by another: %v",
				"l’une des adresses échoue, et le cluster est joint par une autre : %v", err)
		}
	}
	for _, b := range list {
		if err := e.front(ctx, b); err != nil {
			return err
		}
		e.brokers[b.ID] = b
	}
	return nil
}

// checkAdvertised tries the addresses that clients are sent to. A broker that
// is down or frozen for a moment is no reason to turn back while others answer;
// an address that leads nowhere is.
func (e *External) checkAdvertised(ctx context.Context, open []string, failed map[string]error, list []Broker) error {
	why := maps.Clone(failed)
	var untried []string
	for _, b := range list {
		if _, tried := failed[b.Direct]; !tried && !slices.Contains(open, b.Direct) {
			untried = append(untried, b.Direct)
		}
	}
	for i, err := range e.tryAll(ctx, untried) {
		why[untried[i]] = err
	}
	var down []Broker
	var errs []error
	for _, b := range list {
		err := why[b.Direct]
		if err == nil {
			continue
		}
		errs = append(errs, unusable(b, err))
		if isDown(err) {
			down = append(down, b)
		}
	}
	if len(errs) > len(down) || len(down) > 0 && len(down) == len(list) {
		return several(errs)
	}
	for _, b := range down {
		e.notice(
			"broker %d (%s) does not answer, and the lab goes on with the others: what it leads fails meanwhile. If it is up, its advertised.listeners must be changed. In detail: %v",
			"le broker %d (%s) ne répond pas, et le labo continue avec les autres : ce dont il est leader échoue entre-temps. S’il tourne, c’est son advertised.listeners qui est à changer. En détail : %v",
			b.ID, b.Direct, why[b.Direct])
	}
	return nil
}

// unusable says that clients are sent to where they can't go.
func unusable(b Broker, err error) error {
	return words.Errorf(
		"the cluster sends its clients to %s for broker %d, which this machine can't use. Either the broker is down, or its advertised.listeners must be changed. In detail: %v",
		"le cluster envoie ses clients à %s pour le broker %d, ce que cette machine ne peut pas suivre. Soit le broker est arrêté, soit son advertised.listeners est à changer. En détail : %v",
		b.Direct, b.ID, err)
}

// front puts the front before a broker, where it has none for this address.
func (e *External) front(ctx context.Context, b Broker) error {
	e.mu.Lock()
	known := e.known[b.ID]
	e.mu.Unlock()
	if known == b.Direct {
		return nil
	}
	if err := e.options.Front(ctx, b.ID, b.Direct); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.known[b.ID] = b.Direct
	return nil
}

func brokersOf(answer *kmsg.MetadataResponse) []Broker {
	list := make([]Broker, 0, len(answer.Brokers))
	for _, b := range answer.Brokers {
		direct := net.JoinHostPort(b.Host, strconv.Itoa(int(b.Port)))
		list = append(list, Broker{ID: b.NodeID, Direct: direct, Advertised: direct})
	}
	slices.SortFunc(list, func(a, b Broker) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// metadata asks for the brokers and for some topics: never for all of them, of
// which a cluster that others use may have thousands.
func (e *External) metadata(ctx context.Context, topics []string) (*kmsg.MetadataResponse, error) {
	request := kmsg.NewPtrMetadataRequest()
	request.Topics = []kmsg.MetadataRequestTopic{} // none; nil would be all
	for _, name := range topics {
		topic := kmsg.NewMetadataRequestTopic()
		topic.Topic = kmsg.StringPtr(name)
		request.Topics = append(request.Topics, topic)
	}
	request.IncludeTopicAuthorizedOperations = len(topics) > 0
	return request.RequestWith(ctx, e.client)
}

// notice tells the learner something, once.
func (e *External) notice(en, fr string, args ...any) {
	text := words.Textf(en, fr, args...)
	e.mu.Lock()
	_, given := e.heard[text.En]
	e.heard[text.En] = struct{}{}
	e.mu.Unlock()
	if !given && e.options.Notice != nil {
		e.options.Notice(text)
	}
}

// Brokers lists the brokers that the cluster names now, by id.
func (e *External) Brokers() []Broker {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := slices.Collect(maps.Values(e.brokers))
	slices.SortFunc(list, func(a, b Broker) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// ErrForeign refuses to do to a cluster that others use what only our own may suffer.
var ErrForeign = words.Errorf(
	"brokers are stopped and leaders moved on a cluster of our own only (atelier, or atelier --cluster apache): this one may have other users",
	"on n’arrête un broker et on ne déplace un leader que sur un cluster à nous (atelier, ou atelier --cluster apache) : celui-ci a peut-être d’autres utilisateurs")

// StopBroker refuses: the cluster is not ours.
func (e *External) StopBroker(int32) error { return ErrForeign }

// StartBroker refuses: the cluster is not ours.
func (e *External) StartBroker(int32) error { return ErrForeign }

// MoveLeader refuses: the cluster is not ours.
func (e *External) MoveLeader(string, int32, int32) error { return ErrForeign }

// KillBroker refuses: the cluster is not ours.
func (e *External) KillBroker(int32) error { return ErrForeign }

// FreezeBroker refuses: the cluster is not ours.
func (e *External) FreezeBroker(int32) error { return ErrForeign }

// ThawBroker refuses: the cluster is not ours.
func (e *External) ThawBroker(int32) error { return ErrForeign }

// Restore has nothing to restore.
func (e *External) Restore() error { return nil }

// Replicates is true: a cluster of one broker is the exception, and says so itself.
func (e *External) Replicates() bool { return true }

// Close leaves the cluster, as it is.
func (e *External) Close() error {
	e.end()
	e.watching.Wait()
	e.client.Close()
	return nil
}
