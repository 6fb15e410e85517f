package console

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"atelier/assets/recordings"
	"atelier/assets/words"
	"atelier/kafka"
	"atelier/lessons/course"
	"atelier/lessons/lab"
	"atelier/ui/console/editor"
	"atelier/ui/console/layout"
	"atelier/ui/console/lesson"
	"atelier/ui/console/memory"
	"atelier/ui/console/prompt"
	"atelier/ui/console/screen"
	"atelier/ui/console/sheet"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// labels are those that earlier lines sent, or are about to: what a line sends
// reaches the ledger a little after it has started.
func (m *Model) labels() []string {
	s := m.book.Snapshot()
	labels := make([]string, len(s.Labels))
	for i := range s.Labels {
		labels[i] = s.Labels[i].Label
	}
	for _, r := range m.session.runs {
		for _, l := range r.sends {
			if !slices.Contains(labels, l) {
				labels = append(labels, l)
			}
		}
	}
	return labels
}

// sends are the labels that a script sends.
func sends(s *lab.Script) []string {
	var labels []string
	for i := range s.Lines {
		command := s.Lines[i].Command
		if after, is := command.(*lab.After); is {
			command = after.Command
		}
		if send, is := command.(*lab.Send); is && send.Label != "" {
			labels = append(labels, send.Label)
		}
	}
	return labels
}

// runLine runs one lab line in the background. A line that cannot be read goes
// back to the prompt where it was typed.
func (m *Model) runLine(line string, typed bool) tea.Cmd {
	if m.transport.On() {
		if !typed {
			line = "" // a key is pressed again
		}
		m.refuse(line)
		return nil
	}
	script, err := m.parse("", []byte(line), m.labels())
	if err != nil {
		if typed {
			m.prompt.Update(prompt.LineWrong{Line: line, Part: wrongIn(line, err), Why: lineError(err)})
			m.say(telling.Told{})
			return nil
		}
		m.say(telling.Told{Err: lineError(err), Tone: telling.Bad})
		return nil
	}
	if m.session.experimenting() && resets(script) {
		m.say(busyTold)
		return nil
	}
	r, wait, err := m.session.start(script, line, nil)
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	m.script.add(m.book.Snapshot().Run, line)
	m.options.Memory.Typed(line) // what cannot be read is no lab line, and may be anything
	for i := range script.Lines {
		if send, is := script.Lines[i].Command.(*lab.Send); is {
			m.lastSend = send
		}
	}
	m.say(telling.Told{})
	if typed { // as in vi: the line runs, and the keys are keys again
		m.typing = false
		m.refocus()
	}
	m.prompt.Update(prompt.LineStarted{ID: r.id, Line: line})
	m.show(benchPage) // what it does shows there
	return tea.Batch(wait, m.tick())
}

// wrongIn is what the first error points at.
func wrongIn(line string, err error) editor.Wrong {
	var e *lab.Error
	if errors.As(err, &e) {
		before := 0
		for _, l := range strings.SplitN(line, "\n", max(e.Pos.Line, 1))[:max(e.Pos.Line, 1)-1] {
			before += utf8.RuneCountInString(l) + 1
		}
		return editor.Wrong{Column: before + e.Pos.Column, Length: max(1, e.Len)}
	}
	return editor.Wrong{}
}

// submit takes a line from the prompt: two words that people try are the
// console's own, all else is the lab's.
func (m *Model) submit(line string) tea.Cmd {
	switch strings.TrimSpace(line) {
	case "help", "aide", "?":
		m.leavePrompt()
		return m.do(&binding{action: showHelp})
	case "quit", "exit", "q":
		m.leavePrompt()
		return m.do(&binding{action: quit})
	}
	return m.runLine(line, true)
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

// busyTold refuses what would spoil a running experiment.
var busyTold = telling.Told{Tone: telling.Bad, Text: words.Text{
	En: "An experiment is running. Ctrl+C stops it.",
	Fr: "Une expérience est en cours. Ctrl+C l’arrête.",
}}

// resets says whether a script clears the bench.
func resets(s *lab.Script) bool {
	return slices.ContainsFunc(s.Lines, func(l lab.Line) bool {
		_, is := l.Command.(*lab.Reset)
		return is
	})
}

// runLab runs the focused lab block of the lesson.
func (m *Model) runLab() tea.Cmd {
	if m.transport.On() {
		m.refuse("")
		return nil
	}
	module, index, ok := m.lesson.FocusedLab()
	if !ok && m.lesson.Ask() {
		m.moveTo(layout.Lesson)
		m.say(telling.Told{Text: words.Text{
			En: "Here is what this step asks: ↑ ↓ then Enter, or a digit.",
			Fr: "Voici ce que demande cette étape : ↑ ↓ puis Entrée, ou un chiffre.",
		}})
		return nil
	}
	if !ok {
		m.say(telling.Told{Text: words.Text{
			En: "No experiment in this step: Space goes on, p sends a message.",
			Fr: "Pas d’expérience à cette étape : Espace continue, p envoie un message.",
		}})
		return nil
	}
	return m.runBlock(module, index)
}

// runBlock runs a lab block of the course.
func (m *Model) runBlock(module *course.Module, index int) tea.Cmd {
	at := lesson.Place{Module: module.Number, Lab: index}
	if m.session.experimenting() {
		m.say(busyTold)
		return nil
	}
	if m.tidying() {
		m.say(tidyingTold)
		return nil
	}
	if lack := m.lesson.LackOf(module.Labs()[index]); lack != nil {
		if m.lesson.AskFirst(at) {
			m.moveTo(layout.Lesson)
			without := words.Text{En: "shows the rest without", Fr: "la suite sans prédire"}
			if recordings.Named(module.Labs()[index].Recording) != nil {
				without = words.Text{En: "plays the recording without", Fr: "l’enregistrement sans prédire"}
			}
			m.say(telling.Told{Text: words.Textf(
				"Predict first? The question stands above. Enter again %s.",
				"Une prédiction d’abord ? La question est au-dessus. Encore Entrée : %s.", without)})
			return nil
		}
		m.lesson.Pass(at)
		m.options.Memory.Ran(memory.Lab{Module: at.Module, Index: at.Lab}, memory.Run{Status: string(lab.Passed), Skipped: true})
		if r := recordings.Named(module.Labs()[index].Recording); r != nil {
			return m.showRecording(r, lack)
		}
		m.say(telling.Told{Text: words.Textf("This experiment %s", "Cette expérience %s", lack)})
		return nil
	}
	if module.Labs()[index].Continue && !m.continues(at) {
		m.lesson.Update(lesson.Recalled{At: lesson.Place{Module: at.Module, Lab: index - 1}})
		m.moveTo(layout.Lesson)
		m.say(telling.Told{Tone: telling.Doubtful, Text: words.Text{
			En: "This one goes on where the experiment before it ends, on the same bench: here that is. Enter runs it.",
			Fr: "Celle-ci reprend où s’arrête l’expérience d’avant, sur le même banc : la voici. Entrée la lance.",
		}})
		return nil
	}
	if m.lesson.AskFirst(at) {
		m.moveTo(layout.Lesson)
		m.say(telling.Told{Text: words.Text{
			En: "Predict first? The question stands above. Enter again runs it without.",
			Fr: "Une prédiction d’abord ? La question est au-dessus. Encore Entrée : sans prédire.",
		}})
		return nil
	}
	source, _ := module.LabScript(index)
	script, err := m.parse(module.Name, source, m.labels())
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	r, wait, err := m.session.start(script, "", &at)
	if err != nil {
		m.say(telling.Told{Err: err, Tone: telling.Bad})
		return nil
	}
	r.continues = module.Labs()[index].Continue
	m.say(telling.Told{})
	m.lesson.Update(lesson.LabStarted{At: at})
	m.show(benchPage)
	m.suggest(m.book.Snapshot())
	return tea.Batch(wait, m.tick())
}

// ranHere says whether the present run of the bench is one that a lab made, alone
// or with what continued it.
func (m *Model) ranHere(at lesson.Place) bool {
	return m.veil.run == m.book.Snapshot().Run && slices.Contains(m.veil.labs, at)
}

// continues says whether the bench is as an experiment needs it that goes on where
// the one before ends. One that the machine has spoilt has left something there.
func (m *Model) continues(at lesson.Place) bool {
	return m.ranHere(lesson.Place{Module: at.Module, Lab: at.Lab - 1}) && (!m.ranHere(at) || !m.lesson.Doubts(at))
}

// collect hands what the runs told to the lesson, and to the line under the
// prompt.
func (m *Model) collect() {
	for _, r := range m.session.runs {
		m.deliver(r)
		if waits := r.waits() && !m.transport.On(); waits != r.announced {
			r.announced = waits
			if waits {
				m.say(telling.Told{Text: words.Text{En: "A pause: Space goes on.", Fr: "Pause : Espace continue."}})
			} else {
				m.say(telling.Told{})
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
		m.lesson.Update(lesson.LabMoved{At: *r.block, Progress: told})
		return
	}
	if r.scene {
		m.sceneMoved(told)
		return
	}
	for _, p := range told {
		m.tellProgress(p)
		m.noticeOf = r.id
		r.send = nil
		if send, is := p.Line.Command.(*lab.Send); is && send.Sending == kafka.Async {
			r.send, r.batch = send, p.Batch
		}
	}
}

func (m *Model) tellProgress(p lab.Progress) {
	switch {
	case p.State != lab.Started && telling.OfTheLog(p.Line.Command) && m.hides(m.book.Snapshot().Run):
		m.say(telling.Told{Text: words.Textf("Done; what the log says is %s.", "C’est fait ; ce que dit le journal est %s.", telling.Veiled())})
	case p.Err != nil:
		m.say(telling.Told{Err: p.Err, Tone: telling.Bad})
	case p.Result != (words.Text{}) && p.State != lab.Started && strings.Count(p.Result.En, "\n") > 1:
		m.say(telling.Told{})
		m.open(sheet.New(words.Text{En: screen.Plain(p.Line.Text), Fr: screen.Plain(p.Line.Text)}, p.Result))
	case p.Result != (words.Text{}) && p.State != lab.Started:
		m.say(telling.Told{Text: p.Result, Tone: telling.ToneOf(&p)})
	}
}

// onRunEnded closes a run: its last words, its checks, its mark.
func (m *Model) onRunEnded(e runEnded) tea.Cmd {
	if e.crash != nil {
		m.crash = e.crash
		return tea.Quit
	}
	if e.run.block != nil && (e.result.Status == lab.Passed || e.result.Status == lab.FailedRun) { // it may have been too quick to be seen at work
		m.veil.follow(e.run, m.book.Snapshot())
	}
	m.session.ended(e.run)
	m.observe(m.book.Snapshot())
	m.deliver(e.run)
	if e.run.send != nil && m.noticeOf == e.run.id {
		m.say(telling.CameOf(m.veiled(m.live).Snap, e.run.send, e.run.batch))
	}
	switch {
	case e.run.block != nil:
		m.lesson.Update(lesson.LabEnded{At: *e.run.block, Result: e.result})
		m.say(m.labEnd(*e.run.block, e.result))
	case e.run.scene:
		m.sceneEnded(e.run, e.result)
	default:
		m.prompt.Update(prompt.LineEnded{ID: e.run.id, Ok: e.result.Status == lab.Passed})
		if e.result.Err != nil && e.result.Status != lab.Interrupted {
			m.say(telling.Told{Err: lineError(e.result.Err), Tone: telling.Bad})
		}
	}
	tidies := m.tidyUp()
	if !e.run.tidies || m.stopping { // nobody was told that this runs
		m.settle()
	}
	m.suggest(m.book.Snapshot())
	return tea.Batch(tidies, m.tick())
}

// settle takes back what was said of something that ran, once nothing does. After
// a ctrl+c the next one leaves, also when what it stopped has ended.
func (m *Model) settle() {
	if len(m.session.runs) > 0 || !m.asked && !m.stopping {
		return
	}
	t := telling.Told{}
	if m.stopping {
		t.Text = stopped(m.book.Snapshot())
		if m.asked {
			m.ended = t.Text
			t.Text = words.Textf("%[1]s %[2]s", "%[1]s %[2]s", t.Text, againLeaves)
		}
	}
	m.asked, m.stopping = m.asked && m.stopping, false
	m.say(t)
}
