package ledger_test

import (
	"maps"
	"reflect"
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// Whoever listens hears what stands, and then every event, in the order of the
// fold.
func TestListen(t *testing.T) {
	l := ledger.New()
	leads := ledger.LeaderChanged{At: ledger.At{At: time.Second}, Topic: "t", Broker: 2}
	l.Apply(ledger.RunBegan{Run: "before"}, leads, ledger.DialRefused{Broker: 1})
	var heard []ledger.Event
	l.Listen(func(e ledger.Event) { heard = append(heard, e) })
	want := []ledger.Event{ledger.RunBegan{Run: "run123"}, ledger.AuditBegan{}, ledger.AuditEnded{Settled: true}}
	l.Apply(want[0])
	l.Apply(want[1:]...)
	leads.At = ledger.At{}
	if !reflect.DeepEqual(heard, append([]ledger.Event{leads}, want...)) {
		t.Errorf("heard %v", heard)
	}
}

// While it is told of an event, a listener can ask what the messages are called:
// the event has been folded in by then.
func TestListenNaming(t *testing.T) {
	l := ledger.New()
	said := map[ledger.Ref]string{}
	l.ListenNaming(func(e ledger.Event, names ledger.Names) {
		sent, is := e.(ledger.Sent)
		if !is {
			return
		}
		for n := range sent.Count + 1 { // one more than there is
			r := ledger.Ref{Batch: sent.Batch, N: sent.From + n}
			if name, known := names.Given(r); known {
				said[r] = name
			}
		}
	})
	l.Apply(ledger.RunBegan{Run: "run123"},
		ledger.BatchOpened{Batch: 1, Count: 2}, ledger.Sent{Batch: 1, Count: 2},
		ledger.BatchOpened{Batch: 2, Count: 1, ID: "order-1"}, ledger.Sent{Batch: 2, Count: 1},
		ledger.BatchOpened{Batch: 3, Stream: true}, ledger.Sent{Batch: 3, Count: 1, ID: "order-2"},
		ledger.Sent{Batch: 3, From: 1, Count: 1}, ledger.Sent{Batch: 9, Count: 1})
	want := map[ledger.Ref]string{{Batch: 1}: "", {Batch: 1, N: 1}: "", {Batch: 2}: "order-1", {Batch: 3}: "order-2", {Batch: 3, N: 1}: ""}
	if !maps.Equal(said, want) {
		t.Errorf("said %v", said)
	}
}

// What stands is what a new run begins with.
func TestStanding(t *testing.T) {
	l := ledger.New()
	at := ledger.At{At: time.Second}
	l.Apply(
		ledger.BrokerChanged{At: at, Broker: 1, Up: true}, ledger.BrokerChanged{At: at, Broker: 2, Up: true, Frozen: true},
		ledger.BrokerChanged{At: at, Broker: 3}, ledger.ProxyChanged{At: at, Broker: 1},
		ledger.ToxicAdded{At: at, Toxic: ledger.Toxic{Broker: 1, Name: "latency", Attributes: map[string]int64{"latency": 5}}},
		ledger.ToxicAdded{At: at, Toxic: ledger.Toxic{Broker: 2, Name: "gone"}}, ledger.ToxicRemoved{At: at, Broker: 2, Name: "gone"},
		ledger.LeaderChanged{At: at, Topic: "t", Partition: 1, Broker: 3}, ledger.LeaderChanged{At: at, Topic: "t", Partition: 0, Broker: 2},
	)
	other := ledger.New()
	other.Apply(l.Snapshot().Standing()...)
	began := ledger.RunBegan{Run: "run123"}
	l.Apply(began)
	other.Apply(began)
	a, b := l.Snapshot(), other.Snapshot()
	if !reflect.DeepEqual(a.Brokers, b.Brokers) || !reflect.DeepEqual(a.Toxics, b.Toxics) || len(a.Bands) != 4 || len(a.Bands) != len(b.Bands) ||
		b.Leader("t", 1) != 3 || b.Leader("t", 0) != 2 {
		t.Errorf("%+v\nstands as\n%+v", a, b)
	}
}

func TestOutcomeNames(t *testing.T) {
	for o := ledger.Pending; o <= ledger.Unasked; o++ {
		text, err := o.MarshalText()
		var back ledger.Outcome
		if err != nil || back.UnmarshalText(text) != nil || back != o {
			t.Errorf("outcome %d is written %q and read as %d", o, text, back)
		}
	}
	if _, err := ledger.Outcome(99).MarshalText(); err == nil {
		t.Error("there is an outcome 99")
	}
	if err := new(ledger.Outcome).UnmarshalText([]byte("won")); err == nil {
		t.Error(`there is an outcome "won"`)
	}
}
