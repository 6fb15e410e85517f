package network

import (
	"atelier/chaos"
	"atelier/ui/console/pane"
)

// Pointed is the wish to see to the faults of a broker in a direction.
type Pointed struct {
	Broker int32
	Stream string
}

// Wish says that it is one.
func (Pointed) Wish() {}

// reach is where the way to or from a broker stands.
type reach struct {
	y, from, to int
	Pointed
}

// reaches notes where the two directions of a broker were drawn: one above the
// other, or side by side in one row.
func (n *Pane) reaches(x, y, w, rows int, b *wire) {
	id, end := b.broker.ID, x+w
	if rows == 2 {
		n.lanes = append(n.lanes, reach{y, x, end, Pointed{id, chaos.Upstream}}, reach{y + 1, x, end, Pointed{id, chaos.Downstream}})
		return
	}
	half := x + (w-n.names(w)-1)/2
	n.lanes = append(n.lanes, reach{y, x, half, Pointed{id, chaos.Upstream}}, reach{y, half, end, Pointed{id, chaos.Downstream}})
}

// Click on the way to or from a broker asks for its faults.
func (n *Pane) Click(x, y int) pane.Wish {
	for _, l := range n.lanes {
		if y == l.y && x >= l.from && x < l.to {
			return l.Pointed
		}
	}
	return nil
}
