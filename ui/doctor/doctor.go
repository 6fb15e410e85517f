// Package doctor finds out what is there of what the atelier needs or can use:
// the terminal, its ports and folders, tools of others, a Kafka, a Toxiproxy.
// Examine returns values, in both languages, to whoever shows them; who shows
// them as they come looks at Terminal and at each of Checks. It changes
// nothing, sends nothing to a Kafka but questions, and always ends: every
// examination is bounded.
//
// It may import kafka/access, kafka/cluster, chaos, ui/plain,
// ui/console/layout (for the sizes) and assets/words.
package doctor

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/kafka/access"
	"atelier/ui/plain"

	"github.com/charmbracelet/colorprofile"
)

// State is what was found of something.
type State string

// The states. Without one, nobody has looked yet.
const (
	Found   State = "found"
	Missing State = "missing"
	Wrong   State = "wrong" // there, and of no use as it is
)

// Finding is what was found of one thing.
type Finding struct {
	Part  string // what it belongs to, one of Parts
	ID    string // its name, for programs
	Name  words.Text
	State State
	// Needed says that what was asked for does not work without it. What is not
	// needed is worth knowing.
	Needed bool
	Saw    words.Text // what there is
	For    words.Text // what it is needed for
	Get    words.Text // how to get it, where it is not found
}

// Fine says that nothing is lacking that is needed.
func (f *Finding) Fine() bool { return f.State == Found || !f.Needed }

// Parts lists what findings belong to, in order.
func Parts() []string { return []string{"terminal", "machine", "tools", "kafka", "toxiproxy"} }

// Healthy says that all that is needed is there.
func Healthy(all []Finding) bool {
	for i := range all {
		if !all[i].Fine() {
			return false
		}
	}
	return true
}

// Options say what to examine, and through what.
type Options struct {
	// Terminal is true where there is one; Width and Height are its size, 0 where
	// it is not known.
	Terminal      bool
	Width, Height int
	Dumb          bool // it can't move its cursor
	UTF8          bool // its locale can show more than ASCII
	NoColor       bool // it is asked to show none, by NO_COLOR
	Profile       colorprofile.Profile
	Locale        words.Lang

	StateDir, TempDir string // empty: there is none
	Ports             []Port

	Tools     []string // those that are asked for, of Tools()
	Spare     bool     // nobody needs these tools: what is missing is only worth knowing
	Getenv    func(string) string
	Brokers   []string // of a Kafka that is there; empty: it was not asked for
	Access    *access.Access
	Toxiproxy string // the URL of one that is there; empty: it was not asked for

	// Patience bounds the whole; 0: Patience.
	Patience time.Duration
}

// Port is one that the atelier listens on where it is free.
type Port struct {
	Address string // 127.0.0.1:8474
	For     words.Text
	Flag    string // that names another
	Ours    bool   // whoever examines listens there
	Instead string // where it listens in its place: a URL; empty: nowhere
}

// Patience is how long everything may take.
const Patience = 20 * time.Second

// Examine looks at everything that is asked for, all at once, and returns what
// it found in the order of Parts. It ends with ctx or when its patience does;
// what was not seen by then is wrong.
func Examine(ctx context.Context, o Options) []Finding {
	if o.Patience == 0 {
		o.Patience = Patience
	}
	ctx, cancel := context.WithTimeout(ctx, o.Patience)
	defer cancel()
	checks := Checks(o)
	found := make([][]Finding, len(checks))
	var looking sync.WaitGroup
	for i := range checks {
		looking.Go(func() { found[i] = checks[i].Look(ctx) })
	}
	looking.Wait()
	return slices.Concat(append([][]Finding{Terminal(o)}, found...)...)
}

// lines makes each line of a text safe.
func lines(s string) string {
	var b []byte
	for i, line := range splitLines(s) {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, plain.Text(line)...)
	}
	return string(b)
}

// free says whether a port can be listened on.
func free(ctx context.Context, address string) error {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return l.Close()
}
