package ask

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
)

// Whole is a whole number as JSON has it: 2, and 2.0 too.
type Whole int64

// maxExact is up to where every whole number is one of JSON's.
const maxExact = 1 << 53

// isLarge says whether a number is one that Whole and float32 have no room for.
func isLarge(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	return err != nil || f == math.Trunc(f) || math.Abs(f) > math.MaxFloat32
}

// Number reads one JSON number of a field, and says what is wrong with it.
func Number(field string, raw []byte) (Whole, error) {
	var n Whole
	err := json.Unmarshal(raw, &n)
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return 0, mistyped(field, other)
	}
	return n, err
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Whole) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if text == "null" {
		return nil
	}
	if exact, err := strconv.ParseInt(text, 10, 64); err == nil {
		*n = Whole(exact)
		return nil
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == math.Trunc(f) && math.Abs(f) <= maxExact {
		*n = Whole(f)
		return nil
	}
	what := "number " + text
	switch text[0] {
	case '"':
		what = "string"
	case '{':
		what = "object"
	case '[':
		what = "array"
	case 't', 'f':
		what = "bool"
	}
	return &json.UnmarshalTypeError{Value: what, Type: reflect.TypeFor[Whole]()}
}
