package linear

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"

	"github.com/charmbracelet/x/exp/golden"
)

// play is a ledger that a test moves by hand, and what was told of it: each
// step ends with a snapshot.
type play struct {
	ledger *ledger.Ledger
	before *ledger.Snapshot
	told   []happening
	next   ledger.RequestID
}

func newPlay() *play {
	p := &play{ledger: ledger.New(), next: 1}
	p.ledger.Apply(ledger.RunBegan{Run: "r1"})
	for b := int32(1); b <= 3; b++ {
		p.ledger.Apply(ledger.BrokerChanged{Broker: b, Up: true}, ledger.ProxyChanged{Broker: b, Up: true})
	}
	p.look()
	return p
}

func (p *play) step(events ...ledger.Event) {
	p.ledger.Apply(events...)
	p.look()
}

func (p *play) look() {
	s := p.ledger.Snapshot()
	p.told = append(p.told, happenings(p.before, s)...)
	p.before = s
}

// text is all that was told, in a language.
func (p *play) text(lang words.Lang) []byte {
	var b strings.Builder
	for _, h := range p.told {
		b.WriteString(clock(h.at).In(lang) + ", " + sentence(h).In(lang) + "\n")
	}
	return []byte(b.String())
}

func at(ms int) ledger.At { return ledger.At{At: time.Duration(ms) * time.Millisecond} }

func (p *play) send(ms int, batch uint32, label, mode string, count uint32) {
	p.ledger.Apply(
		ledger.BatchOpened{At: at(ms), Batch: batch, Label: label, Mode: mode, Sending: "async", Topic: "test-topic", Count: count},
		ledger.Sent{At: at(ms), Batch: batch, Count: count},
		ledger.BatchClosed{At: at(ms), Batch: batch, Count: count},
	)
	p.look()
}

func refs(batch, from, count uint32) []ledger.Ref {
	list := make([]ledger.Ref, count)
	for i := range list {
		list[i] = ledger.Ref{Batch: batch, N: from + uint32(i)}
	}
	return list
}

// depart sends a request with messages to partition 1, on broker 2.
func (p *play) depart(ms int, pid int64, list ...ledger.Ref) ledger.RequestID {
	id := p.next
	p.next++
	p.step(ledger.Departed{At: at(ms), Request: id, Broker: 2, Acks: 1, Parts: []ledger.Part{{
		Topic: "test-topic", Partition: 1, ProducerID: pid, Records: len(list), Refs: list,
	}}})
	return id
}

func answers(code int16, offset int64) []ledger.Answer {
	return []ledger.Answer{{Topic: "test-topic", Partition: 1, Code: code, Offset: offset}}
}

func (p *play) report(ms int, r ledger.Report) {
	p.step(ledger.Reported{At: at(ms), Reports: []ledger.Report{r}})
}

func (p *play) toxic(ms int, on bool) {
	for b := int32(1); b <= 3; b++ {
		if on {
			p.ledger.Apply(ledger.ToxicAdded{At: at(ms + int(b)), Toxic: ledger.Toxic{
				Broker: b, Name: "latency_downstream", Kind: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]int64{"latency": 5000},
			}})
		} else {
			p.ledger.Apply(ledger.ToxicRemoved{At: at(ms + int(b)), Broker: b, Name: "latency_downstream"})
		}
	}
	p.look()
}

func heart() *play {
	p := newPlay()
	p.toxic(0, true)
	a, b := ledger.Ref{Batch: 1}, ledger.Ref{Batch: 2}
	p.send(100, 1, "A", "plain", 1)
	p.send(105, 2, "B", "idempotent", 1)
	for i, ms := range []int{110, 1270, 2440} {
		id := p.depart(ms, -1, a)
		p.step(ledger.Arrived{At: at(ms + 1), Request: id})
		p.step(ledger.Answered{At: at(ms + 2), Request: id, Answers: answers(0, 16+int64(i))})
		if i < 2 {
			p.step(ledger.Ended{At: at(ms + 666), Request: id, Outcome: ledger.TimedOut})
		} else {
			p.toxic(2500, false)
			p.step(ledger.Heard{At: at(2510), Request: id, Answers: answers(0, 18)})
		}
	}
	p.report(2511, ledger.Report{Ref: a, Partition: 1, Offset: 18, Latency: 2411 * time.Millisecond})
	for _, ms := range []int{2600, 3200} {
		id := p.depart(ms, 4, b)
		p.step(ledger.Arrived{At: at(ms + 1), Request: id}, ledger.Answered{At: at(ms + 2), Request: id, Answers: answers(0, 19)})
		p.step(ledger.Ended{At: at(ms + 500), Request: id, Outcome: ledger.Cut})
	}
	p.report(5105, ledger.Report{Ref: b, Partition: 1, Offset: -1, Reason: ledger.BudgetSpent, Err: "x"})
	p.step(ledger.AuditBegan{At: at(5200)})
	p.step(ledger.CopiesRead{At: at(5210), Topic: "test-topic", Partition: 1, Copies: []ledger.Copy{
		{Ref: a, Offset: 16}, {Ref: a, Offset: 17}, {Ref: a, Offset: 18}, {Ref: b, Offset: 19},
	}}, ledger.AuditEnded{At: at(5220), Settled: true})
	return p
}

// burst is many messages at once, by twos, and with a label that is used again.
func burst() *play {
	p := newPlay()
	p.send(1, 1, "A", "plain", 1240)
	for n := uint32(0); n < 10; n++ {
		p.ledger.Apply(ledger.Departed{At: at(2), Request: p.next, Broker: 1, Acks: 1, Parts: []ledger.Part{{
			Topic: "test-topic", ProducerID: -1, Records: 124, Refs: refs(1, n*124, 124),
		}}})
		p.next++
	}
	p.look()
	var reports []ledger.Report
	for _, r := range refs(1, 0, 1238) {
		reports = append(reports, ledger.Report{Ref: r, Latency: time.Millisecond})
	}
	p.step(ledger.Reported{At: at(3), Reports: reports})
	var ended []ledger.Event
	for id := ledger.RequestID(1); id < p.next; id++ {
		ended = append(ended, ledger.Ended{At: at(700), Request: id, Outcome: ledger.TimedOut})
	}
	p.step(ended...)
	p.report(701, ledger.Report{Ref: ledger.Ref{Batch: 1, N: 1238}, Partition: -1, Offset: -1, Reason: ledger.Timeout, Err: "x"})
	p.report(702, ledger.Report{Ref: ledger.Ref{Batch: 1, N: 1239}, Partition: -1, Offset: -1, Reason: ledger.Timeout, Err: "x"})
	p.send(710, 2, "A", "plain", 1)
	p.send(720, 3, "", "fire-and-forget", 2)
	id := p.depart(721, -1, refs(3, 0, 2)...)
	p.step(ledger.Arrived{At: at(722), Request: id})
	p.step(ledger.Reported{At: at(723), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 3}, Fired: true}, {Ref: ledger.Ref{Batch: 3, N: 1}, Fired: true}}})
	var read []ledger.Copy
	for i, r := range refs(1, 0, 1239) {
		read = append(read, ledger.Copy{Ref: r, Offset: int64(i)})
	}
	p.step(ledger.AuditBegan{At: at(800)}, ledger.CopiesRead{At: at(801), Topic: "test-topic", Copies: read}, ledger.AuditEnded{At: at(802), Settled: true})
	return p
}

// trouble is everything that can go wrong beside the network.
func trouble() *play {
	p := newPlay()
	p.step(ledger.ProxyChanged{At: at(1), Broker: 2, Up: false})
	p.step(ledger.DialRefused{At: at(2), Broker: 2, Reason: "refused"}, ledger.DialRefused{At: at(3), Broker: 2, Reason: "refused"})
	p.step(ledger.ProxyChanged{At: at(4), Broker: 2, Up: true})
	p.step(ledger.BrokerChanged{At: at(5), Broker: 1, Up: false}, ledger.BrokerChanged{At: at(5), Broker: 3, Up: true, Frozen: true})
	p.step(ledger.BrokerChanged{At: at(6), Broker: 1, Up: true}, ledger.BrokerChanged{At: at(6), Broker: 3, Up: true})
	p.step(ledger.ToxicAdded{At: at(7), Toxic: ledger.Toxic{Broker: 1, Name: "x", Kind: "timeout", Stream: "upstream", Attributes: map[string]int64{"timeout": 2000}}})
	p.send(10, 1, "A", "plain", 1)
	id := p.depart(11, -1, refs(1, 0, 1)...)
	p.step(ledger.Heard{At: at(12), Request: id, Answers: answers(29, -1)})
	p.report(13, ledger.Report{Ref: ledger.Ref{Batch: 1}, Partition: -1, Offset: -1, Reason: ledger.OtherReason, Err: "not\x1b[31m\nallowed"})
	p.send(20, 2, "A", "plain", 1)
	p.report(21, ledger.Report{Ref: ledger.Ref{Batch: 2}, Partition: -1, Offset: -1, Reason: ledger.UnknownTopic, Err: "x"})
	p.send(30, 3, "B", "plain", 1)
	p.report(31, ledger.Report{Ref: ledger.Ref{Batch: 3}, Partition: 1, Offset: 5})
	p.step(ledger.AuditBegan{At: at(40)}, ledger.AuditEnded{At: at(41), Settled: false, Reason: "it still moves"})
	p.step(ledger.AuditBegan{At: at(50)}, ledger.AuditEnded{At: at(51), Settled: true, Pending: 2})
	p.step(ledger.RunBegan{Run: "r2"})
	return p
}

// TestSentences compares all that is told with texts that were read. Write them
// anew with: go test ./ui/linear -run Sentences -update
func TestSentences(t *testing.T) {
	for name, scene := range map[string]func() *play{"heart": heart, "burst": burst, "trouble": trouble} {
		for _, lang := range []words.Lang{words.English, words.French} {
			t.Run(name+"-"+string(lang), func(t *testing.T) { golden.RequireEqual(t, scene().text(lang)) })
		}
	}
}

// Whether one looks often or seldom, nothing is told twice and no count is
// wrong: what was told of a kind adds up.
func TestNothingIsToldTwice(t *testing.T) {
	for name, scene := range map[string]func() *play{"heart": heart, "burst": burst, "trouble": trouble} {
		p := scene()
		if again := happenings(p.before, p.before); len(again) > 0 {
			t.Errorf("%s: told of nothing: %v", name, again)
		}
		s, sum := p.ledger.Snapshot(), map[what]int64{}
		for _, h := range p.told {
			switch h.what {
			case sent, moreSent, moreAcked, moreFailed, moreUnknown, moreFired:
				sum[h.what] += max(h.number, 1)
			case reported:
				sum[map[ledger.Kind]what{
					ledger.AckedReport: moreAcked, ledger.FailedReport: moreFailed, ledger.UnknownReport: moreUnknown, ledger.FiredReport: moreFired,
				}[h.message.Report]]++
			}
		}
		if name == "trouble" {
			continue // its last step is a new run
		}
		for what, want := range map[what]int64{moreAcked: s.All.Acked, moreFailed: s.All.Failed, moreUnknown: s.All.Unknown, moreFired: s.All.Fired} {
			if sum[what] != want {
				t.Errorf("%s: told of %d reports of kind %d, want %d", name, sum[what], what, want)
			}
		}
		if got := sum[sent] + sum[moreSent]; got != s.All.Sent {
			t.Errorf("%s: told of %d sends, want %d", name, got, s.All.Sent)
		}
	}
}
