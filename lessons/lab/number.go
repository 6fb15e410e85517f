package lab

import (
	"math"
	"regexp"
	"strconv"

	"atelier/assets/words"
	"atelier/chaos"
	"atelier/lessons/check/spell"
)

var (
	wholeNumber = regexp.MustCompile(`^[+-]?[0-9]+$`)
	numeric     = regexp.MustCompile(`^[+-]?[0-9]`)
)

// integer reads a whole number between two bounds.
func integer(text string, least, most int) (int, error) {
	if !wholeNumber.MatchString(text) {
		return 0, words.Errorf("%s is not a whole number: write digits alone, as in 10", "%s n’est pas un nombre entier : écrivez seulement des chiffres, comme 10", spell.Quote(text))
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil && text[0] == '-' || err == nil && n < least:
		return 0, words.Errorf("%s is too small: at least %d", "%s est trop petit : au moins %d", short(text), least)
	case err != nil || n > most:
		return 0, words.Errorf("%s is too large: at most %d", "%s est trop grand : au plus %d", short(text), most)
	}
	return n, nil
}

func short(digits string) string {
	if len(digits) > 24 {
		return digits[:23] + "…"
	}
	return digits
}

// into makes a setting that reads a whole number.
func into[T int | int16 | int32](name string, target *T, least, most int) setting {
	return setting{name: name, read: func(text string) error {
		n, err := integer(text, least, most)
		*target = T(n)
		return err
	}}
}

// onSetting reads broker=N: the id of a node.
func onSetting(target *chaos.On) setting {
	return setting{name: "broker", read: func(text string) error {
		id, err := integer(text, 0, math.MaxInt32)
		*target = chaos.Broker(int32(id))
		return err
	}}
}
