package console

import (
	"atelier/assets/words"
	"atelier/ui/console/checkup"
	"atelier/ui/console/contact"
	"atelier/ui/console/home"
	"atelier/ui/console/lesson"
	"atelier/ui/console/network"
	"atelier/ui/console/pane"
	"atelier/ui/console/prompt"
	"atelier/ui/console/screen"
	"atelier/ui/console/story"
	"atelier/ui/console/summary"
	"atelier/ui/console/telling"
	"atelier/ui/console/transport"

	tea "charm.land/bubbletea/v2"
)

// grant carries out what a pane or a dialog asks for.
func (m *Model) grant(w pane.Wish) tea.Cmd {
	switch w := w.(type) {
	case nil:
	case pane.All:
		var cmds []tea.Cmd
		for _, one := range w {
			cmds = append(cmds, m.grant(one))
		}
		return tea.Batch(cmds...)
	case transport.Moved:
		m.say(telling.Told{})
		return m.followReplay()
	case transport.Left:
		return m.leaveReplay()
	case pane.Run:
		if m.transport.On() {
			m.refuse(w.Line)
			return nil
		}
		return m.runLine(w.Line, false)
	case prompt.Submitted:
		return m.submit(w.Line)
	case lesson.RunLab:
		return m.runLab()
	case network.Pointed:
		m.openFaultsAt(w)
	case labOf:
		return m.runLabOf(w)
	case home.Contact:
		m.meet()
	case contact.Play:
		return m.playContact(w.Source)
	case contact.Done:
		if w.Skipped {
			m.options.Memory.Skip()
		} else {
			m.options.Memory.Meet()
		}
		m.goHome()
	case summary.Certify:
		return m.certify(w.Of)
	case checkup.Look:
		return m.lookAt(w.At)
	case pane.GoTo:
		m.turn(lesson.Asked{Number: w.Module, Step: w.Step})
	case pane.Press:
		if b := match(m.keys, w.Key); b != nil {
			return m.do(b)
		}
	case pane.Open:
		m.open(w.Dialog)
	case pane.Close:
		return m.close()
	case pane.Say:
		m.say(w.Told)
	case pane.Copy:
		return m.copy(w)
	case pane.CopyStory:
		return m.copyStory(w)
	case pane.Write:
		return m.keep(w)
	case pane.Story:
		m.open(story.New(w.Ref))
	case pane.Later:
		return w.Cmd
	default:
		// A bug: a pane wishes for what nobody here knows.
		m.say(telling.Told{Tone: telling.Bad, Text: words.Textf("The console does not know %T.", "La console ne connaît pas %T.", w)})
	}
	return nil
}

// dialog is the one that is on top; nil where none is open.
func (m *Model) dialog() pane.Dialog {
	if n := len(m.dialogs); n > 0 {
		return m.dialogs[n-1]
	}
	return nil
}

// open puts a dialog above everything.
func (m *Model) open(d pane.Dialog) {
	d.Update(pane.Dressed{ASCII: m.options.ASCII})
	d.Update(pane.Spoken{Lang: m.lang})
	d.Update(m.seen)
	d.Update(pane.Focused{On: true})
	m.dialogs = append(m.dialogs, d)
	m.canvas.all, m.canvas.dialog = true, screen.Rect{}
}

// close takes the dialog on top away.
func (m *Model) close() tea.Cmd {
	n := len(m.dialogs)
	if n == 0 {
		return nil
	}
	closed := m.dialogs[n-1]
	m.dialogs = m.dialogs[:n-1]
	m.canvas.all, m.canvas.dialog = true, screen.Rect{}
	if e, is := closed.(pane.Ender); is {
		e.End()
	}
	if c, is := closed.(*contact.Dialog); is && c.Untidy() {
		return m.tidy()
	}
	return nil
}
