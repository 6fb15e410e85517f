package audit_test

import (
	"context"
	"net"
	"testing"
	"time"

	"atelier/kafka/audit"
	"atelier/kafka/ledger"

	"github.com/twmb/franz-go/pkg/kfake"
)

// frozen leads to one broker's address nobody who answers: connections are
// accepted, and that is all.
type frozen struct{ address, silent string }

func (f frozen) Dial(network, address string) (net.Conn, error) {
	if address == f.address {
		address = f.silent
	}
	return net.Dial(network, address)
}

// A frozen broker that leads nothing does not keep the log from being read.
func TestReadsPastAFrozenBroker(t *testing.T) {
	kafka, err := kfake.NewCluster(kfake.NumBrokers(3), kfake.SeedTopics(3, "t"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kafka.Close)
	addresses := kafka.ListenAddrs() // by id, from 0
	for p := range int32(3) {
		if err := kafka.MoveTopicPartition("t", p, 1+p%2); err != nil {
			t.Fatal(err)
		}
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	r, err := audit.Open(addresses, frozen{addresses[0], silent.Addr().String()}, "audit")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	began := time.Now()
	for range 20 { // as one who waits for the log to hold still
		ends, err := r.Ends(ctx, "t")
		if err != nil || len(ends) != 3 {
			t.Fatalf("got %v, %v", ends, err)
		}
		if _, err := r.Due(ctx, "t"); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("20 looks in %v", time.Since(began))
	if err := r.Read(ctx, nil, audit.Offsets{{Topic: "t", ID: 0}: 0}, nil, func(ledger.Partition, []ledger.Copy) {}); err != nil {
		t.Fatal(err)
	}
}
