package api

import (
	"testing"
	"time"
)

// Patiently lets a server wait longer for its clients until the test ends, as
// they share two cores with it. No test beside may run.
func Patiently(t *testing.T) {
	header, bye := headerTime, farewell
	headerTime, farewell = time.Minute, 10*time.Second
	t.Cleanup(func() { headerTime, farewell = header, bye })
}
