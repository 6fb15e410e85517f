package race

import (
	"strings"

	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says the faults of the run, then the same of both, one after the other.
func (p *Pane) Tell() []string {
	s := p.Seen.Snap
	if s == nil {
		return nil
	}
	labels := racers(s)
	if labels == nil {
		return nil
	}
	two := []lap{run(s, labels[0]), run(s, labels[1])}
	said := telling.Faults(s, p.Lang)
	for i := range two {
		two[i].veiled = p.Seen.Veiled
		said = append(said, p.tellOf(&two[i]))
	}
	return said
}

func (p *Pane) tellOf(l *lap) string {
	said := []string{screen.Plain(l.Label), screen.Plain(l.Mode)}
	if known := l.knownBy(p.Lang); known != "" {
		said = append(said, known)
	}
	for i := range p.lines {
		one := &p.lines[i]
		if one.rank == 0 {
			continue // its name, which is told
		}
		says := telling.Unmarked(one.says(l, 1<<10).String())
		if one.signs {
			says = l.counted(p.Lang) // without the signs of the answers
		}
		said = append(said, one.name.In(p.Lang)+" "+says)
	}
	return strings.Join(said, ", ") + "."
}
