package console

import (
	"strconv"

	"atelier/lessons/course"
	"atelier/lessons/lab"
)

// answerRows stand below a prediction: before the experiment, how to answer;
// after it, which choice was right.
func (l *lesson) answerRows(m *course.Module, b course.Predict) []line {
	e := l.experiment(place{m.Number, b.Lab})
	if e.status != lab.Passed && e.status != lab.FailedRun {
		s := l.pick("Answer aloud, then Enter.", "Répondez à voix haute, puis Entrée.")
		return indented(line{{"  ", text}}, line{{"  ", text}}, []span{{s, faint | italic}}, l.w)
	}
	for i, c := range b.Choices {
		if !c.Right {
			continue
		}
		s := strconv.Itoa(i+1) + ") " + plain(c.Text)
		if c.Reply != "" {
			s += ". " + plain(c.Reply)
		}
		return indented(line{{"  → ", accent | bold}}, line{{"    ", text}}, []span{{s, text}}, l.w)
	}
	return nil
}
