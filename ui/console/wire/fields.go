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

// field is one thing that is known of a request, or that is not.
type field struct{ name, value string }

// fieldsOf tells everything of a request.
func fieldsOf(list []field, at *ledger.Attempt, lang words.Lang) []field {
	add := func(en, fr, value string) { list = append(list, field{lang.Pick(en, fr), value}) }
	number := func(n int64, known bool) string {
		if !known {
			return telling.Unread
		}
		return telling.Count(n, lang)
	}
	name := func(n int64, known bool) string { // it counts nothing
		if !known {
			return telling.Unread
		}
		return strconv.FormatInt(n, 10)
	}
	add("request", "requête", "#"+strconv.FormatUint(uint64(at.ID.Request), 10))
	add("client id", "client id", client(at))
	add("correlation id", "correlation id", strconv.Itoa(int(at.CorrID)))
	add("broker", "broker", broker(at))
	add("api", "api", apiWords(at))
	add("acks", "acks", acks(at))
	add("partition", "partition", partition(at))
	add("records", "messages", number(int64(at.Records), at.Records > 0))
	add("bytes", "octets", number(int64(at.Size), at.Size > 0))
	add("producer id", "producer id", name(at.ProducerID, at.ProducerID >= 0))
	add("epoch", "epoch", name(int64(at.Epoch), at.ProducerID >= 0))
	add("base sequence", "base sequence", name(int64(at.BaseSequence), at.ProducerID >= 0))
	add("departed", "départ", departed(at, lang).text)
	add("arrived", "arrivée", since(at, at.Arrived, lang))
	add("answered", "réponse", since(at, at.Answered, lang))
	add("heard", "reçue", since(at, at.Heard, lang))
	add("code", "code", answer(at, lang))
	add("outcome", "issue", outcome(at, lang).text)
	if at.Foreign {
		add("seen", "vu", lang.Pick("at the broker alone: another client’s", "au broker seulement\u00a0: un autre client"))
	}
	return list
}

func apiWords(at *ledger.Attempt) string {
	if v := version(at); v != telling.Unread {
		return "Produce " + v
	}
	return "Produce"
}

// answer is what the broker said, heard or not.
func answer(at *ledger.Attempt, lang words.Lang) string {
	if at.Answered < 0 && at.Heard < 0 {
		return telling.Unread
	}
	s := telling.Code(at.Code) + " (" + strconv.Itoa(int(at.Code)) + ")"
	if at.Offset >= 0 {
		s += " " + telling.Offset(at.Offset)
	}
	if at.Heard < 0 && !at.Foreign {
		s += lang.Pick(", not heard", ", jamais reçue")
	}
	return s
}

// flow puts fields side by side into rows of some columns, as many as there may
// be.
func flow(fields []field, w, rows int) []screen.Line {
	var lines []screen.Line
	var line screen.Line
	for _, f := range fields {
		f.value = screen.Cut(f.value, max(w-screen.Width(f.name)-1, 1))
		need := screen.Width(f.name) + 1 + screen.Width(f.value)
		if len(line) > 0 && line.Width()+3+need > w {
			lines, line = append(lines, line), nil
		}
		if len(line) > 0 {
			line = line.Add("   ", screen.Ink)
		}
		st := screen.Ink
		if f.value == telling.Unread {
			st = screen.Faint
		}
		line = line.Add(f.name+" ", screen.Faint).Add(f.value, st)
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines[:min(len(lines), max(rows, 0))]
}

// Text is a request in words, a line a field, for the clipboard.
func Text(at *ledger.Attempt, lang words.Lang) string {
	var b strings.Builder
	for _, f := range fieldsOf(nil, at, lang) {
		b.WriteString(f.name + lang.Pick(": ", "\u00a0: ") + f.value + "\n")
	}
	if at.Ended >= 0 && at.Heard < 0 {
		b.WriteString(lang.Pick("ended: ", "fin\u00a0: ") + "+" + telling.Duration((at.Ended-max(at.Departed, 0)).Round(time.Microsecond), lang) + "\n")
	}
	return b.String()
}
