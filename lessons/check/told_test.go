package check_test

import (
	"testing"

	"atelier/lessons/check"
)

// What was measured is told with its unit; what was counted has none.
func TestValuesAreToldWithTheirUnits(t *testing.T) {
	got := check.InWords(map[string]any{
		"A.p50": 3.66149, "A.max": 9000.0, "throughput": 812.5, "A.copies": int64(3), "A.done": true,
	})
	if got.En != "A.copies = 3, A.done = yes, A.max = 9000\u00a0ms, A.p50 = 3.661\u00a0ms, throughput = 812.5/s" ||
		got.Fr != "A.copies = 3, A.done = oui, A.max = 9000\u00a0ms, A.p50 = 3,661\u00a0ms, throughput = 812,5/s" {
		t.Errorf("%q", got)
	}
}
