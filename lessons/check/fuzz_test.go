package check_test

import (
	"errors"
	"testing"
	"unicode/utf8"

	"atelier/lessons/check"
)

// FuzzCompile: whatever is typed, there is an expression or an error with a
// place inside the text, and what compiles can be evaluated.
func FuzzCompile(f *testing.F) {
	for _, src := range []string{
		"A.duplicates > 0", "B.lost == 0 and B.duplicates == 0", "A.p99 < 50ms", "throughput >= 100/s", "!done || not (sent % 2 == 1)",
		"0 < A.copies < 4", "-sent + 1.5 * (2 - acked) / 3 != 1KB", "sent in 1..3", "len([1,2])", "x ?? y", "a | b", "\"x\" matches 'y'",
		"let x = 1; x", "if sent {1} else {2}", "A.sent = 1", "1,5s", "été.sent\u00a0≥ 1", "((((", "not not not done", "sent // 2", "/* */ sent > 0",
		"100/s.sent > 0", "true == false", "map(1..9, {#})", "#", "::x", "a?.b", "1e5 > 0", "0x10 > 0", "\xff", "\x00",
	} {
		f.Add(src)
	}
	values := check.Of(snapshot())
	f.Fuzz(func(t *testing.T, src string) {
		e, err := check.Compile(src)
		if err != nil {
			var wrong *check.Error
			if !errors.As(err, &wrong) || wrong.En == "" || wrong.Fr == "" || wrong.Len < 1 ||
				wrong.Column < 1 || wrong.Column > utf8.RuneCountInString(src)+1 {
				t.Fatalf("%q: %#v", src, err)
			}
			return
		}
		again, err := check.Compile(e.String())
		if err != nil || again.String() != e.String() {
			t.Fatalf("%q does not compile again: %v", e.String(), err)
		}
		if _, _, err := e.Eval(values); err != nil {
			var said *check.EvalError
			if !errors.As(err, &said) {
				t.Fatalf("%q: %v", src, err)
			}
		}
	})
}
