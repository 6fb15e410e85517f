package stage

import (
	"strings"
)

// Hostile are texts that somebody may put into a key, a label, an error or a
// lesson to get at the learner's terminal.
func Hostile() []string {
	return []string{
		"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]52;c;Zm9v\x07", "\x1b]8;;http://x", "\x1b]unterminated", "\x1bP1$r\x1b\\",
		"a\rb", "a\nb", "a\tb", "a\x00b", "a\x7fb", "\x9b31m", "\u009b31m", "\u0085", "\u2028", "\u2029",
		"\u202eevil", "\u2066iso\u2069", "\u200b\u200d\ufeff", "e" + strings.Repeat("\u0301", 1000), strings.Repeat("\u0301", 1000),
		"\xff\xfe\xc3(", "日本語テキスト", "👍🏽👩‍👩‍👧‍👦🇫🇷❤️", "مرحبا بالعالم", "\u115f\u3164", "𒐫﷽", strings.Repeat("x", 1<<20), strings.Repeat("\x1b", 10000),
		"\U000e0041\U000e0042", "ﬃ", "\ufffd",
	}
}
