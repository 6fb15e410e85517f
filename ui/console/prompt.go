package console

import (
	"atelier/assets/words"

	tea "charm.land/bubbletea/v2"
)

// prompt takes lab lines. While it has no focus it shows the line that ran
// last, so that whoever works by keys sees the language at work.
type prompt struct {
	part
	editor  editor
	history []string
	at      int // in history; len(history) is the line being written
	draft   string
	last    lastLine
	wrong   wrongPart
	hints   []hint
	beat    int
	cursor  int // its column, while the prompt has the focus
}

// lastLine is the line that ran last, by key or from the prompt.
type lastLine struct {
	id      int
	line    string
	running bool
	ok      bool
}

// wrongPart is what an error points at, in characters from 1.
type wrongPart struct{ column, length int }

// The messages of the prompt.
type (
	// submitted is what the prompt hands over on Enter.
	submitted struct{ line string }
	// lineStarted says that a line runs: it enters the history.
	lineStarted struct {
		id   int
		line string
	}
	// lineEnded says how it ended.
	lineEnded struct {
		id int
		ok bool
	}
	// cleared empties the line under edit.
	cleared struct{}
	// lineWrong says that what was submitted could not be read.
	lineWrong struct {
		line string
		part wrongPart
	}
)

var tooLong = told{tone: bad, text: words.Textf(
	"The line is too long: %d characters at most. The rest was left out.",
	"Ligne trop longue : %d caractères au plus. Le reste a été coupé.", maxTyped)}

// maxHistory is how many lines the prompt remembers.
const maxHistory = 200

func newPrompt() *prompt { return &prompt{} }

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case seen:
		if p.last.running && spinner(msg.beat) != spinner(p.beat) {
			p.drawn = false
		}
		p.beat = msg.beat
		return nil
	case lineStarted:
		p.remember(msg.line)
		p.last = lastLine{id: msg.id, line: msg.line, running: true}
		p.wrong, p.drawn = wrongPart{}, false
	case lineEnded:
		if msg.id == p.last.id {
			p.last.running, p.last.ok, p.drawn = false, msg.ok, false
		}
	case lineWrong:
		p.remember(msg.line)
		p.editor.set(msg.line)
		p.wrong, p.drawn = msg.part, false
	case cleared:
		p.editor.set("")
		p.wrong, p.at, p.drawn = wrongPart{}, len(p.history), false
	case tea.PasteMsg:
		p.wrong, p.drawn = wrongPart{}, false
		if !p.editor.insert(msg.Content) {
			return func() tea.Msg { return tooLong }
		}
	case hintsGiven:
		p.hints, p.drawn = msg.hints, false
	case tea.KeyPressMsg:
		p.drawn = false
		return p.key(msg)
	}
	return p.part.update(msg)
}

func (p *prompt) key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "enter":
		line := p.editor.String()
		p.editor.set("")
		p.wrong, p.at = wrongPart{}, len(p.history)
		if line == "" {
			return nil
		}
		return func() tea.Msg { return submitted{line} }
	case "up":
		p.recall(-1)
	case "down":
		p.recall(1)
	default:
		if p.editor.key(k) {
			p.wrong = wrongPart{}
		}
	}
	return nil
}

// written says that something stands in the line under edit.
func (p *prompt) written() bool { return len(p.editor.value) > 0 }

func (p *prompt) remember(line string) {
	if n := len(p.history); n == 0 || p.history[n-1] != line {
		p.history = append(p.history, line)
		if len(p.history) > maxHistory {
			p.history = p.history[1:]
		}
	}
	p.at = len(p.history)
}

// recall walks through the history; what was being written is kept.
func (p *prompt) recall(by int) {
	to := p.at + by
	if to < 0 || to > len(p.history) {
		return
	}
	if p.at == len(p.history) {
		p.draft = p.editor.String()
	}
	p.at = to
	p.wrong = wrongPart{}
	if to == len(p.history) {
		p.editor.set(p.draft)
		return
	}
	p.editor.set(p.history[to])
}

func (p *prompt) help() []hint {
	return []hint{
		{words.Text{En: "Enter", Fr: "Entrée"}, words.Text{En: "run", Fr: "lancer"}},
		{words.Text{En: "↑ ↓", Fr: "↑ ↓"}, words.Text{En: "history", Fr: "historique"}},
		{words.Text{En: "Esc", Fr: "Échap"}, words.Text{En: "back to the keys", Fr: "retour aux touches"}},
	}
}

func (p *prompt) view(a area) {
	p.begin(a)
	hints := p.hints
	if p.focus {
		hints = p.help()
	}
	st := faint
	if p.focus {
		st = accent | bold
	}
	from := a.put(1, 0, ":", st) + 1
	shown := p.text(a, from, min(a.w/2, a.w-20))
	p.writeHints(a, shown+2, hints)
}

// text writes what is typed, or what ran last, and returns the column after.
func (p *prompt) text(a area, x, atMost int) int {
	if p.focus {
		atMost = max(atMost, a.w-28)
		return p.typed(a.sub(0, 0, atMost, 1), x)
	}
	if p.last.line == "" {
		return a.put(x, 0, p.pick("write a lab line", "écrire une ligne de lab"), faint)
	}
	mark, st := "·", faint // it was carried out; what came of it is said below
	switch {
	case p.last.running:
		mark, st = spinner(p.beat), pending
	case !p.last.ok:
		mark, st = "✗", failed
	}
	x = a.put(x, 0, mark+" ", st)
	return a.put(x, 0, cut(plain(p.last.line), max(atMost-x, 1)), code)
}

// typed writes the line under edit with its cursor, scrolled so that the
// cursor is in sight.
func (p *prompt) typed(a area, from int) int {
	v := p.editor.value
	first := 0
	for width(string(v[first:p.editor.pos])) > a.w-from-2 {
		first++
	}
	x := from
	for i := first; i <= len(v); i++ {
		st := code
		if c := i + 1; p.wrong.length > 0 && c >= p.wrong.column && c < p.wrong.column+p.wrong.length {
			st = failed | underline
		}
		s := " "
		if i < len(v) {
			s = plain(string(v[i]))
			if v[i] == '\n' {
				s, st = "↵", faint
			}
		} else if i != p.editor.pos {
			break
		}
		if i == p.editor.pos {
			p.cursor = x
		}
		x = a.put(x, 0, s, st)
	}
	return min(x, a.w)
}

// writeHints writes as many hints as fit, from the right.
func (p *prompt) writeHints(a area, from int, hints []hint) {
	total, n := 0, 0
	for _, h := range hints {
		w := width(h.key.In(p.lang)) + 1 + width(h.does.In(p.lang)) + 2
		if from+total+w > a.w {
			break
		}
		total += w
		n++
	}
	x := a.w - total
	for _, h := range hints[:n] {
		x = a.put(x, 0, h.key.In(p.lang), accent) + 1
		x = a.put(x, 0, h.does.In(p.lang), faint) + 2
	}
}
