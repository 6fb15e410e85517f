package console

import (
	"strings"

	"atelier/assets/words"
	"atelier/ui/console/telling"
)

// announced is a notice from outside the console: of a port that was taken, of a
// Toxiproxy that went away.
type announced struct{ text words.Text }

// announcements are the latest that were told, and those that wait: a page above
// the lesson covers the line that they stand on, and what is done there takes its
// words away.
type announcements struct {
	waiting []words.Text
	told    telling.Told
}

// onAnnounced tells a notice, or has it wait.
func (m *Model) onAnnounced(a announced) {
	m.announcements.waiting = append(m.announcements.waiting, a.text)
}

// announce tells what waits, once its line is in sight. One notice does not take
// the place of another that is still there.
func (m *Model) announce() {
	a := &m.announcements
	if len(a.waiting) == 0 || m.dialog() != nil {
		return
	}
	var en, fr []string
	if said := m.notice.Said(); said.Err == nil && said.Text != (words.Text{}) && said.Text == a.told.Text {
		en, fr = append(en, said.Text.En), append(fr, said.Text.Fr)
	}
	for _, t := range a.waiting {
		en, fr = append(en, t.En), append(fr, t.Fr)
	}
	a.waiting = nil
	a.told = telling.Told{Text: words.Text{En: strings.Join(en, "\n"), Fr: strings.Join(fr, "\n")}, Tone: telling.Doubtful}
	m.say(a.told)
}
