package cluster_test

import (
	"strings"
	"testing"

	"atelier/kafka/cluster"
	"atelier/kafka/cluster/clustertest"
)

// A broker that is gone is not called up, nor left out; and where nobody
// answers, what was known before is not told for what is.
func TestStandingAsksAnew(t *testing.T) {
	f := clustertest.StartFake(t, clustertest.Open)
	e, err := attach(t, cluster.AttachOptions{Addresses: f.Addresses()})
	if err != nil {
		t.Fatal(err)
	}
	state := func() map[int32]cluster.State {
		s, err := e.Standing(t.Context(), "test-topic")
		if err != nil || len(s.Partitions) != 3 {
			t.Fatalf("got %+v, %v", s, err)
		}
		states := map[int32]cluster.State{}
		for _, b := range s.Brokers {
			states[b.ID] = b.State
		}
		return states
	}
	if s := state(); len(s) != 3 || s[0] != cluster.Up || s[2] != cluster.Up {
		t.Errorf("got %v", s)
	}
	f.Leave(t, 2)
	if s := state(); len(s) != 3 || s[0] != cluster.Up || s[2] != cluster.Silent {
		t.Errorf("after broker 2 left: %v", s)
	}
	f.Close()
	if _, err := e.Standing(t.Context(), "test-topic"); err == nil || !strings.Contains(err.Error(), "no broker of the cluster answers") {
		t.Errorf("without brokers: %v", err)
	}
}
