package lesson

import (
	"slices"
	"strconv"

	"atelier/assets/words"
	"atelier/lessons/course"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// hint opens the next hint of the step and shows it; what is open stays open.
func (l *Pane) hint() tea.Cmd {
	m, step := l.current()
	if m == nil {
		return nil
	}
	key, open, kept := [2]int{m.Number, l.step}, 0, false
	for i := range step.Blocks {
		if _, is := step.Blocks[i].(course.Hint); !is {
			continue
		}
		if kept = l.keptBack(m, i); kept {
			break
		}
		if open++; open > l.opened[key] {
			l.opened[key] = open
			l.change()
			l.layOut()
			end := len(l.rows)
			if i+1 < len(l.blocks) {
				end = l.blocks[i+1] - 1
			}
			l.showRows(l.blocks[i], end)
			return nil
		}
	}
	say := words.Text{En: "No hint here.", Fr: "Pas d’indice ici."}
	switch {
	case kept:
		say = words.Text{En: "The next hint follows the experiment.", Fr: "Le prochain indice vient après l’expérience."}
	case open > 0:
		say = words.Text{En: "There are no more hints here.", Fr: "Il n’y a plus d’indice ici."}
	}
	return func() tea.Msg { return telling.Told{Text: say} }
}

// hintRows draws a hint that is open, and offers the next one.
func (l *Pane) hintRows(block int, h course.Hint) []screen.Line {
	m, step := l.current()
	open := l.opened[[2]int{m.Number, l.step}]
	l.nextHint++
	switch n := l.nextHint; {
	case n <= open:
		return screen.Prefixed(screen.Text("┊ ", screen.Fault), slices.Clone(l.markdown(block, h.Markdown, l.W-2)))
	case n == open+1:
		l.hintAt = len(l.rows)
		all := 0
		for i := range step.Blocks {
			if _, is := step.Blocks[i].(course.Hint); is {
				all++
			}
		}
		s := l.Pick("▸ a hint: h", "▸ un indice : h")
		if all > 1 {
			s = l.Pick("▸ hint ", "▸ indice ") + strconv.Itoa(n) + "/" + strconv.Itoa(all) + l.Pick(": h", " : h")
		}
		return []screen.Line{screen.Text(s, screen.Faint)}
	default:
		return []screen.Line{}
	}
}
