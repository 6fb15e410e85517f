package linear

import (
	"math"
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/kafka/ledger"
	"atelier/lessons/check"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/lessons/progress"
)

// asked is a question of the current step that is open.
type asked struct {
	spot    progress.Spot
	predict *course.Predict // or
	quiz    *course.Quiz
}

// open finds the first question of the step that has no answer yet, of the
// kind that is wanted.
func (f *front) open(predictions, quizzes bool) (asked, bool) {
	for i, b := range f.currentStep().Blocks[:f.unread] {
		switch b := b.(type) {
		case course.Predict:
			spot := f.index().Block(f.step, i)
			if _, done := f.foretold(spot, &b); predictions && !done && !f.ran(f.index().Lab(b.Lab)) {
				return asked{spot: spot, predict: &b}, true
			}
		case course.Quiz:
			spot := f.index().Block(f.step, i)
			if quizzes && !f.Progress.State().Quizzes[spot].Last.Right {
				return asked{spot: spot, quiz: &b}, true
			}
		}
	}
	return asked{}, false
}

// openAt is the index of the block of the step that predict answers.
func (f *front) openAt() (block int, open bool) {
	for i, b := range f.currentStep().Blocks {
		if p, is := b.(course.Predict); is && !f.ran(f.index().Lab(p.Lab)) {
			if _, done := f.foretold(f.index().Block(f.step, i), &p); !done {
				return i, true
			}
		}
	}
	return 0, false
}

// foretold is what the learner predicted, now or at an earlier start.
func (f *front) foretold(spot progress.Spot, p *course.Predict) (course.Choice, bool) {
	a, done := f.Progress.State().Predictions[spot]
	if !done || a.Last.Choice < 0 || a.Last.Choice >= len(p.Choices) {
		return course.Choice{}, false
	}
	c := p.Choices[a.Last.Choice]
	if c.Text == course.AnyNumber {
		c.Text = a.Last.Said
	}
	return c, true
}

// ran says that a run of a lab came to its end, in this session or an earlier one.
func (f *front) ran(spot progress.Spot) bool { return f.Progress.State().Ended(spot) }

// prediction reads a prediction and its choices.
func (f *front) prediction(i int, p course.Predict) {
	f.say("Prediction: %s", "Prédiction : %s", inlined(p.Question))
	if p.Value == "" {
		f.choices(p.Choices)
	}
	if c, done := f.foretold(f.index().Block(f.step, i), &p); done {
		f.say("You predicted: %s", "Votre prédiction : %s", inlined(c.Text))
		return
	}
	if first, open := f.openAt(); open && first != i {
		return // how to answer was said of the one that is answered first
	}
	f.howToPredict(&p)
}

func (f *front) howToPredict(p *course.Predict) {
	if p.Value != "" {
		f.say("Say predict and a number, as in: predict 2.", "Dites prédire et un nombre, comme : prédire 2.")
	} else {
		f.say("Say predict and the number of your choice.", "Dites prédire et le numéro de votre choix.")
	}
	if lack := f.lackOf(f.current().Labs()[p.Lab]); lack != nil {
		f.say("Here nothing will answer: the experiment %s.", "Ici, rien n’y répondra : l’expérience %s.", lack)
	}
}

func (f *front) choices(list []course.Choice) {
	for i, c := range list {
		f.write(strconv.Itoa(i+1) + ". " + inlined(c.Text))
	}
}

// ask puts the first open question of a quiz.
func (f *front) ask() {
	q, open := f.open(false, true)
	if !open {
		return
	}
	f.say("Question: %s", "Question : %s", inlined(q.quiz.Question))
	f.choices(q.quiz.Choices)
	f.say("Say answer and the number of your choice.", "Dites répondre et le numéro de votre choix.")
}

// answer takes a number for the open question.
func (f *front) answer(said string, predictions, quizzes bool) {
	q, open := f.open(predictions, quizzes)
	if !open {
		f.say("No question is open in this step.", "Aucune question n’est ouverte à cette étape.")
		return
	}
	n, err := strconv.ParseFloat(strings.Replace(said, ",", ".", 1), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		f.say("A number is wanted, as in: predict 2.", "Il faut un nombre, comme : prédire 2.")
		return
	}
	if q.predict != nil {
		f.predict(q, n, said)
		return
	}
	i := int(n) - 1
	if float64(i+1) != n || i < 0 || i >= len(q.quiz.Choices) {
		f.say("There is no choice %s; there are %d.", "Il n’y a pas de choix %s ; il y en a %d.", outside(said), len(q.quiz.Choices))
		return
	}
	c := q.quiz.Choices[i]
	a := progress.Answer{Choice: i, Said: said, Right: c.Right, At: f.Now()}
	f.Progress.Update(func(s *progress.State) { s.Answered(q.spot, a) })
	if !c.Right {
		f.say("No. %s Answer again, or go on.", "Non. %s Répondez encore, ou continuez.", inlined(c.Reply))
		return
	}
	f.say("Right. %s", "Juste. %s", inlined(c.Reply))
	f.ask()
}

func (f *front) predict(q asked, n float64, said string) {
	p, i := q.predict, int(n)-1
	var c course.Choice
	if p.Value != "" {
		var ok bool
		if c, ok = p.Number(n); !ok {
			f.say("%s is none of the answers.", "%s n’est pas une des réponses.", outside(said))
			return
		}
		for j := range p.Choices {
			if p.Choices[j].Line == c.Line {
				i = j
			}
		}
		if c.Text == course.AnyNumber {
			c.Text = said
		}
	} else {
		if float64(i+1) != n || i < 0 || i >= len(p.Choices) {
			f.say("There is no choice %s; there are %d.", "Il n’y a pas de choix %s ; il y en a %d.", outside(said), len(p.Choices))
			return
		}
		c = p.Choices[i]
	}
	a := progress.Answer{Choice: i, Said: said, Right: c.Right, At: f.Now()}
	f.Progress.Update(func(s *progress.State) { s.Predicted(q.spot, a) })
	if next, open := f.open(true, false); open && next.predict.Lab == p.Lab {
		f.say("Noted: %s. Next: %s", "Noté : %s. Ensuite : %s", inlined(c.Text), inlined(next.predict.Question))
		if next.predict.Value == "" {
			f.choices(next.predict.Choices)
		}
		f.howToPredict(next.predict)
		return
	}
	if lack := f.lackOf(f.current().Labs()[p.Lab]); lack != nil {
		f.say("Noted: %s. Here nothing can answer it: the experiment %s.", "Noté : %s. Ici, rien ne peut y répondre : l’expérience %s.", inlined(c.Text), lack)
		f.tellRest(-1)
		return
	}
	f.say("Noted: %s. Say run, and see.", "Noté : %s. Dites lancer, et voyez.", inlined(c.Text))
}

// labEnded tells what a lab has shown: the prediction first, then the checks.
func (f *front) labEnded(at labPlace, r *lab.Result, snap *ledger.Snapshot) {
	m, _ := f.moduleOf(at.module)
	if m == nil {
		return
	}
	skipped := r.Skipped.Blocks > 0
	read := !skipped && (r.Status == lab.Passed || r.Status == lab.FailedRun && snap.Audit.Settled && !snap.Audit.Running)
	var found []progress.Check
	var said []words.Text
	for _, c := range m.Checks(at.lab) {
		x, err := check.Compile(c.Expr)
		if err != nil || !read {
			continue
		}
		held, values, err := x.Eval(check.Of(snap))
		if err != nil {
			said = append(said, words.Textf("Not verified: %s", "Pas vérifié : %s", inlined(c.Text)))
			continue
		}
		found = append(found, progress.Check{Expr: c.Expr, Held: held, Values: values})
		if held {
			said = append(said, words.Textf("It holds: %s", "Vérifié : %s", inlined(c.Text)))
		} else {
			said = append(said, words.Textf("It does not hold: %s", "Non vérifié : %s", inlined(c.Text)))
		}
	}
	run := progress.Run{
		ID: snap.Run, At: f.Now(), Status: string(r.Status), Checks: found,
		Cluster: string(f.Cluster), Skipped: skipped,
	}
	spot := progress.Of(m).Lab(at.lab)
	f.Progress.Update(func(s *progress.State) { s.Ran(spot, run) })
	f.say("The experiment is over.", "L’expérience est terminée.")
	f.tellAll(f.happened(nil, snap)) // what its end unveils
	if read {
		f.reveal(m, at)
	}
	for _, t := range said {
		f.tell(t)
	}
	if f.current() == m {
		f.tellRest(at.lab)
	}
}

// reveal answers the predictions of a lab.
func (f *front) reveal(m *course.Module, at labPlace) {
	x := progress.Of(m)
	for step := range m.Steps {
		for i, b := range m.Steps[step].Blocks {
			p, is := b.(course.Predict)
			if !is || p.Lab != at.lab {
				continue
			}
			c, foretold := f.foretold(x.Block(step, i), &p)
			switch {
			case foretold && c.Right:
				f.say("You predicted %s: right. %s", "Votre prédiction, %s : juste. %s", inlined(c.Text), inlined(c.Reply))
				continue
			case foretold:
				f.say("You predicted %s. %s", "Votre prédiction : %s. %s", inlined(c.Text), inlined(c.Reply))
			}
			for _, c := range p.Choices {
				if c.Right {
					f.say("The answer: %s. %s", "La réponse : %s. %s", inlined(c.Text), inlined(c.Reply))
				}
			}
		}
	}
}

// moduleOf finds a module by its number, in the current language.
func (f *front) moduleOf(number int) (*course.Module, int) {
	for i, m := range f.Modules[f.Lang] {
		if m.Number == number {
			return m, i
		}
	}
	return nil, 0
}
