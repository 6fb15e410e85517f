package ledger_test

import (
	"testing"
	"time"

	"atelier/kafka/ledger"
)

// asked plays one send of a stream: handed over, and acked.
func asked(l *ledger.Ledger, batch, n uint32, id string) {
	l.Apply(
		ledger.Sent{Batch: batch, From: n, Count: 1, Key: "k", ID: id},
		ledger.Reported{Reports: []ledger.Report{{Ref: ledger.Ref{Batch: batch, N: n}, Offset: int64(n), Latency: time.Millisecond}}})
}

func looked(l *ledger.Ledger, copies ...ledger.Copy) {
	l.Apply(ledger.AuditBegan{}, ledger.CopiesRead{Topic: "t", Copies: copies}, ledger.AuditEnded{Settled: true})
}

func stream(batch uint32) ledger.BatchOpened {
	return ledger.BatchOpened{Batch: batch, Mode: "plain", Sending: "sync", Topic: "t", Origin: "api", Stream: true}
}

// A send under the generated id of another is a send of that message, in
// whichever stream.
func TestAGeneratedIDNamesItsSend(t *testing.T) {
	l := ledger.New()
	l.Apply(ledger.RunBegan{Run: "abc"}, stream(1), stream(2))
	asked(l, 1, 0, "")
	asked(l, 2, 0, "abc-1-0")
	asked(l, 2, 1, "mine")
	looked(l, ledger.Copy{Ref: ledger.Ref{Batch: 1}}, ledger.Copy{Ref: ledger.Ref{Batch: 2}, Offset: 1}, ledger.Copy{Ref: ledger.Ref{Batch: 2, N: 1}, Offset: 2})
	s, there := l.Story("abc-1-0")
	if !there || s.Sends != 2 || !s.Judged || s.Copies != 2 || s.Verdict != ledger.Duplicate || len(s.Records) != 2 {
		t.Errorf("%+v", s)
	}
	if s, there := l.Story("mine"); !there || s.Sends != 1 || s.Verdict != ledger.Once {
		t.Errorf("%+v", s)
	}
	for _, id := range []string{"abc-2-0", "abc-9-9", "xyz-1-0", "abc-", ""} {
		if s, there := l.Story(id); there && id != "abc-2-0" {
			t.Errorf("%q: %+v", id, s)
		}
	}
	all := l.Snapshot().All
	if all.Sent != 3 || all.Copies != 3 || all.Once != 1 || all.Duplicates != 1 || all.Lost != 0 || !all.Audited {
		t.Errorf("%+v", all)
	}
}

// What is sent while an audit reads is judged by none.
func TestNobodyIsJudgedTooEarly(t *testing.T) {
	l := ledger.New()
	l.Apply(ledger.RunBegan{Run: "abc"}, stream(1))
	asked(l, 1, 0, "")
	asked(l, 1, 1, "named")
	l.Apply(ledger.AuditBegan{})
	asked(l, 1, 2, "")
	asked(l, 1, 3, "named")
	l.Apply(ledger.CopiesRead{Topic: "t", Copies: []ledger.Copy{{Ref: ledger.Ref{Batch: 1}}, {Ref: ledger.Ref{Batch: 1, N: 1}}}}, ledger.AuditEnded{Settled: true})
	all := l.Snapshot().All
	if all.Audited || all.Lost != 0 || all.Once != 1 {
		t.Errorf("%+v", all)
	}
	for id, judged := range map[string]bool{"abc-1-0": true, "abc-1-2": false, "named": false} {
		if s, there := l.Story(id); !there || s.Judged != judged {
			t.Errorf("%s: %+v", id, s)
		}
	}
	for _, m := range l.Snapshot().Messages {
		if m.Ref.N > 0 && m.Verdict != ledger.Unjudged {
			t.Errorf("%+v", m)
		}
	}
}

// A stream has no end that anybody waits for; what it has under way, an audit
// waits for all the same.
func TestAStreamIsQuiet(t *testing.T) {
	l := ledger.New()
	l.Apply(ledger.RunBegan{Run: "abc"}, stream(1))
	if !l.Quiet() || !l.Settled() {
		t.Error("an open stream keeps everybody waiting")
	}
	l.Apply(ledger.Sent{Batch: 1, Count: 1})
	if !l.Quiet() || l.Settled() {
		t.Error("what a stream has under way")
	}
	l.Apply(ledger.Reported{Reports: []ledger.Report{{Reason: ledger.Timeout}}}) // of another batch
	l.Apply(ledger.Reported{Reports: []ledger.Report{{Ref: ledger.Ref{Batch: 1}}}}, ledger.BatchClosed{Batch: 1, Count: 1})
	if !l.Quiet() || !l.Settled() || !l.Snapshot().All.Done {
		t.Error("all is told")
	}
	l.Apply(ledger.BatchOpened{Batch: 2, Count: 1})
	if l.Quiet() {
		t.Error("a batch that is being handed over")
	}
}
