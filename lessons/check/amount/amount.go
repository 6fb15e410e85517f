// Package amount reads the lab language's amounts: durations (50ms, 2s), sizes
// (1KB, 1MB) and rates (100/s). A KB is 1000 bytes, as in Toxiproxy.
package amount

import (
	"math"
	"regexp"
	"strconv"
	"time"

	"atelier/assets/words"
	"atelier/lessons/check/spell"
)

// Kind says what an amount measures.
type Kind uint8

// The kinds of amount.
const (
	Plain Kind = iota // no unit
	Time              // in ms
	Size              // in bytes
	Rate              // per second
)

type unit struct {
	kind  Kind
	scale float64 // of one unit, in ms, bytes, or per second
}

var units = map[string]unit{
	"us": {Time, 1e-3}, "µs": {Time, 1e-3}, "μs": {Time, 1e-3}, // both code points of micro
	"ms": {Time, 1}, "s": {Time, 1e3}, "m": {Time, 60e3}, "h": {Time, 3600e3},
	"B": {Size, 1}, "KB": {Size, 1e3}, "MB": {Size, 1e6}, "GB": {Size, 1e9},
	"/s": {Rate, 1},
}

// Units lists the units as a message shows them.
func Units() []string { return []string{"us", "ms", "s", "m", "h", "B", "KB", "MB", "/s"} }

func unitsOf(k Kind) []string {
	switch k {
	case Time:
		return []string{"us", "ms", "s", "m", "h"}
	case Size:
		return []string{"B", "KB", "MB"}
	case Rate:
		return []string{"/s"}
	}
	return Units()
}

var form = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)(.*)$`)

// Parse reads an amount of any kind: durations in ms, sizes in bytes, rates
// per second. The error is for a learner.
func Parse(text string) (float64, Kind, error) { return parse(text, Plain) }

// parse reads an amount; where its unit is unknown, the error offers those of
// the kind that was wanted.
func parse(text string, wanted Kind) (float64, Kind, error) {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return 0, Plain, malformed(text)
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil || n > 1e15 {
		return 0, Plain, words.Errorf("%s is too large", "%s est trop grand", spell.Quote(text))
	}
	if m[2] == "" {
		return n, Plain, nil
	}
	u, ok := units[m[2]]
	if !ok {
		if comma.MatchString(text) {
			return 0, Plain, words.Errorf(
				"%s has a comma: write the decimals after a point, as in 1.5s",
				"%s a une virgule : écrivez les décimales après un point, comme 1.5s", spell.Quote(text))
		}
		return 0, Plain, words.Errorf("unknown unit %s in %s%s", "unité %s inconnue dans %s%s",
			spell.Quote(m[2]), spell.Quote(text), spell.Hint(m[2], unitsOf(wanted)))
	}
	return n * u.scale, u.kind, nil
}

var comma = regexp.MustCompile(`^[0-9]+,[0-9]`)

func malformed(text string) error {
	if len(text) > 1 && text[0] == '-' {
		return words.Errorf("%s is negative: write an amount above zero", "%s est négatif : écrivez une quantité positive", spell.Quote(text))
	}
	return words.Errorf("%s is not an amount: write a number and its unit, as in 50ms, 1KB or 100/s",
		"%s n’est pas une quantité : écrivez un nombre et son unité, comme 50ms, 1KB ou 100/s", spell.Quote(text))
}

// Duration reads 50ms, 2s, 1.5s, 1m.
func Duration(text string) (time.Duration, error) {
	n, kind, err := parse(text, Time)
	switch {
	case err != nil:
		return 0, err
	case kind == Plain:
		return 0, words.Errorf("%[1]s has no unit: write %[2]sms for milliseconds, %[2]ss for seconds",
			"%[1]s n’a pas d’unité : écrivez %[2]sms pour des millisecondes, %[2]ss pour des secondes",
			spell.Quote(text), text)
	case kind != Time:
		return 0, words.Errorf("%s is not a duration: write it as 50ms or 2s", "%s n’est pas une durée : écrivez par exemple 50ms ou 2s", spell.Quote(text))
	}
	ns := math.Round(n * 1e6)
	if ns > 1<<62 {
		return 0, words.Errorf("%s is too long", "%s est trop long", spell.Quote(text))
	}
	return time.Duration(ns), nil
}

// Bytes reads 100, 100B, 1KB, 1MB: a plain number counts bytes.
func Bytes(text string) (int64, error) {
	n, kind, err := parse(text, Size)
	switch {
	case err != nil:
		return 0, err
	case kind != Size && kind != Plain:
		return 0, words.Errorf("%s is not a size: write it as 100B or 1KB", "%s n’est pas une taille : écrivez par exemple 100B ou 1KB", spell.Quote(text))
	case n != math.Trunc(n):
		return 0, words.Errorf("%s is not a whole number of bytes", "%s n’est pas un nombre entier d’octets", spell.Quote(text))
	case n > 1<<62:
		return 0, words.Errorf("%s is too large", "%s est trop grand", spell.Quote(text))
	}
	return int64(n), nil
}

// PerSecond reads 100/s.
func PerSecond(text string) (float64, error) {
	n, kind, err := parse(text, Rate)
	switch {
	case err != nil:
		return 0, err
	case kind == Plain:
		return 0, words.Errorf("%[1]s has no unit: write %[2]s/s, messages per second",
			"%[1]s n’a pas d’unité : écrivez %[2]s/s, des messages par seconde", spell.Quote(text), text)
	case kind != Rate:
		return 0, words.Errorf("%s is not a rate: write it as 100/s", "%s n’est pas un débit : écrivez par exemple 100/s", spell.Quote(text))
	}
	return n, nil
}

// FormatDuration writes a duration so that Duration reads it back unchanged.
func FormatDuration(d time.Duration) string {
	switch {
	case d%time.Second == 0:
		return strconv.FormatInt(int64(d/time.Second), 10) + "s"
	case d%time.Millisecond == 0:
		return strconv.FormatInt(int64(d/time.Millisecond), 10) + "ms"
	}
	return strconv.FormatFloat(float64(d)/1e3, 'f', -1, 64) + "us"
}

// FormatNumber writes a number in digits alone, so that Parse reads it back.
func FormatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
