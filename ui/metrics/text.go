package metrics

import (
	"strconv"
	"strings"

	"atelier/assets/words"
)

// Append writes families as Prometheus reads them: its text format, version
// 0.0.4, with help in a language.
func Append(b []byte, families []Family, lang words.Lang) []byte {
	for i := range families {
		f := &families[i]
		b = append(b, "# HELP "+f.Name+" "+escape.Replace(f.Help.In(lang))+"\n# TYPE "+f.Name+" "+string(f.Kind)+"\n"...)
		for k := range f.Samples {
			s := &f.Samples[k]
			b = append(b, f.Name+s.Suffix+s.Braced()+" "+s.Number()+"\n"...)
		}
	}
	return b
}

// Braced is what tells a sample apart, as {mode="plain"}; empty where nothing
// has to. The values are as they came, with no more than the format's own
// characters escaped: they are not safe to draw.
func (s *Sample) Braced() string {
	if len(s.Labels) == 0 {
		return ""
	}
	b := []byte{'{'}
	for i, l := range s.Labels {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, l.Name...)
		b = append(b, `="`...)
		b = append(b, escapeValue.Replace(strings.ToValidUTF8(l.Value, "\ufffd"))...)
		b = append(b, '"')
	}
	return string(append(b, '}'))
}

// Number is the value as Prometheus writes it.
func (s *Sample) Number() string { return strconv.FormatFloat(s.Value, 'f', -1, 64) }

var (
	escape      = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	escapeValue = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
)
