package lab_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"atelier/lessons/lab"
)

// FuzzParse: whatever is in the file, there is a script whose commands survive
// being written anew, or errors whose places are in the file.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"send 10 plain async key=order-1 value=\"...\" as A\naudit\nexpect A.duplicates > 0",
		"topic bhf-transactions partitions=3\nsend 5 idempotent sync id=transfer-42 as B &\nwait until B.done timeout=30s",
		"toxic latency latency=5s jitter=500ms stream=downstream broker=2 name=x toxicity=0.3\nafter 2500ms toxics clear x\ntoxics clear stream=upstream broker=3",
		"toxics\nproxies\nproxy down broker=2\nproxy up\nbroker stop 2\nbroker start 2\nbroker freeze 1\nbrokers x\ntopic x replication=3 min-insync=2\nleader move test-topic/1 to=3",
		"wait 500ms\nwait 1.0005ms\nsay \"a \\\"b\\\" \\\\ \\n\\t\"\npause\nreset\nexpect sent == 0 # x",
		"send 1 plain header=a:b header=\"c:d e\" size=1KB rate=0.5/s keys=4 partition=1 linger=5us acks=all",
		"send 1 plain retries=100 backoff=1s total=5s\nsend 1 idempotent acks=1 retries=0 inflight=5",
		"say “bonjour”\nsay «a»\nsay 'x'\nsay \"x", "send\u00a01\u202fplain", "\ufeffaudit\r\n", "after 1s after 2s after 3s audit", "expect ((((", "& && &", "a=b=c \"d\"e=f&",
		"\x00", "\xff\xfe", "toxic slicer average_size=1 size_variation=0 delay=1us", "send 1 fire-and-forget value=\"\" key=\"\"", "send 007 plain id=\"\\t\"",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.ReplaceAll(src, "%!", "") // which checkTold takes for a slip of ours
		s, err := lab.Parse("f", []byte(src))
		if err != nil {
			lines := strings.Split(strings.TrimPrefix(src, "\ufeff"), "\n")
			for _, e := range err.(lab.Errors) {
				checkTold(t, e)
				if e.Pos.Line > len(lines) || e.Pos.Column > utf8.RuneCountInString(lines[e.Pos.Line-1])+1 {
					t.Errorf("%q: %v is outside", src, e)
				}
			}
			return
		}
		for _, l := range s.Lines {
			roundTrip(t, l.Command)
		}
	})
}

// FuzzComplete: no prefix panics, and no candidate is what is there already.
func FuzzComplete(f *testing.F) {
	for _, p := range []string{"", "send 10 plain acks=", "expect A.du", "after 2s toxic latency ", "wait until A", "toxic x ", "after after after "} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, prefix string) {
		for _, c := range lab.Complete(prefix, lab.Names{Labels: []string{"A"}, Toxics: []string{"latency_downstream"}}) {
			if strings.HasSuffix(prefix, " "+c) {
				t.Errorf("%q: %q", prefix, c)
			}
		}
	})
}
