package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atelier/assets/words"
	workbench "atelier/lessons/bench"
	"atelier/lessons/course"
	"atelier/lessons/standstill/standstilltest"
	"atelier/ui/plain"
)

// sitting is a learner who goes through the course. In each module the first
// prediction and the first question are answered wrong, to see what is said to
// that.
type sitting struct {
	*learner
	lacks func(workbench.Ability) error

	mistaken map[string]bool // what was answered wrong in this module
	replies  []string        // to wrong predictions whose experiment is yet to run
	made     int             // predictions that the next experiment answers
	right    int             // those of them that are right
}

// meets goes through the first contact, and from home to the first module.
func (s *sitting) meets() {
	s.reads("Entrée  envoyer le message A  1/3")
	s.press("enter")
	s.reads("A est acquitté", "Entrée  retenir les réponses, et envoyer le message B  2/3")
	s.press("enter")
	s.reads("et B est acquitté. Tout va bien, dit le producteur.", "Entrée  lire le journal  3/3")
	s.press("enter")
	s.reads("B y est trois fois.", "Une touche  vers le cours")
	s.press("enter")
	s.reads("╭─ le cours ─", "Premier contact", "✓ fait", "▸ 1 Fondements", "▱▱▱▱▱▱▱▱ 0/")
	s.press("enter")
}

// goesThrough goes through a module: the odd ones in French, on a wide screen, the
// others in English, on two pages.
func (s *sitting) goesThrough(modules course.Course, i int) {
	s.stands(modules[s.lang][i], 0)
	if lang := []words.Lang{words.French, words.English}[i%2]; lang != s.lang {
		s.press("L")
		s.lang = lang
		size := [][2]int{{120, 40}, {80, 24}}[i%2]
		s.resizes(size[0], size[1])
		s.stands(modules[lang][i], 0)
	}
	m := modules[s.lang][i]
	s.mistaken = map[string]bool{}
	for step := range m.Steps {
		s.stands(m, step)
		for _, b := range m.Steps[step].Blocks {
			switch b := b.(type) {
			case course.Predict:
				s.predicts(b)
			case course.Lab:
				s.runs(m, b)
			case course.Quiz:
				s.answers(b)
			}
		}
		s.checks(m, &m.Steps[step])
		if s.investigates(&m.Steps[step]); step == len(m.Steps)-1 {
			s.exercises(m)
		}
		if i < len(modules[s.lang])-1 || step < len(m.Steps)-1 {
			s.offers(s.say("Space next", "Espace suite"))
		}
		s.press("space")
	}
}

// stands waits until a step is on screen.
func (s *sitting) stands(m *course.Module, step int) {
	s.Helper()
	s.reads(fmt.Sprintf(" %d %s  %s %d/%d ", m.Number, spaced(m.Title), s.say("step", "étape"), step+1, len(m.Steps)), " · "+strings.ToUpper(string(s.lang))+" · ")
	s.finds(beginning(m.Steps[step].Title))
}

// predicts answers a prediction.
func (s *sitting) predicts(p course.Predict) {
	right, wrong := choices(p.Choices)
	i := right
	if s.errs("prediction") {
		i = wrong
		s.replies = append(s.replies, p.Choices[i].Reply)
	} else {
		s.right++
	}
	s.made++
	if p.Value == "" {
		s.digit('1' + rune(i))
	} else {
		for _, d := range p.Choices[i].Text {
			s.digit(d)
		}
		s.press("enter")
	}
	s.reads(s.say("Your prediction is noted.", "Votre prédiction est notée."))
}

// answers answers a question, until it is right.
func (s *sitting) answers(q course.Quiz) {
	right, wrong := choices(q.Choices)
	if s.errs("question") {
		s.digit('1' + rune(wrong))
		s.reads(s.say("Not that one. Its reply says why.", "Pas celle-ci. La réponse dit pourquoi."))
		s.finds(beginning(q.Choices[wrong].Reply))
	}
	s.digit('1' + rune(right))
	s.reads(s.say("Right.", "C’est juste."))
	s.finds(beginning(q.Choices[right].Reply))
}

// errs says whether to answer wrong: once a module, for each kind of question.
func (s *sitting) errs(kind string) bool {
	first := !s.mistaken[kind]
	s.mistaken[kind] = true
	return first
}

// wrongAnswers is how many questions a learner answers wrong at first.
func wrongAnswers(modules []*course.Module) (n int) {
	for _, m := range modules {
		asks := false
		for _, s := range m.Steps {
			for _, b := range s.Blocks {
				_, is := b.(course.Quiz)
				asks = asks || is
			}
		}
		if asks {
			n++
		}
	}
	return n
}

// choices are the right choice, and the first wrong one that can be pointed out.
func choices(all []course.Choice) (right, wrong int) {
	wrong = -1
	for i, c := range all {
		switch {
		case c.Right:
			right = i
		case wrong < 0 && c.Text != course.AnyNumber:
			wrong = i
		}
	}
	return right, wrong
}

// runs runs an experiment and reads how it ended. One that this cluster lacks
// something for says so instead.
func (s *sitting) runs(m *course.Module, l course.Lab) {
	defer func() { s.made, s.right, s.replies = 0, 0, nil }()
	if s.lacks(workbench.Ability(l.Needs)) != nil {
		s.press("enter")
		s.reads(s.say("This experiment needs", "Cette expérience demande"))
		if l.Recording != "" { // which plays meanwhile
			s.press("esc")
			s.until("the bench again", func(m *Model, _ string) bool { return !m.transport.On() })
		}
		return
	}
	s.offers(s.say("Enter experiment", "Entrée expérience"))
	for try := 1; ; try++ {
		s.press("enter")
		s.until("the end of the experiment", func(m *Model, _ string) bool { return !m.session.experimenting() })
		said, screen := s.outcome(points(m, l)), s.screen()
		if strings.Contains(screen, said) {
			break
		}
		if try == tries || !doubtful(screen, s.lang) {
			s.Fatalf("module %d, experiment %d did not end with %q:\n%s", m.Number, l.Index+1, said, screen)
		}
		s.Logf("module %d, experiment %d, once more; the machine stood still, or was too slow:\n%s", m.Number, l.Index+1, screen)
		s.returns(m, l)
	}
	for _, reply := range s.replies {
		s.finds(s.say("Not this time.", "Pas cette fois."))
		s.finds(beginning(reply))
	}
}

// tries is how often an experiment is made at most, where the machine spoils it.
const tries = 3

// doubtful says whether an experiment that did not show what it should is to be
// made once more: the machine has spoilt it, or may have. Beside the race detector
// it may always: that has times wrong, and races right.
func doubtful(screen string, lang words.Lang) bool {
	return standstilltest.Raced || spoilt(screen, lang)
}

// spoilt says whether the console asks for an experiment once more, as the machine
// stood still.
func spoilt(screen string, lang words.Lang) bool {
	return strings.Contains(oneLine(screen), onceMore.In(lang))
}

// returns turns back to an experiment that has run. One that goes on where the one
// before ends needs that one first. Where checks do not hold the console may have
// gone on to the next one of the step.
func (s *sitting) returns(m *course.Module, l course.Lab) {
	s.Helper()
	s.focuses(l.Index)
	if !l.Continue {
		return
	}
	here := stepOf(m, l.Index) == stepOf(m, l.Index-1)
	if !here {
		s.press("left")
		s.stands(m, stepOf(m, l.Index-1))
	}
	s.focuses(l.Index - 1)
	s.press("enter")
	s.until("the end of the experiment before", func(m *Model, _ string) bool { return !m.session.experimenting() })
	if !here {
		s.press("space")
		s.stands(m, stepOf(m, l.Index))
	}
	s.focuses(l.Index)
}

// focuses gives an experiment of the step the focus.
func (s *sitting) focuses(index int) {
	s.Helper()
	s.uncovers() // else Tab turns the page
	focused := index
	s.look(func(m *Model) { _, focused, _ = m.lesson.FocusedLab() })
	for ; focused < index; focused++ {
		s.press("tab")
	}
	for ; focused > index; focused-- {
		s.press("shift+tab")
	}
}

// stepOf is the step that an experiment stands in.
func stepOf(m *course.Module, index int) int {
	return slices.IndexFunc(m.Steps, func(s course.Step) bool {
		return slices.ContainsFunc(s.Blocks, func(b course.Block) bool { l, is := b.(course.Lab); return is && l.Index == index })
	})
}

// points is how many checks of an experiment its own step shows.
func points(m *course.Module, l course.Lab) (n int) {
	for _, b := range m.Steps[stepOf(m, l.Index)].Blocks {
		if c, is := b.(course.Check); is && c.Lab == l.Index && c.Expr != "" {
			n++
		}
	}
	return n
}

// outcome is what the console says of an experiment whose n checks hold, and of
// the predictions that were made.
func (s *sitting) outcome(n int) string {
	said := s.say("Experiment done", "Expérience terminée")
	switch {
	case n == 1:
		said += s.say(": 1 of 1 points", " : 1 point sur 1")
	case n > 1:
		said += fmt.Sprintf(s.say(": %d of %[1]d points", " : %d points sur %[1]d"), n)
	}
	switch {
	case s.made > 1:
		said += fmt.Sprintf(s.say(" · your predictions: %d of %d right", " · vos prédictions : %d sur %d"), s.right, s.made)
	case s.made == 1 && s.right == 1:
		said += s.say(" · your prediction: right", " · votre prédiction : juste")
	case s.made == 1:
		said += s.say(" · your prediction: not this time", " · votre prédiction : pas cette fois")
	}
	return said
}

// checks reads that what stands in a step to be checked is ticked, but where no
// experiment shows it, here or anywhere.
func (s *sitting) checks(m *course.Module, step *course.Step) {
	for _, b := range step.Blocks {
		if c, is := b.(course.Check); is {
			mark := "☑ "
			if c.Lab < 0 || s.lacks(workbench.Ability(m.Labs()[c.Lab].Needs)) != nil {
				mark = "☐ "
			}
			s.finds(mark + beginning(c.Text))
		}
	}
}

// ends looks at home how far the course has come, and leaves.
func (s *sitting) ends(modules []*course.Module, through int) {
	if through < len(modules) {
		s.stands(modules[through], 0)
		s.press("H")
	}
	s.reads(s.say("╭─ the course ─", "╭─ le cours ─"))
	for i, m := range modules {
		bar, n := strings.Repeat("▱", 8), 0
		if i < through {
			bar, n = strings.Repeat("▰", 8), len(m.Steps)
		}
		s.until("the row of module "+strconv.Itoa(m.Number), func(_ *Model, screen string) bool {
			for row := range strings.Lines(screen) {
				if strings.Contains(row, fmt.Sprintf(" %d %s ", m.Number, m.Title)) {
					return strings.Contains(row, fmt.Sprintf("%s %d/%d %s", bar, n, len(m.Steps), s.say("steps", "étapes")))
				}
			}
			return false
		})
	}
	s.press("q")
	s.leaves()
}

// beginning is how a text of the course begins on screen, as far as no mark of
// Markdown changes it.
func beginning(text string) string {
	text = plain.Text(strings.NewReplacer("**", "", "`", "").Replace(oneLine(text)))
	if words := strings.Split(text, " "); len(words) > 4 {
		text = strings.Join(words[:4], " ")
	}
	return text
}
