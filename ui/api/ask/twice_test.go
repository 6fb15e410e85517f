package ask

import (
	"strings"
	"testing"
)

func TestNamesThatAreGivenTwice(t *testing.T) {
	for raw, want := range map[string]string{
		`{}`:                                            "",
		`{"a":1,"b":{"a":2},"c":[{"a":1}]}`:             "",
		`{"a":1e999,"b":[1e999,{}]}`:                    "",
		`{"a":1,"b":2,"a":3}`:                           "a",
		`{"a":1,"A":1}`:                                 "A",
		`{"key":1,"` + "\u212a" + `ey":1}`:              "\u212aey", // KELVIN SIGN
		`{"s":1,"` + "\u017f" + `":1}`:                  "\u017f",   // long s
		`{ "a" : "x\\\"}" , "\u0061" : [ ] }`:           "a",
		`{"a":"{\"b\":1,\"b\":1}","b":-1.5e3,"c":null}`: "",
		`{"a":{"b":1,"b":1}}`:                           "a.b",
		`{"a":[1,[{"b":{}},{"c":1,"c":1}]]}`:            "a.c",
		`{"":1,"a":1,"b":1,"b":1}`:                      "b",
	} {
		if got := twice([]byte(raw)); got != want {
			t.Errorf("%s: %q, not %q", raw, got, want)
		}
	}
	if got := twice([]byte(strings.Repeat("[", 9000) + strings.Repeat("]", 9000))); got != "" {
		t.Error(got)
	}
}
