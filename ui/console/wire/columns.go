package wire

import (
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// column is one field of a request in the table.
type column struct {
	head  words.Text
	short words.Text // where room is short; empty: the same
	of    func(*ledger.Attempt, words.Lang) cell
	rank  int // the lower, the later it is left out
	most  int // columns
	right bool

	width int // as it stands now
	shown bool
}

// cell is what stands in a column.
type cell struct {
	text  string
	style screen.Style
}

// columns is the table, from the left. What it all means: the broker, when the
// request left and when the rest happened after that; what it carried, for
// whom; and what came of it.
func columns() []column {
	plain := func(of func(*ledger.Attempt) string) func(*ledger.Attempt, words.Lang) cell {
		return func(at *ledger.Attempt, _ words.Lang) cell { return quietly(of(at)) }
	}
	after := func(of func(*ledger.Attempt) time.Duration) func(*ledger.Attempt, words.Lang) cell {
		return func(at *ledger.Attempt, lang words.Lang) cell { return quietly(since(at, of(at), lang)) }
	}
	return []column{
		{head: words.Text{En: "departed", Fr: "départ"}, of: departed, rank: 0, most: 12, right: true},
		{head: words.Text{En: "broker", Fr: "broker"}, of: plain(broker), rank: 3, most: 12, right: true},
		{head: words.Text{En: "client", Fr: "client"}, of: plain(client), rank: 11, most: 28},
		{head: words.Text{En: "api", Fr: "api"}, of: plain(version), rank: 12, most: 4},
		{head: words.Text{En: "acks", Fr: "acks"}, of: plain(acks), rank: 9, most: 4},
		{head: words.Text{En: "topic/partition", Fr: "topic/partition"}, short: words.Text{En: "partition", Fr: "partition"}, of: plain(partition), rank: 2, most: 26},
		{head: words.Text{En: "records", Fr: "messages"}, of: numbered(func(at *ledger.Attempt) int64 { return int64(at.Records) }), rank: 7, most: 10, right: true},
		{head: words.Text{En: "bytes", Fr: "octets"}, of: numbered(func(at *ledger.Attempt) int64 { return int64(at.Size) }), rank: 8, most: 10, right: true},
		{head: words.Text{En: "pid/epoch/seq", Fr: "pid/epoch/séq"}, of: plain(producer), rank: 10, most: 24},
		{head: words.Text{En: "arrived", Fr: "arrivée"}, short: words.Text{En: "arr.", Fr: "arr."}, of: after(func(at *ledger.Attempt) time.Duration { return at.Arrived }), rank: 4, most: 9, right: true},
		{head: words.Text{En: "answered", Fr: "réponse"}, short: words.Text{En: "answ.", Fr: "rép."}, of: after(func(at *ledger.Attempt) time.Duration { return at.Answered }), rank: 5, most: 9, right: true},
		{head: words.Text{En: "heard", Fr: "reçue"}, of: after(func(at *ledger.Attempt) time.Duration { return at.Heard }), rank: 6, most: 9, right: true},
		{head: words.Text{En: "outcome", Fr: "issue"}, of: outcome, rank: 1, most: 40},
	}
}

func quietly(s string) cell {
	if s == telling.Unread {
		return cell{s, screen.Faint}
	}
	return cell{s, screen.Ink}
}

func numbered(of func(*ledger.Attempt) int64) func(*ledger.Attempt, words.Lang) cell {
	return func(at *ledger.Attempt, lang words.Lang) cell {
		if n := of(at); n > 0 {
			return cell{telling.Count(n, lang), screen.Ink}
		}
		return quietly(telling.Unread)
	}
}

func departed(at *ledger.Attempt, lang words.Lang) cell {
	if at.Departed < 0 {
		return quietly(telling.Unread)
	}
	return cell{telling.Moment(at.Departed, lang), screen.Faint}
}

// since is a moment after the departure, or after the arrival where the
// departure was not seen.
func since(at *ledger.Attempt, moment time.Duration, lang words.Lang) string {
	from := at.Departed
	if from < 0 {
		from = at.Arrived
	}
	switch {
	case moment < 0 || from < 0:
		return telling.Unread
	case at.Departed < 0 && moment == from:
		return telling.Moment(moment, lang)
	}
	return "+" + telling.Duration((moment-from).Round(time.Microsecond), lang)
}

func broker(at *ledger.Attempt) string { return strconv.Itoa(int(at.Broker)) }

func client(at *ledger.Attempt) string {
	if at.ClientID == "" {
		return telling.Unread
	}
	return screen.Plain(at.ClientID)
}

func version(at *ledger.Attempt) string {
	if at.Version <= 0 {
		return telling.Unread
	}
	return "v" + strconv.Itoa(int(at.Version))
}

func acks(at *ledger.Attempt) string {
	if at.Acks == -1 {
		return "all"
	}
	return strconv.Itoa(int(at.Acks))
}

func partition(at *ledger.Attempt) string {
	return screen.Plain(at.Topic) + "/" + strconv.Itoa(int(at.Partition))
}

// producer is who numbered the records, and from where on; a plain producer
// does not.
func producer(at *ledger.Attempt) string {
	if at.ProducerID < 0 {
		return telling.Unread
	}
	return strconv.FormatInt(at.ProducerID, 10) + "/" + strconv.Itoa(int(at.Epoch)) + "/" + strconv.Itoa(int(at.BaseSequence))
}

// outcome says how the request ended, with the code's name as Kafka's pages
// write it.
func outcome(at *ledger.Attempt, lang words.Lang) cell {
	ended := telling.Duration((at.Ended - max(at.Departed, 0)).Round(time.Microsecond), lang)
	switch at.Outcome {
	case ledger.Acked:
		if at.Code != 0 {
			return cell{"✓ " + said(at, lang), screen.Fine}
		}
		return cell{"✓ " + lang.Pick("acked ", "acquittée ") + said(at, lang), screen.Fine}
	case ledger.Refused:
		return cell{"! " + telling.Code(at.Code), screen.Failed}
	case ledger.TimedOut:
		return cell{"✗ " + lang.Pick("gave up after ", "abandon après ") + ended, screen.Failed}
	case ledger.Cut:
		return cell{"╳ " + lang.Pick("cut after ", "coupée après ") + ended, screen.Failed}
	case ledger.Unasked:
		return cell{"· " + lang.Pick("no ack asked", "sans acquittement"), screen.Faint}
	}
	if at.Foreign && at.Answered >= 0 {
		return cell{"· " + lang.Pick("answered ", "réponse ") + said(at, lang), screen.Ink} // nobody saw whether it was heard
	}
	return cell{"… " + lang.Pick("under way", "en route"), screen.Pending}
}

// said is the answer in short: its code, unless that is none, and the offset.
func said(at *ledger.Attempt, lang words.Lang) string {
	offset := ""
	if at.Offset >= 0 {
		offset = telling.Offset(at.Offset)
	}
	if at.Code == 0 {
		return offset
	}
	return strings.TrimSpace(telling.Code(at.Code) + " " + offset)
}

// known keeps the rows from one frame to the next: most requests have ended.
type known struct {
	run  string
	lang words.Lang
	rows map[ledger.AttemptID]*row
}

// row is a request in words.
type row struct {
	of    ledger.Attempt
	cells []cell
}

// forget drops what is of another run or language, or has become much.
func (k *known) forget(run string, lang words.Lang) {
	if k.rows == nil || k.run != run || k.lang != lang || len(k.rows) > 1024 {
		k.run, k.lang, k.rows = run, lang, map[ledger.AttemptID]*row{}
	}
}

func (k *known) row(at *ledger.Attempt, columns []column, lang words.Lang) *row {
	r := k.rows[at.ID]
	if r == nil {
		r = &row{cells: make([]cell, len(columns))}
		k.rows[at.ID] = r
	} else if r.of == *at {
		return r
	}
	r.of = *at
	for i := range columns {
		r.cells[i] = columns[i].of(at, lang)
	}
	return r
}
