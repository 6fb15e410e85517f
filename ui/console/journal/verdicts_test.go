package journal

import (
	"testing"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/stage"
	"atelier/ui/console/telling"
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
