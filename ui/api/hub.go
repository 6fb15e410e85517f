package api

import (
	"sync"
	"sync/atomic"

	"atelier/kafka/ledger"
	"atelier/kafka/ledger/tape"
)

// The bounds of what a hub keeps for those who read slowly.
const (
	maxKept   = 16_384  // events
	maxWeight = 8 << 20 // bytes of them, about
)

// hub lets many read the ledger's events, each at a pace of its own. The ledger
// tells it under its lock, so what an event costs is the same however many
// read; whoever falls behind what is kept has missed it, and is told how much.
type hub struct {
	readers atomic.Int64

	mu     sync.Mutex
	began  ledger.RunBegan
	first  uint64 // the number of the oldest event that is kept
	kept   []*told
	weight int
}

// told is an event, written out once for all who read it.
type told struct {
	event  ledger.Event
	weight int
	once   sync.Once
	text   []byte
}

func newHub() *hub { return &hub{} }

// hear takes the next event in. It does not block.
func (h *hub) hear(e ledger.Event) {
	began, begins := e.(ledger.RunBegan)
	if !begins && h.readers.Load() == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if begins {
		h.began = began
	}
	if h.readers.Load() == 0 {
		return
	}
	w := tape.Weight(e)
	h.kept = append(h.kept, &told{event: e, weight: w})
	h.weight += w
	for len(h.kept) > 1 && (len(h.kept) > maxKept || h.weight > maxWeight) {
		h.weight -= h.kept[0].weight
		h.kept[0] = nil
		h.kept = h.kept[1:]
		h.first++
	}
}

// begin says which run goes on, where none has begun since the hub hears.
func (h *hub) begin(s *ledger.Snapshot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.began.Run == "" {
		h.began = ledger.RunBegan{Run: s.Run, Clock: s.Clock, Simulated: s.Simulated}
	}
}

// run is the id of the run that goes on.
func (h *hub) run() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.began.Run
}

// join begins to read: what comes from now on, and the run that goes on.
func (h *hub) join() (at uint64, began ledger.RunBegan) {
	h.readers.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.first + uint64(len(h.kept)), h.began
}

// leave ends reading. Nothing is kept for nobody.
func (h *hub) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.readers.Add(-1) == 0 {
		h.first += uint64(len(h.kept))
		h.kept, h.weight = nil, 0
	}
}

// from returns some events behind a number, how many were missed before them,
// and the number to go on from.
func (h *hub) from(at uint64, most int, into []*told) (events []*told, missed, next uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at < h.first {
		missed, at = h.first-at, h.first
	}
	rest := h.kept[at-h.first:]
	rest = rest[:min(len(rest), most)]
	return append(into, rest...), missed, at + uint64(len(rest))
}

// line is the event as a recording has it.
func (t *told) line() []byte {
	t.once.Do(func() { t.text, _ = tape.Line(t.event) }) // every event has a name: a test sees to it
	return t.text
}
