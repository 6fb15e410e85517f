package console

import (
	"atelier/assets/words"
	"atelier/ui/console/lesson"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// press routes a key: to the help while it is open, to the prompt while it has
// the focus, else to the table.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	if key == "ctrl+c" {
		if m.typing && (m.prompt.Written() || len(m.session.runs) == 0) {
			m.leavePrompt()
			return nil
		}
		return m.do(&binding{action: interrupt})
	}
	if m.help.Open {
		m.help.Update(k)
		m.canvas.all = m.canvas.all || !m.help.Open
		if m.help.Open || key != "L" {
			return nil
		}
	}
	if m.typing {
		if key == "esc" {
			m.leavePrompt()
			return nil
		}
		return m.prompt.Update(k)
	}
	b := match(m.keys, key)
	if b == nil {
		return nil
	}
	if b.action != quit && m.asked {
		m.asked = false
		m.say(telling.Told{})
	}
	return m.do(b)
}

// do carries an action out.
func (m *Model) do(b *binding) tea.Cmd {
	switch b.action {
	case nextStep:
		if m.session.resume() {
			return nil
		}
		m.turn(lesson.Turned{By: 1})
	case previousStep:
		m.turn(lesson.Turned{By: -1})
	case nextModule, previousModule:
		by := 1
		if b.action == previousModule {
			by = -1
		}
		if !m.lesson.HasModule(by) {
			m.say(telling.Told{Text: words.Text{En: "There is no other module on this side.", Fr: "Pas d’autre module de ce côté."}})
			return nil
		}
		m.turn(lesson.ModuleTurned{By: by})
	case scrollUp:
		m.lesson.Update(pane.Scrolled{Rows: -1})
	case scrollDown:
		m.lesson.Update(pane.Scrolled{Rows: 1})
	case pageUp:
		m.lesson.Update(pane.Scrolled{Rows: -m.screen.Lesson.H + 2})
	case pageDown:
		m.lesson.Update(pane.Scrolled{Rows: m.screen.Lesson.H - 2})
	case turnFocus, turnFocusBack:
		m.turnFocus(b.action == turnFocus)
	case showHints:
		m.lesson.Update(lesson.Hinted{})
	case openPrompt:
		m.typing = true
		m.refocus()
	case switchLanguage:
		m.speak(words.Lang(m.lang.Pick(string(words.French), string(words.English))))
		m.tellWhere()
	case showHelp:
		m.help.Open = true
		m.canvas.all = true
	case backOut:
		m.say(telling.Told{})
		m.canvas.all = true
	case runLab:
		return m.runLab()
	case runLine, toggleToxic:
		return m.runLine(b.labLine(m.book.Snapshot()), false)
	case interrupt:
		return m.interrupt()
	case quit:
		return m.quit()
	}
	return nil
}

func (m *Model) turn(msg tea.Msg) {
	m.lesson.Update(msg)
	m.tellWhere()
	m.suggest(m.book.Snapshot())
	if m.screen.Form == Pages {
		m.show(lessonPage)
	}
}

func (m *Model) turnFocus(on bool) {
	switch {
	case m.screen.Form == Pages:
		m.show(1 - m.page)
	case on:
		m.lesson.Update(lesson.BlockTurned{By: 1})
	default:
		m.lesson.Update(lesson.BlockTurned{By: -1})
	}
}

func (m *Model) show(p page) {
	if m.page != p {
		m.page, m.canvas.all = p, true
		m.suggest(m.book.Snapshot())
	}
}

// say shows something under the prompt.
func (m *Model) say(t telling.Told) {
	was := m.notice.Rows(m.screen.Width)
	m.notice.Update(t)
	if m.notice.Rows(m.screen.Width) != was {
		m.canvas.all = true
	}
}

// leavePrompt gives the keys back their meaning and forgets what was written.
func (m *Model) leavePrompt() {
	m.typing = false
	m.prompt.Update(prompt.Cleared{})
	m.say(telling.Told{})
	m.refocus()
}

// interrupt stops what runs; when nothing does, it asks, and then leaves.
func (m *Model) interrupt() tea.Cmd {
	if m.asked {
		return tea.Quit
	}
	m.asked = true
	if m.session.stop() {
		m.stopping = true
		m.say(telling.Told{Text: words.Text{En: "Stopping. Ctrl+C again leaves.", Fr: "Arrêt en cours. Encore Ctrl+C pour quitter."}})
		return m.tick()
	}
	if m.help.Open {
		m.help.Open, m.canvas.all = false, true
	}
	m.say(telling.Told{Text: words.Text{En: "Ctrl+C again leaves.", Fr: "Encore Ctrl+C pour quitter."}})
	return nil
}

// quit leaves; it asks only while something runs.
func (m *Model) quit() tea.Cmd {
	if len(m.session.runs) > 0 && !m.asked {
		m.asked = true
		m.say(telling.Told{Text: words.Text{
			En: "Something is still running. q again stops it and leaves.",
			Fr: "Quelque chose tourne encore. Encore q pour l’arrêter et quitter.",
		}})
		return nil
	}
	return tea.Quit
}
