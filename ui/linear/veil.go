package linear

import (
	"atelier/assets/recordings"
	"atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// veil keeps the answer of a prediction from whoever has not predicted: a run
// that an experiment made is told Unread as long as a prediction of that
// experiment is open.
type veil struct {
	run  string     // that experiments made
	labs []labPlace // those: the first, and what continued it
	on   bool       // when the ledger was told last
}

// began notes an experiment that is about to run.
func (v *veil) began(at labPlace, continues bool) {
	if !continues {
		v.labs = v.labs[:0]
	}
	v.labs = append(v.labs, at)
}

// hides says whether what the log holds of a run is not told now.
func (f *front) hides(run string) bool {
	if f.veil.run != run {
		return false
	}
	for _, at := range f.veil.labs {
		if m, _ := f.moduleOf(at.module); m != nil && f.asks(m, at.lab) {
			return true
		}
	}
	return false
}

// keptBack says whether a block of the current step would tell what a lab shows
// that has yet to show it: see course.Module.Awaits.
func (f *front) keptBack(block int) bool {
	m := f.current()
	for _, lab := range m.Awaits(f.step, block) {
		if !f.shown(m, lab) {
			return true
		}
	}
	return false
}

// shown says whether nobody waits for a lab any more: it has run to its end, or
// it can't run here and was predicted or passed over.
func (f *front) shown(m *course.Module, lab int) bool {
	at := labPlace{m.Number, lab}
	return f.ran(progress.Of(m).Lab(lab)) || f.lifted[at] || f.lackOf(m.Labs()[lab]) != nil && !f.asks(m, lab)
}

// asks says whether a prediction of a lab is open: neither answered nor shown.
func (f *front) asks(m *course.Module, lab int) bool {
	x := progress.Of(m)
	if f.ran(x.Lab(lab)) {
		return false
	}
	for step := range m.Steps {
		for i, b := range m.Steps[step].Blocks {
			if p, is := b.(course.Predict); is && p.Lab == lab {
				if _, done := f.foretold(x.Block(step, i), &p); !done {
					return true
				}
			}
		}
	}
	return false
}

// lackOf says what the cluster lacks for a lab; nil where it has everything.
func (f *front) lackOf(l course.Lab) error {
	if l.Needs == "" {
		return nil
	}
	return recordings.Instead(f.Bench.Lacks(bench.Ability(l.Needs)), l.Recording)
}
