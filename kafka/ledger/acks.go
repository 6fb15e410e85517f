package ledger

import (
	"math/bits"
	"slices"
	"time"
)

const (
	maxAcks = 2048
	// finest is how close in time acks of about the same latency come to count
	// as one point.
	finest = 20 * time.Millisecond
	// acksByAge is how many points in time stand between now and an age, at
	// most: the further back, the more coarsely.
	acksByAge = 64
)

// acks are the acked sends of a run over time, for charts. Each is a point of
// its own while they are few. Of many, those that took about as long (to a
// quarter) at about the same time are one point with a count. The cost of one
// more is the same whatever was sent.
type acks struct {
	points []Ack

	// Where the points of the time and label at hand are, by latency class.
	slot  int64
	label int32
	round uint32
	at    [256]struct {
		round uint32
		point int32
	}

	merged map[ackClass]int32 // kept from one thinning to the next
	image  []Ack              // what the last snapshot shows, while it holds
}

// ackClass is what acks have in common that are one point.
type ackClass struct {
	from, width time.Duration
	label       int32
	latency     uint8
}

func (l *acks) add(at, latency time.Duration, label int32) {
	l.image = nil
	if slot := int64(at / finest); slot != l.slot || label != l.label || l.round == 0 {
		l.slot, l.label = slot, label
		l.round++
	}
	class := &l.at[latencyClass(latency)]
	if class.round == l.round {
		l.points[class.point].join(Ack{At: at, Latency: latency, Count: 1})
		return
	}
	if len(l.points) == maxAcks {
		l.thin(at)
		l.round++
	}
	class.round, class.point = l.round, int32(len(l.points))
	l.points = append(l.points, Ack{At: at, Latency: latency, Label: label, Count: 1})
}

// join takes another point in. The slowest says when and how long.
func (a *Ack) join(other Ack) {
	if other.Latency > a.Latency {
		a.At, a.Latency = other.At, other.Latency
	}
	a.Count += other.Count
}

// thin makes room: points far back count together with their neighbours. Only
// where that is not enough, as there are so many labels, the oldest go.
func (l *acks) thin(now time.Duration) {
	if l.merged == nil {
		l.merged = make(map[ackClass]int32, maxAcks)
	}
	for steps := time.Duration(acksByAge); steps > 0 && len(l.points) > maxAcks/2; steps /= 2 {
		clear(l.merged)
		kept := l.points[:0]
		for _, p := range l.points {
			class := ackClass{width: finest, label: p.Label, latency: latencyClass(p.Latency)}
			for class.width < (now-p.At)/steps {
				class.width *= 2
			}
			class.from = p.At / class.width
			if i, there := l.merged[class]; there {
				kept[i].join(p)
				continue
			}
			l.merged[class] = int32(len(kept))
			kept = append(kept, p)
		}
		l.points = kept
	}
	if over := len(l.points) - maxAcks/2; over > 0 {
		l.points = append(l.points[:0], l.points[over:]...)
	}
}

func (l *acks) snapshot() []Ack {
	if l.image == nil {
		l.image = slices.Clone(l.points)
	}
	return l.image
}

// latencyClass puts latencies together that differ by a quarter at most: four
// classes for each power of two of microseconds.
func latencyClass(d time.Duration) uint8 {
	us := uint64(max(d/time.Microsecond, 0))
	n := bits.Len64(us)
	if n < 3 {
		return uint8(us)
	}
	return uint8(n<<2 | int(us>>(n-3)&3))
}
