package reports

import (
	"atelier/kafka/ledger"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// Tell says the latest reports, a sentence each.
func (p *Pane) Tell() []string {
	told := p.told()
	if len(told) == 0 {
		return nil
	}
	p.cast.Of(p.Seen.Snap)
	told = told[max(0, len(told)-pane.Told):]
	said := make([]string, len(told))
	for i := range told {
		said[i] = p.tellOf(&told[i])
	}
	return said
}

func (p *Pane) tellOf(d *ledger.Delivery) string {
	said := telling.Moment(d.At, p.Lang) + ", " + p.name(d) + ", " + screen.Plain(d.Mode) + " " + screen.Plain(d.Sending) +
		p.Pick(": ", "\u00a0: ") + report(d, p.Lang).Words
	if w := where(d, p.Lang); w != "" {
		said += ", " + w
	}
	if d.Kind != ledger.FiredReport {
		said += ", " + took(d, p.Lang)
	}
	return said + "."
}
