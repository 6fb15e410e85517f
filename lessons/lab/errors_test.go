package lab_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"atelier/lessons/lab"
)

func TestErrorsOfOneLine(t *testing.T) {
	long := strings.Repeat("x", 70_000)
	for _, c := range []struct {
		line        string
		column, len int
		says        string // in English
	}{
		// commands
		{"sned 1 plain", 1, 4, "did you mean send?"},
		{"  Send 1 plain", 3, 4, "did you mean send?"},
		{"flurbify", 1, 8, "unknown command \"flurbify\""},
		{`"send" 1 plain`, 1, 6, "begins with a command"},
		{"key=1", 1, 5, "begins with a command"},
		{"audit now", 7, 3, "unexpected word \"now\""},
		{"reset hard=1", 7, 4, "unknown setting \"hard\" of reset: its settings are needs or recording"},
		{"reset recording=acks1-loss", 1, 5, "recording= is for what not every cluster can do: write needs= as well"},
		{"reset needs=brokers recording=acks", 31, 4, "unknown value \"acks\": choose acks1-loss"},
		{"reset needs=kafka", 13, 5, "unknown value \"kafka\": choose leaders, replication or brokers"},
		{"pause \"x\"", 7, 3, "unexpected text"},
		{"\x1b[31mred", 1, 1, "control character U+001B"},
		// quotes
		{"say bonjour", 5, 7, "double quotes"},
		{"say", 1, 3, "say what?"},
		{"say “bonjour”", 5, 1, "straight double quotes"},
		{"say « bonjour »", 5, 1, "straight double quotes"},
		{"say 'bonjour'", 5, 1, "straight double quotes"},
		{"send 1 plain value=“é”", 20, 1, "straight double quotes"},
		{`say "bonjour`, 5, 8, "never closed"},
		{`say "é\x"`, 7, 2, "unknown escape"},
		{`send 1 plain value="a\q"`, 22, 2, "unknown escape"},
		{`send 1 plain value=a"b"`, 21, 3, "a space is missing"},
		{`say "a" "b"`, 9, 3, "unexpected text"},
		// send: words
		{"send", 1, 4, "the mode is missing"},
		{"send 10", 1, 4, "the mode is missing"},
		{"send 10 async", 9, 5, "mode is missing before async"},
		{"send 10 plian", 9, 5, "did you mean plain?"},
		{"send 10 fire-and-forgot", 9, 15, "did you mean fire-and-forget?"},
		{"send 10 plain asnyc", 15, 5, "did you mean async?"},
		{"send plain 10", 12, 2, "count comes first"},
		{"send 0 plain", 6, 1, "at least 1"},
		{"send -5 plain", 6, 2, "at least 1"},
		{"send 10000001 plain", 6, 8, "at most 10000000"},
		{"send 99999999999999999999999 plain", 6, 23, "at most 10000000"},
		{"send -99999999999999999999999 plain", 6, 24, "at least 1"},
		{"send 1.5 plain", 6, 3, "not a whole number"},
		{"send 10 plain sync now", 20, 3, "unexpected word \"now\""},
		{"send 10 plain key order-1", 15, 3, "key needs a value"},
		{"send 10 plain = 1", 15, 1, "without spaces"},
		// send: labels
		{"send 1 plain as", 14, 2, "which label?"},
		{"send 1 plain as sent", 17, 4, "name of a value"},
		{"send 1 plain as and", 17, 3, "expressions use that word"},
		{"send 1 plain as A-B", 17, 3, "is not a label"},
		{"send 1 plain as 1A", 17, 2, "is not a label"},
		{"send 1 plain as \"A\"", 17, 3, "is not a label"},
		{"send 1 plain as A as B", 19, 2, "one label"},
		{"send 1 plain as " + strings.Repeat("a", 33), 17, 33, "too long"},
		// send: settings
		{"send 1 plain ack=1", 14, 3, "did you mean acks=?"},
		{"send 1 plain frobnicate=1", 14, 10, "its settings are acks, "},
		{"send 1 plain acks=2", 19, 1, "choose 0, 1 or all"},
		{"send 1 plain retries=x", 22, 1, "not a whole number"},
		{"send 1 plain retries=-1", 22, 2, "at least 0"},
		{"send 1 plain retries=1001", 22, 4, "at most 1000"},
		{"send 1 plain retries=1 retries=2", 24, 7, "given twice"},
		{"send 1 plain backoff=50", 22, 2, "write 50ms for milliseconds"},
		{"send 1 plain backoff=-50ms", 22, 5, "negative"},
		{"send 1 plain backoff=1,5s", 22, 4, "after a point"},
		{"send 1 plain backoff=5sec", 22, 4, "unknown unit \"sec\""},
		{"send 1 plain backoff=5MS", 22, 3, "did you mean ms?"},
		{"send 1 plain backoff=5KB", 22, 3, "not a duration"},
		{"send 1 plain linger=11m", 14, 10, "choose 0 to 10m"},
		{"send 1 plain request=0s", 14, 10, "more than 0"},
		{"send 1 plain inflight=0", 23, 1, "at least 1"},
		{"send 1 plain compression=gzp", 26, 3, "did you mean gzip?"},
		{"send 1 plain partition=-1", 24, 2, "at least 0"},
		{"send 1 plain topic=a/b", 20, 3, "Kafka allows only"},
		{"send 1 plain topic=..", 20, 2, "cannot be a topic's name"},
		{"send 1 plain topic=" + strings.Repeat("a", 250), 20, 250, "Kafka allows 249"},
		{"send 1 plain size=10MB", 19, 4, "more than 1,000,000 bytes"},
		{"send 1 plain size=0", 19, 1, "at least 1 byte"},
		{"send 1 plain size=1kb", 19, 3, "did you mean KB?"},
		{"send 1 plain size=1.5B", 19, 4, "whole number of bytes"},
		{"send 1 plain size=1MB key=x", 1, 4, "1000001 bytes together"},
		{"send 1 plain rate=100", 19, 3, "write 100/s"},
		{"send 1 plain rate=0/s", 19, 3, "above zero"},
		{"send 1 plain rate=9999999/s", 19, 9, "too fast"},
		{"send 1 plain header=trace", 21, 5, "NAME:VALUE"},
		{"send 1 plain header=event-id:1", 21, 10, "carries the header event-id already"},
		{`send 1 plain id=""`, 17, 2, "cannot be empty"},
		{"send 1 plain id=", 14, 3, "has no value"},
		{"send 1 plain key= x", 14, 4, "has no value"},
		{"send 1 plain keys=0", 19, 1, "at least 1"},
		{"send 1 plain keys=10001", 19, 5, "at most 10000"},
		// send: contradictions
		{"send 1 plain key=a keys=4", 20, 6, "key and keys contradict"},
		{"send 1 plain size=1KB value=a", 23, 7, "value and size contradict"},
		{"send 1 plain backoff=1500ms", 14, 14, "2 × 1.5s is not below total=3s"},
		{"send 1 plain total=1s", 14, 8, "is not below total=1s"},
		{"send 1 plain acks=1 retries=7 linger=5ms", 21, 9, "7 × 500ms is not below"},
		{"send 1 idempotent acks=1", 19, 6, "idempotent wants acks=all"},
		{"send 1 idempotent linger=1ms retries=0", 30, 9, "idempotent wants retries=1 or more"},
		{"send 1 idempotent inflight=5", 19, 10, "idempotent wants inflight=1"},
		{"send 1 fire-and-forget acks=all", 24, 8, "fire-and-forget is acks=0"},
		// ampersands
		{"send 1 plain && audit", 14, 2, "one & at the end"},
		{"send 1 plain & audit", 14, 1, "end of the line"},
		{"& send 1 plain", 1, 1, "end of the line"},
		{"send 1 plain key=a&b", 19, 1, "in double quotes"},
		{"audit &", 7, 1, "cannot run in the background"},
		{"reset&", 6, 1, "cannot run in the background"},
		{"pause &", 7, 1, "cannot run in the background"},
		{`say "x" &`, 9, 1, "cannot run in the background"},
		{"after 1s toxics clear &", 23, 1, "it already does"},
		{"expect sent > 0 & # x", 17, 1, "cannot run in the background"},
		// fault
		{"fault", 1, 5, "write fault hidden"},
		{"fault hiden", 7, 5, "did you mean hidden?"},
		{"fault hidden seed=0", 19, 1, "at least 1"},
		{"fault hidden sed=3", 14, 3, "did you mean seed=?"},
		{"fault hidden &", 14, 1, "cannot run in the background"},
		{"after 1s fault hidden", 10, 5, "fault cannot run later"},
		{"fault is latency latency=1s stream=upstream", 7, 2, "write fault hidden first"},
		// topic
		{"topic", 1, 5, "which topic?"},
		{"topic b@d", 7, 3, "Kafka allows only"},
		{"topic x partitions=0", 20, 1, "at least 1"},
		{"topic x partition=3", 9, 9, "did you mean partitions=?"},
		// toxics
		{"toxic", 1, 5, "which toxic?"},
		{"toxic latncy latency=5s", 7, 6, "did you mean latency?"},
		{"toxic clear", 7, 5, "toxics clear"},
		{"toxic down", 7, 4, "proxy down"},
		{"toxic latency", 7, 7, "needs latency"},
		{"toxic latency latency=5x", 23, 2, "cannot be read"},
		{"toxic latency latency=-5", 23, 2, "out of range"},
		{"toxic latency latenci=5", 15, 7, "did you mean latency=?"},
		{"toxic latency latency=5s stream=down", 33, 4, "choose downstream or upstream"},
		{"toxic latency latency=5s toxicity=2", 35, 1, "above 0 and up to 1"},
		{"toxic latency latency=5s toxicity=NaN", 35, 3, "above 0 and up to 1"},
		{"toxic latency latency=5s broker=-1", 33, 2, "at least 0"},
		{"toxic latency latency=5s broker=99999999999", 33, 11, "at most 2147483647"},
		{"toxic latency latency=5s name=-x", 31, 2, "not a toxic's name"},
		{"toxic slicer average_size=10 size_variation=20", 7, 6, "must be less than"},
		{"toxics list", 8, 4, "toxics alone lists them"},
		{"toxics claer", 8, 5, "did you mean clear?"},
		{"toxics clear x", 14, 1, "unknown toxic name"},
		{"toxics clear brokr=2", 14, 5, "did you mean broker=?"},
		{"toxics clear broker=two", 21, 3, "broker"},
		{"toxics clear stream=donwstream", 21, 10, "did you mean downstream?"},
		{"toxics clear downstream", 14, 10, "stream=downstream"},
		{"toxics clear 2", 14, 1, "broker=2"},
		{"toxics broker=2", 8, 8, "takes no settings"},
		// proxies, brokers, leaders
		{"proxy", 1, 5, "down or up is missing"},
		{"proxy donw", 7, 4, "did you mean down?"},
		{"proxy down 2", 12, 1, "broker=2"},
		{"broker stop", 1, 6, "which broker?"},
		{"broker", 1, 6, "stop, kill, start, freeze or thaw is missing"},
		{"broker frezee 2", 8, 6, "did you mean freeze?"},
		{"broker up 2", 8, 2, "choose stop, kill, start, freeze or thaw"},
		{"brokers a b", 11, 1, "unexpected word"},
		{"topic x replication=0", 21, 1, "at least 1"},
		{"broker stop two", 13, 3, "not a whole number"},
		{"broker stop broker=2", 13, 8, "the number alone"},
		{"leader", 1, 6, "leader move"},
		{"leader move x to=3", 13, 1, "topic/partition"},
		{"leader move x/-1 to=3", 15, 2, "at least 0"},
		{"leader move x/1", 1, 6, "to which broker?"},
		{"leader move x/1 to=-1", 20, 2, "at least 0"},
		// waiting
		{"wait", 1, 4, "for how long?"},
		{"wait 500", 6, 3, "write 500ms"},
		{"wait 25h", 6, 3, "too long"},
		{"wait untill A.done", 6, 6, "did you mean until?"},
		{"wait until", 1, 6, "condition is missing"},
		{"wait until done timeout=30", 25, 2, "write 30ms"},
		{"wait until done timeout=0s", 25, 2, "no time at all"},
		{"wait until done timout=3s", 17, 6, "did you mean timeout=?"},
		{"wait until timeout=3s done", 12, 7, "belongs at the end"},
		{"wait until sent=5", 16, 1, "write =="},
		{"wait until duplicates > 0", 12, 10, "live values only"},
		{"after", 1, 5, "after how long"},
		{"after 1s", 1, 5, "what?"},
		{"after toxics clear", 7, 6, "after how long?"},
		{"after soon toxics clear", 7, 4, "not an amount"},
		{"after 2500 toxics clear", 7, 4, "write 2500ms"},
		{"after 1s after 2s toxics clear", 10, 5, "cannot hold another after"},
		{"after 1s wait 2s", 10, 4, "already waits"},
		{"after 1s expect sent > 0", 10, 6, "cannot run later"},
		{"after 1s audit", 10, 5, "cannot run later"},
		{"after 1s reset", 10, 5, "cannot run later"},
		{"after 1s say \"x\"", 10, 3, "cannot run later"},
		{"after 1s toxics", 10, 6, "changes something"},
		{"after 1s snd 1 plain", 10, 3, "did you mean send?"},
		{"after 1s send 1 plain key=a keys=2", 29, 6, "contradict"},
		// expressions
		{"expect", 1, 6, "condition is missing"},
		{"expect # nothing", 1, 6, "condition is missing"},
		{"\texpect été > 0", 9, 3, "unknown value"},
		{"expect sent > 0 and snet > 0", 21, 4, "did you mean sent?"},
		{"expect A.sent > 0", 8, 1, "no line before sends anything"},
		{"expect duplicates == 0", 8, 10, "not known here"},
		{"expect sent", 8, 4, "compare it"},
		{"expect sent = 1", 13, 1, "write =="},
		// bounds
		{"say \"" + long + "\"", 1, 1, "longer than 64 KB"},
	} {
		_, err := lab.Parse("x.lab", []byte("# one\n"+c.line+"\n"))
		var all lab.Errors
		if !errors.As(err, &all) || len(all) != 1 {
			t.Errorf("%.80s\n%v, want one error with %q", c.line, err, c.says)
			continue
		}
		e := all[0]
		if e.Pos != (lab.Pos{File: "x.lab", Line: 2, Column: c.column}) || e.Len != c.len || !strings.Contains(e.En, c.says) {
			t.Errorf("%.80s\n got %d+%d %s\nwant %d+%d %s", c.line, e.Pos.Column, e.Len, e.En, c.column, c.len, c.says)
		}
		checkTold(t, e)
	}
}

// checkTold: an error is told in both languages, in one line that no terminal obeys.
func checkTold(t *testing.T, e *lab.Error) {
	t.Helper()
	if e.En == "" || e.Fr == "" || e.En == e.Fr || e.Len < 1 || e.Pos.Line < 1 || e.Pos.Column < 1 {
		t.Errorf("badly told: %#v", e)
	}
	for _, s := range []string{e.En, e.Fr} {
		if strings.Contains(s, "%!") || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) || !utf8.ValidString(s) {
			t.Errorf("badly told: %q", s)
		}
	}
}

func TestErrorsAcrossLines(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string // place and a few words, in order
	}{
		{"label before its send", "expect A.sent > 0\nsend 1 plain as A", []string{"1:8: label A is only sent on line 2"}},
		{"unknown label", "send 1 plain as A\nsend 1 plain as slow\nexpect slwo.sent > 0", []string{`3:8: unknown label "slwo": did you mean slow? Choose A or slow`}},
		{"label of the run before", "send 1 plain as A\nreset\nexpect A.sent > 0", []string{"3:8: label A belongs to the run before the reset"}},
		{"no audit", "send 1 plain as A\nexpect A.duplicates > 0", []string{"2:8: A.duplicates is not known here: the log was not read after the send of line 1"}},
		{"audit too early", "send 1 plain as A\naudit\nsend 1 plain as A &\nexpect A.sent == 2 and A.lost == 0", []string{"4:24: A.lost is not known here: the log was not read after the send of line 3"}},
		{"audit before another label's send is enough", "send 1 plain as A\naudit\nsend 1 plain as B\nexpect A.lost == 0\naudit\nexpect lost == 0", nil},
		{"audit before an unlabelled send is not enough for the run", "send 1 plain as A\naudit\nsend 1 plain\nexpect A.lost == 0\nexpect lost == 0", []string{"5:8: lost is not known here: the log was not read after the send of line 3"}},
		{"a timed send counts", "audit\nafter 1s send 1 plain as A\nexpect A.lost == 0", []string{"3:8: A.lost is not known here"}},
		{"reset forgets the audit", "send 1 plain\naudit\nreset\nexpect lost == 0", []string{"4:8: lost is not known here"}},
		{"an audit of nothing is an audit", "audit\nexpect copies == 0", nil},
		{"verdict in wait until", "send 1 plain as A\naudit\nwait until A.done and A.copies > 0", []string{"3:23: wait until takes live values only, and A.copies"}},
		{"toxic names", "toxic timeout timeout=1s name=lost\ntoxic latency latency=1s stream=upstream\ntoxics clear lots\ntoxics clear latency_upstream\ntoxics clear lost", []string{`3:14: unknown toxic name "lots": did you mean lost?`}},
		{"several errors, in order", "snd 1 plain as A\nexpect A.sent > 0\nexpect B.sent > 0\nsend 1 plain retries=x backoff=5 size=10MB\nexpect A.acked >", []string{
			`1:1: unknown command "snd"`, `3:8: unknown label "B": choose A`, "4:22: retries", "4:32: backoff", "4:39: size", "5:16: a value is missing",
		}},
		{"several contradictions", "send 1 idempotent acks=1 retries=0 inflight=5 key=a keys=2", []string{"1:19: idempotent wants acks", "1:26: idempotent wants retries", "1:36: idempotent wants inflight", "1:53: key and keys"}},
		{"one slip is told once", "send 1 plain as A\naudti\nexpect A.lost == 0\nexpect A.once == 1", []string{`2:1: unknown command "audti"`}},
		{"empty", "", []string{"1:1: there is nothing to run"}},
		{"comments alone", "# a\n\n   # b\n", []string{"1:1: there is nothing to run"}},
		{"NUL", "audit\nsay \"\x00\"", []string{"2:6: this is not a text in UTF-8 (byte 0x00)"}},
		{"not UTF-8", "audit\nsay \"\xe9t\xe9\"\n\x00", []string{"2:6: this is not a text in UTF-8 (byte 0xe9)"}},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00", []string{"1:8: this is not a text"}},
		{"too many lines", strings.Repeat("audit\n", 10_001), []string{"1:1: the script has more than 10000 lines"}},
		{"a million lines", strings.Repeat("send 1 plain\n", 1_000_000), []string{"1:1: the script has more than 10000 lines"}},
		{"a million empty lines", strings.Repeat("\n", 1_000_000), []string{"nothing to run"}},
		{"a large line", "say \"" + strings.Repeat("é", 1<<20) + "\"", []string{"1:1: the script is larger than 1 MB"}},
		{"a large program", strings.Repeat("\x00", 2<<20), []string{"1:1: this is not a text"}},
		{"too many bytes", strings.Repeat("send 1 plain async value=\""+strings.Repeat("x", 200)+"\"\n", 9_000), []string{"1:1: the script is larger than 1 MB"}},
	} {
		_, err := lab.Parse("", []byte(c.src))
		all, _ := err.(lab.Errors)
		if len(all) != len(c.want) || (err == nil) != (len(c.want) == 0) {
			t.Errorf("%s: %d errors, want %d\n%v", c.name, len(all), len(c.want), err)
			continue
		}
		for i, e := range all {
			if !strings.Contains(e.Error(), c.want[i]) {
				t.Errorf("%s: got  %s\nwant %s", c.name, e, c.want[i])
			}
			checkTold(t, e)
		}
	}
	if _, err := lab.Parse("", []byte(strings.Repeat("audit\n", 10_000))); err != nil {
		t.Error(err)
	}
}

func TestAtMostTwentyErrorsAreTold(t *testing.T) {
	var src strings.Builder
	for i := range 50 {
		fmt.Fprintf(&src, "snd %d\n", i)
	}
	_, err := lab.Parse("f", []byte(src.String()))
	all := err.(lab.Errors)
	if len(all) != lab.MaxErrors+1 || !strings.Contains(all[20].Error(), "f:21:1: and 30 more errors") {
		t.Error(err)
	}
}
