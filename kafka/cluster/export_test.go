package cluster

import "time"

// LookFor sets how long a further look at a port may take, until the function
// that it returns is called.
func LookFor(patience time.Duration) (restore func()) {
	before := lookTimeout
	lookTimeout = patience
	return func() { lookTimeout = before }
}
