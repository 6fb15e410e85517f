package screen

import (
	"strconv"
	"testing"
	"unicode/utf8"

	"atelier/ui/console/stage"
)

func TestPlainLetsNothingThatATerminalObeysThrough(t *testing.T) {
	for _, s := range stage.Hostile() {
		got := Plain(s)
		if !utf8.ValidString(got) {
			t.Errorf("plain(%.40q) is not valid UTF-8", s)
		}
		marks := 0
		for _, r := range got {
			if !strconv.IsPrint(r) {
				t.Errorf("plain(%.40q) lets %U through", s, r)
			}
			if r == '\u0301' {
				marks++
			}
		}
		if marks > maxMarks {
			t.Errorf("plain(%.40q) keeps %d combining marks", s, marks)
		}
		if len(got) > 2*maxPlain+8 {
			t.Errorf("plain(%.40q) is %d bytes long", s, len(got))
		}
	}
	for _, s := range []string{"order-1", "clé", "L’été", "« oui »", "é", "5 s"} {
		if got := Plain(s); got != s {
			t.Errorf("plain(%q) = %q", s, got)
		}
	}
}
