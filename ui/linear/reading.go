package linear

import (
	"slices"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/progress"
)

// welcome says where one is, and reads the first step.
func (f *front) welcome() {
	f.say("Kafka Atelier, line by line. Say help for the words.", "Kafka Atelier, ligne par ligne. Dites aide pour les mots.")
	at := f.Progress.State().Resume
	asked := f.Step > 0
	for i, m := range f.Modules[f.Lang] {
		if asked && m.Number == f.Lesson {
			f.module, f.step = i, min(f.Step, len(m.Steps))-1
		}
		if step, found := progress.Of(m).Find(at); !asked && found && at != (progress.Position{}) {
			f.module, f.step = i, step
		}
	}
	f.read()
}

// goTo reads a step, by its indices.
func (f *front) goTo(module, step int) {
	f.module, f.step = module, step
	f.hints, f.blind = 0, false
	f.read()
}

// read reads the current step out.
func (f *front) read() {
	at := f.index().Position(f.step)
	f.Progress.Update(func(st *progress.State) { st.Reached(at) })
	f.write("")
	f.where()
	f.unread = 0
	f.readOn(-1)
}

// readOn reads what of the step was not read yet, up to what an experiment has
// to show first. The checks of the lab that has just been told of are left out.
func (f *front) readOn(told int) {
	blocks := f.currentStep().Blocks
	for ; f.unread < len(blocks) && !f.keptBack(f.unread); f.unread++ {
		if c, is := blocks[f.unread].(course.Check); !is || c.Lab != told || c.Expr == "" {
			f.block(f.unread, blocks[f.unread])
		}
	}
	rest := blocks[f.unread:]
	checks := slices.IndexFunc(rest, func(b course.Block) bool { _, is := b.(course.Check); return !is })
	if checks < 0 {
		checks = len(rest)
	}
	if checks > 0 {
		f.tell(some(int64(checks), "check follows, told after the experiment.", "checks follow, told after the experiment.",
			"vérification suit, dite après l’expérience.", "vérifications suivent, dites après l’expérience."))
	}
	if checks < len(rest) {
		f.say("The rest of the step follows the experiment.", "La suite de l’étape vient après l’expérience.")
	}
	f.ask()
	f.offer()
}

// tellRest reads on where that has become possible.
func (f *front) tellRest(told int) {
	if f.unread < len(f.currentStep().Blocks) && !f.keptBack(f.unread) {
		f.readOn(told)
	}
}

// where says where one is.
func (f *front) where() {
	m, s := f.current(), f.currentStep()
	f.say("Module %d, %s. Step %d of %d: %s%s", "Module %d, %s. Étape %d sur %d : %s%s",
		m.Number, m.Title, f.step+1, len(m.Steps), s.Title, optional(s))
}

func optional(s *course.Step) words.Text {
	if s.Optional {
		return words.Text{En: " (optional)", Fr: " (facultative)"}
	}
	return words.Text{}
}

// block reads one block out; questions are asked at the end of the step.
func (f *front) block(i int, b course.Block) {
	switch b := b.(type) {
	case course.Prose:
		for _, line := range prose(f.Lang, f.Ports.In(b.Markdown, f.Lang)) {
			f.write(line)
		}
	case course.Diagram:
		f.say("Diagram:", "Dessin :")
		f.lines(b.Text)
		f.say("End of the diagram.", "Fin du dessin.")
	case course.Lab:
		f.say("Experiment:", "Expérience :")
		f.lines(b.Source)
	case course.Check:
		if b.Expr == "" {
			f.say("To check, not verified here: %s", "À vérifier, non vérifié ici : %s", inlined(b.Text))
			return
		}
		if _, held := f.Progress.State().Held(f.index().Lab(b.Lab), b.Expr); held {
			f.say("Checked: %s", "Vérifié : %s", inlined(b.Text))
			return
		}
		f.say("To check: %s", "À vérifier : %s", inlined(b.Text))
	case course.Predict:
		f.prediction(i, b)
	}
}

// lines reads lines as they stand, set in by four spaces.
func (f *front) lines(text string) {
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		f.write(strings.TrimRight("    "+line, " \n"))
	}
}

// inlined is Markdown of one line as plain words; a table, whose words depend on
// the language, stands in none.
func inlined(markdown string) string { return strings.Join(prose(words.English, markdown), " ") }

// offer says what can be said here, next to the words that always can.
func (f *front) offer() {
	var labs, hints int
	for _, b := range f.currentStep().Blocks[:f.unread] {
		switch b.(type) {
		case course.Lab:
			labs++
		case course.Hint:
			hints++
		}
	}
	var can []words.Text
	if labs > 0 {
		can = append(can, words.Text{En: "run", Fr: "lancer"})
	}
	if f.hints < hints {
		can = append(can, words.Text{En: "hint", Fr: "indice"})
	}
	if f.step+1 < len(f.current().Steps) || f.module+1 < len(f.Modules[f.Lang]) {
		can = append(can, words.Text{En: "next", Fr: "suivant"})
	}
	if len(can) > 0 {
		f.say("You can say: %s.", "Vous pouvez dire : %s.", joined(can))
	}
}

// hint opens the next hint of the step.
func (f *front) hint() {
	n := 0
	for _, b := range f.currentStep().Blocks[:f.unread] {
		h, is := b.(course.Hint)
		if !is {
			continue
		}
		if n++; n > f.hints {
			f.hints++
			f.say("Hint: %s", "Indice : %s", inlined(h.Markdown))
			return
		}
	}
	if f.unread < len(f.currentStep().Blocks) {
		f.say("No further hint before the experiment.", "Pas d’autre indice avant l’expérience.")
		return
	}
	f.say("No further hint in this step.", "Pas d’autre indice à cette étape.")
}
