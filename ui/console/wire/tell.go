package wire

import (
	"strings"

	"atelier/ui/console/pane"
	"atelier/ui/console/telling"
)

// Tell says the latest requests, a sentence each, with what is known of them.
func (p *Pane) Tell() []string {
	all := p.requests()
	all = all[max(0, len(all)-pane.Told):]
	said := make([]string, len(all))
	for i := range all {
		var parts []string
		for k := range p.columns {
			c := &p.columns[k]
			if cell := c.of(&all[i], p.Lang); cell.text != telling.Unread {
				parts = append(parts, c.head.In(p.Lang)+" "+telling.Unmarked(cell.text))
			}
		}
		said[i] = telling.Capital(strings.Join(parts, ", ")) + "."
	}
	return said
}
