package ledger

import "time"

// latencyBounds are the upper ends of the classes that a way's latencies are
// counted in; one more class has no end.
var latencyBounds = [...]time.Duration{
	time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second,
	2500 * time.Millisecond, 5 * time.Second, 10 * time.Second,
}

// Latencies counts acked sends by how long they took from hand-over to ack, in
// classes that are the same for all, so that counts of several can be added.
type Latencies struct {
	Counts [len(latencyBounds) + 1]int64 // by class, each without those below
	Waited time.Duration                 // all of them, added up
}

// Bounds are the upper ends of the classes; the last class has none.
func (Latencies) Bounds() []time.Duration { return latencyBounds[:] }

func (l *Latencies) add(latency time.Duration) {
	class := 0
	for class < len(latencyBounds) && latency > latencyBounds[class] {
		class++
	}
	l.Counts[class]++
	l.Waited += latency
}

// way finds the counts of a mode and a sending, or begins them.
func (f *fold) way(mode, sending string) *Way {
	for _, w := range f.ways {
		if w.Mode == mode && w.Sending == sending {
			return w
		}
	}
	w := &Way{Mode: mode, Sending: sending}
	f.ways = append(f.ways, w)
	return w
}

func (w *Way) told(k Kind, latency time.Duration) {
	switch k {
	case AckedReport:
		w.Acked++
		w.Latencies.add(latency)
	case FailedReport:
		w.Failed++
	case UnknownReport:
		w.Unknown++
	case FiredReport:
		w.Fired++
	}
}
