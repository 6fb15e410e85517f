package chaos

import (
	"math/big"
	"strings"

	"atelier/assets/words"
)

// Attribute is one number of a fault.
type Attribute struct {
	Name     string
	Unit     Unit
	Says     words.Text
	Default  int64 // what is meant where it is left out; an example where it is required
	Min, Max int64 // in the unit, both allowed
	Required bool
}

// maxNumber is how many characters a number may have: no attribute needs more,
// and exact arithmetic on a megabyte of digits would take seconds.
const maxNumber = 24

// Parse reads a value as a learner writes it: Toxiproxy's own plain number
// (5000), or with a unit (5s, 1.5KB, 1KB/s). It returns the value in the
// attribute's unit, or an error for the learner.
func (a Attribute) Parse(text string) (int64, error) {
	number, suffix := split(text)
	if number == "" || len(number) > maxNumber {
		return 0, a.unreadable(text)
	}
	factor, ok := a.Unit.factor(suffix)
	if !ok {
		return 0, a.unreadable(text)
	}
	value, ok := new(big.Rat).SetString(number)
	if !ok {
		return 0, a.unreadable(text)
	}
	value.Mul(value, factor)
	if !value.IsInt() {
		return 0, words.Errorf(
			"%s=%q is no whole number of %s, and Toxiproxy counts in those",
			"%s=%q n’est pas un nombre entier de %s, or Toxiproxy compte ainsi",
			a.Name, text, a.Unit.Name())
	}
	if !value.Num().IsInt64() {
		return 0, a.outOfRange(text)
	}
	n := value.Num().Int64()
	return n, a.inRange(n)
}

// Format writes a value so that Parse reads it again.
func (a Attribute) Format(value int64) string {
	return strings.ReplaceAll(a.Unit.Tell(value).En, " ", "")
}

func (a Attribute) inRange(value int64) error {
	if value < a.Min || value > a.Max {
		return a.outOfRange(a.Format(value))
	}
	return nil
}

func (a Attribute) outOfRange(text string) error {
	return words.Errorf(
		"%s=%s is out of range: from %s to %s",
		"%s=%s est hors limites : de %s à %s",
		a.Name, text, a.Unit.Tell(a.Min), a.Unit.Tell(a.Max))
}

func (a Attribute) unreadable(text string) error {
	if len(text) > 2*maxNumber {
		text = strings.ToValidUTF8(text[:2*maxNumber], "") + "…"
	}
	return words.Errorf(
		"%s=%q cannot be read: write %s",
		"%s=%q est illisible : écrivez %s", a.Name, text, a.Unit.forms())
}

// split parts a decimal number from what follows it. The number is empty where
// the text does not start with one.
func split(text string) (number, suffix string) {
	end, point := 0, false
	for end < len(text) {
		c := text[end]
		digit := c >= '0' && c <= '9'
		minus := c == '-' && end == 0
		if c == '.' && !point {
			point = true
		} else if !digit && !minus {
			break
		}
		end++
	}
	number, suffix = text[:end], text[end:]
	bare := strings.TrimPrefix(number, "-")
	if bare == "" || bare[0] == '.' || bare[len(bare)-1] == '.' {
		return "", suffix
	}
	return number, suffix
}
