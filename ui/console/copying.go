package console

import (
	"encoding/base64"
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/inwords"
	"atelier/ui/console/layout"
	"atelier/ui/console/pane"
	"atelier/ui/console/story"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// sayInWords opens what a view draws as sentences; from the lesson, what all of
// the bench does.
func (m *Model) sayInWords() {
	at := m.focus()
	if at < 0 {
		m.open(inwords.New(&m.bench, words.Text{En: "bench", Fr: "banc"}))
		return
	}
	if t, is := m.bench.panes[at].(pane.Teller); is {
		m.open(inwords.New(t, m.titleOf(at)))
	}
}

// Tell says what every view that is shown draws, each under its name. What was
// sent, and what became of it, it says in any case.
func (b *bench) Tell() []string {
	var said []string
	for i, p := range b.panes {
		t, is := p.(pane.Teller)
		if !is || !b.shown.Has(i) && !b.table[i].told {
			continue
		}
		if tells := t.Tell(); len(tells) > 0 {
			said = append(append(said, strings.ToUpper(b.table[i].Title.In(b.lang))), tells...)
		}
	}
	return said
}

// copyOut copies what a view has no text of its own for: its sentences. From the
// lesson it is the log's table.
func (m *Model) copyOut(key string) tea.Cmd {
	at := m.focus()
	if at < 0 {
		at = layout.Spot(m.bench.named("log"))
	}
	p, title := m.bench.panes[at], m.titleOf(at)
	if wish, took := p.Key(tea.KeyPressMsg{Code: []rune(key)[0], Text: key}); took {
		return m.grant(wish)
	}
	if t, is := p.(pane.Teller); is {
		wish, took := pane.CopyOut(key, title.In(m.lang), func() string {
			return inwords.Markdown(t.Tell(), title.In(m.lang), m.seen.Snap, m.lang)
		})
		if took {
			return m.grant(wish)
		}
	}
	m.say(telling.Told{Text: words.Text{
		En: "There is nothing to copy yet. Once a message was sent, y copies the log's table, or what a view shows (Tab goes there).",
		Fr: "Il n’y a encore rien à copier. Après un envoi, y copie le tableau du journal, ou ce que montre une vue (Tab y mène).",
	}})
	return nil
}

// copyStory copies a message's story as its dialog would.
func (m *Model) copyStory(w pane.CopyStory) tea.Cmd {
	d := story.New(w.Ref)
	d.Update(pane.Spoken{Lang: m.lang})
	d.Update(m.seen)
	wish, _ := d.Key(tea.KeyPressMsg{Code: []rune(w.Key)[0], Text: w.Key})
	return m.grant(wish)
}

// clipboardTakes is what terminals take for a clipboard, in bytes as they are
// sent: xterm, tmux and screen take no more, and say nothing.
const clipboardTakes = 74_994

// copy hands a text to the terminal for its clipboard. No terminal says whether
// it took it, so where it is known not to, a file is written instead.
func (m *Model) copy(w pane.Copy) tea.Cmd {
	switch {
	case m.keepsClipboard():
		m.say(telling.Told{})
		return m.keepInstead(w, words.Text{En: "This terminal has no way to its clipboard.", Fr: "Ce terminal ne donne pas accès à son presse-papiers."})
	case base64.StdEncoding.EncodedLen(len(w.Text)) > clipboardTakes:
		return m.keepInstead(w, words.Text{En: "Too long for the clipboard.", Fr: "Trop long pour le presse-papiers."})
	case m.options.Dir == "":
		m.say(telling.Told{Text: words.Text{En: "Copied, if this terminal lets it into the clipboard.", Fr: "Copié, si ce terminal donne accès au presse-papiers."}})
	default:
		m.say(telling.Told{Text: words.Textf(
			"Copied, if this terminal lets it into the clipboard. Else Y writes it to a file in %[1]s",
			"Copié, si ce terminal donne accès au presse-papiers. Sinon, Y l’écrit en fichier dans %[1]s", m.options.Dir)})
	}
	return tea.SetClipboard(w.Text)
}

// keepInstead writes a text to a file, and says why.
func (m *Model) keepInstead(w pane.Copy, why words.Text) tea.Cmd {
	cmd := m.keep(pane.Write(w))
	if cmd == nil {
		return nil // it has said that there is no folder
	}
	return func() tea.Msg {
		msg := cmd()
		if t, is := msg.(telling.Told); is && t.Err == nil {
			t.Text = words.Textf("%s %s", "%s %s", why, t.Text)
			return t
		}
		return msg
	}
}

// keepsClipboard says that the terminal is one of those without OSC 52.
func (m *Model) keepsClipboard() bool {
	for _, e := range m.options.Environ {
		switch name, value, _ := strings.Cut(e, "="); {
		case name == "TERM_PROGRAM" && value == "Apple_Terminal", name == "TERM" && (value == "linux" || value == "dumb"):
			return true
		}
	}
	return false
}
