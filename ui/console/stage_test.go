package console

import (
	"context"
	"testing"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// stage is a bench made of a ledger and a clock that a test moves by hand.
type stage struct {
	lab.Bench // no test asks it for anything

	ledger *ledger.Ledger
	lacks  error // for whatever a lab needs
	now    time.Duration
	wall   time.Time
	next   ledger.RequestID
}

func (s *stage) Ledger() *ledger.Ledger { return s.ledger }
func (s *stage) Now() time.Duration     { return s.now }

func (s *stage) Lacks(bench.Ability) error { return s.lacks }

func newStage() *stage {
	s := &stage{ledger: ledger.New(), wall: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), next: 1}
	s.ledger.Apply(opening()...)
	return s
}

// opening is a run on three brokers that lead a partition each.
func opening() []ledger.Event {
	events := []ledger.Event{ledger.RunBegan{Run: "r1", Simulated: true}}
	for b := int32(1); b <= 3; b++ {
		events = append(events,
			ledger.BrokerChanged{Broker: b, Up: true},
			ledger.ProxyChanged{Broker: b, Up: true},
			ledger.LeaderChanged{Topic: "test-topic", Partition: b - 1, Broker: b})
	}
	return events
}

func at(ms int) ledger.At { return ledger.At{At: time.Duration(ms) * time.Millisecond} }

// attempt is one request of a synthetic message. A moment of -1 was not seen.
type attempt struct {
	departed, arrived, answered, heard, ended int
	offset                                    int64
}

// message plays one message through the ledger.
type message struct {
	batch     uint32
	label     string
	mode      string
	partition int32
	pid       int64
	sent      int
	attempts  []attempt
	reported  int // -1: still in flight
	err       string
	offset    int64
}

func (s *stage) play(m message) {
	l := s.ledger
	ref := ledger.Ref{Batch: m.batch}
	l.Apply(
		ledger.BatchOpened{At: at(m.sent), Batch: m.batch, Label: m.label, Mode: m.mode, Sending: "async", Topic: "test-topic", Count: 1},
		ledger.Sent{At: at(m.sent), Batch: m.batch, Count: 1},
		ledger.BatchClosed{At: at(m.sent), Batch: m.batch, Count: 1},
	)
	for _, a := range m.attempts {
		id := s.next
		s.next++
		answers := []ledger.Answer{{Topic: "test-topic", Partition: m.partition, Offset: a.offset}}
		l.Apply(ledger.Departed{At: at(a.departed), Request: id, Broker: m.partition + 1, Acks: 1, Parts: []ledger.Part{{
			Topic: "test-topic", Partition: m.partition, ProducerID: m.pid, BaseSequence: 0, Records: 1, Refs: []ledger.Ref{ref},
		}}})
		if a.arrived >= 0 {
			l.Apply(ledger.Arrived{At: at(a.arrived), Request: id})
		}
		if a.answered >= 0 {
			l.Apply(ledger.Answered{At: at(a.answered), Request: id, Answers: answers})
		}
		if a.heard >= 0 {
			l.Apply(ledger.Heard{At: at(a.heard), Request: id, Answers: answers})
		}
		if a.ended >= 0 {
			l.Apply(ledger.Ended{At: at(a.ended), Request: id, Outcome: ledger.TimedOut})
		}
	}
	if m.reported >= 0 {
		l.Apply(ledger.Reported{At: at(m.reported), Reports: []ledger.Report{{
			Ref: ref, Partition: m.partition, Offset: m.offset, Latency: time.Duration(m.reported-m.sent) * time.Millisecond, Err: m.err,
		}}})
	}
}

func (s *stage) toxic(from, to int) {
	for b := int32(1); b <= 3; b++ {
		s.ledger.Apply(ledger.ToxicAdded{At: at(from), Toxic: ledger.Toxic{
			Broker: b, Name: "latency_downstream", Kind: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]int64{"latency": 5000},
		}})
		if to >= 0 {
			s.ledger.Apply(ledger.ToxicRemoved{At: at(to), Broker: b, Name: "latency_downstream"})
		}
	}
}

// heart is the course's own experiment: latency 5 s on the answers, removed
// after 2.5 s. Plain ends with three copies, idempotent with one.
func (s *stage) heart() {
	s.toxic(0, 2500)
	s.play(message{batch: 1, label: "A", mode: "plain", partition: 1, pid: -1, sent: 100, reported: 2520, offset: 18, attempts: []attempt{
		{101, 102, 103, -1, 767, 16}, {1270, 1271, 1272, -1, 1936, 17}, {2440, 2441, 2442, 2519, -1, 18},
	}})
	s.play(message{batch: 2, label: "B", mode: "idempotent", partition: 1, pid: 4, sent: 105, reported: 3110, offset: 19, attempts: []attempt{
		{106, 107, 108, -1, 606, 19}, {1606, 1607, 1608, -1, 2106, 19}, {3107, 3108, 3109, 3110, -1, 19},
	}})
	s.now = 3200 * time.Millisecond
}

// midway is the same experiment while it runs.
func (s *stage) midway() {
	s.toxic(0, -1)
	s.play(message{batch: 1, label: "A", mode: "plain", partition: 1, pid: -1, sent: 100, reported: -1, attempts: []attempt{
		{101, 102, 103, -1, 767, 16}, {1270, 1271, 1272, -1, -1, 17},
	}})
	s.play(message{batch: 2, label: "B", mode: "idempotent", partition: 2, pid: 4, sent: 105, reported: -1, attempts: []attempt{
		{106, 107, 108, -1, 606, 19},
	}})
	s.now = 1500 * time.Millisecond
}

func (s *stage) audit() {
	a, b := ledger.Ref{Batch: 1}, ledger.Ref{Batch: 2}
	s.ledger.Apply(
		ledger.AuditBegan{At: at(3300)},
		ledger.CopiesRead{At: at(3310), Topic: "test-topic", Partition: 1, Copies: []ledger.Copy{{Ref: a, Offset: 16}, {Ref: a, Offset: 17}, {Ref: a, Offset: 18}, {Ref: b, Offset: 19}}},
		ledger.AuditEnded{At: at(3320), Settled: true},
	)
}

// parseTest reads lines without looking at what they say: each becomes a line
// of the script.
func parseTest(name string, src []byte, _ []string) (*lab.Script, error) {
	s := &lab.Script{Name: name}
	n, start := 1, 0
	for i := 0; i <= len(src); i++ {
		if i < len(src) && src[i] != '\n' {
			continue
		}
		if text := string(src[start:i]); text != "" {
			if text == "boom" {
				return nil, lab.Errors{{Pos: lab.Pos{Line: n, Column: 1}, Len: 4, Text: words.Text{
					En: "unknown command boom: did you mean broker?", Fr: "commande boom inconnue : vouliez-vous dire broker ?",
				}}}
			}
			s.Lines = append(s.Lines, lab.Line{Pos: lab.Pos{File: name, Line: n, Column: 1}, Text: text})
		}
		n, start = n+1, i+1
	}
	return s, nil
}

// passes plays a script at once: every line is done.
func passes(_ context.Context, s *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
	for i, l := range s.Lines {
		watch(lab.Progress{Index: i, Line: l, State: lab.Started})
		watch(lab.Progress{Index: i, Line: l, State: lab.Done, Result: words.Text{En: "done: " + l.Text, Fr: "fait : " + l.Text}})
	}
	return lab.Result{Status: lab.Passed}
}

// hangs plays a script until it is stopped.
func hangs(ctx context.Context, s *lab.Script, watch func(lab.Progress), _ func(context.Context) error) lab.Result {
	watch(lab.Progress{Line: s.Lines[0], State: lab.Started})
	<-ctx.Done()
	return lab.Result{Status: lab.Interrupted, Err: ctx.Err()}
}

const lessonFR = "---\ntitle: Fiabilité\nminutes: 30\nobjectives: [voir un doublon]\nneeds: []\n---\n\n" +
	"## L’acquittement perdu\n\nLe broker a écrit le message, mais sa **réponse** n’arrive pas à temps. Que fait le\nproducteur ? Il *renvoie*, et le journal garde `3` copies.\n\n" +
	"```predict\nCombien de copies pour A ? {value: A.copies}\n\n[ ] 1\n    Non : le broker avait déjà écrit.\n[x] 3\n```\n\n" +
	"```lab\ntoxic latency latency=5s stream=downstream\nsend 1 plain async as A\nsend 1 idempotent async as B\nafter 2500ms toxics clear\nwait until done\naudit\n```\n\n" +
	"- [ ] A est trois fois dans le journal {check: A.copies == 3}\n- [ ] B y est une seule fois {check: B.copies == 1}\n\n> hint: regardez les flèches du réseau.\n\n" +
	"## Et ensuite\n\n| réglage | plain | idempotent |\n| --- | --- | --- |\n| acks | 1 | all |\n| relances | 2 | 3 |\n\n1. un\n2. deux\n\n> Une remarque à garder.\n"

const lessonEN = "---\ntitle: Reliability\nminutes: 30\nobjectives: [see a duplicate]\nneeds: []\n---\n\n" +
	"## The lost acknowledgement\n\nThe broker wrote the message, but its **answer** does not arrive in time. What does the\nproducer do? It sends *again*, and the log keeps `3` copies.\n\n" +
	"```predict\nHow many copies of A? {value: A.copies}\n\n[ ] 1\n    No: the broker had written it already.\n[x] 3\n```\n\n" +
	"```lab\ntoxic latency latency=5s stream=downstream\nsend 1 plain async as A\nsend 1 idempotent async as B\nafter 2500ms toxics clear\nwait until done\naudit\n```\n\n" +
	"- [ ] A stands in the log three times {check: A.copies == 3}\n- [ ] B stands there once {check: B.copies == 1}\n\n> hint: look at the arrows of the network.\n\n" +
	"## And then\n\n| setting | plain | idempotent |\n| --- | --- | --- |\n| acks | 1 | all |\n| retries | 2 | 3 |\n\n1. one\n2. two\n\n> A remark to keep.\n"

func modules(t testing.TB) map[words.Lang][]*course.Module {
	t.Helper()
	out := map[words.Lang][]*course.Module{}
	for lang, src := range map[words.Lang]string{words.French: lessonFR, words.English: lessonEN} {
		m, err := course.Parse("03-fiabilite.md", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = []*course.Module{m}
	}
	return out
}

func (s *stage) options(t testing.TB, lang words.Lang) Options {
	return Options{
		Bench: s, Modules: modules(t), Lesson: 3, Lang: lang, Cluster: words.Text{En: "embedded", Fr: "embarqué"},
		Theme: Dark, Now: func() time.Time { return s.wall },
	}
}

func (s *stage) console(t testing.TB, lang words.Lang, play player) *Model {
	t.Helper()
	m := newModel(s.options(t, lang), s.ledger, play, parseTest)
	t.Cleanup(m.Close)
	return m
}
