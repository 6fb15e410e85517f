package doctor

import (
	"context"

	"atelier/assets/words"
)

// Check looks at one thing that takes its time to be seen. Of is what is known
// before that: a finding without a state.
type Check struct {
	Of   Finding
	look func(context.Context, Finding) []Finding
}

// Look looks, and returns what it found, mostly one thing. It ends with ctx; what
// was not seen by then is wrong.
func (c *Check) Look(ctx context.Context) []Finding {
	list := c.look(ctx, c.Of)
	for i := range list { // tools and brokers of others say what they like
		list[i].Saw = words.Text{En: lines(list[i].Saw.En), Fr: lines(list[i].Saw.Fr)}
	}
	return list
}

// Checks are what there is to look at beside the terminal, in the order of
// Parts. They can be looked at side by side; who does bounds them by Patience.
func Checks(o Options) []Check {
	list := o.machine()
	for _, name := range o.Tools {
		list = append(list, o.tool(name))
	}
	if len(o.Brokers) > 0 {
		list = append(list, o.kafka())
	}
	if o.Toxiproxy != "" {
		list = append(list, o.toxiproxy())
	}
	return list
}
