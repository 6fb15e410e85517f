package ledger

import "time"

const (
	maxDeliveries = 256
	// deliveriesPerBurst is how many reports of one batch are kept one by one
	// within a burst; what follows is one more that counts.
	deliveriesPerBurst = 12
	burst              = time.Second
)

// deliveries keeps the latest reports, in the order in which they came.
type deliveries struct {
	slots []Delivery // a ring: the nth since the run began stands at n % maxDeliveries
	count int

	image []Delivery // what the last snapshot shows, while it holds
}

// bursting is what a batch remembers of its reports of one kind.
type bursting struct {
	since  time.Duration
	reason Reason
	rows   int
	last   int // number of the latest
}

func (l *deliveries) add(b *batch, kind Kind, at time.Duration, r *Report) {
	l.image = nil
	t := &b.bursts[kind]
	if t.rows == 0 || at-t.since >= burst || t.reason != r.Reason {
		*t = bursting{since: at, reason: r.Reason}
	}
	if t.rows > deliveriesPerBurst && t.last >= l.count-maxDeliveries {
		d := &l.slots[t.last%maxDeliveries]
		d.Count++
		d.At, d.Latency = at, max(d.Latency, r.Latency)
		return
	}
	d := Delivery{
		Ref: r.Ref, Label: b.Label, Origin: b.Origin, Mode: b.Mode, Sending: b.Sending, Topic: b.Topic, Kind: kind, Reason: r.Reason, Err: r.Err,
		Partition: r.Partition, Offset: r.Offset, At: at, Latency: r.Latency, Count: 1,
	}
	if len(l.slots) < maxDeliveries {
		l.slots = append(l.slots, d)
	} else {
		l.slots[l.count%maxDeliveries] = d
	}
	t.rows, t.last = t.rows+1, l.count
	l.count++
}

// snapshot copies the deliveries, oldest first.
func (l *deliveries) snapshot() []Delivery {
	if l.image == nil {
		oldest := 0
		if len(l.slots) == maxDeliveries {
			oldest = l.count % maxDeliveries
		}
		l.image = append(append(make([]Delivery, 0, len(l.slots)), l.slots[oldest:]...), l.slots[:oldest]...)
	}
	return l.image
}
