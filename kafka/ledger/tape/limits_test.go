package tape

import (
	"strconv"
	"testing"

	"atelier/kafka/ledger"
)

// Nothing that a few lines claim makes the fold take memory by the gigabyte.
func TestClaims(t *testing.T) {
	for name, claim := range map[string]func(n int) ledger.Event{
		"messages": func(n int) ledger.Event {
			return ledger.Sent{Batch: 1, From: uint32(n) * 1_000_000, Count: 1_000_000}
		},
		"batches": func(n int) ledger.Event { return ledger.BatchOpened{Batch: uint32(n)} },
		"labels":  func(n int) ledger.Event { return ledger.BatchOpened{Label: strconv.Itoa(n)} },
		"brokers": func(n int) ledger.Event { return ledger.BrokerChanged{Broker: int32(n)} },
		"proxies": func(n int) ledger.Event { return ledger.ProxyChanged{Broker: int32(n)} },
		"toxics":  func(n int) ledger.Event { return ledger.ToxicAdded{Toxic: ledger.Toxic{Name: strconv.Itoa(n)}} },
		"parts":   func(int) ledger.Event { return ledger.Departed{Parts: make([]ledger.Part, maxParts+1)} },
		"answers": func(int) ledger.Event { return ledger.Heard{Answers: make([]ledger.Answer, maxParts+1)} },
		"requests": func(n int) ledger.Event {
			return ledger.Departed{Request: ledger.RequestID(n), Acks: 1, Parts: make([]ledger.Part, 9000)}
		},
	} {
		l := newLimits()
		_, admitted := l.admit(ledger.BatchOpened{Batch: 1})
		for n := 0; admitted && n <= maxBatches; n++ {
			_, admitted = l.admit(claim(n))
		}
		if admitted {
			t.Errorf("%s: admitted", name)
		}
	}
}

// What a bench does again and again is no claim.
func TestNoClaims(t *testing.T) {
	l := newLimits()
	parts := make([]ledger.Part, 9000)
	for n := range 2000 {
		for _, e := range []ledger.Event{
			ledger.RunBegan{},
			ledger.BatchOpened{Batch: 1, Label: strconv.Itoa(n)},
			ledger.Sent{Batch: 1, Count: 40_000_000},
			ledger.Sent{Batch: 2, From: 7}, // of another run
			ledger.ToxicAdded{Toxic: ledger.Toxic{Name: strconv.Itoa(n)}},
			ledger.ToxicRemoved{Name: strconv.Itoa(n)},
			ledger.Departed{Request: 1, Acks: 1, Parts: parts},
			ledger.Heard{Request: 1},
			ledger.Departed{Request: 2, Acks: 1, Parts: parts},
			ledger.Ended{Request: 2},
			ledger.Departed{Request: 3, Parts: parts},
		} {
			if why, ok := l.admit(e); !ok {
				t.Fatalf("%T: %v", e, why)
			}
		}
	}
}
