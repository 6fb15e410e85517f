package metrics

import (
	"math"
	"strconv"

	"atelier/assets/words"
	"atelier/kafka/ledger"
)

// Kind is what Prometheus calls a type.
type Kind string

// The kinds that there are here.
const (
	Counter Kind = "counter"
	Gauge   Kind = "gauge"
	Summary Kind = "summary"

	Histogram Kind = "histogram"
)

// Family is all that is measured under one name.
type Family struct {
	Name    string
	Kind    Kind
	Help    words.Text
	Samples []Sample
}

// Sample is one number of a family.
type Sample struct {
	Suffix string // behind the family's name: _sum, _count
	Labels []Label
	Value  float64
}

// Label tells samples of one family apart. Values may come from outside: a
// toxic's type, for one.
type Label struct{ Name, Value string }

// Of measures a run, for whoever scrapes it. Families without a sample are left
// out; the order is always the same.
func Of(s *ledger.Snapshot) []Family { return families(s, buckets(s)) }

// OnScreen is the same for a reader, to whom quantiles of the whole run say more
// of the latencies than buckets do. Their family has one name, as it measures the
// same.
func OnScreen(s *ledger.Snapshot) []Family { return families(s, quantiles(s)) }

func families(s *ledger.Snapshot, latencies Family) []Family {
	var list []Family
	for _, f := range [...]Family{
		sent(s), reports(s), inFlight(s), attempts(s), retries(s), latencies,
		{"atelier_toxics", Gauge, words.Text{En: "Toxics in force.", Fr: "Toxics en place."}, toxics(s)},
		{"atelier_broker_up", Gauge, words.Text{En: "Whether a broker is up: 1, or 0.", Fr: "Le broker est debout : 1, sinon 0."}, brokers(s, brokerUp)},
		{"atelier_proxy_up", Gauge, words.Text{En: "Whether a broker's proxy lets anything through: 1, or 0.", Fr: "Le proxy du broker laisse passer : 1, sinon 0."}, brokers(s, proxyUp)},
		{"atelier_audit_messages", Gauge, words.Text{En: "Messages by the verdict of the last audit.", Fr: "Messages selon le verdict du dernier audit."}, verdicts(s)},
		{"atelier_audit_copies", Gauge, words.Text{En: "Records of this run that the last audit found in the log.", Fr: "Enregistrements de cet essai que le dernier audit a trouvés."}, audited(s, s.All.Copies)},
		{"atelier_audit_ghosts", Gauge, words.Text{En: "Messages that were written though no ack told so.", Fr: "Messages écrits sans qu’un acquittement l’ait dit."}, audited(s, s.All.Ghosts)},
		{"atelier_audit_reordered", Gauge, words.Text{En: "Messages that stand in the log before an earlier one.", Fr: "Messages placés dans le journal avant un plus ancien."}, audited(s, s.All.Reordered)},
	} {
		if len(f.Samples) > 0 {
			list = append(list, f)
		}
	}
	return list
}

// byWay has a sample for each mode and sending.
func byWay(s *ledger.Snapshot, of func(*ledger.Way) int64) []Sample {
	list := make([]Sample, 0, len(s.Ways))
	for i := range s.Ways {
		w := &s.Ways[i]
		list = append(list, Sample{Labels: wayLabels(w), Value: float64(of(w))})
	}
	return list
}

func wayLabels(w *ledger.Way) []Label {
	return []Label{{"mode", w.Mode}, {"sending", w.Sending}}
}

func sent(s *ledger.Snapshot) Family {
	return Family{
		"atelier_sent_total", Counter,
		words.Text{En: "Messages handed to the producer.", Fr: "Messages confiés au producteur."},
		byWay(s, func(w *ledger.Way) int64 { return w.Sent }),
	}
}

func reports(s *ledger.Snapshot) Family {
	f := Family{Name: "atelier_messages_total", Kind: Counter, Help: words.Text{En: "Messages by what the producer was told of them.", Fr: "Messages selon ce que le producteur en a su."}}
	for i := range s.Ways {
		w := &s.Ways[i]
		for _, o := range [...]struct {
			name string
			n    int64
		}{{"acked", w.Acked}, {"failed", w.Failed}, {"unknown", w.Unknown}, {"fired", w.Fired}} {
			f.Samples = append(f.Samples, Sample{Labels: append(wayLabels(w), Label{"outcome", o.name}), Value: float64(o.n)})
		}
	}
	return f
}

func inFlight(s *ledger.Snapshot) Family {
	return Family{
		"atelier_in_flight_messages", Gauge,
		words.Text{En: "Messages without a report yet.", Fr: "Messages encore sans rapport."},
		byWay(s, func(w *ledger.Way) int64 { return w.Sent - w.Acked - w.Failed - w.Unknown - w.Fired }),
	}
}

func attempts(s *ledger.Snapshot) Family {
	return Family{
		"atelier_attempts_total", Counter,
		words.Text{En: "Produce requests, counted once for each message in them.", Fr: "Requêtes Produce, comptées une fois par message porté."},
		byWay(s, func(w *ledger.Way) int64 { return w.Attempts }),
	}
}

func retries(s *ledger.Snapshot) Family {
	return Family{
		"atelier_retries_total", Counter,
		words.Text{En: "Attempts beyond each message's first.", Fr: "Tentatives au-delà de la première de chaque message."},
		byWay(s, func(w *ledger.Way) int64 { return w.Retries }),
	}
}

// ackedDuration is the family of how long acks took, in seconds as Prometheus wants
// them.
const ackedDuration = "atelier_acked_duration_seconds"

// quantiles is how long acks took, over the whole run.
func quantiles(s *ledger.Snapshot) Family {
	t := &s.All
	f := Family{Name: ackedDuration, Kind: Summary, Help: words.Text{En: "From hand-over to acknowledgement.", Fr: "De la remise à l’acquittement."}}
	if t.Samples == 0 {
		return f
	}
	for _, q := range [...]struct {
		name string
		ms   float64
	}{{"0.5", t.P50}, {"0.95", t.P95}, {"0.99", t.P99}, {"1", t.Max}} {
		if !math.IsNaN(q.ms) {
			f.Samples = append(f.Samples, Sample{Labels: []Label{{"quantile", q.name}}, Value: q.ms / 1000})
		}
	}
	f.Samples = append(f.Samples, Sample{Suffix: "_sum", Value: t.Waited.Seconds()}, Sample{Suffix: "_count", Value: float64(t.Samples)})
	return f
}

func toxics(s *ledger.Snapshot) []Sample {
	var list []Sample
	for i := range s.Toxics {
		t := &s.Toxics[i]
		labels := []Label{{"broker", strconv.Itoa(int(t.Broker))}, {"type", t.Kind}, {"stream", t.Stream}}
		if same := find(list, labels); same != nil {
			same.Value++ // a series is told once
			continue
		}
		list = append(list, Sample{Labels: labels, Value: 1})
	}
	return list
}

func find(list []Sample, labels []Label) *Sample {
next:
	for i := range list {
		for k := range labels {
			if list[i].Labels[k] != labels[k] {
				continue next
			}
		}
		return &list[i]
	}
	return nil
}

func brokers(s *ledger.Snapshot, up func(*ledger.Broker) bool) []Sample {
	list := make([]Sample, 0, len(s.Brokers))
	for i := range s.Brokers {
		b := &s.Brokers[i]
		one := Sample{Labels: []Label{{"broker", strconv.Itoa(int(b.ID))}}}
		if up(b) {
			one.Value = 1
		}
		list = append(list, one)
	}
	return list
}

func brokerUp(b *ledger.Broker) bool { return b.Up && !b.Frozen }
func proxyUp(b *ledger.Broker) bool  { return b.ProxyUp }

func verdicts(s *ledger.Snapshot) []Sample {
	if !s.All.Audited {
		return nil
	}
	t := &s.All
	var list []Sample
	for _, v := range [...]struct {
		name string
		n    int64
	}{{"once", t.Once}, {"duplicate", t.Duplicates}, {"lost", t.Lost}, {"absent", t.Absent}} {
		list = append(list, Sample{Labels: []Label{{"verdict", v.name}}, Value: float64(v.n)})
	}
	return list
}

// audited is a number that only an audit can tell.
func audited(s *ledger.Snapshot, n int64) []Sample {
	if !s.All.Audited {
		return nil
	}
	return []Sample{{Value: float64(n)}}
}
