package standstill

import (
	"testing"
	"time"
)

// A process that stood still until just now did stand still, though nobody has
// looked since.
func TestAStandstillIsSeenAtOnce(t *testing.T) {
	w := Watch{began: time.Now().Add(-time.Second)}
	if worst := w.Worst(); worst < time.Second-every {
		t.Errorf("it stood still for %v", worst)
	}
	w.last.Store(int64(time.Hour))
	if worst := w.Worst(); worst != 0 {
		t.Errorf("it is said to have stood still for %v", worst)
	}
}
