package api

import (
	"testing"

	"atelier/kafka/ledger"
)

// What came while nobody read is kept for a while, so that whoever was cut off
// can go on. Then it is forgotten, but not that it was: who comes later is told
// how much he missed, and which run what follows is of.
func TestTheHubForgets(t *testing.T) {
	l, h := ledger.New(), newHub()
	l.ListenNaming(h.hear)
	l.Apply(ledger.RunBegan{Run: "first"})
	h.join("")
	l.Apply(ledger.BatchOpened{Batch: 1}, ledger.BatchClosed{Batch: 1})
	last := h.id(2) // before the last of them
	h.leave()
	l.Apply(ledger.BatchOpened{Batch: 2})

	back, _ := h.join(last)
	events, missed, next := h.from(back.at, 10, nil)
	if !back.resumed || len(events) != 2 || missed != 0 || next != 4 {
		t.Errorf("%+v: %d events, %d missed, next %d", back, len(events), missed, next)
	}
	h.leave()
	h.forget(h.forgets)
	l.Apply(ledger.RunBegan{Run: "second"}, ledger.BatchOpened{Batch: 1})
	if len(h.kept) != 0 || h.weight != 0 {
		t.Errorf("%d events are kept for nobody", len(h.kept))
	}

	x := stream{hub: h}
	back, began := h.join(last)
	x.at = back.at
	x.begin(back, began)
	l.Apply(ledger.BatchClosed{Batch: 1})
	x.gather(1 << 20)
	want := "id: " + h.id(6) + "\nevent: dropped\ndata: {\"event\":\"dropped\",\"count\":4}\n\n" +
		"id: " + h.id(6) + "\nevent: run-began\ndata: {\"event\":\"run-began\",\"at\":0,\"run\":\"second\",\"clock\":\"0001-01-01T00:00:00Z\"}\n\n" +
		"id: " + h.id(7) + "\nevent: batch-closed\ndata: {\"event\":\"batch-closed\",\"at\":0,\"batch\":1,\"count\":0}\n\n"
	if got := x.buffer.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	h.close()
	h.leave()
	if len(h.kept) != 0 || h.forgets != nil {
		t.Error("it is over, and events are kept")
	}
}

// However much comes, what is kept has its bounds: in number, and in bytes with
// what the messages are called.
func TestTheHubIsBounded(t *testing.T) {
	l, h := ledger.New(), newHub()
	l.ListenNaming(h.hear)
	l.Apply(ledger.RunBegan{Run: "run"})
	h.join("")
	defer h.close()
	l.Apply(ledger.BatchOpened{Batch: 1, Count: 1 << 30})
	for n := range uint32(2 * maxKept) {
		l.Apply(ledger.Sent{Batch: 1, From: n, Count: 1})
	}
	if len(h.kept) != maxKept {
		t.Errorf("%d events are kept", len(h.kept))
	}
	const many = 4096
	for n := range uint32(100) {
		l.Apply(ledger.Sent{Batch: 1, From: 2*maxKept + n*many, Count: many})
	}
	if h.weight > maxWeight || len(h.kept) > maxWeight/(many*idWeight)+1 {
		t.Errorf("%d events of %d bytes are kept", len(h.kept), h.weight)
	}
	text := 0
	for _, one := range h.kept {
		text += len(one.line())
	}
	if text > 2*maxWeight {
		t.Errorf("written out they are %d bytes", text)
	}
}
