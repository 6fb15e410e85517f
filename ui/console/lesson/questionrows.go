package lesson

import (
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/memory"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// part is a piece of a block that is Markdown of its own: its question, and of
// each choice the text and the reply.
func textPart(choice int) int  { return 1 + 2*choice }
func replyPart(choice int) int { return 2 + 2*choice }

func (l *Pane) predictRows(block int, p course.Predict) []screen.Line {
	a := asked{spot: l.spot(block), predict: &p}
	q := l.stateOf(&a)
	rows := l.ask(&a, q, block, l.Pick("▸ Your prediction", "▸ Votre prédiction"), p.Question)
	m, _ := l.current()
	lack := l.LackOf(m.Labs()[p.Lab])
	switch {
	case q.revealed:
		rows = append(rows, l.outcomeRows(&a, q, block)...)
	case q.answered && lack != nil && m.Labs()[p.Lab].Recording != "":
		rows = append(rows, l.say(screen.Text("  ✓ ", screen.Fine|screen.Bold), l.Pick("Noted; u takes it back. Here a recording answers: Enter plays it.",
			"C’est noté ; u reprend votre réponse. Ici, c’est un enregistrement qui répond : Entrée le joue."))...)
	case q.answered && lack != nil:
		rows = append(rows, l.say(screen.Text("  ✓ ", screen.Fine|screen.Bold), l.Pick("Noted; u takes it back. Here nothing can answer: the experiment ",
			"C’est noté ; u reprend votre réponse. Ici, rien ne peut y répondre : l’expérience ")+words.Tell(l.Lang, lack)+".")...)
	case q.answered && l.experiment(Place{a.spot.Module, p.Lab}).running:
		rows = append(rows, l.say(screen.Text("  ✓ ", screen.Fine|screen.Bold), l.Pick("Noted. The experiment will answer.", "C’est noté. L’expérience répondra."))...)
	case q.answered:
		rows = append(rows, l.say(screen.Text("  ✓ ", screen.Fine|screen.Bold), l.Pick("Noted. The experiment will answer: Enter runs it; u takes it back.",
			"C’est noté. L’expérience répondra : Entrée la lance ; u reprend votre réponse."))...)
	default:
		if q.typed != "" || q.pointed >= 0 || !l.asksAbove(p.Lab) { // it is said once
			rows = append(rows, l.howRows(&a, q)...)
		}
		if lack != nil && m.Labs()[p.Lab].Recording != "" {
			rows = append(rows, l.say(screen.Text("  – ", screen.Faint), l.Pick("Here a recording will answer.", "Ici, c’est un enregistrement qui répondra."))...)
		} else if lack != nil {
			rows = append(rows, l.say(screen.Text("  – ", screen.Faint), l.Pick("Here nothing will answer: the experiment ",
				"Ici, rien n’y répondra : l’expérience ")+words.Tell(l.Lang, lack)+".")...)
		}
	}
	return l.placed(a, rows)
}

// asksAbove says whether a prediction of a lab is open that stands higher up on
// the page.
func (l *Pane) asksAbove(lab int) bool {
	for i := range l.asked {
		if a := &l.asked[i]; a.predict != nil && a.predict.Lab == lab && l.stateOf(a).open(true) {
			return true
		}
	}
	return false
}

func (l *Pane) quizRows(block int, z course.Quiz) []screen.Line {
	a := asked{spot: l.spot(block), quiz: &z}
	q := l.stateOf(&a)
	rows := l.ask(&a, q, block, l.Pick("▸ Question", "▸ Question"), z.Question)
	if q.open(false) {
		rows = append(rows, l.howRows(&a, q)...)
	}
	return l.placed(a, rows)
}

// placed notes where a question stands on the page.
func (l *Pane) placed(a asked, rows []screen.Line) []screen.Line {
	from := len(l.rows)
	a.from, a.to = from, from+len(rows)
	for i := range a.choices {
		a.choices[i] += from
	}
	l.asked = append(l.asked, a)
	return rows
}

func (l *Pane) spot(block int) memory.Spot {
	m, _ := l.current()
	return memory.Spot{Module: m.Number, Step: l.step, Block: block}
}

// ask shows a question and its choices. Which is right shows only once it is
// known.
func (l *Pane) ask(a *asked, q *question, block int, head, text string) []screen.Line {
	rows := []screen.Line{screen.Text(head, screen.Accent|screen.Bold)}
	rows = append(rows, screen.Prefixed(screen.Text("  ", screen.Ink), slices.Clone(l.markdownPart(block, 0, text, l.W-2)))...)
	for i := range a.options() {
		a.choices = append(a.choices, len(rows))
		rows = append(rows, l.choiceRows(a, q, block, i)...)
		if a.quiz != nil && q.answered && q.answer.Choice == i {
			rows = append(rows, l.replyRows(a, block, i)...)
		}
	}
	return rows
}

// choiceRows is one choice, with its mark: ▸ what the arrow points at, ● what
// was chosen, ✓ and ✗ once it is known.
func (l *Pane) choiceRows(a *asked, q *question, block, i int) []screen.Line {
	mark, st := l.choiceMark(a, q, i)
	first := screen.Text("  "+mark+" ", st|screen.Bold)
	rest := screen.Text("    ", screen.Ink)
	if a.numbers() {
		text, style := screen.Plain(a.options()[i].Text), screen.Ink
		if text == course.AnyNumber {
			text = l.otherNumber(a, q, i)
		}
		if mark != " " {
			style = screen.Bold
		}
		return screen.Indented(first, rest, screen.Text(text, style), l.W)
	}
	number := strconv.Itoa(i+1) + ") "
	rest = rest.Add("   ", screen.Ink)
	return hung(first.Add(number, screen.Faint), rest, l.markdownPart(block, textPart(i), a.options()[i].Text, l.W-rest.Width()))
}

func (l *Pane) choiceMark(a *asked, q *question, i int) (string, screen.Style) {
	known := a.predict != nil && q.revealed || a.quiz != nil && q.answered
	chosen := q.answered && q.answer.Choice == i
	switch {
	case q.open(a.predict != nil) && l.pointed(a, q) == i:
		return "▸", screen.Accent
	case known && a.predict != nil && q.rightChoice(a.predict) == i && (!chosen || q.right(a.predict)):
		return "✓", screen.Fine
	case known && chosen && a.quiz != nil && q.answer.Right:
		return "✓", screen.Fine
	case known && chosen:
		return "✗", screen.Failed
	case chosen:
		return "●", screen.Accent
	}
	return " ", screen.Faint
}

// pointed is the choice that Enter would choose; -1: none.
func (l *Pane) pointed(a *asked, q *question) int {
	if a.numbers() && q.typed != "" {
		if i, ok := a.choiceOf(q.typed); ok {
			return i
		}
		return -1
	}
	return q.pointed
}

// otherNumber is the choice of any number that has none of its own.
func (l *Pane) otherNumber(a *asked, q *question, i int) string {
	s := l.Pick("another number", "un autre nombre")
	switch {
	case q.typed != "" && l.pointed(a, q) == i:
		return s + l.Pick(": ", "\u00a0: ") + q.typed + "▏"
	case q.answered && q.answer.Choice == i && q.answer.Said != "":
		return s + l.Pick(": ", "\u00a0: ") + screen.Plain(q.answer.Said)
	case q.pointed == i && q.typed == "":
		return s + l.Pick(": type it", "\u00a0: tapez-le")
	}
	return s
}

// howRows say how to answer, and that the digits choose here.
func (l *Pane) howRows(a *asked, q *question) []screen.Line {
	s := l.Pick("↑ ↓ then Enter, or a digit: here digits choose.", "↑ ↓ puis Entrée, ou un chiffre : ici, les chiffres choisissent.")
	switch {
	case a.quiz != nil && q.answered:
		s = l.Pick("Not that one. Try another: ↑ ↓ then Enter, or its digit.", "Pas celle-ci. Essayez-en une autre : ↑ ↓ puis Entrée, ou son chiffre.")
		return l.say(screen.Text("  ✗ ", screen.Failed|screen.Bold), s)
	case a.numbers() && q.typed != "" && l.pointed(a, q) < 0:
		s = q.typed + l.Pick(" is none of the choices.", " n’est pas dans la liste.")
	case a.numbers():
		s = l.Pick("Type the number, or ↑ ↓, then Enter.", "Tapez le nombre, ou ↑ ↓, puis Entrée.")
	}
	return l.say(screen.Text("  ", screen.Ink), s)
}

func (l *Pane) say(first screen.Line, s string) []screen.Line {
	rest := screen.Text("    ", screen.Ink)
	if first.Width() < 4 {
		rest = first
	}
	return screen.Indented(first, rest, screen.Text(s, screen.Faint|screen.Italic), l.W)
}

// outcomeRows set a prediction against the experiment: right or not, what was
// measured, the reply to what was chosen, and what is right.
func (l *Pane) outcomeRows(a *asked, q *question, block int) []screen.Line {
	p := a.predict
	sign, word := screen.Text("  → ", screen.Accent|screen.Bold), l.Pick("Without a prediction.", "Sans prédiction.")
	switch {
	case q.answered && q.right(p):
		sign, word = screen.Text("  ✓ ", screen.Fine|screen.Bold), l.Pick("Right.", "C’est juste.")
	case q.answered:
		sign, word = screen.Text("  ✗ ", screen.Failed|screen.Bold), l.Pick("Not this time.", "Pas cette fois.")
	}
	if q.measured != nil {
		word += l.Pick(" Measured: ", " Mesuré\u00a0: ") + l.figure(q.measured) + " (" + screen.Plain(p.Value) + ")."
	} else if p.Value != "" && l.experiment(Place{a.spot.Module, p.Lab}).ended {
		word += l.Pick(" Nothing was measured.", " Rien n’a été mesuré.")
	}
	rows := screen.Indented(sign, screen.Text("    ", screen.Ink), screen.Text(word, screen.Bold), l.W)
	right := q.rightChoice(p)
	if q.answered && q.answer.Choice != right {
		rows = append(rows, l.replyRows(a, block, q.answer.Choice)...)
	}
	if p.Choices[right].Reply == "" {
		return rows
	}
	if q.answered && q.right(p) {
		return append(rows, l.replyRows(a, block, right)...)
	}
	said := p.Choices[right].Text
	if said == course.AnyNumber {
		said = l.Pick("another number", "un autre nombre")
	}
	reply := hung(screen.Text("  → ", screen.Accent|screen.Bold), screen.Text("    ", screen.Ink),
		l.markdownPart(block, -replyPart(right), said+" · "+p.Choices[right].Reply, l.W-4))
	return append(rows, reply...)
}

// replyRows answer who made a choice.
func (l *Pane) replyRows(a *asked, block, i int) []screen.Line {
	reply := a.options()[i].Reply
	if reply == "" {
		return nil
	}
	in := screen.Text("    ┊ ", screen.Accent)
	return hung(in, in, l.markdownPart(block, replyPart(i), reply, l.W-6))
}

// hung puts rows behind a first prefix, and another one from the second row on.
func hung(first, rest screen.Line, rows []screen.Line) []screen.Line {
	out := make([]screen.Line, len(rows))
	for i := range rows {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		out[i] = append(append(screen.Line{}, prefix...), rows[i]...)
	}
	return out
}

// figure writes what was measured.
func (l *Pane) figure(v any) string {
	if n, ok := v.(int64); ok {
		return telling.Count(n, l.Lang)
	}
	n, _ := number(v)
	return telling.Decimal(n, l.Lang)
}
