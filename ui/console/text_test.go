package console

import (
	"strings"
	"testing"
	"time"

	"atelier/assets/words"
)

func rowsText(rows []line) string {
	var out []string
	for _, r := range rows {
		s := ""
		for _, p := range r {
			s += p.text
		}
		out = append(out, strings.TrimRight(s, " "))
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
		if got := rowsText(wrap([]span{{c.in, text}}, c.w)); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func TestMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"emphasis":    {"a **b** *c* `d`", "a b c d"},
		"list":        {"- one\n- two\n  more", "• one\n• two more"},
		"numbers":     {"3. three\n4. four", "3. three\n4. four"},
		"quote":       {"> said", "│ said"},
		"code":        {"```go\nx := 1\n```", "  x := 1"},
		"table":       {"| a | b |\n| - | - |\n| 1 | 2 |", "a │ b\n──┼──\n1 │ 2"},
		"no raw HTML": {"<b>x</b>\n\n<script>alert</script>", "x"},
		"escape":      {"a \x1b[31mb", "a b"},
	} {
		if got := strings.TrimRight(rowsText(renderMarkdown(c.in, 40)), "\n"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(1234567, words.English), "1,234,567"},
		{count(-1234, words.French), "-1\u202f234"},
		{duration(2500*time.Millisecond, words.French), "2,5\u00a0s"},
		{duration(666*time.Millisecond, words.English), "666\u00a0ms"},
		{duration(800*time.Microsecond, words.English), "0.8\u00a0ms"},
		{copies(1, words.French), "une seule copie"},
		{copies(3, words.English), "3 copies"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestAxisCoversWhatItShows(t *testing.T) {
	for from := time.Duration(0); from < 20*time.Second; from += 730 * time.Millisecond {
		for need := time.Duration(0); need < 3*time.Hour; need = need*2 + time.Millisecond {
			a := newAxis(from, from+need, 5, 40)
			if a.from > from || a.to() < from+need {
				t.Fatalf("%v + %v: the axis is %v to %v", from, need, a.from, a.to())
			}
			if c := a.col(from + need); c < 5 || c >= 45 {
				t.Fatalf("column %d", c)
			}
		}
	}
}
