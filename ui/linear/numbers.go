package linear

import (
	"strconv"
	"strings"
	"time"

	"atelier/assets/words"
)

// count writes a number with its thousands apart.
func count(n int64) words.Text {
	digits := strconv.FormatInt(n, 10)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	groups = append([]string{digits}, groups...)
	return words.Text{En: strings.Join(groups, ","), Fr: strings.Join(groups, "\u202f")}
}

// length writes how long something took: 3 ms, 2.5 s.
func length(d time.Duration) words.Text {
	if d < time.Second {
		return unit(strconv.FormatInt(d.Milliseconds(), 10), "ms")
	}
	return unit(strings.TrimSuffix(strconv.FormatFloat(d.Seconds(), 'f', 1, 64), ".0"), "s")
}

// clock writes a time since the run began, to the millisecond: 2.503 s.
func clock(d time.Duration) words.Text {
	return unit(strconv.FormatFloat(d.Seconds(), 'f', 3, 64), "s")
}

func unit(number, unit string) words.Text {
	return words.Text{En: number + " " + unit, Fr: strings.Replace(number, ".", ",", 1) + "\u00a0" + unit}
}

// some puts a noun behind its number.
func some(n int64, en, ens, fr, frs string) words.Text {
	if n == 1 {
		ens, frs = en, fr
	}
	if n == 0 {
		frs = fr // in French nought is singular
	}
	return words.Textf("%s "+ens, "%s "+frs, count(n))
}

func messages(n int64) words.Text {
	return some(n, "message", "messages", "message", "messages")
}

func copies(n int64) words.Text { return some(n, "copy", "copies", "copie", "copies") }

// joined lists texts, with commas.
func joined(list []words.Text) words.Text {
	var all words.Text
	for i, t := range list {
		if i > 0 {
			all.En += ", "
			all.Fr += ", "
		}
		all.En += t.En
		all.Fr += t.Fr
	}
	return all
}
