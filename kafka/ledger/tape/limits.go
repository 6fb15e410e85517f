package tape

import (
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// What a recording may claim. A bench stays far below; a file that claims more
// would make the fold take memory that no event fills.
const (
	maxTime     = 366 * 24 * time.Hour
	maxMessages = 50_000_000 // of a run: 200 MB
	maxBatches  = 1_000_000  // of a run
	maxNamed    = 1_000_000  // of a run: each is remembered by its name
	maxLabels   = 10_000     // of a run: each may have a histogram
	maxBrokers  = 1_000
	maxToxics   = 1_000
	maxParts    = 10_000    // of one request, and of one answer
	maxOpen     = 256 << 20 // bytes of requests without an outcome
)

// limits hold the claims of a recording.
type limits struct {
	brokers map[int32]bool
	toxics  map[toxic]bool

	handed map[uint32]uint32 // by batch of the run
	sent   int64
	named  int64 // of those
	labels map[string]bool
	open   map[ledger.RequestID]int // their weight
	weight int
}

type toxic struct {
	broker int32
	name   string
}

func newLimits() *limits {
	l := &limits{brokers: map[int32]bool{}, toxics: map[toxic]bool{}}
	l.begin()
	return l
}

func (l *limits) begin() {
	l.handed, l.labels, l.open = map[uint32]uint32{}, map[string]bool{}, map[ledger.RequestID]int{}
	l.sent, l.named, l.weight = 0, 0, 0
}

// admit says whether an event may be folded, and if not, why.
func (l *limits) admit(e ledger.Event) (why words.Text, ok bool) {
	if at := e.When(); at < 0 || at > maxTime {
		return words.Textf("no run has a moment %v", "aucun essai n’a d’instant %v", at), false
	}
	within := true
	switch e := e.(type) {
	case ledger.RunBegan:
		l.begin()
	case ledger.BatchOpened:
		l.handed[e.Batch] = 0
		l.labels[e.Label] = true
		within = len(l.labels) <= maxLabels && len(l.handed) <= maxBatches
	case ledger.Sent:
		return l.admitSent(e)
	case ledger.Departed:
		within = len(e.Parts) <= maxParts && l.departed(e)
	case ledger.Answered:
		within = len(e.Answers) <= maxParts
	case ledger.Heard:
		l.done(e.Request)
		within = len(e.Answers) <= maxParts
	case ledger.Ended:
		l.done(e.Request)
	case ledger.ToxicAdded:
		l.toxics[toxic{e.Toxic.Broker, e.Toxic.Name}] = true
		within = len(l.toxics) <= maxToxics
	case ledger.ToxicRemoved:
		delete(l.toxics, toxic{e.Broker, e.Name})
	case ledger.BrokerChanged:
		within = l.broker(e.Broker)
	case ledger.ProxyChanged:
		within = l.broker(e.Broker)
	}
	if !within {
		return words.Textf("this is more than a bench can do", "c’est plus qu’un banc ne peut faire"), false
	}
	return words.Text{}, true
}

// admitSent sees that a batch is handed over without a gap: the fold keeps
// some bytes for each message up to the last.
func (l *limits) admitSent(e ledger.Sent) (why words.Text, ok bool) {
	handed, known := l.handed[e.Batch]
	if !known {
		return why, true // of another run: it is not folded
	}
	if e.From > handed || e.Count > maxMessages {
		return words.Textf(
			"message %d of batch %d can't be handed over: %d were before",
			"le message %d du lot %d ne peut pas être envoyé : %d l’ont été avant", e.From, e.Batch, handed), false
	}
	l.handed[e.Batch] = max(handed, e.From+e.Count)
	l.sent += int64(e.Count)
	if e.ID != "" {
		l.named += int64(e.Count)
	}
	if l.sent > maxMessages || l.named > maxNamed {
		return words.Textf("a run of more than %d messages", "un essai de plus de %d messages", maxMessages), false
	}
	return why, true
}

// departed counts a request until its outcome is known.
func (l *limits) departed(e ledger.Departed) bool {
	if e.Acks != 0 {
		l.done(e.Request)
		w := departedWeight(e.Parts)
		l.open[e.Request] = w
		l.weight += w
	}
	return l.weight <= maxOpen
}

func (l *limits) done(id ledger.RequestID) {
	l.weight -= l.open[id]
	delete(l.open, id)
}

func (l *limits) broker(id int32) bool {
	l.brokers[id] = true
	return len(l.brokers) <= maxBrokers
}
