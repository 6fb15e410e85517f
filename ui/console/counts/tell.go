package counts

import (
	"strings"

	"atelier/kafka/ledger"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says the table, a sentence a row.
func (c *Pane) Tell() []string {
	s := c.Seen.Snap
	if s == nil || s.All.Sent == 0 {
		return []string{c.Pick("Nothing was sent in this run yet.", "Rien n’a encore été envoyé dans cet essai.")}
	}
	said := make([]string, 0, len(s.Labels)+2)
	for i := range s.Labels {
		t := &s.Labels[i]
		said = append(said, c.tellOf(screen.Plain(t.Label)+" "+screen.Plain(t.Mode), t))
	}
	if rest := telling.Others(s); rest.Sent > 0 && len(s.Labels) > 0 {
		said = append(said, c.tellOf(c.Pick("Without a label", "Sans étiquette"), &rest))
	}
	return append(said, c.tellOf(c.Pick("In all", "En tout"), &s.All))
}

func (c *Pane) tellOf(name string, t *ledger.Totals) string {
	var parts []string
	for i := range c.columns {
		if n := c.columns[i].of(t); n > 0 || c.columns[i].always {
			parts = append(parts, c.head(i, false)+" "+telling.Count(n, c.Lang))
		}
	}
	return name + c.Pick(": ", "\u00a0: ") + strings.Join(parts, ", ") + "."
}
