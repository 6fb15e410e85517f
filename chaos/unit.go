package chaos

import (
	"math/big"
	"strconv"
	"strings"

	"atelier/assets/words"
)

// Unit is what an attribute counts in, as Toxiproxy has it.
type Unit int

// Toxiproxy's units. A kilobyte is 1000 bytes, as in its bandwidth toxic.
const (
	Milliseconds Unit = iota + 1
	Microseconds
	Bytes
	KilobytesPerSecond
)

// factor says how many of the unit one of the suffix is.
func (u Unit) factor(suffix string) (*big.Rat, bool) {
	if suffix == "" {
		return big.NewRat(1, 1), true
	}
	switch u {
	case Milliseconds:
		return ratio(microseconds(suffix), 1000)
	case Microseconds:
		return ratio(microseconds(suffix), 1)
	case Bytes:
		return ratio(byteCount(suffix), 1)
	case KilobytesPerSecond:
		return ratio(byteCount(strings.TrimSuffix(suffix, "/s")), 1000)
	}
	return nil, false
}

func ratio(n, of int64) (*big.Rat, bool) {
	if n == 0 {
		return nil, false
	}
	return big.NewRat(n, of), true
}

func microseconds(suffix string) int64 {
	switch suffix {
	case "us", "µs", "μs": // micro sign and Greek mu
		return 1
	case "ms":
		return 1000
	case "s":
		return 1000 * 1000
	case "m", "min":
		return 60 * 1000 * 1000
	}
	return 0
}

func byteCount(suffix string) int64 {
	switch suffix {
	case "B":
		return 1
	case "KB", "kB", "Ko", "ko":
		return 1000
	case "MB", "Mo":
		return 1000 * 1000
	}
	return 0
}

// Name is what it is called: milliseconds.
func (u Unit) Name() words.Text {
	switch u {
	case Milliseconds:
		return words.Text{En: "milliseconds", Fr: "millisecondes"}
	case Microseconds:
		return words.Text{En: "microseconds", Fr: "microsecondes"}
	case Bytes:
		return words.Text{En: "bytes", Fr: "octets"}
	default:
		return words.Text{En: "kilobytes per second", Fr: "kilooctets par seconde"}
	}
}

func (u Unit) forms() words.Text {
	switch u {
	case Milliseconds:
		return words.Text{En: "500ms, 5s or a number of milliseconds", Fr: "500ms, 5s ou un nombre de millisecondes"}
	case Microseconds:
		return words.Text{En: "200us, 5ms or a number of microseconds", Fr: "200us, 5ms ou un nombre de microsecondes"}
	case Bytes:
		return words.Text{En: "100B, 1KB or a number of bytes", Fr: "100B, 1KB ou un nombre d’octets"}
	default:
		return words.Text{En: "1KB/s, 2MB/s or a number of KB/s", Fr: "1KB/s, 2MB/s ou un nombre de Ko/s"}
	}
}

// Tell writes a value for a reader: 5 s, 1.5 KB, 1 KB/s.
func (u Unit) Tell(value int64) words.Text {
	switch u {
	case Milliseconds:
		return scaled(value, 1000, "ms", "ms", "s", "s")
	case Microseconds:
		if value != 0 && value%1000 == 0 {
			return Milliseconds.Tell(value / 1000)
		}
		return scaled(value, 1000*1000, "µs", "µs", "s", "s")
	case Bytes:
		if value >= 1000*1000 && value%1000 == 0 {
			return scaled(value/1000, 1000, "KB", "Ko", "MB", "Mo")
		}
		return scaled(value, 1000, "B", "o", "KB", "Ko")
	default:
		return scaled(value, 1000, "KB/s", "Ko/s", "MB/s", "Mo/s")
	}
}

// scaled writes a value in the small unit, or in the large one from there on.
func scaled(value, large int64, smallEn, smallFr, largeEn, largeFr string) words.Text {
	if value < large {
		return words.Textf("%[1]d %[2]s", "%[1]d %[3]s", value, smallEn, smallFr)
	}
	number := strconv.FormatInt(value/large, 10)
	if rest := value % large; rest > 0 {
		digits := strconv.FormatInt(large+rest, 10)[1:] // leading zeros kept
		number += "." + strings.TrimRight(digits, "0")
	}
	return words.Text{
		En: number + " " + largeEn,
		Fr: strings.Replace(number, ".", ",", 1) + " " + largeFr,
	}
}
