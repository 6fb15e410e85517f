package course

import "slices"

// Awaits lists the labs, by Lab.Index, that a block tells of though a learner
// may still be predicting what they show: labs that answer a prediction, and
// stand above the block in its step or, for a check, are the one that it looks
// at. Until each of them has run to its end a front end keeps the block back.
// Nothing awaits a lab without a prediction, and a note, which is the
// presenter's, awaits nothing.
func (m *Module) Awaits(step, block int) []int {
	if step < 0 || step >= len(m.Steps) || block < 0 || block >= len(m.Steps[step].Blocks) {
		return nil
	}
	blocks := m.Steps[step].Blocks
	if _, is := blocks[block].(Note); is {
		return nil
	}
	var labs []int
	add := func(lab int) {
		if m.Predicts(lab) && !slices.Contains(labs, lab) {
			labs = append(labs, lab)
		}
	}
	for _, b := range blocks[:block] {
		if l, is := b.(Lab); is {
			add(l.Index)
		}
	}
	if c, is := blocks[block].(Check); is && c.Expr != "" {
		add(c.Lab)
	}
	return labs
}

// Predicts says whether a prediction asks what a lab will show.
func (m *Module) Predicts(lab int) bool {
	for _, s := range m.Steps {
		for _, b := range s.Blocks {
			if p, is := b.(Predict); is && p.Lab == lab {
				return true
			}
		}
	}
	return false
}
