package console

import (
	"errors"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/lessons/lab"

	tea "charm.land/bubbletea/v2"
)

// labels are those that earlier lines sent.
func (m *Model) labels() []string {
	s := m.book.Snapshot()
	labels := make([]string, len(s.Labels))
	for i := range s.Labels {
		labels[i] = s.Labels[i].Label
	}
	return labels
}

// runLine runs one lab line in the background. A line that cannot be read goes
// back to the prompt where it was typed.
func (m *Model) runLine(line string, typed bool) tea.Cmd {
	script, err := m.parse("", []byte(line), m.labels())
	if err != nil {
		if typed {
			m.prompt.update(lineWrong{line, wrongIn(err)})
		}
		m.say(told{err: lineError(err), bad: true})
		return nil
	}
	r, wait, err := m.session.start(script, line, nil)
	if err != nil {
		m.say(told{err: err, bad: true})
		return nil
	}
	m.say(told{})
	if typed { // as in vi: the line runs, and the keys are keys again
		m.typing = false
		m.refocus()
	}
	m.prompt.update(lineStarted{r.id, line})
	return tea.Batch(wait, m.tick())
}

// wrongIn is what the first error points at.
func wrongIn(err error) wrongPart {
	var e *lab.Error
	if errors.As(err, &e) {
		return wrongPart{e.Pos.Column, max(1, e.Len)}
	}
	return wrongPart{}
}

// lineError leaves the place out of an error of a single line: the prompt
// shows it.
func lineError(err error) error {
	var e *lab.Error
	if errors.As(err, &e) {
		return words.Errorf("%s", "%s", e.Text)
	}
	return err
}

// runLab runs the focused lab block of the lesson.
func (m *Model) runLab() tea.Cmd {
	module, index, ok := m.lesson.focusedLab()
	if !ok {
		m.say(told{text: words.Text{
			En: "No experiment in this step: Space goes on, p sends a message.",
			Fr: "Pas d’expérience à cette étape : Espace continue, p envoie un message.",
		}})
		return nil
	}
	at := place{module.Number, index}
	if m.session.running(at) {
		m.say(told{bad: true, text: words.Text{
			En: "This experiment is running. Ctrl+C stops it.",
			Fr: "Cette expérience est en cours. Ctrl+C l’arrête.",
		}})
		return nil
	}
	source, _ := module.LabScript(index)
	script, err := m.parse(module.Name, source, m.labels())
	if err != nil {
		m.say(told{err: err, bad: true})
		return nil
	}
	_, wait, err := m.session.start(script, "", &at)
	if err != nil {
		m.say(told{err: err, bad: true})
		return nil
	}
	m.say(told{})
	m.lesson.update(labStarted{at})
	if m.screen.Form == Pages {
		m.show(benchPage)
	}
	return tea.Batch(wait, m.tick())
}

// collect hands what the runs told to the lesson, and to the line under the
// prompt.
func (m *Model) collect() {
	for _, r := range m.session.runs {
		m.deliver(r)
		if waits := r.waits(); waits != r.announced {
			r.announced = waits
			if waits {
				m.say(told{text: words.Text{En: "A pause: Space goes on.", Fr: "Pause : Espace continue."}})
			} else {
				m.say(told{})
			}
		}
	}
}

func (m *Model) deliver(r *run) {
	told := r.take()
	if len(told) == 0 {
		return
	}
	if r.block != nil {
		m.lesson.update(labMoved{*r.block, told})
		return
	}
	for _, p := range told {
		m.tellProgress(p)
		m.noticeOf = r.id
		if send, is := p.Line.Command.(*lab.Send); is {
			r.passing = send.Sending == kafka.Async
		}
	}
}

func (m *Model) tellProgress(p lab.Progress) {
	switch {
	case p.Err != nil:
		m.say(told{err: p.Err, bad: true})
	case p.Result != (words.Text{}) && p.State != lab.Started:
		m.say(told{text: p.Result})
	}
}

// onRunEnded closes a run: its last words, its checks, its mark.
func (m *Model) onRunEnded(e runEnded) tea.Cmd {
	if e.crash != nil {
		m.crash = e.crash
		return tea.Quit
	}
	m.session.ended(e.run)
	m.observe(m.book.Snapshot())
	m.deliver(e.run)
	if e.run.passing && m.noticeOf == e.run.id {
		m.say(told{}) // what was in flight no longer is; its lane says the rest
	}
	if e.run.block != nil {
		m.lesson.update(labEnded{*e.run.block, e.result})
	} else {
		m.prompt.update(lineEnded{e.run.id, e.result.Status == lab.Passed})
		if e.result.Err != nil && e.result.Status != lab.Interrupted {
			m.say(told{err: lineError(e.result.Err), bad: true})
		}
	}
	return m.tick()
}
