package journal

import (
	"strings"
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/stage"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestTroubleComesFirstInASmallLog(t *testing.T) {
	rows := make([]verdictRow, 9)
	for i := range rows {
		rows[i] = verdictRow{name: string(rune('a' + i)), messages: 1, grave: i == 2}
	}
	kept, left := worst(rows, 3)
	if len(kept) != 3 || kept[0].name != "c" || kept[2].name != "i" || left != 6 {
		t.Errorf("%v, %d left", kept, left)
	}
}

func TestABigLoadIsOneRow(t *testing.T) {
	s := stage.New()
	s.Book.Apply(
		ledger.BatchOpened{At: stage.At(1), Batch: 1, Mode: "plain", Sending: "async", Topic: "test-topic", Count: 2000},
		ledger.Sent{At: stage.At(1), Batch: 1, Count: 2000})
	rows := verdicts(nil, s.Book.Snapshot(), &telling.Cast{}, words.French)
	if len(rows) != 1 || rows[0].report.Words != "2\u202f000 messages" {
		t.Errorf("%+v", rows)
	}
}

// A message that was sent again with its id is one message, sent twice.
func TestSendingAgainIsNoOtherMessage(t *testing.T) {
	row := labelRow(&ledger.Totals{Label: "A", Sent: 2, Copies: 2, Duplicates: 1, Audited: true}, 0, words.French)
	if row.report.Words != "2 envois" {
		t.Errorf("%+v", row)
	}
	if row = labelRow(&ledger.Totals{Label: "A", Sent: 2, Copies: 3, Once: 1, Duplicates: 1, Audited: true}, 0, words.French); row.report.Words != "2 messages" {
		t.Errorf("%+v", row)
	}
}

func TestTheVerdictsAsATable(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	j := New()
	j.Update(pane.Seen{Snap: s.Book.Snapshot()})
	j.Update(pane.Spoken{Lang: words.French})
	wish, _ := j.Key(tea.KeyPressMsg{Code: 'y', Text: "y"})
	const want = "## Verdict de l’essai r1\n\n| | rapport | le journal dit |\n| --- | --- | --- |\n" +
		"| A plain | acquitté | 3 copies DOUBLON |\n| B idempotent | acquitté | une seule copie |\n\n" +
		"- test-topic/1\u00a0: @16 A 1/3, @17 A 2/3, @18 A 3/3, @19 B\n"
	if c, _ := wish.(pane.Copy); c.Text != want {
		t.Errorf("%q", c.Text)
	}
	if wish, took := New().Key(tea.KeyPressMsg{Code: 'y', Text: "y"}); took || wish != nil {
		t.Error("an empty log was copied")
	}
}

func TestHostileLabelsBreakNoTable(t *testing.T) {
	for _, h := range append(stage.Hostile(), "a|b", "*x*", "<b>") {
		s := stage.New()
		s.Play(stage.Message{Batch: 1, Label: h, Mode: "plain", Sent: 1, Reported: 20})
		j := New()
		j.Update(pane.Seen{Snap: s.Book.Snapshot()})
		for row := range strings.SplitSeq(j.markdown(), "\n") {
			if n := strings.Count(row, "|") - strings.Count(row, `\|`); n != 0 && n != 4 || strings.ContainsAny(row, "\x1b\r\x07") {
				t.Errorf("%.40q: %q", h, row)
			}
		}
	}
}

// What an audit could not judge is said wherever its verdicts are.
func TestWhatIsPendingIsSaid(t *testing.T) {
	s := stage.New()
	s.Heart()
	s.Judge()
	s.Book.Apply(ledger.AuditBegan{At: stage.At(3400)}, ledger.AuditEnded{At: stage.At(3420), Settled: true, Pending: 2})
	rows := Rows(s.Book.Snapshot())
	for lang, want := range map[words.Lang]string{
		words.English: "2 messages were pending: asked for, not handed over by then, not judged",
		words.French:  "2 messages étaient en attente\u00a0: demandés, pas encore remis, pas jugés",
	} {
		j := New()
		j.Update(pane.Spoken{Lang: lang})
		j.Update(pane.Seen{Snap: s.Book.Snapshot()})
		var g screen.Grid
		g.Resize(100, rows)
		j.View(g.All())
		drawn := ansi.Strip(string(g.Encode(nil, screen.NewLook(true, true, false))))
		wish, _ := j.Key(tea.KeyPressMsg{Code: 'y', Text: "y"})
		want = strings.ReplaceAll(want, "\u00a0", " ") // as the grid writes it
		for _, said := range []string{drawn, strings.Join(j.Tell(), "\n"), wish.(pane.Copy).Text} {
			if !strings.Contains(strings.ReplaceAll(said, "\u00a0", " "), want) {
				t.Errorf("no %q in\n%s", want, said)
			}
		}
		if !strings.Contains(drawn, "plain") || !strings.Contains(drawn, "idempotent") {
			t.Errorf("a verdict has no room:\n%s", drawn)
		}
	}
}
