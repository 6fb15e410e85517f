package lesson

import (
	"strconv"

	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/screen"
)

// answerRows stand below a prediction: before the experiment, how to answer;
// after it, which choice was right.
func (l *Pane) answerRows(m *course.Module, b course.Predict) []screen.Line {
	e := l.experiment(Place{m.Number, b.Lab})
	if e.status != lab.Passed && e.status != lab.FailedRun {
		s := l.Pick("Answer aloud, then Enter.", "Répondez à voix haute, puis Entrée.")
		return screen.Indented(screen.Text("  ", screen.Ink), screen.Text("  ", screen.Ink), screen.Text(s, screen.Faint|screen.Italic), l.W)
	}
	for i, c := range b.Choices {
		if !c.Right {
			continue
		}
		s := strconv.Itoa(i+1) + ") " + screen.Plain(c.Text)
		if c.Reply != "" {
			s += ". " + screen.Plain(c.Reply)
		}
		return screen.Indented(screen.Text("  → ", screen.Accent|screen.Bold), screen.Text("    ", screen.Ink), screen.Text(s, screen.Ink), l.W)
	}
	return nil
}
