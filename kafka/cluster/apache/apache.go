package apache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"
)

// startTimeout is how long the brokers may take to know each other.
const startTimeout = 60 * time.Second

// folders is the kind of our temporary folders.
const folders = "apache-"

// Options are what a cluster needs.
type Options struct {
	// Front stands before a broker, whose own address the cluster goes on
	// advertising. Nil: nothing stands there.
	Front func(broker int32, direct string) (proxied string, err error)
	// Led hears who leads a partition: of all at the start, then of changes; 0
	// is nobody. It is called from any goroutine, one call at a time.
	Led func(topic string, partition, broker int32)
	// Died hears of a broker that ended though nobody asked it to: it crashed, or
	// somebody else killed it. The error says how, in words. It is called from a
	// goroutine of the cluster's, which Close waits for.
	Died func(broker int32, err error)
	// Progress hears what a start is busy with, where that takes a while.
	Progress func(words.Text)
	// Doors are listeners of the brokers beside the plain one.
	Doors []Door
	// Settings are every node's, in Kafka's own names, beside or instead of those
	// that it has anyway.
	Settings map[string]string
	// TempDir is where logs, the brokers' and their programs', are kept; empty:
	// the system's own.
	TempDir string
	// CacheDir is where jars are kept from one start to the next; empty: the
	// user's own.
	CacheDir string
	// Getenv reads KAFKA_HOME, JAVA_HOME and ATELIER_MAVEN; nil: os.Getenv.
	Getenv func(string) string
}

func (o Options) defaults() (Options, error) {
	if o.Led == nil {
		o.Led = func(string, int32, int32) {}
	}
	if o.Died == nil {
		o.Died = func(int32, error) {}
	}
	if o.Progress == nil {
		o.Progress = func(words.Text) {}
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.CacheDir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return o, words.Errorf("no cache folder: %v. Set XDG_CACHE_HOME", "pas de dossier de cache : %v. Définissez XDG_CACHE_HOME", err)
		}
		o.CacheDir = filepath.Join(cache, "atelier")
	}
	return o, nil
}

// Cluster is three brokers of Apache Kafka. It is safe for concurrent use;
// Close ends it and removes everything but the jars.
type Cluster struct {
	options    Options
	java       java
	dir        string
	starter    *starter
	controller *node
	brokers    []*node // by id, from 1

	ready   atomic.Bool
	leading sync.Mutex // who leads is told in order
	leaders map[partition]standing

	mu     sync.Mutex
	topics map[string]layout

	watching context.Context
	endWatch context.CancelFunc
	stirred  chan struct{} // something happened that may move leaders
	watcher  sync.WaitGroup
}

// partition names one.
type partition struct {
	topic string
	id    int32
}

// Start starts the cluster and creates the topics of the course. The first
// start fetches the jars and prepares a class archive; ctx bounds it all. The
// caller closes the cluster.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	if !supported {
		return nil, words.Errorf(
			"Apache Kafka can't be started on Windows from here: start it yourself (in WSL, say) and give its address with --brokers",
			"Apache Kafka ne peut pas être lancé d’ici sous Windows : lancez-le vous-même (dans WSL, par exemple) et donnez son adresse avec --brokers")
	}
	o, err := o.defaults()
	if err != nil {
		return nil, err
	}
	clean(o.TempDir)
	java, err := prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	// A port that was free a moment ago may be taken by now.
	for attempt := 1; ; attempt++ {
		c := &Cluster{
			options: o, java: java, leaders: map[partition]standing{}, topics: map[string]layout{}, stirred: make(chan struct{}, 1),
		}
		c.watching, c.endWatch = context.WithCancel(context.Background())
		err := c.start(ctx)
		if err == nil {
			return c, nil
		}
		err = errors.Join(err, c.Close())
		if !errors.Is(err, errPortTaken) || attempt == 3 {
			return nil, err
		}
	}
}

func (c *Cluster) start(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	c.options.Progress(words.Textf(
		"starting three brokers of Apache Kafka", "démarrage de trois brokers Apache Kafka"))
	if c.dir, err = cluster.MakeFolder(c.options.TempDir, folders); err != nil {
		return err
	}
	c.starter = newStarter()
	if err := c.lay(); err != nil {
		return err
	}
	for _, n := range append([]*node{c.controller}, c.brokers...) {
		if err := n.start(); err != nil {
			return err
		}
	}
	if err := c.awaitBrokers(ctx); err != nil {
		return err
	}
	if err := c.seed(ctx); err != nil {
		return err
	}
	for _, n := range c.brokers {
		if c.options.Front == nil {
			break
		}
		if _, err := c.options.Front(n.id, n.address); err != nil {
			return fmt.Errorf("front of broker %d: %w", n.id, err)
		}
	}
	c.ready.Store(true)
	c.watcher.Go(c.watch)
	return nil
}

// crashed tells of a broker that ended unasked. Before the cluster is ready,
// whoever waits for it finds out.
func (c *Cluster) crashed(n *node, how string) {
	if !c.ready.Load() {
		return
	}
	c.stir()
	log, _ := os.ReadFile(n.logFile())
	if n.id == controllerID {
		c.options.Died(n.id, words.Errorf(
			"the cluster's controller has ended, and nobody asked it to (%s): no leader can be elected any more. Start the lab again. Its last words:\n%s",
			"le contrôleur du cluster s’est arrêté sans qu’on le lui demande (%s) : plus aucun leader ne peut être élu. Relancez le labo. Ses derniers mots :\n%s",
			how, lastLines(log, 3)))
		return
	}
	c.options.Died(n.id, words.Errorf(
		"broker %d has ended, and nobody asked it to (%s). Start it again: broker start %[1]d. Its last words:\n%[3]s",
		"le broker %d s’est arrêté sans qu’on le lui demande (%s). Redémarrez-le : broker start %[1]d. Ses derniers mots :\n%[3]s",
		n.id, how, lastLines(log, 3)))
}

// lay makes the nodes, with ports and folders of their own.
func (c *Cluster) lay() error {
	ports, err := freePorts(1 + brokers*(1+len(c.options.Doors)))
	if err != nil {
		return err
	}
	next := func() string {
		address := fmt.Sprintf("127.0.0.1:%d", ports[0])
		ports = ports[1:]
		return address
	}
	id := randomID()
	for i := range int32(brokers + 1) {
		n := &node{id: i, address: next(), java: c.java, starter: c.starter, crashed: c.crashed}
		if i == 0 {
			n.id = controllerID
			c.controller = n
		} else {
			for range c.options.Doors {
				n.doors = append(n.doors, next())
			}
			c.brokers = append(c.brokers, n)
		}
		n.dir = filepath.Join(c.dir, fmt.Sprintf("node-%d", n.id))
		if err := n.format(id, settingsOf(n, c.controller.address, c.options)); err != nil {
			return err
		}
	}
	return nil
}

// Brokers lists the brokers by id.
func (c *Cluster) Brokers() []cluster.Broker {
	list := make([]cluster.Broker, 0, brokers)
	for _, n := range c.brokers {
		list = append(list, cluster.Broker{ID: n.id, Direct: n.address, Advertised: n.address})
	}
	return list
}

// Replicates is true: this is the cluster that shows it.
func (c *Cluster) Replicates() bool { return true }

// Close kills the brokers and removes their logs.
func (c *Cluster) Close() error {
	c.endWatch()
	c.watcher.Wait()
	for _, n := range c.brokers {
		n.close()
	}
	if c.controller != nil {
		c.controller.close()
	}
	if c.starter != nil {
		c.starter.close()
	}
	if c.dir == "" {
		return nil
	}
	if err := os.RemoveAll(c.dir); err != nil {
		return words.Errorf("the brokers' folder can't be removed: %v", "le dossier des brokers ne peut pas être effacé : %v", err)
	}
	return nil
}
