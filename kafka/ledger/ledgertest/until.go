// Package ledgertest waits for a ledger in tests.
package ledgertest

import (
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// forever is how long a ledger is waited for: then it will never stand so.
const forever = 2 * time.Minute

// Until waits for a ledger to stand in some way.
func Until(t testing.TB, l *ledger.Ledger, stands func(*ledger.Snapshot) bool) {
	t.Helper()
	never := time.NewTimer(forever)
	defer never.Stop()
	for {
		s := l.Snapshot()
		if stands(s) {
			return
		}
		select {
		case <-l.Changed(s.Version): // and nothing is missed that came since
		case <-never.C:
			t.Fatalf("the ledger never came to stand so; it has %+v, %d in flight", s.All, s.InFlight)
		}
	}
}
