package linear

import (
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
	m, s := f.current(), f.currentStep()
	at, now := f.index().Position(f.step), f.Now()
	f.Progress.Update(func(st *progress.State) { st.Reached(at, now) })
	f.write("")
	f.where()
	veiled := int64(0)
	for i, b := range s.Blocks {
		if c, is := b.(course.Check); is && f.asks(m, c.Lab) { // it would give the answer away
			veiled++
			continue
		}
		f.block(i, b)
	}
	if veiled > 0 {
		f.tell(some(veiled, "check follows, told after your prediction.", "checks follow, told after your prediction.",
			"vérification suit, dite après votre prédiction.", "vérifications suivent, dites après votre prédiction."))
	}
	f.ask()
	f.offer()
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
		for _, line := range prose(b.Markdown) {
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
			f.say("To check, not verified here: %s", "À vérifier, pas prouvé ici : %s", inlined(b.Text))
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

// inlined is Markdown of one line as plain words.
func inlined(markdown string) string { return strings.Join(prose(markdown), " ") }

// offer says what can be said here, next to the words that always can.
func (f *front) offer() {
	var labs, hints int
	for _, b := range f.currentStep().Blocks {
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
	for _, b := range f.currentStep().Blocks {
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
	f.say("No further hint in this step.", "Pas d'autre indice à cette étape.")
}
