package markdown

import (
	"testing"

	"atelier/ui/console/screen"
)

func TestCodeKeepsItsTextAndItsKeywordsStandOut(t *testing.T) {
	for _, c := range []struct{ lang, code, span string }{
		{"go", `func send(id string) error { // once é`, "func"},
		{"csharp", `var c = await p.ProduceAsync("é");`, "await"},
		{"bash", `for i in 1 2; do curl -s 'http://x' # again`, "for"},
		{"json", `{"acks": true, "é": "open`, "true"},
		{"rust", `fn main()`, ""},
		{"go", "\\\"`é", ""},
	} {
		line, found := highlight(c.lang, c.code), c.span == ""
		for _, s := range line {
			found = found || s.Text == c.span && s.Style&screen.Bold != 0
		}
		if line.String() != c.code || !found {
			t.Errorf("%s: %+v", c.lang, line)
		}
	}
	if l := highlight("properties", "acks=all"); l.String() != "acks=all" || len(l) != 2 {
		t.Errorf("%+v", l)
	}
}

func FuzzHighlight(f *testing.F) {
	f.Add("go", "a \"b // c")
	f.Add("properties", "#")
	f.Fuzz(func(t *testing.T, lang, s string) {
		if got := highlight(lang, s).String(); got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}
