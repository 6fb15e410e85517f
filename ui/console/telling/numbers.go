package telling

import (
	"math"
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
)

// Count writes a number with its thousands apart.
func Count(n int64, lang words.Lang) string {
	s := strconv.FormatInt(n, 10)
	if n > -1000 && n < 1000 {
		return s
	}
	sep := lang.Pick(",", "\u202f")
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Offset writes a place in the log. It names a record and counts nothing, so
// that its digits stay together, as in Kafka's own tools.
func Offset(n int64) string { return "@" + strconv.FormatInt(n, 10) }

// Duration writes a time as people say it: 5 s, 2.5 s, 666 ms, 2 min.
func Duration(d time.Duration, lang words.Lang) string {
	switch {
	case d >= 2*time.Minute:
		return strconv.Itoa(int(d.Round(time.Minute)/time.Minute)) + "\u00a0min"
	case d >= time.Second:
		return Decimal(d.Seconds(), lang) + "\u00a0s"
	case d >= time.Millisecond || d == 0:
		return strconv.Itoa(int(d.Milliseconds())) + "\u00a0ms"
	default:
		return Decimal(float64(d.Microseconds())/1000, lang) + "\u00a0ms"
	}
}

// Moment writes a time of a run, to the millisecond: 2.520 s.
func Moment(d time.Duration, lang words.Lang) string {
	s := strconv.FormatFloat(d.Seconds(), 'f', 3, 64)
	if lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + "\u00a0s"
}

// Millis writes milliseconds that were measured as a number; Unread where
// there is none.
func Millis(ms float64, lang words.Lang) string {
	if math.IsNaN(ms) {
		return Unread
	}
	return Duration(time.Duration(ms*float64(time.Millisecond)), lang)
}

// Decimal writes a number with one decimal where it has one.
func Decimal(f float64, lang words.Lang) string {
	s := strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	if lang == words.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func CopiesIn(n int64, lang words.Lang) string {
	return Count(n, lang) + " " + lang.Pick(Plural(n, "copy", "copies"), Plural(n, "copie", "copies"))
}

func Plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
