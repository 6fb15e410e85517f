package bench_test

import (
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/riddle"
)

// faultsHeard keeps the events of a bench that speak of toxics.
type faultsHeard struct {
	sync.Mutex
	events []ledger.Event
}

func (h *faultsHeard) hear(e ledger.Event) {
	switch e.(type) {
	case ledger.ToxicAdded, ledger.ToxicRemoved, ledger.FaultHidden, ledger.FaultNamed:
		h.Lock()
		defer h.Unlock()
		h.events = append(h.events, e)
	}
}

func (h *faultsHeard) kinds() string {
	h.Lock()
	defer h.Unlock()
	var names []string
	for _, e := range h.events {
		names = append(names, reflect.TypeOf(e).Name())
	}
	return strings.Join(names, " ")
}

func silent(t *testing.T, b *bench.Bench) {
	t.Helper()
	states, err := b.Proxies(t.Context())
	must(t, err)
	snap := b.Ledger().Snapshot()
	for _, s := range states {
		if len(s.Toxics) > 0 {
			t.Errorf("broker %d is said to have %+v", s.Broker, s.Toxics)
		}
	}
	if len(snap.Toxics)+len(snap.Bands) > 0 || snap.All.Diagnosed {
		t.Errorf("the ledger tells %+v %+v", snap.Toxics, snap.Bands)
	}
	if said := curl(t, b); strings.Contains(said, "attributes") || !strings.Contains(said, `"toxics":[]`) {
		t.Errorf("Toxiproxy tells %s", said)
	}
}

// curl asks the bench's Toxiproxy what acts, as module 6 teaches it.
func curl(t *testing.T, b *bench.Bench) string {
	t.Helper()
	url, _ := b.Toxiproxy()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/proxies", nil)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(t, err)
	return string(text)
}

// Nobody hears which fault is hidden until it is named; then everybody, from
// when it began.
func TestAHiddenFaultIsNotTold(t *testing.T) {
	t.Parallel()
	var heard faultsHeard
	b := openWith(t, bench.Options{Listen: heard.hear})
	seed, err := b.HideFault(t.Context(), 18) // 3 s on the answers
	must(t, err)
	if seed != 18 {
		t.Errorf("seed %d", seed)
	}
	silent(t, b)
	patient := batch(1, kafka.Plain, kafka.Sync, "S")
	patient.Settings.Retries, patient.Settings.Request, patient.Settings.Total = 0, 9e9, 10e9
	must(t, b.Send(t.Context(), patient))
	if got := totals(t, b, "S"); got.Acked != 1 || got.Max < 3000 {
		t.Errorf("its symptom: %+v", got)
	}
	silent(t, b)

	answer := riddle.Choose(18)
	wrong := answer
	wrong.Stream = chaos.Upstream
	if j, _, err := b.NameFault(wrong); err != nil || j.Right() || !j.Kind || j.Stream {
		t.Errorf("%+v, %v", j, err)
	}
	silent(t, b)
	if got := heard.kinds(); got != "FaultHidden FaultNamed" {
		t.Errorf("recorded: %s", got)
	}
	if j, _, err := b.NameFault(answer); err != nil || !j.Right() {
		t.Errorf("%+v, %v", j, err)
	}
	snap := b.Ledger().Snapshot()
	if len(snap.Toxics) != 3 || len(snap.Bands) != 3 || !snap.All.Diagnosed {
		t.Fatalf("named, and not shown: %+v", snap.Bands)
	}
	if at := snap.Bands[0].From; at <= 0 || at > snap.Messages[0].Sent {
		t.Errorf("it began at %v, before the send at %v", at, snap.Messages[0].Sent)
	}
	if states, _ := b.Proxies(t.Context()); len(states[0].Toxics) != 1 {
		t.Errorf("not listed: %+v", states)
	}
	if said := curl(t, b); strings.Count(said, `"latency":3000`) != 3 {
		t.Errorf("Toxiproxy keeps quiet of what was named: %s", said)
	}
	must(t, b.Reset(t.Context()))
	silent(t, b)
}

// To take the fault away is to give up: it is told what it was, and it is not
// diagnosed.
func TestToGiveUpAHiddenFault(t *testing.T) {
	var heard faultsHeard
	said := make(chan words.Text, 8)
	b := openWith(t, bench.Options{Listen: heard.hear, Notice: func(w words.Text) { said <- w }})
	_, err := b.HideFault(t.Context(), 12) // 2 KB/s on the requests
	must(t, err)
	must(t, b.ClearToxics(t.Context(), chaos.Which{}))
	if w := <-said; !strings.Contains(w.En, "bandwidth 2 KB/s on the requests") || w.Fr == w.En {
		t.Errorf("told %+v", w)
	}
	snap := b.Ledger().Snapshot()
	if len(snap.Toxics) != 0 || len(snap.Bands) != 3 || snap.Bands[0].To < snap.Bands[0].From || snap.All.Diagnosed {
		t.Errorf("%+v %+v", snap.Toxics, snap.Bands)
	}
	if _, _, err := b.NameFault(riddle.Choose(12)); err == nil {
		t.Error("named after all")
	}
}

// A reset ends it without a word, so that the same fault can be hidden again;
// without a seed two benches draw for themselves.
func TestAResetForgetsAHiddenFault(t *testing.T) {
	var heard faultsHeard
	b := openWith(t, bench.Options{Listen: heard.hear, Seed: 1})
	first, err := b.HideFault(t.Context(), 0)
	must(t, err)
	must(t, b.Reset(t.Context()))
	silent(t, b)
	again, err := b.HideFault(t.Context(), first)
	must(t, err)
	if got := heard.kinds(); got != "FaultHidden FaultHidden" || again != first || first < 1 || first > riddle.MaxSeed {
		t.Errorf("seeds %d and %d, recorded: %s", first, again, got)
	}
	other := openWith(t, bench.Options{Seed: 2})
	if seed, err := other.HideFault(t.Context(), 0); err != nil || seed == first {
		t.Errorf("both draw %d (%v)", seed, err)
	}
}
