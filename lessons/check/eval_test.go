package check_test

import (
	"errors"
	"maps"
	"math"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/check"
)

func snapshot() *ledger.Snapshot {
	nan := math.NaN()
	return &ledger.Snapshot{
		All: ledger.Totals{Sent: 7, Acked: 6, Audited: false, P50: 3, P95: 4, P99: 5, Max: 6, Throughput: 150.5, Done: true},
		Labels: []ledger.Totals{
			{Label: "A", Sent: 1, Attempts: 3, Retries: 2, Unknown: 1, Audited: true, Copies: 3, Duplicates: 1, Ghosts: 1, P50: nan, P95: nan, P99: nan, Max: nan, Throughput: nan},
			{Label: "été", Sent: 6, Acked: 6, Done: true, P99: 49.5},
		},
	}
}

func TestEval(t *testing.T) {
	for _, c := range []struct {
		src  string
		ok   bool
		used map[string]any
	}{
		{"A.duplicates > 0", true, map[string]any{"A.duplicates": int64(1)}},
		{"A.lost == 0 and A.duplicates == 0", false, map[string]any{"A.lost": int64(0), "A.duplicates": int64(1)}},
		{"A.sent==1&&A.copies>=3", true, map[string]any{"A.sent": int64(1), "A.copies": int64(3)}},
		{"sent == 7", true, map[string]any{"sent": int64(7)}},
		{"done", true, map[string]any{"done": true}},
		{"!A.done", true, map[string]any{"A.done": false}},
		{"not (A.done or sent < 7)", true, nil},
		{"A.done == false", true, nil},
		{"été.p99 < 50ms", true, map[string]any{"été.p99": 49.5}},
		{"été.p99 < 0.05s", true, nil},
		{"été.p99 > 49ms and été.p99 < 1m", true, nil},
		{"throughput > 150/s", true, map[string]any{"throughput": 150.5}},
		{"throughput >= 151/s", false, nil},
		{"sent * 200 > 1KB", true, nil},
		{"1MB == 1000 * 1KB", true, nil},
		{"sent % 2 == 1", true, nil},
		{"sent / 2 == 3.5", true, nil},
		{"A.copies - A.sent == A.retries", true, nil},
		{"-A.copies + 3 == 0", true, nil},
		{"2 + 3 * 4 - 1 == 13", true, nil},
		{"0 < A.copies < 4", true, nil},
		{"0 < A.copies / 1 < 3", false, nil},
		{"8 / 2 / 2 == 2", true, nil},
		{"sent * 900719925474099 * 1000000 > 0", true, nil}, // does not wrap around
		{"A.acked == 0 or A.p99 > 1", true, map[string]any{"A.acked": int64(0)}},
		{"sent == 6 or sent == 7 and done", true, nil},
		{"acked\u00a0>\u202f0", true, nil},
	} {
		e, err := check.Compile(c.src)
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		ok, used, err := e.Eval(check.Of(snapshot()))
		if err != nil || ok != c.ok {
			t.Errorf("%q = %v, %v; want %v", c.src, ok, err, c.ok)
		}
		if c.used != nil && !maps.Equal(used, c.used) {
			t.Errorf("%q read %v, want %v", c.src, used, c.used)
		}
	}
}

func TestEvalDoesNotGuess(t *testing.T) {
	for _, c := range []struct {
		src  string
		want error
	}{
		{"A.p99 < 50ms", check.ErrNoSample},
		{"A.p99 != 0", check.ErrNoSample},
		{"A.throughput == 0", check.ErrNoSample},
		{"été.duplicates == 0", check.ErrNotAudited},
		{"duplicates == 0", check.ErrNotAudited},
		{"B.sent == 0", check.ErrUnknownLabel},
		{"sent / A.acked > 0", check.ErrDivision},
		{"sent % A.acked > 0", check.ErrDivision},
		{"1 / 0 > 0", check.ErrDivision},
	} {
		e, err := check.Compile(c.src)
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		ok, _, err := e.Eval(check.Of(snapshot()))
		if ok || !errors.Is(err, c.want) {
			t.Errorf("%q = %v, %v; want %v", c.src, ok, err, c.want)
			continue
		}
		var said *check.EvalError
		if !errors.As(err, &said) {
			t.Fatalf("%q: %T", c.src, err)
		}
		checkBothLanguages(t, said.Text)
		if words.Tell(words.French, err) != said.Fr {
			t.Errorf("%q is not told in French", c.src)
		}
	}
	e, _ := check.Compile("sent == 0")
	if _, _, err := e.Eval(check.Of(nil)); err == nil {
		t.Error("no ledger, yet an answer")
	}
}

func TestAllLeavesOutWhatIsNotKnown(t *testing.T) {
	s := snapshot()
	all := check.All(s.All)
	if len(all) != len(check.ValueNames()) || all["sent"] != int64(7) || all["copies"] != nil || all["done"] != true {
		t.Errorf("All() = %v", all)
	}
	if a, _ := s.Label("A"); check.All(a)["p99"] != nil || check.All(a)["copies"] != int64(3) {
		t.Errorf("All(A) = %v", check.All(a))
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, err := check.Compile("A.duplicates > 0 and B.p99 < 50ms"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEval(b *testing.B) {
	e, _ := check.Compile("A.duplicates > 0 and sent == 7")
	values := check.Of(snapshot())
	for b.Loop() {
		if ok, _, err := e.Eval(values); !ok || err != nil {
			b.Fatal(err)
		}
	}
}
