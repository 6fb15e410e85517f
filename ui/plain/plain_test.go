package plain_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"atelier/ui/plain"
)

// hostile are texts that somebody may put into a key, a label, an error or a
// lesson to get at the learner's terminal.
var hostile = []string{
	"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]52;c;Zm9v\x07", "\x1b]8;;http://x\x1b\\link", "\x1b]unterminated", "\x1bP1$r\x1b\\",
	"\x1b_apc\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x1b", "\x1b[", "\x1bc", "\x1b(0", "\x1b[?1049h", "\x1b[6n",
	"a\rb", "a\nb", "a\tb", "a\x00b", "a\x7fb", "a\x08b", "a\x0eb", "\x9b31m", "\u009b31m", "\u009d0;t\u009c", "\u0085", "\u2028", "\u2029",
	"\u202eevil", "\u2066iso\u2069", "\u200b\u200d\ufeff", "e" + strings.Repeat("\u0301", 1000), strings.Repeat("\u0301", 1000),
	"\xff\xfe\xc3(", "\xed\xa0\x80", "日本語", "👍🏽👩‍👩‍👧‍👦🇫🇷❤️", "مرحبا", "\u115f\u3164", "\U000e0041", "\ufffd",
	strings.Repeat("x", 1<<20), strings.Repeat("\x1b", 10000), strings.Repeat("é", plain.Max), strings.Repeat("\x1b[1m", 5000),
}

func safe(t *testing.T, s, got string, limit int) {
	t.Helper()
	if !utf8.ValidString(got) {
		t.Errorf("%.40q: %.40q is not UTF-8", s, got)
	}
	marks := 0
	for _, r := range got {
		if !strconv.IsPrint(r) && r != '\u00a0' && r != '\u202f' {
			t.Errorf("%.40q lets %U through", s, r)
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > plain.MaxMarks {
			t.Errorf("%.40q keeps a heap of marks", s)
		}
	}
	// A middle dot has two bytes, and stands for one at least.
	if len(got) > 2*limit+len("…") {
		t.Errorf("%.40q is %d bytes long", s, len(got))
	}
}

func TestNothingThatATerminalObeysGetsThrough(t *testing.T) {
	for _, s := range hostile {
		safe(t, s, plain.Text(s), plain.Max)
		for limit := range 10 {
			safe(t, s, plain.Cut(s, limit), 3*limit) // a broken byte becomes a dot
		}
	}
}

func TestTextIsLeftAsItIs(t *testing.T) {
	for _, s := range []string{"", "order-1", "clé", "L’été", "«\u00a0oui\u00a0»", "vraiment\u202f?", "é", "─▶ │ ✗ ·", "日本語", "مرحبا", "👍🏽"} {
		if got := plain.Text(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	for s, want := range map[string]string{
		"a\tb": "a b", "a\nb": "a·b", "\x1b[31mred\x1b[0m": "red", "❤\ufe0f": "❤", "e\u0301\u0302\u0303": "e\u0301\u0302", "\u0301a": "a", "\xff": "·",
	} {
		if got := plain.Text(s); got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	}
	if got := plain.Cut("éèê", 3); got != "é…" {
		t.Errorf("cut: %q", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s[:min(len(s), 200)])
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := plain.Text(s)
		safe(t, s, got, 2*plain.Max)
		if again := plain.Text(got); again != got && len(got) <= plain.Max {
			t.Errorf("%q became %q, and then %q", s, got, again)
		}
	})
}
