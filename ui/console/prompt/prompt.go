package prompt

import (
	"atelier/assets/words"
	"atelier/ui/console/editor"
	"atelier/ui/console/pane"
	"atelier/ui/console/screen"
	"atelier/ui/console/telling"

	tea "charm.land/bubbletea/v2"
)

// Pane takes lab lines. While it has no focus it shows the line that ran
// last, so that whoever works by keys sees the language at work.
type Pane struct {
	pane.Part
	editor  editor.Line
	history []string
	at      int // in history; len(history) is the line being written
	draft   string
	last    lastLine
	wrong   editor.Wrong
	hints   []pane.Hint
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

// Submitted is the wish to run what was written.
type Submitted struct{ Line string }

// Wish says that it is one.
func (Submitted) Wish() {}

// The messages of the prompt.
type (
	// LineStarted says that a line runs: it enters the history.
	LineStarted struct {
		ID   int
		Line string
	}
	// LineEnded says how it ended.
	LineEnded struct {
		ID int
		Ok bool
	}
	// Suggested puts other hints beside the line.
	Suggested struct{ Hints []pane.Hint }
	// Cleared empties the line under edit.
	Cleared struct{}
	// LineWrong says that what was submitted could not be read.
	LineWrong struct {
		Line string
		Part editor.Wrong
	}
)

var tooLong = telling.Told{Tone: telling.Bad, Text: words.Textf(
	"The line is too long: %d characters at most. The rest was left out.",
	"Ligne trop longue : %d caractères au plus. Le reste a été coupé.", editor.MaxTyped)}

// maxHistory is how many lines the prompt remembers.
const maxHistory = 200

// New makes the pane.
func New() *Pane { return &Pane{} }

// Update takes a message in.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Seen:
		if p.last.running && pane.Spinner(msg.Beat) != pane.Spinner(p.beat) {
			p.Redraw()
		}
		p.beat = msg.Beat
		return nil
	case LineStarted:
		p.remember(msg.Line)
		p.last = lastLine{id: msg.ID, line: msg.Line, running: true}
		p.wrong = editor.Wrong{}
		p.Redraw()
	case LineEnded:
		if msg.ID == p.last.id {
			p.last.running, p.last.ok = false, msg.Ok
			p.Redraw()
		}
	case LineWrong:
		p.remember(msg.Line)
		p.editor.Set(msg.Line)
		p.wrong = msg.Part
		p.Redraw()
	case Cleared:
		p.editor.Set("")
		p.wrong, p.at = editor.Wrong{}, len(p.history)
		p.Redraw()
	case tea.PasteMsg:
		p.wrong = editor.Wrong{}
		p.Redraw()
		if !p.editor.Insert(msg.Content) {
			return func() tea.Msg { return tooLong }
		}
	case Suggested:
		p.hints = msg.Hints
		p.Redraw()
	}
	return p.Part.Update(msg)
}

// Key edits the line, recalls another one, or hands it over.
func (p *Pane) Key(k tea.KeyPressMsg) (pane.Wish, bool) {
	p.Redraw()
	switch k.String() {
	case "enter":
		line := p.editor.String()
		p.editor.Set("")
		p.wrong, p.at = editor.Wrong{}, len(p.history)
		if line == "" {
			return nil, true
		}
		return Submitted{line}, true
	case "up":
		p.recall(-1)
	case "down":
		p.recall(1)
	case "tab": // what is written is not left by accident
		return nil, p.Written()
	default:
		if !p.editor.Key(k) {
			return nil, false
		}
		p.wrong = editor.Wrong{}
	}
	return nil, true
}

// Cursor is where the next character goes, while the prompt has the focus.
func (p *Pane) Cursor() (x, y int, on bool) { return p.cursor, 0, p.Focus }

// Line is the line under edit.
func (p *Pane) Line() string { return p.editor.String() }

// Lines are those that ran, oldest first.
func (p *Pane) Lines() []string { return p.history }

// Written says that something stands in the line under edit.
func (p *Pane) Written() bool { return !p.editor.Empty() }

func (p *Pane) remember(line string) {
	if n := len(p.history); n == 0 || p.history[n-1] != line {
		p.history = append(p.history, line)
		if len(p.history) > maxHistory {
			p.history = p.history[1:]
		}
	}
	p.at = len(p.history)
}

// recall walks through the history; what was being written is kept.
func (p *Pane) recall(by int) {
	to := p.at + by
	if to < 0 || to > len(p.history) {
		return
	}
	if p.at == len(p.history) {
		p.draft = p.editor.String()
	}
	p.at = to
	p.wrong = editor.Wrong{}
	if to == len(p.history) {
		p.editor.Set(p.draft)
		return
	}
	p.editor.Set(p.history[to])
}

// Help lists its keys.
func (p *Pane) Help() []pane.Hint {
	return []pane.Hint{
		{Key: words.Text{En: "Enter", Fr: "Entrée"}, Does: words.Text{En: "run", Fr: "lancer"}},
		{Key: words.Text{En: "↑ ↓", Fr: "↑ ↓"}, Does: words.Text{En: "history", Fr: "historique"}},
		{Key: words.Text{En: "Esc", Fr: "Échap"}, Does: words.Text{En: "back to the keys", Fr: "retour aux touches"}},
	}
}

// View draws the pane.
func (p *Pane) View(a screen.Area) {
	p.Begin(a)
	hints := p.hints
	if p.Focus {
		hints = p.Help()
	}
	st := screen.Faint
	if p.Focus {
		st = screen.Accent | screen.Bold
	}
	from := a.Put(1, 0, ":", st) + 1
	shown := p.text(a, from, min(a.W/2, a.W-20))
	p.writeHints(a, shown+2, hints)
}

// text writes what is typed, or what ran last, and returns the column after.
func (p *Pane) text(a screen.Area, x, atMost int) int {
	if p.Focus {
		atMost = max(atMost, a.W-28)
		x, p.cursor = p.editor.View(a.Sub(0, 0, atMost, 1), x, p.wrong)
		return x
	}
	if p.last.line == "" {
		return a.Put(x, 0, p.Pick("write a lab line", "écrire une ligne de lab"), screen.Faint)
	}
	mark, st := "·", screen.Faint // it was carried out; what came of it is said below
	switch {
	case p.last.running:
		mark, st = pane.Spinner(p.beat), screen.Pending
	case !p.last.ok:
		mark, st = "✗", screen.Failed
	}
	x = a.Put(x, 0, mark+" ", st)
	return a.Put(x, 0, screen.Cut(screen.Plain(p.last.line), max(atMost-x, 1)), screen.Code)
}

// writeHints writes as many hints as fit, from the right.
func (p *Pane) writeHints(a screen.Area, from int, hints []pane.Hint) {
	total, n := 0, 0
	for _, h := range hints {
		w := screen.Width(h.Key.In(p.Lang)) + 1 + screen.Width(h.Does.In(p.Lang)) + 2
		if from+total+w > a.W {
			break
		}
		total += w
		n++
	}
	x := a.W - total
	for _, h := range hints[:n] {
		x = a.Put(x, 0, h.Key.In(p.Lang), screen.Accent) + 1
		x = a.Put(x, 0, h.Does.In(p.Lang), screen.Faint) + 2
	}
}
