package apache

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"atelier/assets/words"
	"atelier/kafka/cluster"

	"github.com/twmb/franz-go/pkg/kgo"
)

// node is one process of Kafka: a broker, or the controller.
type node struct {
	id      int32
	dir     string // its working directory
	address string
	doors   []string // the addresses of its further listeners
	java    java
	starter *starter
	crashed func(n *node, how string) // hears of an end that nobody asked for; nil: nobody
	life    sync.WaitGroup            // of the goroutines that wait for its processes

	mu     sync.Mutex
	frozen bool
	cmd    *exec.Cmd     // nil: never started
	asked  *atomic.Bool  // whether the process was told to end
	ended  chan struct{} // closed when the process has ended
	client *kgo.Client   // to this broker alone
}

// start starts the process. It does not wait until the broker answers.
func (n *node) start() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.runs() {
		return nil
	}
	out, err := os.OpenFile(n.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("log of node %d: %w", n.id, err)
	}
	defer func() { _ = out.Close() }() // the process has its own
	cmd := n.java.command(n.dir, "kafka.Kafka", "server.properties")
	cmd.Stdout, cmd.Stderr = out, out
	if err := n.starter.start(cmd); err != nil {
		return words.Errorf("node %d can't be started: %v", "le nœud %d ne peut pas être démarré : %v", n.id, err)
	}
	ended, asked := make(chan struct{}), &atomic.Bool{}
	n.cmd, n.asked, n.ended, n.frozen = cmd, asked, ended, false
	n.life.Go(func() { // close waits for it
		_ = cmd.Wait()
		close(ended)
		if !asked.Load() && n.crashed != nil {
			n.crashed(n, cmd.ProcessState.String())
		}
	})
	if err := writePid(n.dir, cmd.Process.Pid); err != nil {
		return fmt.Errorf("pid file of node %d: %w", n.id, err)
	}
	return nil
}

func (n *node) logFile() string { return filepath.Join(n.dir, "output.log") }

// runs says whether the process is there; the lock is held.
func (n *node) runs() bool {
	if n.cmd == nil {
		return false
	}
	select {
	case <-n.ended:
		return false
	default:
		return true
	}
}

// gone is closed when the process has ended.
func (n *node) gone() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.ended
}

// state is what the node is doing.
func (n *node) state() cluster.State {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case !n.runs():
		return cluster.Stopped
	case n.frozen:
		return cluster.Frozen
	}
	return cluster.Up
}

// stopPatience is how long a broker may take to hand over its leaderships.
const stopPatience = 8 * time.Second

// stop asks the process to end, and waits; it is killed where it does not.
func (n *node) stop() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.runs() {
		return nil
	}
	n.asked.Store(true)
	if err := n.signals(thawSignal, endSignal); err != nil {
		return err
	}
	patience := time.NewTimer(stopPatience)
	defer patience.Stop()
	select {
	case <-n.ended:
		return nil
	case <-patience.C:
		return n.killed()
	}
}

// kill ends the process at once.
func (n *node) kill() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.runs() {
		return nil
	}
	return n.killed()
}

func (n *node) killed() error {
	n.asked.Store(true)
	if err := n.signals(killSignal); err != nil {
		return err
	}
	<-n.ended
	return nil
}

func (n *node) freeze() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.runs() {
		return cluster.NotUp(n.id)
	}
	n.frozen = true
	return n.signals(freezeSignal)
}

func (n *node) thaw() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.runs() || !n.frozen {
		return nil
	}
	n.frozen = false
	return n.signals(thawSignal)
}

func (n *node) signals(signals ...os.Signal) error {
	for _, s := range signals {
		if err := n.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("signal %v to node %d: %w", s, n.id, err)
		}
	}
	return nil
}

// close ends the process and the connections to it.
func (n *node) close() {
	_ = n.kill() // it fails only where the process is gone
	n.life.Wait()
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.client != nil {
		n.client.Close()
	}
}

// died explains a process that ended though nobody asked it to.
func (n *node) died() error {
	out, _ := os.ReadFile(n.logFile())
	if bytes.Contains(out, []byte("Address already in use")) {
		return fmt.Errorf("node %d at %s: %w", n.id, n.address, errPortTaken)
	}
	return words.Errorf("node %d of Apache Kafka ended at its start. Its last words:\n%s", "le nœud %d d’Apache Kafka s’est arrêté dès son démarrage. Ses derniers mots :\n%s",
		n.id, lastLines(out, 8))
}

func lastLines(out []byte, count int) []byte {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return bytes.Join(lines[max(len(lines)-count, 0):], []byte("\n"))
}
