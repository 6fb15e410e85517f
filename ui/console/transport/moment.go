package transport

import (
	"strconv"
	"strings"
	"time"

	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Below says in words what the moment is at which the tape stands, on one row
// below the line. It is told from what the views see, so that what they veil
// stays veiled here too.
func (p *Pane) Below(w int, seen pane.Seen) []screen.Line {
	moments := p.deck.Moments()
	at := p.deck.Moment()
	if at == 0 || at > len(moments) || seen.Snap == nil {
		return []screen.Line{screen.Text("   "+p.Pick("before the first moment", "avant le premier moment"), screen.Faint)}
	}
	t := told{from: -1, to: moments[at-1], s: seen.Snap, p: p}
	if at > 1 {
		t.from = moments[at-2]
	}
	t.cast.Of(t.s)
	return []screen.Line{screen.Text("   ", screen.Ink).Add(t.within(w-4), screen.Ink)}
}

// told gathers what happened after one moment and up to the next.
type told struct {
	from, to time.Duration
	s        *ledger.Snapshot
	p        *Pane
	cast     telling.Cast
}

func (t *told) is(at time.Duration) bool { return at > t.from && at <= t.to }

// within is as many of the parts as fit into some columns, and how many more
// there are.
func (t *told) within(w int) string {
	parts := append(append(t.faults(), t.messages()...), t.log()...)
	if len(parts) == 0 {
		return t.p.Pick("a broker, a leader or a topic changed", "un broker, un leader ou un topic a changé")
	}
	s := parts[0]
	for i, part := range parts[1:] {
		left := ""
		if more := len(parts) - i - 2; more > 0 {
			left = " · +" + strconv.Itoa(more)
		}
		if screen.Width(s+" · "+part+left) > w {
			return screen.Cut(s, w-6) + " · +" + strconv.Itoa(len(parts)-i-1)
		}
		s += " · " + part
	}
	return screen.Cut(s, w)
}

// faults are those that began or ended, each once for all of its brokers.
func (t *told) faults() []string {
	var parts []string
	seen := map[string]bool{}
	for i := range t.s.Bands {
		b := &t.s.Bands[i]
		said := telling.Down(b.Kind, []int32{b.Broker}, t.p.Lang)
		if said == "" {
			said = map[string]string{"upstream": "▶ ", "downstream": "◀ "}[b.Stream] + telling.Fault(b.Kind, b.Detail, t.p.Lang)
		}
		for _, one := range []struct {
			at   time.Duration
			says string
		}{{b.From, t.p.Pick("in force: ", "en vigueur\u00a0: ")}, {b.To, t.p.Pick("gone: ", "fini\u00a0: ")}} {
			if t.is(one.at) && !seen[one.says+said] {
				seen[one.says+said] = true
				parts = append(parts, one.says+said)
			}
		}
	}
	return parts
}

// messages are what became of each.
func (t *told) messages() []string {
	var parts []string
	for i := range t.s.Messages {
		m := &t.s.Messages[i]
		name := t.cast.Name(m.Ref, m.Label)
		if t.is(m.Sent) {
			parts = append(parts, name+t.p.Pick(": handed to the producer", "\u00a0: confié au producteur"))
		}
		for n, id := range m.Attempts {
			if at := t.s.Attempt(id); at != nil {
				if said := t.attempt(m, n, at); said != "" {
					parts = append(parts, name+t.p.Pick(", attempt ", ", tentative ")+strconv.Itoa(n+1)+t.p.Pick(": ", "\u00a0: ")+said)
				}
			}
		}
		if m.Report != ledger.NoReport && t.is(m.Reported) {
			said := telling.Report(m.Report, t.p.Lang).Words
			if m.Report == ledger.AckedReport && m.Offset >= 0 {
				said += " " + telling.Offset(m.Offset)
			}
			parts = append(parts, name+t.p.Pick(", report: ", ", rapport\u00a0: ")+said)
		}
	}
	return parts
}

// attempt is which of its moments came, in their order.
func (t *told) attempt(m *ledger.Message, n int, at *ledger.Attempt) string {
	var said []string
	broker := strconv.Itoa(int(at.Broker))
	add := func(when time.Duration, en, fr string) {
		if t.is(when) {
			said = append(said, t.p.Pick(en, fr))
		}
	}
	add(at.Departed, "departed", "partie")
	add(at.Arrived, "arrived at broker "+broker, "arrivée au broker "+broker)
	add(at.Answered, "the broker answers", "le broker répond")
	switch {
	case !t.is(at.Answered):
	case telling.Refusal(at):
		said[len(said)-1] += " ! " + telling.Code(at.Code)
	case t.s.Recognised(m, n):
		said[len(said)-1] += " = " + telling.Offset(at.Offset)
	case t.s.Added(m, n):
		said[len(said)-1] += " + " + telling.Offset(at.Offset)
	case at.Offset >= 0:
		said[len(said)-1] += " " + telling.Offset(at.Offset)
	}
	add(at.Heard, "answer heard", "réponse revenue")
	switch at.Outcome {
	case ledger.TimedOut:
		add(at.Ended, "the producer stops waiting", "le producteur n’attend plus")
	case ledger.Cut:
		add(at.Ended, "connection cut", "connexion coupée")
	}
	return strings.Join(said, ", ")
}

// log says that the log was read.
func (t *told) log() []string {
	if t.s.Audit.Ended >= 0 && t.is(t.s.Audit.Ended) {
		return []string{t.p.Pick("the log is read back", "le journal est relu")}
	}
	return nil
}
