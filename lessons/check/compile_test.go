package check_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/check"
)

func TestCompileRefusesWithPlaceAndAdvice(t *testing.T) {
	for _, c := range []struct {
		src    string
		column int
		length int
		says   string // in English
	}{
		{"", 1, 1, "missing"},
		{"   ", 1, 1, "missing"},
		{"A.duplicats > 0", 3, 9, "did you mean duplicates?"},
		{"duplicate > 0", 1, 9, "did you mean duplicates?"},
		{"Sent > 0", 1, 4, "did you mean sent?"},
		{"B > 0", 1, 1, "as in B.acked"},
		{"A. > 0", 3, 1, "value is missing after A."},
		{"A.sent.x > 0", 7, 1, "no parts"},
		{".sent > 0", 1, 1, "label stands right before"},
		{"sent.acked > 0", 1, 4, "cannot be a label"},
		{"and.acked > 0", 4, 1, "label stands right before"},
		{"nil.acked > 0", 1, 3, "cannot be a label"},
		{"A.sent", 1, 6, "compare it, as in A.sent > 0"},
		{"A.sent + 1", 1, 10, "not true or false"},
		{"A.sent > ", 8, 1, "value is missing after"},
		{"> 0", 1, 1, "value is missing before"},
		{"A.sent 3", 8, 1, "sign is missing before"},
		{"(A.sent > 0", 1, 1, "never closed"},
		{"A.sent > 0)", 11, 1, "closes nothing"},
		{"()", 2, 1, "value is missing"},
		{"A.sent = 1", 8, 1, "write =="},
		{"A.sent => 1", 8, 2, "write >="},
		{"A.sent ≥ 1", 8, 1, "write >="},
		{"A.sent > 0 & B.sent > 0", 12, 1, "write and"},
		{"A.sent in 1..3", 8, 2, "not part of expressions"},
		{"A.key matches \"x\"", 3, 3, "unknown value"},
		{"A.sent matches 3", 8, 7, "not part of expressions"},
		{"len(sent) > 0", 1, 3, "not a function"},
		{"sent > [1]", 8, 1, "no lists"},
		{"sent > \"1\"", 8, 1, "no quotes"},
		{"sent > 1 ? true : false", 10, 1, "no choice"},
		{"let x = 1; x > 0", 1, 3, "not part of expressions"},
		{"not A.lost == 0", 1, 3, "parentheses"},
		{"A.done > 0", 8, 1, "true or false"},
		{"A.done == 1", 8, 2, "like with like"},
		{"A.sent and A.done", 8, 3, "joins two conditions"},
		{"-A.done == 1", 1, 1, "needs a number"},
		{"A.p99 < 50mz", 9, 4, "unknown unit \"mz\""},
		{"A.p99 < 1,5s", 9, 4, "comma"},
		{"A.p99 < 1KB", 7, 1, "different units"},
		{"A.p99 < 5.5.5", 9, 5, "unknown unit"},
		{"A.sent > 0\u200b", 11, 1, "U+200B"},
		{"étiquette.sent\u00a0> x", 18, 1, "unknown value"},
		{"sent ** 2 > 0", 7, 1, "value is missing"},
		{strings.Repeat("(", 40) + "sent", 31, 1, "nested too deeply"},
		{strings.Repeat("!", 40) + "done", 31, 1, "nested too deeply"},
		{strings.Repeat("sent+", 190) + "1 > 0 and true", 1001 - 36, 3, ""},
		{strings.Repeat("x", 1001), 1001, 1, "at most 1000"},
	} {
		_, err := check.Compile(c.src)
		var e *check.Error
		if !errors.As(err, &e) {
			if c.says != "" {
				t.Errorf("%q: error %v, want one", c.src, err)
			}
			continue
		}
		if c.says == "" {
			continue
		}
		if e.Column != c.column || e.Len != c.length || !strings.Contains(e.En, c.says) {
			t.Errorf("%q:\n got %d+%d %s\nwant %d+%d %s", c.src, e.Column, e.Len, e.En, c.column, c.length, c.says)
		}
		checkBothLanguages(t, e.Text)
	}
}

func checkBothLanguages(t *testing.T, text words.Text) {
	t.Helper()
	if text.En == "" || text.Fr == "" || text.En == text.Fr || strings.Contains(text.En+text.Fr, "%!") {
		t.Errorf("not in both languages: %q / %q", text.En, text.Fr)
	}
}

func TestExpressionTellsWhatItReads(t *testing.T) {
	e, err := check.Compile("  A.duplicates > 0 and B.p99 < 50ms and sent == A.duplicates ")
	if err != nil {
		t.Fatal(err)
	}
	if got := e.String(); got != "A.duplicates > 0 and B.p99 < 50ms and sent == A.duplicates" {
		t.Errorf("String() = %q", got)
	}
	if got := e.Labels(); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("Labels() = %v", got)
	}
	want := []check.Value{{Label: "A", Name: "duplicates"}, {Label: "B", Name: "p99"}, {Name: "sent"}}
	if got := e.Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %v", got)
	}
	if m := e.Mentions(); len(m) != 4 || m[1].Column != 24 || m[1].Len != 5 {
		t.Errorf("Mentions() = %v", m)
	}
	if !e.NeedsAudit() {
		t.Error("duplicates need an audit")
	}
	if live, _ := check.Compile("A.done and p99 < 2s"); live.NeedsAudit() {
		t.Error("done and p99 need no audit")
	}
}

// The fault that is hidden is the bench's, not a label's.
func TestAValueOfTheWholeRunAlone(t *testing.T) {
	if _, err := check.Compile("A.acked > 0 and not diagnosed"); err != nil {
		t.Error(err)
	}
	_, err := check.Compile("acked > 0 and A.diagnosed")
	var wrong *check.Error
	if !errors.As(err, &wrong) || wrong.Column != 15 || wrong.Len != len("A.diagnosed") || !strings.Contains(wrong.En, "write diagnosed alone") {
		t.Errorf("got %+v", err)
	}
	labelled := check.All(ledger.Totals{Label: "A"})
	if _, has := labelled["diagnosed"]; has || check.All(ledger.Totals{Diagnosed: true})["diagnosed"] != true {
		t.Errorf("got %v", labelled)
	}
}

func TestEveryVerdictNeedsAnAudit(t *testing.T) {
	verdicts := []string{"copies", "once", "duplicates", "lost", "absent", "ghosts", "reordered", "partitions"}
	for _, name := range check.ValueNames() {
		if check.IsVerdict(name) != slices.Contains(verdicts, name) {
			t.Errorf("IsVerdict(%s) = %v", name, check.IsVerdict(name))
		}
	}
	if n := len(check.ValueNames()); n != 22 {
		t.Errorf("%d values", n)
	}
}
