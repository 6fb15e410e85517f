package console

import (
	"atelier/assets/words"
	"atelier/ui/console/help"
	"atelier/ui/console/layout"
	"atelier/ui/console/lesson"
	"atelier/ui/console/palette"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// press routes a key: to the dialog on top, to what has the focus, and to the
// table of keys where neither has a use for it.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	if key == "ctrl+c" {
		if m.dialog() == nil && m.typing && !m.asked && (m.prompt.Written() || len(m.session.runs) == 0) {
			m.leavePrompt()
			return nil
		}
		return m.do(&binding{action: interrupt})
	}
	if d := m.dialog(); d != nil {
		wish, took := d.Key(k)
		if !took && key == "esc" {
			wish = pane.Close{}
		}
		if !took && wish == nil && m.transport.On() {
			cmd, _ := m.pressReplay(k)
			return cmd
		}
		return m.grant(wish)
	}
	if m.transport.On() {
		if cmd, took := m.pressReplay(k); took {
			return cmd
		}
	}
	if p := m.focused(); p != nil {
		if wish, took := p.Key(k); took {
			m.unask()
			return m.grant(wish)
		}
	}
	b := match(m.keys, key)
	if b == nil {
		return nil
	}
	if b.action != quit {
		m.unask()
	}
	if b.action == runLab && m.viewed() && !m.transport.On() {
		m.openNothing()
		return nil
	}
	return m.do(b)
}

// unask forgets the question whether to leave: another key answered it.
func (m *Model) unask() {
	if m.asked {
		m.asked = false
		m.say(telling.Told{Text: m.ended})
		m.ended = words.Text{}
	}
}

// do carries an action out.
func (m *Model) do(b *binding) tea.Cmd {
	switch b.action {
	case nextStep:
		if m.session.resume() {
			return nil
		}
		m.goOn()
	case previousStep:
		m.turn(lesson.Turned{By: -1})
	case nextModule, previousModule:
		by := 1
		if b.action == previousModule {
			by = -1
		}
		if !m.lesson.HasModule(by) {
			m.sayNoModule()
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
	case toTop:
		m.lesson.Update(pane.Scrolled{Rows: -farthest})
	case toEnd:
		m.lesson.Update(pane.Scrolled{Rows: farthest})
	case turnFocus:
		m.moveTo(m.following(1))
	case turnFocusBack:
		m.moveTo(m.following(-1))
	case toggleView:
		m.toggle(b.view)
	case zoomPane:
		m.zoom()
	case showHints:
		return m.lesson.Update(lesson.Hinted{})
	case openPrompt:
		if m.transport.On() {
			m.refuse("")
			return nil
		}
		m.moveTo(layout.Prompt)
	case switchLanguage:
		m.speak(words.Lang(m.lang.Pick(string(words.French), string(words.English))))
		m.options.Memory.Spoke(m.lang)
		m.tellWhere()
	case switchTheme:
		m.switchTheme()
	case cycleCount:
		m.cycleCount()
	case openFaults, openCompose:
		m.openForm(b.action)
	case saveScript:
		return m.saveScript()
	case openPalette:
		m.open(palette.New(m.entries()))
	case goHome:
		m.goHome()
	case openSummary:
		m.openSummary()
	case openCheckup:
		return m.openCheckup()
	case showHelp:
		m.open(help.New(m.sections()...))
	case backOut:
		m.backOut()
	case startReplay:
		return m.startReplay()
	case sayInWords:
		m.sayInWords()
	case copyOut, copyToFile:
		return m.copyOut(b.keys[0])
	case runLab:
		return m.runLab()
	case runLine, toggleToxic:
		return m.runLine(b.labLine(m.book.Snapshot(), handfuls[m.count]), false)
	case interrupt:
		return m.interrupt()
	case quit:
		return m.quit()
	}
	return nil
}

// farthest is more rows than any step has.
const farthest = 1 << 20

// goOn leaves a step behind: it is done. Behind the last one is home.
func (m *Model) goOn() {
	if module, step := m.lesson.At(); module != nil {
		m.options.Memory.Finished(module.Number, step)
	}
	if m.lesson.Last() && m.lesson.Taught() {
		m.goHome()
		return
	}
	m.turn(lesson.Turned{By: 1})
}

// sayNoModule says what there is on a side where the course has no module.
func (m *Model) sayNoModule() {
	m.say(telling.Told{Text: words.Text{En: "There is no other module on this side.", Fr: "Pas d’autre module de ce côté."}})
}

// turn turns to another step. What was said of the one before is behind, too.
func (m *Model) turn(msg tea.Msg) {
	if !m.asked && !m.stopping && !m.session.waits() {
		m.say(telling.Told{})
	}
	m.prompt.Update(prompt.Turned{})
	m.keepWork()
	m.lesson.Update(msg)
	m.tellWhere()
	m.suggest(m.book.Snapshot())
	m.show(lessonPage)
}

// show opens a page, where there are two; a pane that has the whole screen makes
// way for it.
func (m *Model) show(p page) {
	if m.bare {
		p = benchPage
	}
	if m.zoomed && (p == lessonPage) != (m.at == layout.Lesson) {
		m.zoomed = false
		m.lay()
		m.refocus()
	}
	if m.screen.Form == layout.Pages {
		if p == lessonPage && m.at >= 0 {
			m.at = layout.Lesson
			m.refocus()
		}
		m.canvas.all = m.canvas.all || m.page != p
		m.page = p
	}
	m.suggest(m.book.Snapshot())
}

// backOut undoes the last thing that is in the way.
func (m *Model) backOut() {
	switch {
	case m.typing:
		m.leavePrompt()
	case m.zoomed:
		m.zoom()
	case m.at != layout.Lesson && m.shows(m.at):
		m.moveTo(layout.Lesson)
	}
	m.say(telling.Told{})
}

// say shows something under the prompt.
func (m *Model) say(t telling.Told) {
	was := m.notice.Rows(m.screen.Width)
	m.notice.Update(t)
	if m.notice.Rows(m.screen.Width) != was {
		m.lay()
	}
}

// leavePrompt gives the keys back their meaning and forgets what was written.
func (m *Model) leavePrompt() {
	m.typing = false
	m.prompt.Update(prompt.Cleared{})
	m.say(telling.Told{})
	m.refocus()
}

var againLeaves = words.Text{En: "Ctrl+C again leaves.", Fr: "Encore Ctrl+C pour quitter."}

// interrupt stops what runs, or where nothing does asks whether to leave; the
// second time in a row it leaves.
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
	cmd := m.close()
	m.say(telling.Told{Text: againLeaves})
	return cmd
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
