package tape

import (
	"slices"
	"sort"
	"time"

	"atelier/kafka/ledger"
)

// score is when the events of a tape are played.
type score struct {
	due      []time.Duration // of each event; never falls
	moments  []time.Duration
	length   time.Duration
	silences silences
}

func scoreOf(events []ledger.Event) score {
	s := score{due: inOrder(events)}
	s.moments = momentsOf(events, s.due)
	if len(s.due) > 0 {
		s.length = s.due[len(s.due)-1]
	}
	s.silences = silencesOf(s.due)
	return s
}

// upTo counts the moments up to a time.
func (s *score) upTo(at time.Duration) int {
	n, _ := slices.BinarySearch(s.moments, at+1)
	return n
}

// inOrder says when each event is due. They are in the order of the fold, and
// their times, taken by goroutines that then waited for their turn, may not
// quite be; nor that of an event which a run left to the next. As many as can
// keep their own time; the others are due with the one before them.
func inOrder(events []ledger.Event) []time.Duration {
	due := make([]time.Duration, len(events))
	// The longest run of times that never fall, by patience sorting: ends[n] is
	// the event with the least time that n+1 of them can end with.
	var ends []int
	before := make([]int, len(events))
	for i, e := range events {
		at := e.When()
		n := len(ends)
		if n > 0 && at < events[ends[n-1]].When() {
			n = sort.Search(n, func(k int) bool { return events[ends[k]].When() > at })
		}
		before[i], due[i] = -1, -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		}
		ends[n] = i
	}
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			due[i] = events[i].When()
		}
	}
	last := time.Duration(0)
	for i := range due {
		last = max(last, due[i])
		due[i] = last
	}
	return due
}

// momentsOf are the times at which something happens that a learner can see.
// What happens within a millisecond is one moment, at its end.
func momentsOf(events []ledger.Event, due []time.Duration) []time.Duration {
	var moments []time.Duration
	var began time.Duration
	for i, e := range events {
		if !visible(e) {
			continue
		}
		if len(moments) > 0 && due[i]-began < time.Millisecond {
			moments[len(moments)-1] = due[i]
			continue
		}
		began = due[i]
		moments = append(moments, due[i])
	}
	return moments
}

// visible says whether an event is worth a stop. What stands when a run begins
// is not, nor what only frames other events.
func visible(e ledger.Event) bool {
	switch e.(type) {
	case ledger.RunBegan, ledger.BatchOpened, ledger.BatchClosed, ledger.AuditBegan:
		return false
	case ledger.ToxicAdded, ledger.ToxicRemoved, ledger.ProxyChanged, ledger.BrokerChanged, ledger.LeaderChanged:
		return e.When() > 0
	}
	return true
}

// A silence longer than longSilence is played as if it lasted shortSilence.
const (
	longSilence  = 5 * time.Second
	shortSilence = time.Second
)

// silence is one: nothing happens from, until to.
type silence struct{ from, to time.Duration }

type silences []silence

func silencesOf(due []time.Duration) (s silences) {
	last := time.Duration(0)
	for _, at := range due {
		if at-last > longSilence {
			s = append(s, silence{last, at})
		}
		last = at
	}
	return s
}

// played is how long it takes to get to a time of the run.
func (s silences) played(at time.Duration) time.Duration {
	saved := time.Duration(0)
	for _, x := range s {
		switch {
		case at >= x.to:
			saved += x.to - x.from - shortSilence
		case at > x.from:
			within := float64(at-x.from) / float64(x.to-x.from)
			return x.from - saved + time.Duration(within*float64(shortSilence))
		}
	}
	return at - saved
}

// passed is where the run stands after so long.
func (s silences) passed(played time.Duration) time.Duration {
	saved := time.Duration(0)
	for _, x := range s {
		switch from := x.from - saved; {
		case played >= from+shortSilence:
			saved += x.to - x.from - shortSilence
		case played > from:
			within := float64(played-from) / float64(shortSilence)
			return x.from + time.Duration(within*float64(x.to-x.from))
		}
	}
	return played + saved
}
