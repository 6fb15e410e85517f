package bench

import (
	"context"
	"sync"
	"time"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka/ledger"
	"atelier/lessons/riddle"
)

// secret is the fault that is hidden. While it is, nobody hears of its toxics:
// the ledger does not, so no view and no recording can tell it, and Proxies and
// our Toxiproxy's API leave them out. A Toxiproxy that was given still tells.
type secret struct {
	mu    sync.Mutex
	state secrecy
	toxic chaos.Toxic
	on    []int32       // the brokers
	since time.Duration // of the run
}

// secrecy is what becomes of a hidden fault.
type secrecy uint8

const (
	noSecret secrecy = iota
	changing         // its toxics are being added, or taken away by a reset
	kept
	told // named, or given up
)

// The reasons why no fault can be hidden, or named.
var (
	errHidden  = words.Errorf("a fault is hidden already: say what it is (fault is …), give up (toxics clear), or reset", "une panne est déjà cachée : dites laquelle (fault is …), renoncez (toxics clear), ou faites reset")
	errTold    = words.Errorf("the fault that was hidden is still in force: reset first", "la panne qui était cachée agit encore : faites d’abord reset")
	errKnown   = words.Errorf("nothing is hidden any more: the fault was named or given up, and is shown. For another: reset, then fault hidden", "rien n’est plus caché : la panne a été nommée ou abandonnée, et elle est montrée. Pour une autre : reset, puis fault hidden")
	errNothing = words.Errorf("no fault is hidden: fault hidden sets one", "aucune panne n’est cachée : fault hidden en pose une")
)

// HideFault puts a fault in force on every broker and tells nobody which. The
// seed chooses it; 0 draws one, another on each bench. It returns the seed, by
// which it can be hidden again.
func (b *Bench) HideFault(ctx context.Context, seed uint64) (uint64, error) {
	s := &b.secret
	s.mu.Lock()
	switch s.state {
	case changing, kept:
		s.mu.Unlock()
		return 0, errHidden
	case told:
		s.mu.Unlock()
		return 0, errTold
	}
	if seed == 0 {
		seed = b.draw()
	}
	s.state, s.toxic, s.on = changing, riddle.Choose(seed), nil
	for _, broker := range b.cluster.Brokers() {
		s.on = append(s.on, broker.ID)
	}
	toxic := s.toxic
	s.mu.Unlock()

	b.ledger.Apply(ledger.FaultHidden{At: b.at(), Seed: seed})
	err := b.proxies.Add(ctx, toxic)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.since, s.state = b.Now(), kept; err != nil {
		s.state = noSecret
	}
	return seed, err
}

// draw is a seed for who gave none.
func (b *Bench) draw() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return 1 + b.ids.Uint64N(riddle.MaxSeed)
}

// NameFault judges what a learner says that the hidden fault is. From the right
// answer on it is shown like any other, from when it began.
func (b *Bench) NameFault(answer chaos.Toxic) (riddle.Judgement, chaos.Toxic, error) {
	s := &b.secret
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.state {
	case noSecret, changing:
		return riddle.Judgement{}, chaos.Toxic{}, errNothing
	case told:
		return riddle.Judgement{}, chaos.Toxic{}, errKnown
	}
	j := riddle.Judge(s.toxic, answer)
	if j.Right() {
		b.reveal()
	}
	b.ledger.Apply(ledger.FaultNamed{At: b.at(), Right: j.Right()})
	return j, s.toxic, nil
}

// reveal puts the hidden fault into the ledger; the secret is locked.
func (b *Bench) reveal() {
	b.secret.state = told
	t := b.secret.toxic
	for _, broker := range b.secret.on {
		b.ledger.Apply(ledger.ToxicAdded{At: b.at(), Since: b.secret.since, Toxic: ledger.Toxic{
			Broker: broker, Name: t.Name, Kind: t.Kind, Stream: t.Stream, Toxicity: t.Toxicity, Attributes: t.Attributes,
		}})
	}
}

// conceals says whether nobody may hear of a change of a toxic. Taking the
// hidden one away is giving it up: it is shown first, and said.
func (b *Bench) conceals(c chaos.Change) bool {
	s := &b.secret
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == noSecret || s.state == told || c.Toxic.Name != s.toxic.Name || c.Toxic.Foreign {
		return false
	}
	if c.What != chaos.ToxicRemoved || s.state == changing {
		return true
	}
	b.reveal()
	b.notice(words.Textf("the hidden fault was given up. It was: %s", "la panne cachée est abandonnée. C’était : %s",
		words.Text{En: s.toxic.Describe(words.English), Fr: s.toxic.Describe(words.French)}))
	return false
}

// name is what the hidden toxic is called, empty where nothing is hidden.
func (s *secret) name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == noSecret || s.state == told {
		return ""
	}
	return s.toxic.Name
}

// spare leaves the hidden fault out of what is in force.
func (b *Bench) spare(states []chaos.State) []chaos.State {
	s := &b.secret
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == noSecret || s.state == told {
		return states
	}
	for i := range states {
		var seen []chaos.Toxic
		for _, t := range states[i].Toxics {
			if t.Name != s.toxic.Name || t.Foreign {
				seen = append(seen, t)
			}
		}
		states[i].Toxics = seen
	}
	return states
}

// forget ends the secret with its run: a reset takes its toxics away without a
// word. The function that it returns is called when that is done.
func (s *secret) forget() (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == kept {
		s.state = changing
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.state = noSecret
	}
}
