package api

import (
	"crypto/rand"
	"strconv"
	"strings"
	"sync"
	"time"

	"atelier/kafka/ledger"
)

// The bounds of what a hub keeps for those who read slowly, and for those who
// come back.
const (
	maxKept   = 16_384      // events
	maxWeight = 8 << 20     // bytes of them, about
	lingering = time.Minute // that events are kept for after the last reader has left
)

// hub lets many read the ledger's events, each at a pace of its own. The ledger
// tells it under its lock, so what an event costs is the same however many
// read; whoever falls behind what is kept has missed it, and is told how much.
type hub struct {
	mark string // of this server: another one's ids mean nothing here

	mu      sync.Mutex
	began   ledger.RunBegan
	next    uint64  // the number of the next event; all are counted, also where none is kept
	kept    []*told // those before it
	weight  int
	readers int
	forgets *time.Timer // runs while nobody reads and events are still kept
	over    bool
}

func newHub() *hub { return &hub{mark: strings.ToLower(rand.Text()[:10])} }

// hear takes the next event in. It does not block.
func (h *hub) hear(e ledger.Event, names ledger.Names) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if began, begins := e.(ledger.RunBegan); begins {
		h.began = began
	}
	h.next++
	if h.readers == 0 && h.forgets == nil {
		return
	}
	t := newTold(e, h.began, names)
	h.kept = append(h.kept, t)
	h.weight += t.weight
	for len(h.kept) > 1 && (len(h.kept) > maxKept || h.weight > maxWeight) {
		h.weight -= h.kept[0].weight
		h.kept[0] = nil
		h.kept = h.kept[1:]
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

// joined is where in the events somebody begins to read.
type joined struct {
	at      uint64 // the number of the next event
	resumed bool   // it goes on where he was
	lost    bool   // he was elsewhere: nobody knows how much came since
}

// join begins to read: behind the event of an id, or what comes from now on
// where there is none.
func (h *hub) join(last string) (j joined, began ledger.RunBegan) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers++
	if h.forgets != nil {
		h.forgets.Stop()
		h.forgets = nil
	}
	j.at = h.next
	if mark, number, _ := strings.Cut(last, "-"); last != "" {
		n, err := strconv.ParseUint(number, 10, 64)
		j.resumed = mark == h.mark && err == nil && n <= h.next
		j.lost = !j.resumed
		if j.resumed {
			j.at = n
		}
	}
	return j, h.began
}

// id is what a reader gives back to go on from a number.
func (h *hub) id(number uint64) string { return h.mark + "-" + strconv.FormatUint(number, 10) }

// leave ends reading. Whoever is only cut off comes back soon; after that,
// nothing is kept for nobody.
func (h *hub) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.readers--; h.readers > 0 {
		return
	}
	if h.over {
		h.kept, h.weight = nil, 0
		return
	}
	var timer *time.Timer
	timer = time.AfterFunc(lingering, func() { h.forget(timer) })
	h.forgets = timer
}

// forget lets go of what is kept, unless somebody has come since.
func (h *hub) forget(timer *time.Timer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.forgets == timer {
		h.forgets, h.kept, h.weight = nil, nil, 0
	}
}

// close ends the keeping for those who might come back.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.over = true
	if h.forgets != nil {
		h.forgets.Stop()
		h.forgets, h.kept, h.weight = nil, nil, 0
	}
}

// from returns some events from a number on, how many were missed before them,
// and the number to go on from.
func (h *hub) from(at uint64, most int, into []*told) (events []*told, missed, next uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := h.next - uint64(len(h.kept))
	if at < first {
		missed, at = first-at, first
	}
	rest := h.kept[at-first:]
	rest = rest[:min(len(rest), most)]
	return append(into, rest...), missed, at + uint64(len(rest))
}
