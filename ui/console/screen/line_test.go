package screen

import (
	"strings"
	"testing"
)

func rowsText(rows []Line) string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.TrimRight(r.String(), " "))
	}
	return strings.Join(out, "\n")
}

func TestWrapKeepsWordsAndNoBreakSpacesTogether(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"one two three", 7, "one two\nthree"},
		{"Que faire\u00a0? Rien.", 9, "Que\nfaire\u00a0?\nRien."},
		{"« sort\u00a0inconnu »", 12, "«\nsort\u00a0inconnu\n»"},
		{"abcdefghij k", 4, "abcd\nefgh\nij k"},
		{"", 5, ""},
		{"日本語テキスト", 6, "日本語\nテキス\nト"},
	} {
		if got := rowsText(Wrap(Line{{c.in, Ink}}, c.w)); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}
