package lab_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"atelier/chaos"
	"atelier/kafka"
	"atelier/lessons/bench"
	"atelier/lessons/check"
	"atelier/lessons/lab"
)

func parse(t *testing.T, src string, opts ...lab.Option) *lab.Script {
	t.Helper()
	s, err := lab.Parse("t.lab", []byte(src), opts...)
	if err != nil {
		t.Fatalf("%s\n%v", src, err)
	}
	return s
}

// one parses a single line as the console's prompt does.
func one(t *testing.T, line string, labels ...string) lab.Line {
	t.Helper()
	s := parse(t, line, lab.Known(labels...))
	if len(s.Lines) != 1 {
		t.Fatalf("%q: %d lines", line, len(s.Lines))
	}
	return s.Lines[0]
}

func ptr[T any](v T) *T { return &v }

func sent(change func(*lab.Send)) *lab.Send {
	s := &lab.Send{Count: 1, Mode: kafka.Plain, Sending: kafka.Sync, Settings: kafka.Plain.Settings(), Topic: "test-topic", Partition: -1}
	change(s)
	return s
}

func mode(m kafka.Mode) func(*lab.Send) {
	return func(s *lab.Send) { s.Mode, s.Settings = m, m.Settings() }
}

func toxic(kind string, change func(*lab.ToxicAdd), attributes map[string]int64) *lab.ToxicAdd {
	t := &lab.ToxicAdd{Kind: kind, Stream: "downstream", Toxicity: 1, Attributes: attributes}
	if change != nil {
		change(t)
	}
	return t
}

func TestParseCommands(t *testing.T) {
	type attrs = map[string]int64
	for _, c := range []struct {
		line string
		want lab.Command
	}{
		{"topic bhf-transactions partitions=3", &lab.Topic{Name: "bhf-transactions", Partitions: 3}},
		{"topic x partitions=1 replication=3 min-insync=2", &lab.Topic{Name: "x", Partitions: 1, Replication: 3, MinInSync: 2}},
		{"topic x", &lab.Topic{Name: "x", Partitions: 3}},
		{"send plain", sent(func(*lab.Send) {})},
		{"send plain async", sent(func(s *lab.Send) { s.Sending = kafka.Async })},
		{"send 5 idempotent", sent(func(s *lab.Send) { mode(kafka.Idempotent)(s); s.Count = 5 })},
		{"send fire-and-forget sync", sent(mode(kafka.FireAndForget))},
		{`send 10 plain async key=order-1 value="..." as A`, sent(func(s *lab.Send) {
			s.Count, s.Sending, s.Key, s.Value, s.Label = 10, kafka.Async, ptr("order-1"), ptr("..."), "A"
		})},
		{"send 1 plain as A acks=all retries=0 backoff=1.5s request=300ms total=1m inflight=2 linger=5ms compression=zstd", sent(func(s *lab.Send) {
			s.Label = "A"
			s.Settings.Acks, s.Settings.Retries, s.Settings.Backoff = kafka.AcksAll, 0, 1500*time.Millisecond
			s.Settings.Request, s.Settings.Total = 300*time.Millisecond, time.Minute
			s.Settings.InFlight, s.Settings.Linger, s.Settings.Compression = 2, 5*time.Millisecond, "zstd"
		})},
		{"send 1 plain acks=-1", sent(func(s *lab.Send) { s.Settings.Acks = kafka.AcksAll })},
		{"send 1 plain acks=0", sent(func(s *lab.Send) { s.Settings.Acks = kafka.AcksNone })},
		{"send retries=100 request=300ms 1 total=1m plain", sent(func(s *lab.Send) {
			s.Settings.Retries, s.Settings.Request, s.Settings.Total = 100, 300*time.Millisecond, time.Minute
		})},
		{"send 12 plain keys=4 partition=2 topic=load-test size=1KB rate=100/s", sent(func(s *lab.Send) {
			s.Count, s.Keys, s.Partition, s.Topic, s.Size, s.Rate = 12, 4, 2, "load-test", 1000, 100
		})},
		{"send 1 plain size=1MB", sent(func(s *lab.Send) { s.Size = 1_000_000 })},
		{"send 1 plain size=100", sent(func(s *lab.Send) { s.Size = 100 })},
		{`send 1 plain header=trace:a:b header="note:x y" id=transfer-42`, sent(func(s *lab.Send) {
			s.Headers, s.ID = []lab.Header{{Name: "trace", Value: "a:b"}, {Name: "note", Value: "x y"}}, "transfer-42"
		})},
		{`send 1 plain value="a \"b\" \\ \n\t é 🎉 # &" # a comment`, sent(func(s *lab.Send) { s.Value = ptr("a \"b\" \\ \n\t é 🎉 # &") })},
		{`send 1 plain key="" value=a#b`, sent(func(s *lab.Send) { s.Key, s.Value = ptr(""), ptr("a#b") })},
		{"send\u00a01\u202fplain", sent(func(*lab.Send) {})},
		{"send 1 plain as été_2", sent(func(s *lab.Send) { s.Label = "été_2" })},
		{"toxic latency latency=5s jitter=500ms stream=downstream", toxic("latency", nil, attrs{"latency": 5000, "jitter": 500})},
		{"toxic latency latency=5000 broker=2 name=lost-answer toxicity=0.5 stream=upstream", toxic("latency", func(t *lab.ToxicAdd) {
			t.On, t.Name, t.Toxicity, t.Stream = chaos.Broker(2), "lost-answer", 0.5, "upstream"
		}, attrs{"latency": 5000})},
		{"toxic timeout timeout=2s", toxic("timeout", nil, attrs{"timeout": 2000})},
		{"toxic bandwidth rate=1", toxic("bandwidth", nil, attrs{"rate": 1})},
		{"toxic bandwidth rate=1KB/s", toxic("bandwidth", nil, attrs{"rate": 1})},
		{"toxic slow_close delay=1s", toxic("slow_close", nil, attrs{"delay": 1000})},
		{"toxic reset_peer timeout=0", toxic("reset_peer", nil, attrs{"timeout": 0})},
		{"toxic slicer average_size=64 size_variation=32 delay=10", toxic("slicer", nil, attrs{"average_size": 64, "size_variation": 32, "delay": 10})},
		{"toxic limit_data bytes=1KB", toxic("limit_data", nil, attrs{"bytes": 1000})},
		{"toxics", &lab.ToxicsList{}},
		{"fault hidden", &lab.FaultHide{}},
		{"fault hidden seed=4711", &lab.FaultHide{Seed: 4711}},
		{"toxics clear", &lab.ToxicsClear{}},
		{"toxics clear lost-answer", &lab.ToxicsClear{Name: "lost-answer"}},
		{"toxics clear broker=2", &lab.ToxicsClear{On: chaos.Broker(2)}},
		{"toxics clear broker=2 stream=downstream lost-answer", &lab.ToxicsClear{Name: "lost-answer", Stream: "downstream", On: chaos.Broker(2)}},
		{"proxies", &lab.ProxiesList{}},
		{"proxy down broker=2", &lab.ProxySwitch{On: chaos.Broker(2)}},
		{"proxy up", &lab.ProxySwitch{Up: true}},
		{"broker stop 2", &lab.Broker{Action: bench.Stop, Broker: 2}},
		{"broker kill 2", &lab.Broker{Action: bench.Kill, Broker: 2}},
		{"broker freeze 2", &lab.Broker{Action: bench.Freeze, Broker: 2}},
		{"broker thaw 2", &lab.Broker{Action: bench.Thaw, Broker: 2}},
		{"broker start 2147483647", &lab.Broker{Action: bench.Start, Broker: 2147483647}},
		{"brokers", &lab.BrokersList{Topic: "test-topic"}},
		{"brokers load-test", &lab.BrokersList{Topic: "load-test"}},
		{"leader move test-topic/1 to=3", &lab.LeaderMove{Topic: "test-topic", Partition: 1, To: 3}},
		{"wait 500ms", &lab.Wait{For: 500 * time.Millisecond}},
		{"wait 1.5s # a moment", &lab.Wait{For: 1500 * time.Millisecond}},
		{"audit", &lab.Audit{}},
		{`say "Bonjour, l’équipe"`, &lab.Say{Text: "Bonjour, l’équipe"}},
		{"pause", &lab.Pause{}},
		{"reset", &lab.Reset{}},
		{"reset needs=brokers", &lab.Reset{Needs: bench.Control}},
		{"reset needs=brokers recording=acks1-loss", &lab.Reset{Needs: bench.Control, Recording: "acks1-loss"}},
		{"after 2500ms toxics clear # gone", &lab.After{Delay: 2500 * time.Millisecond, Text: "toxics clear", Command: &lab.ToxicsClear{}}},
		{"after 1s proxy down broker=1", &lab.After{Delay: time.Second, Text: "proxy down broker=1", Command: &lab.ProxySwitch{On: chaos.Broker(1)}}},
		{`after 1s  send 1 plain key="a b"  as C`, &lab.After{Delay: time.Second, Text: `send 1 plain key="a b"  as C`, Command: sent(func(s *lab.Send) { s.Key, s.Label = ptr("a b"), "C" })}},
		{"after 1s topic x", &lab.After{Delay: time.Second, Text: "topic x", Command: &lab.Topic{Name: "x", Partitions: 3}}},
		{"after 1m toxic timeout timeout=0", &lab.After{Delay: time.Minute, Text: "toxic timeout timeout=0", Command: toxic("timeout", nil, attrs{"timeout": 0})}},
		{"after 0s leader move x/0 to=1", &lab.After{Text: "leader move x/0 to=1", Command: &lab.LeaderMove{Topic: "x", To: 1}}},
		{"after 1s broker stop 1", &lab.After{Delay: time.Second, Text: "broker stop 1", Command: &lab.Broker{Action: bench.Stop, Broker: 1}}},
	} {
		got := one(t, c.line)
		if !reflect.DeepEqual(got.Command, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.line, dump(got.Command), dump(c.want))
		}
		if got.Background {
			t.Errorf("%s: in the background", c.line)
		}
		roundTrip(t, got.Command)
	}
}

func dump(c lab.Command) string {
	if a, ok := c.(*lab.After); ok {
		return fmt.Sprintf("%+v %s", *a, dump(a.Command))
	}
	return fmt.Sprintf("%+v", reflect.ValueOf(c).Elem().Interface())
}

// roundTrip: a command's canonical line is the same command, and canonical.
func roundTrip(t *testing.T, c lab.Command) {
	t.Helper()
	line := lab.Format(c)
	s, err := lab.Parse("", []byte(line), lab.Known(labelsOf(c)...))
	if err != nil {
		t.Errorf("%s: %v", line, err)
		return
	}
	if again := lab.Format(s.Lines[0].Command); again != line {
		t.Errorf("%s\nreads back as %s", line, again)
	}
	if got := s.Lines[0].Command; !reflect.DeepEqual(bare(got), bare(c)) {
		t.Errorf("%s\n got %s\nwant %s", line, dump(got), dump(c))
	}
}

func labelsOf(c lab.Command) []string {
	switch c := c.(type) {
	case *lab.Expect:
		return c.Condition.Labels()
	case *lab.WaitUntil:
		return c.Condition.Labels()
	}
	return nil
}

// bare leaves out what depends on how a line was written.
func bare(c lab.Command) any {
	switch c := c.(type) {
	case *lab.After:
		return []any{c.Delay, bare(c.Command)}
	case *lab.Expect:
		return c.Condition.String()
	case *lab.WaitUntil:
		return []any{c.Condition.String(), c.Timeout}
	}
	return c
}

func TestParseConditions(t *testing.T) {
	for _, c := range []struct {
		line, expr string
		timeout    time.Duration
	}{
		{"expect A.duplicates > 0", "A.duplicates > 0", 0},
		{"  expect   B.lost == 0 and B.duplicates == 0  # why", "B.lost == 0 and B.duplicates == 0", 0},
		{"expect A.sent == 1 && B.sent == 1", "A.sent == 1 && B.sent == 1", 0},
		{"expect\u00a0A.p99\u202f<\u00a050ms", "A.p99\u202f<\u00a050ms", 0},
		{"wait until A.done", "A.done", 30 * time.Second},
		{"wait  until A.done timeout=1.5s", "A.done", 1500 * time.Millisecond},
		{"wait until A.sent >= 2 or done timeout=5s # soon", "A.sent >= 2 or done", 5 * time.Second},
	} {
		l := one(t, c.line, "A", "B")
		var e *check.Expression
		switch w := l.Command.(type) {
		case *lab.Expect:
			e = w.Condition
		case *lab.WaitUntil:
			e = w.Condition
			if w.Timeout != c.timeout {
				t.Errorf("%s: timeout %s", c.line, w.Timeout)
			}
		}
		if e.String() != c.expr {
			t.Errorf("%s: %q", c.line, e)
		}
		roundTrip(t, l.Command)
	}
}

func TestParseKeepsPlacesAndBackground(t *testing.T) {
	s := parse(t, "\ufeff# first\r\n\r\n  send 1 plain as A & # later\r\n\tsend 1 plain&\r\nwait until A.done timeout=1s &\r\naudit\r\n")
	want := []lab.Line{
		{Pos: lab.Pos{File: "t.lab", Line: 3, Column: 3}, Text: "send 1 plain as A & # later", Background: true},
		{Pos: lab.Pos{File: "t.lab", Line: 4, Column: 2}, Text: "send 1 plain&", Background: true},
		{Pos: lab.Pos{File: "t.lab", Line: 5, Column: 1}, Text: "wait until A.done timeout=1s &", Background: true},
		{Pos: lab.Pos{File: "t.lab", Line: 6, Column: 1}, Text: "audit"},
	}
	if len(s.Lines) != len(want) || s.Name != "t.lab" {
		t.Fatalf("%+v", s)
	}
	for i, l := range s.Lines {
		if l.Command == nil {
			t.Errorf("line %d: no command", i)
		}
		l.Command = nil
		if l != want[i] {
			t.Errorf("got %+v\nwant %+v", l, want[i])
		}
	}
}

func TestTheHeartOfTheCourseParses(t *testing.T) {
	parse(t, `
reset
topic bhf-transactions partitions=3
toxic latency latency=5s jitter=500ms stream=downstream
after 2500ms toxics clear
send 1 plain sync as A
send 5 idempotent sync id=transfer-42 as B &
toxics
proxies
wait until A.done and B.done timeout=30s
audit
expect A.duplicates > 0
expect B.lost == 0 and B.duplicates == 0
expect duplicates >= 1 and A.attempts == 3
say "voilà"
pause
reset
send 1 plain as A
expect A.acked == 1 and A.p99 < 50ms and throughput > 0.1/s
audit
expect A.once == 1 and once == 1
`)
}

func TestKnownLabelsAtThePrompt(t *testing.T) {
	one(t, "expect A.duplicates > 0", "A")
	one(t, "expect duplicates > 0")
	one(t, "toxics clear whatever")
	_, err := lab.Parse("", []byte("expect B.sent > 0"), lab.Known("A"))
	if err == nil || !strings.Contains(err.Error(), "1:8: unknown label \"B\": choose A") {
		t.Error(err)
	}
	// Within one source the rule still holds.
	_, err = lab.Parse("", []byte("send 1 plain as A\nexpect A.duplicates > 0"), lab.Known("A"))
	if err == nil || !strings.Contains(err.Error(), "2:8: A.duplicates is not known here") {
		t.Error(err)
	}
}

func TestErrorsAreErrors(t *testing.T) {
	_, err := lab.Parse("x.lab", []byte("sned\nsend 1 plan"))
	var all lab.Errors
	if !errors.As(err, &all) || len(all) != 2 {
		t.Fatalf("%T %v", err, err)
	}
	var first *lab.Error
	if !errors.As(err, &first) || first != all[0] {
		t.Error("errors.As does not find the first")
	}
	want := "x.lab:1:1: unknown command \"sned\": did you mean send?\nx.lab:2:8: unknown mode \"plan\": did you mean plain? Choose plain, idempotent or fire-and-forget"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	if fr := all.In("fr"); !strings.Contains(fr, "x.lab:1:1: commande «\u00a0sned\u00a0» inconnue\u00a0: vouliez-vous dire send\u202f?\n") {
		t.Error(fr)
	}
}

func BenchmarkParse10000Lines(b *testing.B) {
	block := "send 10 plain async key=order-1 value=\"hello\" as A\naudit\nexpect A.duplicates > 0 and B.lost == 0\ntoxic latency latency=5s jitter=500ms stream=downstream\n"
	src := []byte("send 1 plain as B\n" + strings.Repeat(block, 2499))
	for b.Loop() {
		if _, err := lab.Parse("x", src); err != nil {
			b.Fatal(err)
		}
	}
}
