package metrics

import (
	"strings"

	"atelier/ui/console/screen"
	"atelier/ui/metrics"
)

// Tell says each metric: what it means, and its values.
func (p *Pane) Tell() []string {
	if p.Seen.Snap == nil {
		return nil
	}
	families := metrics.OnScreen(p.Seen.Snap)
	var said []string
	for i := range families {
		f := &families[i]
		values := make([]string, len(f.Samples))
		for k := range f.Samples {
			s := &f.Samples[k]
			values[k] = strings.TrimSpace(screen.Plain(strings.Trim(s.Suffix+" "+s.Braced(), " ")) + " " + number(s))
		}
		if len(values) > 0 {
			said = append(said, f.Help.In(p.Lang)+" "+f.Name+p.Pick(": ", "\u00a0: ")+strings.Join(values, ", ")+".")
		}
	}
	return said
}
