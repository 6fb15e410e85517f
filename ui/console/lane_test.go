package console

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/stage"

	tea "charm.land/bubbletea/v2"
)

func sized(t *testing.T, s *stage.Stage, w, h int) string {
	t.Helper()
	m := console(t, s, words.French, passes)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	m.show(benchPage)
	m.again()
	checkScreen(t, m, t.Name())
	return screenText(m)
}

func TestEachCopyKeepsItsEvidence(t *testing.T) {
	s := stage.New()
	s.Heart()
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}} {
		got := sized(t, s, size[0], size[1])
		_, lane, _ := strings.Cut(got, "A plain")
		lane = strings.Split(lane, "\n")[1]
		if n := strings.Count(lane, "+"); n != 3 {
			t.Errorf("%v: %d of 3 copies are marked:\n%s", size, n, got)
		}
	}
}

func TestPausesStayOnANarrowScreen(t *testing.T) {
	s := stage.New()
	s.Heart()
	got := sized(t, s, 100, 30)
	_, lane, _ := strings.Cut(got, "A plain")
	lane, _, _ = strings.Cut(lane, "\n")
	if strings.Count(lane, "✗") != 2 || strings.Count(lane, "✗┈") != 2 {
		t.Error(got)
	}
}

func TestOneRowALaneStillTellsWhatWasAdded(t *testing.T) {
	s := stage.New()
	s.Heart()
	m := console(t, s, words.French, passes)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.again()
	if got := screenText(m); strings.Count(got, "◇") != 2 {
		t.Error(got)
	}
}

func TestTheFaultInForceComesFirst(t *testing.T) {
	s := stage.New()
	add := func(name, kind string, from, to int, attributes map[string]int64) {
		s.Book.Apply(ledger.ToxicAdded{At: stage.At(from), Toxic: ledger.Toxic{Broker: 1, Name: name, Kind: kind, Stream: "downstream", Attributes: attributes}})
		if to > 0 {
			s.Book.Apply(ledger.ToxicRemoved{At: stage.At(to), Broker: 1, Name: name})
		}
	}
	add("bandwidth_downstream", "bandwidth", 0, 110, map[string]int64{"rate": 1})
	add("timeout_downstream", "timeout", 0, 120, map[string]int64{"timeout": 2000})
	add("latency_downstream", "latency", 130, -1, map[string]int64{"latency": 5000})
	s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: -1, Attempts: []stage.Attempt{stage.Try(101, 102, 103, -1, -1, 16)}})
	s.Clock = 1500e6
	got := sized(t, s, 80, 24)
	if _, row, _ := strings.Cut(got, "tentatives"); !strings.Contains(row, "◀ latency 5") || !strings.Contains(row, "+2 pannes") {
		t.Error(got)
	}
}

func TestLeadersStayAfterATypoInTheTopic(t *testing.T) {
	s := stage.New()
	m := console(t, s, words.French, passes)
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	s.Book.Apply(
		ledger.BatchOpened{At: stage.At(10), Batch: 1, Mode: "plain", Sending: "async", Topic: "nope", Count: 1},
		ledger.Sent{At: stage.At(10), Batch: 1, Count: 1})
	m.again()
	if got := screenText(m); !strings.Contains(got, "broker 1 ★ test-topic/0") {
		t.Error(got)
	}
}

func TestABlockedRequestLightsOnlyItsOwnSide(t *testing.T) {
	s := stage.New()
	s.Book.Apply(ledger.ToxicAdded{At: stage.At(0), Toxic: ledger.Toxic{Broker: 2, Name: "timeout_upstream", Kind: "timeout", Stream: "upstream", Attributes: map[string]int64{"timeout": 2000}}})
	s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: -1, Attempts: []stage.Attempt{stage.Try(101, -1, -1, -1, -1, -1)}})
	s.Clock = 500e6
	got := sized(t, s, 120, 40)
	for _, l := range strings.Split(got, "\n") {
		if before, after, there := strings.Cut(l, "timeout"); there && strings.Contains(l, "requêtes") {
			if !strings.Contains(before, "━") || strings.Contains(after, "━") {
				t.Error(l)
			}
			return
		}
	}
	t.Error(got)
}

func TestAStoppedBrokerOutdoesItsProxy(t *testing.T) {
	s := stage.New()
	s.Book.Apply(ledger.BrokerChanged{At: stage.At(1), Broker: 1}, ledger.ProxyChanged{At: stage.At(1), Broker: 1}, ledger.ProxyChanged{At: stage.At(1), Broker: 2})
	got := sized(t, s, 80, 24)
	if strings.Contains(got, "…") || !strings.Contains(got, "✗ proxy") || !strings.Contains(got, "✗ arrêté") {
		t.Error(got)
	}
}

func TestAGhostStandsBesideItsDuplicates(t *testing.T) {
	s := stage.New()
	s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: -1, Attempts: []stage.Attempt{stage.Try(101, 102, 103, -1, 300, 0), stage.Try(400, 401, 402, -1, 800, 1)}})
	s.Book.Apply(ledger.Reported{At: stage.At(900), Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}, Partition: 1, Offset: -1, Reason: ledger.Timeout, Err: "timeout"}}},
		ledger.AuditBegan{At: stage.At(1000)},
		ledger.CopiesRead{At: stage.At(1001), Topic: "test-topic", Partition: 1, Copies: []ledger.Copy{{Ref: ledger.Ref{Batch: 1}}, {Ref: ledger.Ref{Batch: 1}, Offset: 1}}},
		ledger.AuditEnded{At: stage.At(1002), Settled: true})
	for _, w := range []int{60, 80, 100, 120} {
		got := sized(t, s, w, 24)
		if strings.Count(got, "DOUBLON") < 2 || strings.Count(got, "FANTÔME") < 2 {
			t.Errorf("%d columns:\n%s", w, got)
		}
	}
}

func TestToxicsOfOthersAreMarked(t *testing.T) {
	s := stage.New()
	add := func(foreign bool, latency int64) {
		s.Book.Apply(ledger.ToxicAdded{At: stage.At(1), Approximate: foreign, Toxic: ledger.Toxic{
			Broker: 1, Name: "latency_downstream", Kind: "latency", Stream: "downstream", Foreign: foreign, Attributes: map[string]int64{"latency": latency},
		}})
	}
	add(true, 7)
	s.Play(stage.Message{Batch: 1, Mode: "plain", Partition: 1, Pid: -1, Sent: 100, Reported: -1, Attempts: []stage.Attempt{{Departed: 101, Arrived: 102, Answered: 103, Heard: -1, Ended: -1, Offset: 16}}})
	s.Clock = 1500e6
	if got := sized(t, s, 120, 40); !strings.Contains(got, "◀≈ latency 7 ms") || !strings.Contains(got, "╴≈ latency 7 ms╶") {
		t.Error(got)
	}
	for _, b := range bindings() {
		if b.action == toggleToxic && b.toxic.kind == "latency" && b.labLine(s.Book.Snapshot(), 1) != b.line {
			t.Error("the key clears what is not ours")
		}
	}
	add(false, 5000)
	s.Book.Apply(ledger.ToxicRemoved{At: stage.At(600), Broker: 1, Name: "latency_downstream"})
	if toxics := s.Book.Snapshot().Toxics; len(toxics) != 1 || !toxics[0].Foreign {
		t.Errorf("in force: %+v", toxics)
	}
}
