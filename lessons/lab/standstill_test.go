package lab

import (
	"testing"
	"time"
)

// A machine that stood still until just now did stand still, though nobody has
// looked since.
func TestAStandstillIsSeenAtOnce(t *testing.T) {
	m := machine{began: time.Now().Add(-time.Second)}
	if stood := m.stoodStill(); stood < time.Second-lookEvery {
		t.Errorf("it stood still for %v", stood)
	}
	m.last.Store(int64(time.Hour))
	if stood := m.stoodStill(); stood != 0 {
		t.Errorf("it is said to have stood still for %v", stood)
	}
}
