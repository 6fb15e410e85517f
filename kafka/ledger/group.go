package ledger

import (
	"math"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// group counts for a label, for a send line without one, or for the whole run.
type group struct {
	label, mode, sending string

	sent, reported    int64
	kinds             [FiredReport + 1]int64
	attempts, retries int64
	open              int // batches that may still hand over

	begun    bool
	first    time.Duration // first hand-over
	lastTold time.Duration // last report

	index      int32                   // among the labels; -1 where it is none
	unlabelled bool                    // a send line without a label: nobody asks for its latencies
	latencies  *hdrhistogram.Histogram // of acked sends, in µs; nil until the first
	minimum    time.Duration
	maximum    time.Duration
	waited     time.Duration // all latencies, added up

	judged  judged
	dirty   bool // sent to since the audit in progress began
	audited bool

	diagnosed bool // of the whole run

	totals  Totals // as of the counts below, to spare the percentiles
	sampled int64
}

// judged is what an audit counted.
type judged struct {
	copies, once, duplicates, lost, absent, ghosts, reordered int64
	partitions                                                map[Partition]struct{}
}

func newGroup(label string) *group { return &group{label: label, index: -1, sampled: -1} }

func (g *group) handedOver(at time.Duration, count int64) {
	if !g.begun {
		g.begun, g.first = true, at
	}
	g.sent += count
	g.dirty, g.audited = true, false
}

func (g *group) told(at time.Duration, kind Kind, latency time.Duration) {
	g.reported++
	g.kinds[kind]++
	g.lastTold = max(g.lastTold, at)
	if kind != AckedReport || g.unlabelled {
		return
	}
	if g.latencies == nil {
		// 1 µs to 10 minutes, each value to 1 %: 25 KB, whatever is sent.
		g.latencies = hdrhistogram.New(1, int64(10*time.Minute/time.Microsecond), 2)
	}
	us := min(max(int64(latency/time.Microsecond), 1), g.latencies.HighestTrackableValue())
	_ = g.latencies.RecordValue(us) // within range: it cannot fail
	if g.minimum = min(g.minimum, latency); g.waited == 0 {
		g.minimum = latency
	}
	g.maximum = max(g.maximum, latency)
	g.waited += latency
}

func (g *group) done() bool { return g.sent > 0 && g.open == 0 && g.reported == g.sent }

func (g *group) snapshot() Totals {
	if acked := g.kinds[AckedReport]; acked != g.sampled {
		g.sampled = acked
		g.percentiles()
	}
	t := g.totals
	t.Label, t.Mode, t.Sending = g.label, g.mode, g.sending
	t.Sent, t.Acked = g.sent, g.kinds[AckedReport]
	t.Failed, t.Unknown, t.Fired = g.kinds[FailedReport], g.kinds[UnknownReport], g.kinds[FiredReport]
	t.Attempts, t.Retries = g.attempts, g.retries
	t.Waited = g.waited
	t.Done = g.done()
	t.Diagnosed = g.diagnosed
	t.Throughput = math.NaN()
	if span := (g.lastTold - g.first).Seconds(); span > 0 && t.Acked > 0 {
		t.Throughput = float64(t.Acked) / span
	}
	t.Audited = g.audited
	j := g.judged
	t.Copies, t.Once, t.Duplicates, t.Lost = j.copies, j.once, j.duplicates, j.lost
	t.Absent, t.Ghosts, t.Reordered, t.Partitions = j.absent, j.ghosts, j.reordered, int64(len(j.partitions))
	return t
}

func (g *group) percentiles() {
	t := &g.totals
	t.Samples = g.sampled
	if g.latencies == nil {
		t.Min, t.P50, t.P95, t.P99, t.Max = math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()
		return
	}
	ms := func(q float64) float64 {
		// A bucket's upper end may lie beyond the largest value seen.
		return min(float64(g.latencies.ValueAtQuantile(q))/1000, g.maxMillis())
	}
	t.Min = float64(g.minimum) / float64(time.Millisecond)
	t.P50, t.P95, t.P99, t.Max = ms(50), ms(95), ms(99), g.maxMillis()
}

func (g *group) maxMillis() float64 {
	return float64(g.maximum) / float64(time.Millisecond)
}
