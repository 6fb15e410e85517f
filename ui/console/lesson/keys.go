package lesson

import (
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/memory"
	"atelier/ui/console/pane"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// RunLab is the wish to run the focused lab block.
type RunLab struct{}

// Wish says that it is one.
func (RunLab) Wish() {}

// maxTyped bounds the digits of a number that is typed.
const maxTyped = 9

// Key answers a question in sight, and moves the focus between the lab blocks of the step. A
// digit brings what it would answer into sight, where it is not: a second one answers. From the last one on it leaves Tab to the console.
func (l *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	key := k.String()
	if a := l.asking(); a != nil {
		if wish, took := l.answerKey(a, key); took {
			return wish, true
		}
	}
	if _, is := digit(key); is {
		if a := l.outOfSight(); a != nil {
			l.showRows(a.from, a.to)
			return comesIntoSight, true
		}
	}
	switch key {
	case "tab":
		return nil, l.nextLab(1)
	case "shift+tab":
		return nil, l.nextLab(-1)
	case "u":
		return nil, l.takeBack()
	}
	return nil, false
}

func (l *Pane) nextLab(by int) bool {
	l.layOut()
	if to := l.block + by; to < 0 || to >= len(l.labs) {
		return false
	}
	l.focusBlock(l.block + by)
	return true
}

// digit is the number on a key: 0 to 9, on a French keyboard without Shift too.
func digit(key string) (int, bool) {
	const french = "à&é\"'(-è_ç"
	n := 0
	for _, r := range french {
		if key == string(r) || key == string(rune('0'+n)) {
			return n, true
		}
		n++
	}
	return 0, false
}

// answerKey offers a key to an open question.
func (l *Pane) answerKey(a *asked, key string) (pane.Wish, bool) {
	q := l.stateOf(a)
	if n, is := digit(key); is {
		return l.digit(a, q, n), true
	}
	switch key {
	case "up", "down":
		return nil, l.point(a, q, key == "down")
	case "enter":
		if q.typed == "" && q.pointed < 0 {
			return nil, false
		}
		return l.answer(a), true
	case "backspace":
		if q.typed == "" {
			return nil, false
		}
		q.typed = q.typed[:len(q.typed)-1]
	case "esc":
		if q.typed == "" && q.pointed < 0 {
			return nil, false
		}
		q.typed, q.pointed = "", -1
	default:
		return nil, false
	}
	l.change()
	return nil, true
}

// digit chooses among words, and writes a number.
func (l *Pane) digit(a *asked, q *question, n int) pane.Wish {
	switch {
	case a.numbers():
		if len(q.typed) < maxTyped {
			q.typed = strings.TrimLeft(q.typed, "0") + string(rune('0'+n))
		}
		q.pointed = -1
		l.change()
		l.showRows(a.first(), a.to)
		return pane.Say{} // what was said before it is done with
	case n == 0 || n > len(a.choices):
		return pane.Say{Told: telling.Told{Text: words.Textf("Here digits choose: 1 to %d.", "Ici, les chiffres choisissent : de 1 à %d.", len(a.choices))}}
	}
	if from, to := a.rowsOf(n - 1); from < l.scroll || !l.rowsInSight(from, to) {
		l.showRows(from, to)
		return comesIntoSight
	}
	q.pointed = n - 1
	return l.answer(a)
}

// comesIntoSight says why a digit answered nothing yet.
var comesIntoSight = pane.Say{Told: telling.Told{Text: words.Text{
	En: "Digits answer the question of this step: here it is.",
	Fr: "Les chiffres répondent à la question de cette étape : la voici.",
}}}

// point moves the arrow. At either end of the choices it leaves the key to the
// text, which scrolls.
func (l *Pane) point(a *asked, q *question, down bool) bool {
	at := l.pointed(a, q)
	switch {
	case down && at < len(a.choices)-1:
		at++
	case !down && at > 0:
		at--
	default:
		return false
	}
	q.pointed, q.typed = at, ""
	l.change()
	l.showRows(a.rowsOf(at))
	return true
}

// answer takes the choice that is pointed at, or the number that was typed.
func (l *Pane) answer(a *asked) pane.Wish {
	q := l.stateOf(a)
	if !l.choose(a) {
		say := words.Text{En: "Type the number, then Enter.", Fr: "Tapez le nombre, puis Entrée."}
		if q.typed != "" {
			say = words.Text{En: "That number is none of the choices.", Fr: "Ce nombre n’est pas dans la liste."}
		}
		return pane.Say{Told: telling.Told{Text: say}}
	}
	if a.predict == nil {
		l.showQuestion(a)
		return pane.Say{Told: quizTold(q.answer.Right)}
	}
	l.focusLab(a.predict.Lab, a.spot)
	if l.showNext(a.predict.Lab) {
		return pane.Say{Told: telling.Told{Text: words.Text{
			En: "Your prediction is noted. The next question asks.",
			Fr: "Votre prédiction est notée. À la question suivante.",
		}}}
	}
	m, _ := l.current()
	if b := m.Labs()[a.predict.Lab]; l.LackOf(b) != nil && b.Recording != "" {
		return pane.Say{Told: telling.Told{Text: words.Text{
			En: "Your prediction is noted. A recording answers: Enter plays it.",
			Fr: "Votre prédiction est notée. Un enregistrement répond : Entrée le joue.",
		}}}
	} else if l.LackOf(b) != nil {
		return pane.Say{Told: telling.Told{Text: words.Text{
			En: "Your prediction is noted. The experiment can’t run here; the lesson goes on below.",
			Fr: "Votre prédiction est notée. L’expérience n’est pas possible ici ; la leçon continue plus bas.",
		}}}
	}
	return pane.Say{Told: telling.Told{Text: words.Text{
		En: "Your prediction is noted. Enter runs the experiment.",
		Fr: "Votre prédiction est notée. Entrée lance l’expérience.",
	}}}
}

// showNext shows the next open prediction of a lab, and says whether there is
// one.
func (l *Pane) showNext(lab int) bool {
	l.layOut()
	for i := range l.asked {
		a := &l.asked[i]
		if a.predict != nil && a.predict.Lab == lab && l.stateOf(a).open(true) {
			l.showRows(a.from, a.to)
			return true
		}
	}
	return false
}

func quizTold(right bool) telling.Told {
	if right {
		return telling.Told{Tone: telling.Good, Text: words.Text{En: "Right.", Fr: "C’est juste."}}
	}
	return telling.Told{Tone: telling.Bad, Text: words.Text{En: "Not that one. Its reply says why.", Fr: "Pas celle-ci. La réponse dit pourquoi."}}
}

// showQuestion scrolls to a question whose rows have changed: to what was
// answered, where there is not room for all of it.
func (l *Pane) showQuestion(a *asked) {
	spot := a.spot
	l.layOut()
	for i := range l.asked {
		if l.asked[i].spot == spot {
			l.showRows(l.asked[i].from, l.asked[i].to)
			l.showRows(l.asked[i].rowsOf(l.stateOf(a).answer.Choice))
		}
	}
}

// focusLab gives the lab that answers a question the focus, and shows its head
// below the question.
func (l *Pane) focusLab(index int, question memory.Spot) {
	l.layOut()
	for i := range l.labs {
		if l.labs[i].lab.Index == index {
			l.block = i
			l.change()
			l.layOut()
			head := l.labs[i].from
			l.showRows(head, head+1)
		}
	}
	for i := range l.asked {
		if a := &l.asked[i]; a.spot == question && l.scroll > a.from {
			l.showRows(a.from, a.to)
		}
	}
}

// takeBack opens a prediction in sight again, until its experiment has begun.
func (l *Pane) takeBack() bool {
	l.layOut()
	for i := range l.asked {
		a := &l.asked[i]
		q := l.stateOf(a)
		if a.predict == nil || l.experiment(Place{a.spot.Module, a.predict.Lab}).running {
			continue
		}
		if q.answered && !q.revealed && l.rowsInSight(a.first(), a.to) {
			q.answered = false
			l.change()
			return true
		}
	}
	return false
}

// Click answers a question by its choice, and focuses a lab block; on its head
// it runs it.
func (l *Pane) Click(_, y int) pane.Wish {
	l.layOut()
	if y == l.H-1 && len(l.rows) > l.scroll+l.H { // that the text goes on
		l.scrollBy(l.H - 2)
		return nil
	}
	row := l.scroll + y
	if row == l.hintAt {
		return pane.Press{Key: "h"}
	}
	for i := range l.asked {
		if a := &l.asked[i]; row >= a.first() && row < a.to {
			return l.clickChoice(a, row)
		}
	}
	for i, b := range l.labs {
		if row >= b.from && row < b.to {
			l.focusBlock(i)
			if row == b.from {
				return RunLab{}
			}
		}
	}
	return nil
}

func (l *Pane) clickChoice(a *asked, row int) pane.Wish {
	q := l.stateOf(a)
	if !q.open(a.predict != nil) {
		return nil
	}
	for i := len(a.choices) - 1; i >= 0; i-- {
		if row < a.choices[i] {
			continue
		}
		q.pointed, q.typed = i, ""
		l.change()
		if a.numbers() && a.options()[i].Text == course.AnyNumber {
			return pane.Say{Told: telling.Told{Text: words.Text{En: "Type the number, then Enter.", Fr: "Tapez le nombre, puis Entrée."}}}
		}
		return l.answer(a)
	}
	return nil
}

// Help lists its keys.
func (l *Pane) Help() []pane.Hint {
	both := func(s string) words.Text { return words.Text{En: s, Fr: s} }
	var hints []pane.Hint
	l.layOut()
	if len(l.asked) > 0 {
		hints = append(hints,
			pane.Hint{Key: both("↑ ↓"), Does: words.Text{En: "a choice of the question in sight", Fr: "un choix de la question à l’écran"}},
			pane.Hint{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "answer; then run the experiment", Fr: "répondre ; puis lancer l’expérience"}},
			pane.Hint{Key: words.Text{En: "1 to 9", Fr: "1 à 9, & à ç"}, Does: words.Text{En: "answer, while the step asks; else views", Fr: "répondre, tant que l’étape interroge ; sinon, vues"}},
			pane.Hint{Key: both("u"), Does: words.Text{En: "take a prediction back", Fr: "reprendre une prédiction"}})
	}
	if len(l.labs) > 1 {
		hints = append(hints, pane.Hint{Key: words.Text{En: "Tab", Fr: "Tab"}, Does: words.Text{En: "next experiment of the step", Fr: "expérience suivante de l’étape"}})
	}
	return hints
}
