package check

import "strings"

// Measure reads a value such as A.copies, or a sum of them as in A.acked +
// B.acked: what a lesson's prediction foretells. It is nil where one of them is
// not known.
func Measure(expr string, values Values) any {
	terms := strings.Split(expr, "+")
	var sum int64
	for _, term := range terms {
		v := read(strings.TrimSpace(term), values)
		n, whole := v.(int64)
		if len(terms) == 1 || v == nil {
			return v
		}
		if !whole {
			return nil // only counts are added up
		}
		sum += n
	}
	return sum
}

// read reads one value.
func read(value string, values Values) any {
	label, name, found := strings.Cut(value, ".")
	if !found {
		label, name = "", value
	}
	t, ok := values.Totals(label)
	if !ok {
		return nil
	}
	return All(t)[name]
}
