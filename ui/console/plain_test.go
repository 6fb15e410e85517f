package console

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/course"

	tea "charm.land/bubbletea/v2"
)

// hostile are texts that somebody may put into a key, a label, an error or a
// lesson to get at the learner's terminal.
func hostile() []string {
	return []string{
		"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]52;c;Zm9v\x07", "\x1b]8;;http://x", "\x1b]unterminated", "\x1bP1$r\x1b\\",
		"a\rb", "a\nb", "a\tb", "a\x00b", "a\x7fb", "\x9b31m", "\u009b31m", "\u0085", "\u2028", "\u2029",
		"\u202eevil", "\u2066iso\u2069", "\u200b\u200d\ufeff", "e" + strings.Repeat("\u0301", 1000), strings.Repeat("\u0301", 1000),
		"\xff\xfe\xc3(", "日本語テキスト", "👍🏽👩‍👩‍👧‍👦🇫🇷❤️", "مرحبا بالعالم", "\u115f\u3164", "𒐫﷽", strings.Repeat("x", 1<<20), strings.Repeat("\x1b", 10000),
		"\U000e0041\U000e0042", "ﬃ", "\ufffd",
	}
}

func TestPlainLetsNothingThatATerminalObeysThrough(t *testing.T) {
	for _, s := range hostile() {
		got := plain(s)
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
		if got := plain(s); got != s {
			t.Errorf("plain(%q) = %q", s, got)
		}
	}
}

func TestHostileTextBreaksNoLine(t *testing.T) {
	for i, s := range hostile() {
		st := newStage()
		st.play(message{batch: 1, label: s, mode: "plain", sent: 1, reported: 20, err: s, attempts: []attempt{{1, 2, 3, 4, -1, 0}}})
		st.ledger.Apply(
			ledger.ToxicAdded{Toxic: ledger.Toxic{Broker: 1, Name: s, Kind: s, Stream: "upstream"}},
			ledger.AuditBegan{At: at(30)}, ledger.AuditEnded{At: at(31), Reason: s},
		)
		m := st.console(t, words.English, passes)
		m.lesson.update(taught{[]*course.Module{{Number: 3, Title: s, Steps: []course.Step{{Title: s, Blocks: []course.Block{
			course.Prose{Markdown: s},
			course.Diagram{Text: s},
			course.Hint{Markdown: s},
			course.Check{Text: s},
			course.Lab{Source: s, Line: 2},
			course.Quiz{Question: s, Choices: []course.Choice{{Text: s}}},
		}}}}}})
		m.tellWhere()
		m.Update(tea.PasteMsg{Content: s})
		m.say(told{text: words.Text{En: s, Fr: s}, tone: bad})
		for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 40}} {
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for range 2 {
				checkScreen(t, m, "hostile "+strconv.Itoa(i))
				m.turnFocus(true)
			}
		}
	}
}
