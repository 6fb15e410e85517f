package lesson

import (
	"strings"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/markdown"
	"atelier/ui/console/memory"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"
)

// layOut turns the step into rows. Prose is cached, so a tick of a lab line
// costs only the rows around it.
func (l *Pane) layOut() {
	if l.laidOut || l.W <= 0 {
		return
	}
	l.laidOut = true
	l.rows, l.labs, l.asked, l.blocks, l.nextHint = l.rows[:0], l.labs[:0], l.asked[:0], l.blocks[:0], 0
	l.hintAt = -1
	m, step := l.current()
	if step == nil {
		l.add(screen.Wrap(screen.Text(l.Pick("No lessons here. The keys and the prompt below work all the same: ? shows them.",
			"Aucune leçon ici. Les touches et la ligne de commande marchent quand même : ? les montre."), screen.Faint), l.W)...)
		return
	}
	title := screen.Plain(step.Title)
	if step.Optional {
		title += l.Pick(" (optional)", " (facultative)")
	}
	l.add(screen.Wrap(screen.Text(title, screen.Accent|screen.Bold), l.W)...)
	inChecklist, cut := false, false
	for i, b := range step.Blocks {
		_, isCheck := b.(course.Check)
		kept := !cut && l.keptBack(m, i)
		if cut || kept && !isCheck {
			l.blocks = append(l.blocks, len(l.rows))
			if !cut {
				l.add(screen.Line{})
				l.add(l.rest()...)
			}
			cut = true
			continue
		}
		if !isCheck || !inChecklist {
			l.add(screen.Line{})
		}
		inChecklist = isCheck
		l.blocks = append(l.blocks, len(l.rows))
		l.add(l.blockRows(m, i, b, kept)...)
		if c, is := b.(course.Check); is {
			for k := range l.labs {
				if l.labs[k].lab.Index == c.Lab {
					l.labs[k].to = len(l.rows)
				}
			}
		}
	}
	l.block = min(l.block, max(len(l.labs)-1, 0))
	l.goBack()
}

func (l *Pane) add(rows ...screen.Line) { l.rows = append(l.rows, rows...) }

func (l *Pane) blockRows(m *course.Module, i int, b course.Block, kept bool) []screen.Line {
	switch b := b.(type) {
	case course.Prose:
		return l.markdown(i, b.Markdown, l.W)
	case course.Lab:
		return l.labRows(m, b)
	case course.Check:
		return l.checkRows(m, b, kept)
	case course.Predict:
		return l.predictRows(i, b)
	case course.Quiz:
		return l.quizRows(i, b)
	case course.Diagram:
		var rows []screen.Line
		for s := range strings.SplitSeq(strings.TrimRight(b.Text, "\n"), "\n") {
			rows = append(rows, screen.Text(screen.Cut(screen.Plain(s), l.W), screen.Ink))
		}
		return rows
	case course.Hint:
		return l.hintRows(i, b)
	}
	return []screen.Line{} // notes are for the presenter
}

func (l *Pane) markdown(block int, src string, w int) []screen.Line {
	return l.markdownPart(block, 0, src, w)
}

func (l *Pane) markdownPart(block, part int, src string, w int) []screen.Line {
	key := proseKey{l.Lang, l.module, l.step, block, w, part}
	rows, ok := l.prose[key]
	if !ok {
		if len(l.prose) > 256 {
			clear(l.prose)
		}
		rows = markdown.Render(l.ports.In(src, l.Lang), w)
		l.prose[key] = rows
	}
	return rows
}

// labRows draws a lab block: a head that says what Enter does, then its lines,
// each with how far it has come and what came of it.
func (l *Pane) labRows(m *course.Module, b course.Lab) []screen.Line {
	e := l.shown(Place{m.Number, b.Index})
	focus := len(l.labs) == l.block
	from := len(l.rows)
	lack := l.LackOf(b)
	rows := []screen.Line{l.labHead(e, focus, lack == nil)}
	if lack != nil {
		why := words.Tell(l.Lang, lack)
		if r := recordings.Named(b.Recording); r != nil {
			why += l.Pick(". Enter plays the ", ". Entrée joue l’") + r.Title().In(l.Lang)
		}
		rows = append(rows, screen.Indented(screen.Text("– ", screen.Faint), screen.Text("  ", screen.Faint), screen.Text(why, screen.Faint), l.W)...)
	}
	veiled := l.Asks(Place{m.Number, b.Index})
	for i, s := range sourceLines(b) {
		rows = append(rows, l.labLine(s, e, b.Line+i, veiled)...)
	}
	if e.err != nil && e.status != lab.Interrupted {
		rows = append(rows, screen.Indented(screen.Text("✗ ", screen.Failed|screen.Bold), screen.Text("  ", screen.Ink), screen.Text(screen.Plain(words.Tell(l.Lang, e.err)), screen.Failed), l.W)...)
	}
	l.labs = append(l.labs, labOnPage{b, from, from + len(rows)})
	return rows
}

func (l *Pane) labHead(e *experiment, focus, runs bool) screen.Line {
	st, rule := screen.Faint, screen.Quiet
	if focus {
		st, rule = screen.Accent, screen.Accent
	}
	head := screen.Text("▶ lab ", st|screen.Bold)
	say, sayStyle := "", st
	switch {
	case e.replayed:
		say, sayStyle = l.Pick(" replayed", " l’essai rejoué"), screen.Fault
	case e.running:
		say, sayStyle = " "+pane.Spinner(l.beat)+l.Pick(" running · Ctrl+C stops it", " en cours · Ctrl+C l’arrête"), screen.Pending
	case e.status == lab.Passed:
		say, sayStyle = " "+l.Sign("✓")+l.Pick(" done", " terminé"), screen.Fine
	case e.status == lab.Interrupted:
		say, sayStyle = l.Pick(" stopped", " arrêté"), screen.Faint
	case e.ended:
		say, sayStyle = " "+l.Sign("✗")+l.Pick(" did not pass", " n’a pas réussi"), screen.Failed
	}
	if focus && runs && !e.running && !e.replayed {
		again := l.Pick(" · Enter: run", " · Entrée : lancer")
		if e.ended {
			again = l.Pick(" · Enter: again", " · Entrée : relancer")
		} else {
			again = strings.TrimPrefix(again, " ·")
		}
		say += again
	}
	head = head.Add(strings.Repeat("─", max(1, l.W-6-screen.Width(say))), rule)
	return head.Add(say, sayStyle)
}

func (l *Pane) labLine(s string, e *experiment, at int, veiled bool) []screen.Line {
	s = screen.Plain(strings.TrimSpace(s))
	if s == "" || strings.HasPrefix(s, "#") {
		return screen.Indented(screen.Text("  ", screen.Ink), screen.Text("  ", screen.Ink), screen.Text(s, screen.Faint), l.W)
	}
	state := e.lines[at]
	mark, st := stateMark(state, l.beat)
	mark = l.Sign(mark)
	rows := screen.Indented(screen.Text(mark+" ", st|screen.Bold), screen.Text("    ", screen.Ink), screen.Text(s, screen.Code), l.W)
	if veiled && state.ofLog && state.state != lab.Started {
		state.result, state.err = telling.Veiled(), nil
	}
	for say := range strings.SplitSeq(state.result.In(l.Lang), "\n") {
		if say = screen.Plain(say); strings.TrimSpace(say) != "" && !strings.HasPrefix(s, "say ") {
			rows = append(rows, screen.Indented(screen.Text("    ", screen.Ink), screen.Text("    ", screen.Ink), screen.Text(say, screen.Faint), l.W)...)
		}
	}
	if state.err != nil && e.err == nil && e.status != lab.Interrupted {
		rows = append(rows, screen.Indented(screen.Text("    ", screen.Ink), screen.Text("    ", screen.Ink), screen.Text(screen.Plain(words.Tell(l.Lang, state.err)), screen.Failed), l.W)...)
	}
	return rows
}

// stateMark is the mark of a lab line: open, under way in front or behind,
// done, failed.
func stateMark(s lineState, beat int) (string, screen.Style) {
	switch s.state {
	case lab.Started:
		if s.bg {
			return "…", screen.Pending
		}
		return pane.Spinner(beat), screen.Pending
	case lab.Done:
		return "✓", screen.Fine
	case lab.Failed:
		return "✗", screen.Failed
	case lab.Skipped:
		return "–", screen.Faint
	default:
		return "☐", screen.Faint
	}
}

// checkRows draws a line of the checklist. Where it says the answer to a
// prediction, it is kept back until its lab has run.
func (l *Pane) checkRows(m *course.Module, c course.Check, kept bool) []screen.Line {
	mark, st, words := "☐", screen.Faint, screen.Plain(c.Text)
	switch {
	case c.Lab >= 0:
		e := l.shown(Place{m.Number, c.Lab})
		t := e.checks[c.Line]
		switch {
		case t.known && t.held:
			mark, st = "☑", screen.Once
		case t.known:
			mark, st = "☒", screen.Failed
		case !e.ended && !e.replayed && l.memory.Held(memory.Lab{Module: m.Number, Index: c.Lab}, c.Expr):
			mark, st = "☑", screen.Once
			words += l.Pick(" (earlier)", " (déjà vérifié)")
		case kept:
			words = l.Pick("(shown after the experiment)", "(dévoilé après l’expérience)")
			if e.status == lab.Interrupted {
				words = l.Pick("(checked when the experiment runs to its end: Enter)", "(vérifié quand l’expérience va au bout\u00a0: Entrée)")
			}
		}
	case kept:
		words = l.Pick("(shown after the experiment)", "(dévoilé après l’expérience)")
	default:
		words += l.Pick(" — not verified here", " — non vérifié ici")
	}
	say := screen.Ink
	if mark == "☐" {
		say = screen.Faint
	}
	return screen.Indented(screen.Text(l.Sign(mark)+" ", st|screen.Bold), screen.Text("  ", screen.Ink), screen.Text(words, say), l.W)
}
