package standstilltest

import (
	"slices"
	"strings"
	"testing"
)

// What fails in an experiment is noted with its place, and ends it where it is
// fatal; what it registered is done, the latest first.
func TestTrial(t *testing.T) {
	var order []string
	x, _ := once(t, func(t testing.TB) {
		t.Cleanup(func() { order = append(order, "first"); t.Error("while closing") })
		t.Cleanup(func() { order = append(order, "second") })
		t.Errorf("%d copies", 2)
		helped(t)
		order = append(order, "never")
	})
	if !slices.Equal(order, []string{"second", "first"}) {
		t.Errorf("in this order: %q", order)
	}
	wants := []string{": 2 copies", ": fatal", ": while closing"}
	if len(x.faults) != len(wants) || !x.Failed() {
		t.Fatalf("noted %q", x.faults)
	}
	for i, fault := range x.faults {
		if !strings.HasPrefix(fault, "trial_test.go:") || !strings.HasSuffix(fault, wants[i]) {
			t.Errorf("noted %q", fault)
		}
	}
	if strings.Count(x.faults[1], "trial_test.go:") != 2 {
		t.Errorf("not the whole way: %q", x.faults[1])
	}
}

func helped(t testing.TB) { t.Fatal("fatal") }

// An experiment that ends the test itself is not taken for one that succeeded.
func TestNothingFollowsAnExperimentThatEndsItsTest(t *testing.T) {
	followed := false
	t.Run("skipped", func(t *testing.T) {
		Try(t, func(testing.TB) { t.SkipNow() })
		followed = true
	})
	if followed {
		t.Error("the test went on")
	}
}
