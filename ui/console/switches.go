package console

import (
	"atelier/assets/words"
	"atelier/ui/console/telling"
)

// handfuls are how many messages a key may send.
var handfuls = [...]int{1, 10, 100}

// cycleCount goes on to the next of the handfuls.
func (m *Model) cycleCount() {
	m.count = (m.count + 1) % len(handfuls)
	m.suggest(m.book.Snapshot())
	n := handfuls[m.count]
	text := words.Textf("p P i I o O now send %d messages each.", "p P i I o O envoient maintenant %d messages chacune.", n)
	if n == 1 {
		text = words.Text{En: "p P i I o O now send one message each.", Fr: "p P i I o O envoient maintenant un message chacune."}
	}
	m.say(telling.Told{Text: text})
}

// switchTheme changes between dark and light; the terminal's own background has
// no say any more.
func (m *Model) switchTheme() {
	m.dark = !m.dark
	m.options.Theme = Light
	if m.dark {
		m.options.Theme = Dark
	}
	m.dress()
	if m.options.NoColor {
		m.say(telling.Told{Text: words.Text{En: "This terminal shows no colours (NO_COLOR).", Fr: "Ce terminal n’affiche pas de couleurs (NO_COLOR)."}})
	}
}
