package check

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/check/amount"
)

// InWords lists values that an expression read, by name, each with its unit.
func InWords(values map[string]any) words.Text {
	var en, fr []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		v := valueInWords(name, values[name])
		en, fr = append(en, name+" = "+v.En), append(fr, name+" = "+v.Fr)
	}
	return words.Text{En: strings.Join(en, ", "), Fr: strings.Join(fr, ", ")}
}

func valueInWords(name string, v any) words.Text {
	f, measured := v.(float64)
	switch {
	case v == true:
		return words.Text{En: "yes", Fr: "oui"}
	case v == false:
		return words.Text{En: "no", Fr: "non"}
	case !measured:
		said := fmt.Sprint(v)
		return words.Text{En: said, Fr: said}
	}
	n := amount.FormatNumber(math.Round(f*1000) / 1000)
	said := words.Text{En: n, Fr: strings.Replace(n, ".", ",", 1)}
	switch unitOf(name) {
	case amount.Time:
		return words.Text{En: said.En + "\u00a0ms", Fr: said.Fr + "\u00a0ms"}
	case amount.Rate:
		return words.Text{En: said.En + "/s", Fr: said.Fr + "/s"}
	}
	return said
}

// unitOf is what a value is measured in, which an expression may name with or
// without a label.
func unitOf(name string) amount.Kind {
	q, known := quantityOf(name[strings.LastIndexByte(name, '.')+1:])
	if !known {
		return amount.Plain
	}
	return q.sort.unit
}
