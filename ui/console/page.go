package console

import (
	"strconv"
	"strings"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// layOut turns the step into rows. Prose is cached, so a tick of a lab line
// costs only the rows around it.
func (l *lesson) layOut() {
	if l.laidOut || l.w <= 0 {
		return
	}
	l.laidOut = true
	l.rows, l.labs = l.rows[:0], l.labs[:0]
	m, step := l.current()
	if step == nil {
		l.add(wrap([]span{{l.pick("No lessons here. The keys and the prompt below work all the same: ? shows them.",
			"Aucune leçon ici. Les touches et la ligne de commande marchent quand même : ? les montre."), faint}}, l.w)...)
		return
	}
	title := plain(step.Title)
	if step.Optional {
		title += l.pick(" (optional)", " (facultatif)")
	}
	l.add(wrap([]span{{title, accent | bold}}, l.w)...)
	inChecklist := false
	for i, b := range step.Blocks {
		_, isCheck := b.(course.Check)
		if !isCheck || !inChecklist {
			l.add(line{})
		}
		inChecklist = isCheck
		l.add(l.blockRows(m, i, b)...)
		if c, is := b.(course.Check); is {
			for k := range l.labs {
				if l.labs[k].lab.Index == c.Lab {
					l.labs[k].to = len(l.rows)
				}
			}
		}
	}
}

func (l *lesson) add(rows ...line) { l.rows = append(l.rows, rows...) }

func (l *lesson) blockRows(m *course.Module, i int, b course.Block) []line {
	switch b := b.(type) {
	case course.Prose:
		return l.markdown(i, b.Markdown)
	case course.Lab:
		return l.labRows(m, b)
	case course.Check:
		return l.checkRows(m, b)
	case course.Predict:
		rows := l.questionRows(l.pick("▸ Your prediction", "▸ Votre prédiction"), b.Question, b.Choices)
		return append(rows, l.answerRows(m, b)...)
	case course.Quiz:
		return l.questionRows(l.pick("▸ Question", "▸ Question"), b.Question, b.Choices)
	case course.Diagram:
		var rows []line
		for s := range strings.SplitSeq(strings.TrimRight(b.Text, "\n"), "\n") {
			rows = append(rows, line{{cut(plain(s), l.w), text}})
		}
		return rows
	case course.Hint:
		if !l.hints {
			return []line{{{l.pick("▸ a hint: h", "▸ un indice : h"), faint}}}
		}
		return prefixed(line{{"┊ ", fault}}, renderMarkdown(b.Markdown, l.w-2))
	}
	return []line{} // notes are for the presenter
}

func (l *lesson) markdown(block int, src string) []line {
	key := proseKey{l.lang, l.module, l.step, block, l.w}
	rows, ok := l.prose[key]
	if !ok {
		if len(l.prose) > 256 {
			clear(l.prose)
		}
		rows = renderMarkdown(src, l.w)
		l.prose[key] = rows
	}
	return rows
}

// questionRows shows a question and its choices, without saying which is right.
func (l *lesson) questionRows(head, question string, choices []course.Choice) []line {
	rows := []line{{{head, accent | bold}}}
	rows = append(rows, prefixed(line{{"  ", text}}, renderMarkdown(question, l.w-2))...)
	for i, c := range choices {
		s := plain(c.Text)
		if s == course.AnyNumber {
			s = l.pick("another number", "un autre nombre")
		}
		rows = append(rows, indented(line{{"  " + strconv.Itoa(i+1) + ") ", faint}}, line{{"     ", text}}, []span{{s, text}}, l.w)...)
	}
	return rows
}

// labRows draws a lab block: a head that says what Enter does, then its lines,
// each with how far it has come and what came of it.
func (l *lesson) labRows(m *course.Module, b course.Lab) []line {
	e := l.experiment(place{m.Number, b.Index})
	focus := len(l.labs) == l.block
	from := len(l.rows)
	lack := l.lackOf(b)
	rows := []line{l.labHead(e, focus, lack == nil)}
	if lack != nil {
		rows = append(rows, indented(line{{"– ", faint}}, line{{"  ", faint}}, []span{{words.Tell(l.lang, lack), faint}}, l.w)...)
	}
	for i, s := range sourceLines(b) {
		rows = append(rows, l.labLine(s, e, b.Line+i)...)
	}
	if e.err != nil && e.status != lab.Interrupted {
		rows = append(rows, indented(line{{"✗ ", failed | bold}}, line{{"  ", text}}, []span{{plain(words.Tell(l.lang, e.err)), failed}}, l.w)...)
	}
	l.labs = append(l.labs, labOnPage{b, from, from + len(rows)})
	return rows
}

func (l *lesson) labHead(e *experiment, focus, runs bool) line {
	st := quiet
	if focus {
		st = accent
	}
	head := line{{"▶ lab ", st | bold}}
	say, sayStyle := "", st
	switch {
	case e.running:
		say, sayStyle = " "+spinner(l.beat)+l.pick(" running · Ctrl+C stops it", " en cours · Ctrl+C l’arrête"), pending
	case e.status == lab.Passed:
		say, sayStyle = l.pick(" ✓ done", " ✓ terminé"), fine
	case e.status == lab.Interrupted:
		say, sayStyle = l.pick(" stopped", " arrêté"), faint
	case e.ended:
		say, sayStyle = l.pick(" ✗ did not pass", " ✗ n’a pas réussi"), failed
	}
	if focus && runs && !e.running {
		again := l.pick(" · Enter: run", " · Entrée : lancer")
		if e.ended {
			again = l.pick(" · Enter: again", " · Entrée : relancer")
		} else {
			again = strings.TrimPrefix(again, " ·")
		}
		say += again
	}
	head = append(head, span{strings.Repeat("─", max(1, l.w-6-width(say))), st})
	return append(head, span{say, sayStyle})
}

func (l *lesson) labLine(s string, e *experiment, at int) []line {
	s = plain(strings.TrimSpace(s))
	if s == "" || strings.HasPrefix(s, "#") {
		return indented(line{{"  ", text}}, line{{"  ", text}}, []span{{s, faint}}, l.w)
	}
	state := e.lines[at]
	mark, st := stateMark(state, l.beat)
	rows := indented(line{{mark + " ", st | bold}}, line{{"    ", text}}, []span{{s, code}}, l.w)
	if say := plain(state.result.In(l.lang)); say != "" && !strings.HasPrefix(s, "say ") {
		rows = append(rows, indented(line{{"    ", text}}, line{{"    ", text}}, []span{{say, faint}}, l.w)...)
	}
	if state.err != nil && e.err == nil && e.status != lab.Interrupted {
		rows = append(rows, indented(line{{"    ", text}}, line{{"    ", text}}, []span{{plain(words.Tell(l.lang, state.err)), failed}}, l.w)...)
	}
	return rows
}

// stateMark is the mark of a lab line: open, under way in front or behind,
// done, failed.
func stateMark(s lineState, beat int) (string, style) {
	switch s.state {
	case lab.Started:
		if s.bg {
			return "…", pending
		}
		return spinner(beat), pending
	case lab.Done:
		return "✓", fine
	case lab.Failed:
		return "✗", failed
	case lab.Skipped:
		return "–", faint
	default:
		return "☐", faint
	}
}

// checkRows draws a line of the checklist. What it says is the answer to the
// prediction, so it stays veiled until its lab has run.
func (l *lesson) checkRows(m *course.Module, c course.Check) []line {
	mark, st, words := "☐", faint, plain(c.Text)
	if c.Lab >= 0 {
		e := l.experiment(place{m.Number, c.Lab})
		t := e.checks[c.Line]
		switch {
		case t.known && t.held:
			mark, st = "☑", once
		case t.known:
			mark, st = "☒", failed
		case l.veiled(c):
			words = l.pick("(shown after the experiment)", "(dévoilé après l’expérience)")
			if e.status == lab.Interrupted {
				words = l.pick("(checked when the experiment runs to its end: Enter)", "(vérifié quand l’expérience va au bout\u00a0: Entrée)")
			}
		}
	} else {
		words += l.pick(" — not verified here", " — non vérifié ici")
	}
	say := text
	if mark == "☐" {
		say = faint
	}
	return indented(line{{mark + " ", st | bold}}, line{{"  ", text}}, []span{{words, say}}, l.w)
}

// veiled says whether a check would answer a prediction of this step.
func (l *lesson) veiled(c course.Check) bool {
	_, step := l.current()
	for _, b := range step.Blocks {
		if p, is := b.(course.Predict); is && p.Lab <= c.Lab {
			return true
		}
	}
	return false
}
