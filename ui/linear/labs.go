package linear

import (
	"errors"
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
)

// runLab runs an experiment of the step: the one that is asked for, else the
// first that has not run and that was not passed over.
func (f *front) runLab(rest string) {
	m := f.current()
	var labs []course.Lab
	for _, b := range f.currentStep().Blocks[:f.unread] {
		if l, is := b.(course.Lab); is {
			labs = append(labs, l)
		}
	}
	n, err := strconv.Atoi(rest)
	switch {
	case len(labs) == 0:
		f.say("No experiment in this step.", "Pas d’expérience à cette étape.")
		return
	case rest != "" && (err != nil || n < 1 || n > len(labs)):
		f.say("Say run and a number from 1 to %d.", "Dites lancer et un nombre de 1 à %d.", len(labs))
		return
	case f.session.experimenting():
		f.say("An experiment is running. Say stop, or wait.", "Une expérience est en cours. Dites stop, ou attendez.")
		return
	}
	chosen := labs[max(n, 1)-1]
	for _, l := range labs {
		if rest == "" && !f.ran(f.index().Lab(l.Index)) && !f.lifted[labPlace{m.Number, l.Index}] {
			chosen = l
			break
		}
	}
	if q, open := f.open(true, false); open && q.predict.Lab == chosen.Index && !f.blind {
		f.blind = true
		f.say("First predict: %s Or say run once more to see without a prediction.",
			"D’abord, prédisez : %s Ou redites lancer pour voir sans prédiction.", inlined(q.predict.Question))
		return
	}
	f.blind = false
	if lack := f.lackOf(chosen); lack != nil {
		f.say("This experiment %s.", "Cette expérience %s.", lack)
		f.lifted[labPlace{m.Number, chosen.Index}] = true
		spot := f.index().Lab(chosen.Index)
		skip := progress.Run{At: f.Now(), Status: string(lab.Passed), Cluster: string(f.Cluster), Skipped: true}
		f.Progress.Update(func(s *progress.State) { s.Ran(spot, skip) })
		f.tellRest(-1)
		return
	}
	if before := (labPlace{m.Number, chosen.Index - 1}); chosen.Continue && (f.veil.run != f.Bench.Ledger().Snapshot().Run || !slices.Contains(f.veil.labs, before)) {
		f.say("This experiment goes on where the one before it ends, on the same bench: run that first%s.", "Cette expérience reprend où s’arrête celle d’avant, sur le même banc : lancez d’abord celle-là%s.", f.placeOf(m, before.lab))
		return
	}
	source, _ := m.LabScript(chosen.Index)
	at := labPlace{m.Number, chosen.Index}
	if f.start(m.Name, source, &at) {
		f.veil.began(at, chosen.Continue)
	}
}

// placeOf is what to say to come to a lab, and to run it.
func (f *front) placeOf(m *course.Module, lab int) words.Text {
	for i := range m.Steps {
		n := 0
		for _, b := range m.Steps[i].Blocks {
			l, is := b.(course.Lab)
			if !is {
				continue
			}
			if n++; l.Index == lab && i == f.step {
				return words.Textf(", by run %[1]d", ", en disant lancer %[1]d", n)
			} else if l.Index == lab {
				return words.Textf(", by step %[1]d, then run %[2]d", ", en disant étape %[1]d, puis lancer %[2]d", i+1, n)
			}
		}
	}
	return words.Text{}
}

// runLine runs a line of the lab language.
func (f *front) runLine(line string) { _ = f.start("", []byte(line), nil) }

// start begins a script, and says whether it did; what is wrong it tells.
func (f *front) start(name string, source []byte, at *labPlace) bool {
	script, err := lab.Parse(name, source, lab.Known(f.labels()...))
	if err != nil {
		var wrong *lab.Error
		if at == nil && errors.As(err, &wrong) {
			f.say("Not run, at character %d: %s", "Pas exécuté, au caractère %d : %s", wrong.Pos.Column, wrong.Text)
			return false
		}
		f.say("Not run: %v", "Pas exécuté : %v", err)
		return false
	}
	if len(script.Lines) == 0 {
		return false // a comment
	}
	r := &run{script: script, lab: at}
	for _, l := range script.Lines {
		r.background = at == nil && l.Background
		if _, resets := l.Command.(*lab.Reset); resets && at == nil && f.session.experimenting() {
			f.say("An experiment is running. Say stop, or wait.", "Une expérience est en cours. Dites stop, ou attendez.")
			return false
		}
	}
	if err := f.session.start(r); err != nil {
		f.say("%v", "%v", err)
		return false
	}
	f.remember(script)
	return true
}

// labels are those that earlier lines sent, or are about to.
func (f *front) labels() []string {
	s := f.Bench.Ledger().Snapshot()
	labels := slices.Clone(f.sending)
	for i := range s.Labels {
		labels = append(labels, s.Labels[i].Label)
	}
	return labels
}

// remember keeps the labels of a script that has been started: its messages
// may not be in the ledger yet.
func (f *front) remember(script *lab.Script) {
	for _, l := range script.Lines {
		command := l.Command
		if after, is := command.(*lab.After); is {
			command = after.Command
		}
		switch c := command.(type) {
		case *lab.Reset:
			f.sending = nil
		case *lab.Send:
			if c.Label != "" && !slices.Contains(f.sending, c.Label) {
				f.sending = append(f.sending, c.Label)
			}
		}
	}
}
