package bench

import "time"

// LeaveWithin lets a bench take its time to leave a Toxiproxy; the end of it is
// returned. No other may close meanwhile.
func LeaveWithin(d time.Duration) (end func()) {
	usually := leaveTime
	leaveTime = d
	return func() { leaveTime = usually }
}
