package cluster_test

import (
	"net"
	"strconv"
	"testing"

	"atelier/kafka/cluster"
)

// No connection is given a broker's port while that is stopped: it lies below
// those that are given out.
func TestAStoppedBrokersPortIsNotGivenAway(t *testing.T) {
	e, err := cluster.Open(cluster.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	for _, b := range e.Brokers() {
		_, port, err := net.SplitHostPort(b.Direct)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := strconv.Atoi(port); err != nil || n < 20_000 || n >= 29_000 {
			t.Errorf("broker %d listens on %s", b.ID, b.Direct)
		}
	}
}
